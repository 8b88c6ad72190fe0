import type { Sentences } from "../catalogue.ts";

/** Settings, permissions, help, and what goes wrong. */
export const house: Sentences = {
  "Nothing is in the way here. Join a voice channel and ask again to have that one looked at, too.":
    "ここでは問題ありません。ボイスチャンネルに入ってからもう一度たずねると、そのチャンネルも確かめます。",
  "Nothing is in the way here. {0} is ready.": "ここでは問題ありません。{0}の準備もできています。",
  "### Lull": "### Lull",
  "Sounds to fall asleep to, together.": "みんなで眠りにつくための音です。",
  "\n**Start here**": "\n**はじめに**",
  "1. Join a voice channel.": "1. ボイスチャンネルに入ります。",
  "2. `/play`, and choose a sound. It repeats until another one is queued.":
    "2. `/play` で音を選びます。次の音が入るまでくり返します。",
  "3. `/sleep in 30m`. The sound fades for everyone, and the bot leaves.":
    "3. `/sleep in 30m` で、音がみんなのために小さくなり、ボットが去ります。",
  "\n**Then**": "\n**そのあとは**",
  "- `/sounds browse` shows what there is, by kind.": "- `/sounds browse` で、聞ける音を種類ごとに見られます。",
  "- `/queue`, `/skip` and `/back` go from sound to sound; `/pause` and `/resume` hold it.":
    "- `/queue`、`/skip`、`/back` で音から音へ移り、`/pause` と `/resume` で止めたり再開したりできます。",
  "- `/evening start` leads through a whole evening; `/evening schedule` lets one begin by itself.":
    "- `/evening start` はひと晩を案内し、`/evening schedule` で自動的に始められます。",
  "- `/favourites add` keeps what plays now.": "- `/favourites add` で今の音を残せます。",
  "- `/avoid` keeps away what you would rather not hear, and names nobody; `/sample` lets you hear a sound first.":
    "- `/avoid` は聴きたくないものを、だれの名前も出さずに遠ざけます。`/sample` で先に試聴できます。",
  "- `/discover` has ideas. A tap on the moon says that it tingles.":
    "- `/discover` にはヒントがあります。月を押すと、ゾクゾクしたことが残ります。",
  "- `/sleep extend` gives the room more time, even while it fades.":
    "- `/sleep extend` で、音が小さくなっている途中でも時間を延ばせます。",
  "- Whoever sits in the channel may do nearly all of this. Skipping and `/stop` are for the one who queued the sound, a host, or more than half of you.":
    "- チャンネルにいる人は、ほとんどのことができます。スキップと `/stop` は、その音を入れた人、ホスト、または半数を超える人ができます。",
  "\n**How loud?**": "\n**音の大きさは**",
  "Everything here is soft and of one loudness, and `/loudness` makes it softer. How loud it is at your ear cannot be known from here: it depends on your device. Start low. For bedrooms at night the World Health Organization's guidance is about 30 dB(A) of steady sound, with single sounds no louder than 45 dB(A). For infants, keep it below 50 dB.":
    "ここの音はどれも静かで同じ大きさです。`/loudness` でさらに小さくできます。耳もとでの大きさはお使いの機器しだいで、ここからはわかりません。小さな音から始めてください。夜の寝室について、世界保健機関は、続く音で約30 dB(A)、ひとつひとつの音で45 dB(A)以下を目安にしています。赤ちゃんには50 dB未満にしてください。",
  "\n-# To hear less of everyone, use your own volume: right-click or long-press the bot in the voice channel.":
    "\n-# 自分だけ小さくしたいときは、自分の音量を使ってください。ボイスチャンネルのボットを右クリックか長押しします。",
  "This is for those who may manage events or the server, and for those with the host role. Ask one of them.":
    "イベントかサーバーを管理できる人、またはホストロールを持つ人のためのものです。どなたかに頼んでください。",
  From: "開始",
  "Such as 23:00": "例: 23:00",
  To: "終了",
  "Such as 7:00": "例: 7:00",
  "Time zone": "タイムゾーン",
  "Such as Europe/Berlin or America/New_York": "例: Asia/Tokyo",
  "Sleep timer": "スリープタイマー",
  "For rooms that have none, such as 60m": "タイマーのない部屋に。例: 60m",
  "Softer by": "下げる幅",
  "How far the ceiling drops, 0 to 18 LU": "上限を下げる幅。0〜18 LU",
  "Quiet hours": "静かな時間",
  "I did not understand the time zone. Try Europe/Berlin. Nothing has changed.":
    "タイムゾーンがわかりませんでした。Asia/Tokyo のように入力してください。何も変わっていません。",
  "I did not understand when they begin. Try 23:00. Nothing has changed.":
    "始まりの時刻がわかりませんでした。23:00 のように入力してください。何も変わっていません。",
  "I did not understand when they end. Try 7:00. Nothing has changed.":
    "終わりの時刻がわかりませんでした。7:00 のように入力してください。何も変わっていません。",
  "I did not understand quiet hours that begin when they end. Try 23:00 to 7:00. Nothing has changed.":
    "始まりと終わりが同じ静かな時間はわかりませんでした。23:00 から 7:00 のように入力してください。何も変わっていません。",
  "I did not understand how much softer. Try 6. Nothing has changed.":
    "下げる幅がわかりませんでした。6 のように入力してください。何も変わっていません。",
  "I leave": "退出します",
  "at the end: leave": "最後に: 退出する",
  "I leave, and take the listeners along: to the AFK channel, or out where they agreed":
    "聴いている人を連れて退出します（AFKチャンネルへ、または同意した人は切断）",
  "at the end: take the listeners along": "最後に: 聴いている人を連れていく",
  "the sound goes on at a whisper": "ささやきの大きさで続きます",
  "at the end: go on at a whisper": "最後に: ささやきの大きさで続ける",
  "as Discord says": "Discordの設定どおり",
  "{0} to {1} ({2}): {3} LU softer, and a timer of {4}": "{0}〜{1}（{2}）: {3} LU小さく、タイマーは{4}",
  "no fade": "フェードなし",
  "not at all": "下げない",
  "{0} dB": "{0} dB",
  "### Settings of this server": "### このサーバーの設定",
  "The loudest a room gets: **{0}**": "部屋のいちばん大きな音: **{0}**",
  "The end of a sleep timer: **{0}**, then {1}": "スリープタイマーの終わり: **{0}**、そのあと{1}",
  "With eyes closed: **on** (muting, deafening or a moon during the fade gives 15 minutes more)":
    "目を閉じたまま: **オン**（小さくなる途中のミュート、スピーカーミュート、月で15分延びます）",
  "With eyes closed: **off** (muting, deafening or a moon during the fade gives 15 minutes more)":
    "目を閉じたまま: **オフ**（小さくなる途中のミュート、スピーカーミュート、月で15分延びます）",
  "While a member speaks, softer by: **{0}**": "だれかが話しているあいだ下げる幅: **{0}**",
  "Skip and stop: **the one who queued it, a host, or more than half of the listeners**":
    "スキップと終了: **入れた人、ホスト、または聴いている人の半数を超えるとき**",
  "Skip and stop: **anyone who listens**": "スキップと終了: **聴いている人ならだれでも**",
  "Quiet hours: **{0}**": "静かな時間: **{0}**",
  none: "なし",
  "Host role: {0}": "ホストロール: {0}",
  "**none**": "**なし**",
  "Usual voice channel: {0}": "いつものボイスチャンネル: {0}",
  "Language of what the whole room sees: **{0}**": "部屋全体に見えるものの言語: **{0}**",
  "The loudest a room gets": "部屋のいちばん大きな音",
  "loudest: {0}": "最大: {0}",
  "How long the end of a timer fades": "タイマーの終わりのフェードの長さ",
  "fade: {0}": "フェード: {0}",
  "What happens when the timer is over": "タイマーが終わったとき",
  "How much softer while a member speaks": "だれかが話しているあいだ下げる幅",
  "while somebody speaks: no softer": "話しているあいだ: 下げない",
  "while somebody speaks: {0} dB softer": "話しているあいだ: {0} dB下げる",
  "Language of what the whole room sees": "部屋全体に見えるものの言語",
  "language: as Discord says": "言語: Discordの設定どおり",
  "language: {0}": "言語: {0}",
  "Host role": "ホストロール",
  "Usual voice channel": "いつものボイスチャンネル",
  "No quiet hours": "静かな時間をなくす",
  "Eyes closed: turn off": "目を閉じたまま: オフにする",
  "Eyes closed: turn on": "目を閉じたまま: オンにする",
  "Votes: turn off": "投票: オフにする",
  "Votes: turn on": "投票: オンにする",
  "View Channel": "チャンネルを見る",
  Connect: "接続",
  Speak: "発言",
  "Send Messages": "メッセージを送信",
  "Read Message History": "メッセージ履歴を読む",
  "Without Move Members, which Server Settings → Roles gives, there is no /sleep me.":
    "「メンバーを移動」（サーバー設定 → ロール）がないと、/sleep me は使えません。",
  "Without Create Events, which Server Settings → Roles gives, there are no evenings in the server's calendar.":
    "「イベントを作成」（サーバー設定 → ロール）がないと、夜会はサーバーのカレンダーに出ません。",
  "Without Set Voice Channel Status, which Server Settings → Roles gives, the channel list does not show what plays.":
    "「ボイスチャンネルステータスを設定」（サーバー設定 → ロール）がないと、再生中のものがチャンネル一覧に出ません。",
  "In {0} I lack **{1}**. Give it to my role in Edit Channel → Permissions.":
    "{0}で**{1}**の権限がありません。チャンネルの編集 → 権限で、私のロールに許可してください。",
  "{0} is full. Raise its user limit by one in Edit Channel → Overview.":
    "{0}は満員です。チャンネルの編集 → 概要で、ユーザー人数制限をひとつ上げてください。",
  "I am muted in {0}. A moderator can unmute me with a right-click.":
    "{0}でミュートされています。モデレーターが右クリックで解除できます。",
  "On the stage {0} I am in the audience. Invite me to speak, or give me **Mute Members** there.":
    "ステージ{0}では聴衆になっています。話すように招待するか、**メンバーをミュート**の権限をください。",
  "In {0} I lack **{1}**, so the panel has no place there. Give it to my role in Edit Channel → Permissions.":
    "{0}で**{1}**の権限がないため、パネルを置けません。チャンネルの編集 → 権限で、私のロールに許可してください。",
  "I cannot see {0}. Give my role **View Channel** in Edit Channel → Permissions.":
    "{0}が見えません。チャンネルの編集 → 権限で、私のロールに**チャンネルを見る**を許可してください。",
  "Lull is here. Join a voice channel and type /play; /help says the rest.":
    "Lullが来ました。ボイスチャンネルに入って /play と入力してください。くわしくは /help で見られます。",
  "Something went wrong here. It is noted as {0}. Please try again in a moment.":
    "うまくいきませんでした。{0}として記録しました。少ししてから、もう一度お試しください。",
  "That could not be saved just now. The sound goes on; try again in a minute.":
    "今は保存できませんでした。音は続きます。一分後にもう一度お試しください。",
};
