import type { Sentences } from "../catalogue.ts";

/** Programmes and evenings that begin by themselves. */
export const evenings: Sentences = {
  "{0} begins in {1}. {2}": "{0}が{1}で始まります。{2}",
  "It falls silent {0}.": "{0}に静かになります。",
  "It goes round until somebody stops it.": "だれかが止めるまで、くり返し続きます。",
  "**A programme that is gone**": "**もうないプログラム**",
  "Next: {0}, {1}.": "次回: {0}、{1}。",
  "{0} begins {1}, in {2}.": "{0}は{1}、{2}で始まります。",
  "Did not begin the last time, {0}: {1}": "前回（{0}）は始まりませんでした: {1}",
  "Leaves out {0}": "{0}は休みます",
  "### Evenings": "### 夜会",
  "None is planned yet. /evening schedule plans one that begins by itself.":
    "まだ予定はありません。/evening schedule で、自動で始まる夜会を決められます。",
  "{0} is next {1}.": "{0}の次回は{1}です。",
  "{0} is next {1}. It leaves out {2}.": "{0}の次回は{1}です。{2}は休みます。",
  "{0} is no longer planned. What plays now goes on.": "{0}の予定を取り消しました。今流れているものは続きます。",
  "I know no programme called “{0}”. Choose one from the list that opens as you type, such as Drift Off.":
    "「{0}」というプログラムはありません。入力すると開く一覧から選んでください。例: 「まどろみへ」",
  "nothing to hear": "聞こえるものはありません",
  "rounds of {0}": "{0}のくり返し",
  "daily at {0}, {1}": "毎日{0}（{1}）",
  "{0} at {1}, {2}": "{0}の{1}（{2}）",
  "A programme that is gone": "もうないプログラム",
  daily: "毎日",
  weekdays: "平日",
  weekends: "週末",
  "To settle in": "落ち着くために",
  "What is heard first": "はじめに聞こえるもの",
  "The trigger": "トリガー",
  "What the evening is about": "夜の中心になるもの",
  "To go deeper, and to fade away": "深まって、消えていくために",
  "What is left when the rest has gone": "ほかが去ったあとに残るもの",
  "A programme of your own": "自分たちのプログラム",
  "Its name": "名前",
  "A name that is there already is saved over": "同じ名前があれば上書きします",
  "How long": "長さ",
  "It ends in silence": "最後は静けさになります",
  "Something was left open in the form. Open it again with /evening design.":
    "フォームに空いているところがありました。/evening design でもう一度開いてください。",
  "{0} is kept: {1}. {2} /evening start lets it begin, /evening schedule plans it.":
    "{0}を保存しました（{1}）。{2} /evening start で始め、/evening schedule で予定にできます。",
  "Discord does not show it as an event, because I may not create events here; giving me Create Events changes that. The evening begins all the same.":
    "ここでイベントを作る権限がないため、Discordのイベントには出ません。「イベントを作成」の権限があれば出ます。夜会はそのまま始まります。",
  "Discord does not show it as an event, because there are 100 events here already, which is as many as it takes. The evening begins all the same.":
    "イベントがすでに上限の100件あるため、Discordのイベントには出ません。夜会はそのまま始まります。",
  "Its voice channel is no longer there. Plan it anew with /evening schedule in another one.":
    "ボイスチャンネルがもうありません。/evening schedule で別のチャンネルに予定し直してください。",
  "Discord did not take the event just now. The evening begins all the same.":
    "Discordがイベントを今は受け付けませんでした。夜会はそのまま始まります。",
  "Nothing of this programme can be heard here tonight. Choose another one with /evening start, or a sound with /play.":
    "このプログラムは、今夜ここでは流せるものがありません。/evening start で別のものを、/play で音を選んでください。",
  "From {0} through {1} to {2}.": "{0}から{1}を経て{2}へ。",
  "There is no such evening planned here. /evening list shows those there are.":
    "そのような夜会の予定はありません。/evening list で一覧を見られます。",
  "Its programme is no longer there. Plan it anew with /evening schedule, or take it off with /evening cancel.":
    "プログラムがもうありません。/evening schedule で予定し直すか、/evening cancel で取り消してください。",
  "Those days never come at that place. Choose other ones, such as daily.":
    "その日はその場所では来ません。「毎日」など別の日を選んでください。",
  "An evening did not begin.": "夜会は始まりませんでした。",
  "{0} did not begin.": "{0}は始まりませんでした。",
  "An evening of sound": "音の夜会",
  "Lull was away at that time, so this one was left out.": "その時間にLullがいなかったため、今回はお休みになりました。",
  "I do not know that time zone. Begin to type a city and choose from the list, such as Europe/Berlin or America/New_York.":
    "そのタイムゾーンはわかりません。都市名を入力して一覧から選んでください。例: Asia/Tokyo",
  "I did not understand those days. Try daily, weekdays, weekends, or mon wed fri.":
    "その曜日がわかりませんでした。毎日、平日、週末、または「月 水 金」のように入力してください。",
  "There is no programme “{0}” of this server's own. /evening design makes one.":
    "このサーバーに「{0}」というプログラムはありません。/evening design で作れます。",
  "This server has {0} programmes of its own, which is as many as it can. Save over one by giving its name again.":
    "このサーバーのプログラムは{0}個で、これ以上は増やせません。同じ名前にすると上書きできます。",
  "This server has {0} evenings planned, which is as many as it can. Make room with /evening cancel.":
    "このサーバーの夜会は{0}件で、これ以上は増やせません。/evening cancel で空きを作ってください。",
};
