import type { Sentences } from "../catalogue.ts";

/** The now-playing panel, the sleep timer, and durations. */
export const panel: Sentences = {
  "Quiet with the end of this sound.": "この音が終わったら静かになります。",
  "The sound fades to its end, and is gone {0}.": "音は終わりに向かって小さくなり、{0}に消えます。",
  "Quiet with the end of this sound, {0}; it fades from {1} on.":
    "この音が終わったら静かになります（{0}）。{1}から小さくなります。",
  "The sound is fading, and is gone {0}.": "音が小さくなっています。{0}に消えます。",
  "Quiet at {0}, {1}; it fades from {2} on.": "{0}に静かになります（{1}）。{2}から小さくなります。",
  "The connection is being mended. The sound goes on from where it was.":
    "接続を直しています。音は続きから再開します。",
  "On this stage I need to be invited to speak; my hand is up. The sound waits until then.":
    "このステージでは、話すための招待が必要です。手を挙げて待っています。音もそれまで待ちます。",
  "I am muted here. The sound goes on as soon as I may speak again.":
    "ここではミュートされています。また話せるようになったら、音が続きます。",
  "Paused until somebody comes back.": "だれかが戻るまで一時停止しています。",
  "Paused. The sound waits where it was.": "一時停止中です。音はそのまま待っています。",
  "It is being prepared, and starts by itself.": "準備中です。できたら自動で始まります。",
  "{0} is being prepared, and follows.": "{0}を準備しています。このあとに続きます。",
  "This sound repeats.": "この音をくり返します。",
  "It repeats until another sound is queued.": "次の音が入るまでくり返します。",
  "Next: {0}": "次: {0}",
  "Next: {0}, then {1} more": "次: {0}、ほか{1}曲",
  "{0} of the {1} it takes would like to skip this. Skip joins them.":
    "スキップしたい人が、必要な{1}人のうち{0}人います。「スキップ」で加われます。",
  "{0} of the {1} it takes would like to stop. Stop joins them.":
    "終わりたい人が、必要な{1}人のうち{0}人います。「終了」で加われます。",
  "settling in": "落ち着く",
  "the trigger": "トリガー",
  "going deeper": "深まる",
  "fading away": "消えていく",
  work: "作業",
  "a pause": "休憩",
  "{0}, {1} of {2}: {3}": "{0}（{2}のうち{1}）: {3}",
  "Queued by {0}": "{0}さんが入れました",
  "Queued by {0}, for {1}": "{0}さんが入れました（{1}）",
  "### Nothing is playing\nAdd a sound with /play.": "### 何も流れていません\n/play で音を加えられます。",
  Resume: "再開",
  Pause: "一時停止",
  Skip: "スキップ",
  "+15 min": "+15分",
  "Sleep in 30 min": "30分後に眠る",
  Favourite: "お気に入り",
  Stop: "終了",
  Tingle: "ゾクゾク",
  "The room fell quiet at {0}. Good night.": "{0}に部屋が静かになりました。おやすみなさい。",
  "Stopped at {0}. Good night.": "{0}に終わりました。おやすみなさい。",
  "Nobody was left to listen, so I went at {0}.": "聴く人がいなくなったので、{0}に失礼しました。",
  "Nothing was left to play, so I went at {0}.": "流すものがなくなったので、{0}に失礼しました。",
  "I was disconnected at {0}. /play brings me back.": "{0}に切断されました。/play で戻ります。",
  "The voice channel was gone at {0}. /play works in any other one.":
    "{0}にボイスチャンネルがなくなりました。ほかのチャンネルで /play が使えます。",
  "I may not connect to {0} or speak there. Ask someone who manages it, then try /play again.":
    "{0}への接続か発言ができません。管理している人に頼んでから、/play をもう一度お試しください。",
  "The voice connection could not be kept up. /play tries again.":
    "音声の接続を保てませんでした。/play でもう一度試せます。",
  "I did not understand that time. Try 30m, 1h15, or 90 for ninety minutes.":
    "その時間がわかりませんでした。30m、1h15、90（90分）のように入力してください。",
  "That is very short. Try 5 seconds or more, such as 30m.":
    "とても短い時間です。30m のように、5秒以上にしてください。",
  "The timer goes up to 12 hours. Try 8h, or something shorter.":
    "タイマーは12時間までです。8h など、短い時間にしてください。",
  "{0} s": "{0}秒",
  "{0} min": "{0}分",
  "{0} min {1} s": "{0}分{1}秒",
  "{0} h": "{0}時間",
  "{0} h {1} min": "{0}時間{1}分",
  whisper: "ささやき",
  normal: "標準",
  "A sound could not be played, and was left out.": "再生できない音があったので、外しました。",
  "{0} could not be played, and was left out.": "{0}を再生できなかったので、外しました。",
  "A sound could not be played, and was left out of the mix.": "再生できない音があったので、ミックスから外しました。",
  "{0} could not be played, and was left out of the mix.": "{0}を再生できなかったので、ミックスから外しました。",
};
