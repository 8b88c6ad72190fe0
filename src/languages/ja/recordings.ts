import type { Sentences } from "../catalogue.ts";

/** Files that members add, sounds of their own, and a sound’s card. */
export const recordings: Sentences = {
  "The file is damaged or not Ogg ({0} at byte {1}). Export it again as Ogg Opus.":
    "ファイルが壊れているか、Oggではありません（{1}バイト目: {0}）。Ogg Opusで書き出し直してください。",
  "a page is cut off": "ページが途中で切れています",
  "no page begins": "ページの始まりがありません",
  "an unknown version": "知らないバージョンです",
  "a wrong checksum": "チェックサムが合いません",
  "the beginning is missing": "始まりがありません",
  "a second stream": "二つ目のストリームがあります",
  "sound after the end": "終わりのあとに音があります",
  "a page is missing": "ページが欠けています",
  "a broken packet": "壊れたパケットがあります",
  "a packet that is too long": "長すぎるパケットがあります",
  "the file is empty": "ファイルが空です",
  "the last packet is cut off": "最後のパケットが途中で切れています",
  "The file is not Ogg Opus as Lull plays it: {0}. Convert it with: ffmpeg -i FILE -c:a libopus -b:a 96k -frame_duration 20 -ac 2 FILE.opus":
    "このファイルはLullで再生できるOgg Opusではありません。{0}。次のように変換してください: ffmpeg -i FILE -c:a libopus -b:a 96k -frame_duration 20 -ac 2 FILE.opus",
  "it holds another kind of sound": "別の種類の音が入っています",
  "its version is unknown": "知らないバージョンです",
  "it has more than two channels": "チャンネルが三つ以上あります",
  "its comments are missing": "コメントがありません",
  "its comments are cut off": "コメントが途中で切れています",
  "its packets are of {0} ms instead of 20 ms": "パケットが20ミリ秒ではなく{0}ミリ秒です",
  "its headers are missing": "ヘッダーがありません",
  "it holds no sound": "音が入っていません",
  "The file is larger than 350 MB. Cut it into parts of at most three hours.":
    "ファイルが350 MBを超えています。三時間以内に分けてください。",
  "hardly there": "ほとんど気づかない",
  clear: "はっきり",
  "close and crisp": "近くて鮮やか",
  "Added {0}": "{0}に追加",
  "Added by {0} {1}": "{0}さんが{1}に追加",
  "{0}, {1} · {2}, then round again": "{0}、{1}・{2}でひとめぐり",
  "Has: {0}": "含むもの: {0}",
  "Nothing in it that some ears cannot bear": "苦手な人がいるものは含みません",
  "Licence: {0}": "ライセンス: {0}",
  "How loud {0} is at which pitch, as time goes by: low pitches below, bright where it is loud.":
    "「{0}」の音の高さごとの強さの移り変わり。下が低い音で、強いところほど明るく見えます。",
  "I know no kind of sound called “{0}”. Choose one from the list.":
    "「{0}」という種類の音はありません。一覧から選んでください。",
  "### All sounds": "### すべての音",
  "### Sounds: {0}": "### 音: {0}",
  "There is no sound of this kind yet.": "この種類の音はまだありません。",
  "Choose a kind of sound": "音の種類を選ぶ",
  everything: "すべて",
  "Play one, or queue it": "再生する、またはキューに入れる",
  "Sounds are added and changed by those who manage this server, or have its host role. Ask one of them.":
    "音の追加と変更は、このサーバーを管理する人か、ホストロールを持つ人ができます。どなたかに頼んでください。",
  "There is no sound file here. Attach one, then try again.":
    "音のファイルがありません。添付してから、もう一度お試しください。",
  "{0} more": "ほか{0}か所",
  "A sudden sound at {0}: softened.": "突然の音が{0}にありました。やわらげました。",
  "A sudden sound at {0}: kept as it is, and flagged.": "突然の音が{0}にありました。そのままにして、印をつけました。",
  "{0} sudden sounds at {1}: softened.": "突然の音が{0}か所（{1}）ありました。やわらげました。",
  "{0} sudden sounds at {1}: kept as they are, and flagged.":
    "突然の音が{0}か所（{1}）ありました。そのままにして、印をつけました。",
  Softened: "やわらげました",
  Soften: "やわらげる",
  "Keep as they are": "そのままにする",
  "Kept as they are": "そのままにしました",
  "Take it away": "取り消す",
  "### {0} is one of this server's sounds": "### {0}がこのサーバーの音になりました",
  "{0} · {1} · {2}, now {3}": "{0}・{1}・{2}、今は{3}",
  "-# /play offers it. /sounds edit changes what is said of it.":
    "-# /play で選べます。/sounds edit で説明を変えられます。",
  "Listening to {0} … {1} %": "{0}を聴いています … {1} %",
  "{0} is taken away again.": "{0}を取り消しました。",
  "That sound is none of this server's own. /sounds browse shows what there is.":
    "それはこのサーバーの音ではありません。/sounds browse で一覧を見られます。",
  "Choose what to change: a title, a kind, flags or a licence.":
    "変えるものを選んでください。題名、種類、注意、ライセンスのどれかです。",
  "Only the home server of whoever runs Lull can share a sound with all.":
    "音をみんなと共有できるのは、Lullを運営する人のサーバーだけです。",
  "{0} is changed. Every favourite of it goes on.": "{0}を変更しました。お気に入りはそのまま使えます。",
  "{0} is no longer here. Favourites and queues say so, and go on to the next.":
    "{0}はもうここにありません。お気に入りやキューではその旨を伝えて、次へ進みます。",
  Recording: "録音",
  "WAV, MP3, FLAC, Ogg, Opus, M4A, AIFF or WebM, of 25 MB at most":
    "WAV、MP3、FLAC、Ogg、Opus、M4A、AIFF、WebM。25 MBまで",
  Title: "題名",
  "The file's name, when you leave it empty": "空のままなら、ファイルの名前になります",
  "Kind of sound": "音の種類",
  "What some ears cannot bear in it": "苦手な人がいるもの",
  "What allows it to be played here": "ここで流してよい理由",
  "Add a recording": "録音を加える",
  "This server has {0} sounds of its own, which is as many as it can. Make room with /sounds remove.":
    "このサーバーの音は{0}個で、これ以上は増やせません。/sounds remove で空きを作ってください。",
  "There is a sound “{0}” here already. Choose another title.":
    "「{0}」という音はもうあります。別の題名にしてください。",
  "That file is larger than this can be. Choose another one.":
    "そのファイルはここで扱える大きさを超えています。別のものを選んでください。",
  "The file is larger than 25 MB. Export it as MP3 or Opus, or cut it into parts.":
    "ファイルが25 MBを超えています。MP3かOpusで書き出すか、分けてください。",
  "I only take files that were attached here. Attach the file itself, then try again.":
    "ここに添付されたファイルだけ受け取れます。ファイルそのものを添付して、もう一度お試しください。",
  "The file could not be fetched from Discord. Attach it again, then try once more.":
    "Discordからファイルを受け取れませんでした。もう一度添付してからお試しください。",
  "The file took longer than 30 seconds to arrive. Try again in a minute.":
    "ファイルが届くまで30秒以上かかりました。一分後にもう一度お試しください。",
  "The file of “{0}” can no longer be read. Choose another sound for now.":
    "「{0}」のファイルが読めなくなりました。今は別の音を選んでください。",
  "That sound is no longer there. Choose another one.": "その音はもうありません。別の音を選んでください。",
  "Some files of this server are still being read. Try again in a minute.":
    "このサーバーのファイルをまだ読んでいるところです。一分後にもう一度お試しください。",
  "There is no room for more sounds on this machine. Make room with /sounds remove, or ask who runs Lull for more.":
    "このマシンにはもう音を置く場所がありません。/sounds remove で空きを作るか、Lullを運営する人に相談してください。",
  "The file that was sent is no longer here. Add it again with /sounds add.":
    "送られたファイルはもうありません。/sounds add でもう一度加えてください。",
  "“{0}” has been removed. Choose another sound with /sounds browse.":
    "「{0}」は削除されました。/sounds browse で別の音を選んでください。",
  "“{0}” can no longer be read. Choose another sound for now.":
    "「{0}」は読めなくなりました。今は別の音を選んでください。",
  "It is larger than 350 MB. Cut it into parts.": "350 MBを超えています。分けてください。",
  "its format is cut off": "形式の情報が途中で切れています",
  "its AAC is of a rare kind": "めずらしい種類のAACです",
  "a frame is too long": "長すぎるフレームがあります",
  "its Vorbis headers are missing": "Vorbisのヘッダーがありません",
  "its Vorbis headers are cut off": "Vorbisのヘッダーが途中で切れています",
  "it holds an unknown kind of sound": "知らない種類の音が入っています",
  "it holds {0} sound": "{0}の音が入っています",
  "its structure ends at byte {0}": "構造が{0}バイト目で終わっています",
  "after its tag it holds no sound": "タグのあとに音がありません",
  "its beginning is cut off": "始まりが途中で切れています",
  "its channels are in an unknown order": "チャンネルの並びがわかりません",
  "a part of it cannot be decoded": "デコードできない部分があります",
  "its WAV is compressed": "WAVが圧縮されています",
  "its AIFF is compressed": "AIFFが圧縮されています",
  "its samples are of {0} bits": "サンプルが{0}ビットです",
  "its format is missing": "形式の情報がありません",
  "it has {0} channels": "チャンネルが{0}個あります",
  "its sample rate is {0} Hz": "サンプルレートが{0} Hzです",
  "it changes its format on the way": "途中で形式が変わっています",
  "The file is empty. Export it again, then try once more.":
    "ファイルが空です。書き出し直してから、もう一度お試しください。",
  "This is not a kind of sound that I can read. Send WAV, MP3, FLAC, Ogg Vorbis, Opus, M4A, AAC, AIFF or WebM.":
    "この種類の音は読めません。WAV、MP3、FLAC、Ogg Vorbis、Opus、M4A、AAC、AIFF、WebMのどれかを送ってください。",
  "This is a playlist or a script, not a sound. Send the sound file itself.":
    "これは音ではなく、プレイリストかスクリプトです。音のファイルそのものを送ってください。",
  "The file is damaged or cut off: {0}. Export it again, then try once more.":
    "ファイルが壊れているか、途中で切れています。{0}。書き出し直してから、もう一度お試しください。",
  "I cannot use this file: {0}. Export it as 48 kHz stereo, then try once more.":
    "このファイルは使えません。{0}。48 kHzのステレオで書き出してから、もう一度お試しください。",
  "There is nothing to hear in this file. Send one with sound in it.":
    "このファイルには聞こえるものがありません。音の入ったものを送ってください。",
  "This sound is shorter than a second. Send one of three seconds or more.":
    "一秒より短い音です。三秒以上のものを送ってください。",
  "This sound is longer than {0} hours. Cut it into parts, then send each.":
    "{0}時間より長い音です。分けて、ひとつずつ送ってください。",
  "This file takes too long to read. Send a shorter one, or export it again as MP3.":
    "このファイルは読むのに時間がかかりすぎます。短いものを送るか、MP3で書き出し直してください。",
  "This file takes too much memory. Send a shorter one, or export it again as MP3.":
    "このファイルはメモリを使いすぎます。短いものを送るか、MP3で書き出し直してください。",
  "it cannot be decoded": "デコードできません",
};
