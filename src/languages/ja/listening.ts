import type { Sentences } from "../catalogue.ts";

/** Playing, the queue, and what is refused there. */
export const listening: Sentences = {
  "Back to {0}.": "{0}に戻ります。",
  "Back to the sound before.": "前の音に戻ります。",
  "The loudness goes to “{0}”.": "音の大きさを「{0}」にします。",
  "I am in {0}, and nothing is playing. Add a sound with /play.":
    "{0}にいますが、何も流れていません。/play で音を加えられます。",
  "{0} is on its way to {1}, queued by {2}.": "{0}が{1}に向かっています（{2}さんが入れました）。",
  "{0} is paused in {1}, queued by {2}.": "{0}は{1}で一時停止中です（{2}さんが入れました）。",
  "{0} plays in {1}, queued by {2}.": "{0}が{1}で流れています（{2}さんが入れました）。",
  "{0} comes next.": "次は{0}です。",
  "Loudness: {0}.": "大きさ: {0}。",
  "Paused. /resume brings the sound back.": "一時停止しました。/resume で音が戻ります。",
  "{0} plays in {1}.": "{0}が{1}で流れます。",
  "{0} is on its way to {1}.": "{0}が{1}に向かっています。",
  "{0} is number {1} in the queue.": "{0}はキューの{1}番目です。",
  "A sound repeats until the queue has another one, and the queue is heard once.":
    "キューに次が入るまで同じ音をくり返し、キューは一度だけ流れます。",
  "This sound repeats, whatever the queue has.": "キューに何があっても、この音をくり返します。",
  "The queue goes round: what has been heard goes to its end.":
    "キューはひとめぐりします。流れたものは最後に戻ります。",
  "Now: {0} · {1}": "今: {0}・{1}",
  "Nothing is waiting. Add a sound with /play.": "待っているものはありません。/play で音を加えられます。",
  "{0} is now number {1}.": "{0}は{1}番目になりました。",
  "It is now number {0}.": "{0}番目になりました。",
  "{0} is off the queue.": "{0}をキューから外しました。",
  "It is off the queue.": "キューから外しました。",
  "Shuffled. {0} comes next.": "並べ替えました。次は{0}です。",
  "Shuffled.": "並べ替えました。",
  "What you queued is off the queue. What others queued stays.":
    "あなたが入れたものをキューから外しました。ほかの人が入れたものは残ります。",
  "The queue is empty now. What plays goes on.": "キューは空になりました。今の音は続きます。",
  "Join a voice channel first, then try again.": "先にボイスチャンネルに入ってから、もう一度お試しください。",
  "This is for those who listen in {0}. Join them there, then try again.":
    "これは{0}で聴いている人のためのものです。そこに加わってから、もう一度お試しください。",
  "Nothing is playing yet. Start with /play.": "まだ何も流れていません。/play で始められます。",
  "This panel is from an earlier session. Start a new one with /play.":
    "これは前のセッションのパネルです。/play で新しく始めてください。",
  "This button no longer works. Run the command again to get a fresh one.":
    "このボタンはもう使えません。コマンドをもう一度使うと、新しいものが出ます。",
  "This command has changed. Type / again to see the commands as they are now.":
    "このコマンドは変わりました。/ をもう一度入力すると、今のコマンドが見られます。",
  "Lull plays in the voice channels of a community. Use this command there.":
    "Lullはコミュニティのボイスチャンネルで音を流します。そこでこのコマンドを使ってください。",
  "I cannot see {0}. Ask someone who manages it to give me View Channel, or choose another channel.":
    "{0}が見えません。管理している人に「チャンネルを見る」の許可を頼むか、別のチャンネルを選んでください。",
  "I may not connect to {0}. Ask someone who manages it to give me Connect, or choose another channel.":
    "{0}に接続できません。管理している人に「接続」の許可を頼むか、別のチャンネルを選んでください。",
  "I may not speak in {0}. Ask someone who manages it to give me Speak, or choose another channel.":
    "{0}で発言できません。管理している人に「発言」の許可を頼むか、別のチャンネルを選んでください。",
  "{0} is full. Raise its user limit by one or choose another channel, then try again.":
    "{0}は満員です。ユーザー人数制限をひとつ上げるか、別のチャンネルを選んでから、もう一度お試しください。",
  "Choose a channel with the option, or a usual one for this server with /settings.":
    "オプションでチャンネルを選ぶか、/settings でいつものチャンネルを決めてください。",
  "I may not disconnect anyone here, so your own timer would do nothing. Ask someone who manages the server to give me Move Members.":
    "ここではだれも切断できないので、あなた専用のタイマーは働きません。サーバーを管理している人に「メンバーを移動」の許可を頼んでください。",
  "This keeps what plays on Lull’s panel. Use it there, or try /favourites add.":
    "これはLullのパネルで流れているものを残すためのものです。パネルで使うか、/favourites add をお試しください。",
  "I know no sound called “{0}”. /sounds browse shows all there are.":
    "「{0}」という音はありません。/sounds browse ですべての音を見られます。",
  "There is no favourite called “{0}”. /favourites list shows them.":
    "「{0}」というお気に入りはありません。/favourites list で見られます。",
  "The sound of “{0}” is no longer in the library. Choose another with /sounds browse, or take it off with /favourites remove.":
    "「{0}」の音はもうライブラリにありません。/sounds browse で別の音を選ぶか、/favourites remove で外してください。",
  "The sound is coming back.": "音が戻ってきます。",
  "Going on to {0}.": "{0}に進みます。",
  "Skipped.": "スキップしました。",
  "No sleep timer is set. Set one with /sleep in, such as /sleep in 30m.":
    "スリープタイマーはありません。/sleep in 30m のように、/sleep in で設定できます。",
  "Your own timer is off.": "あなた専用のタイマーを切りました。",
  "You are disconnected {0}; the room plays on. /sleep me off takes it back.":
    "{0}に切断されます。部屋の音は続きます。`/sleep me なし` で取り消せます。",
  "The sleep timer is off. The sound goes on.": "スリープタイマーを切りました。音は続きます。",
  "The sound goes quiet, and I leave. Good night.": "音が静かになり、私は失礼します。おやすみなさい。",
  "Files here have to be smaller than that picture. The still version is: choose still.":
    "ここでは、この映像よりファイルを小さくする必要があります。静止画なら送れます。静止画を選んでください。",
  "-# {0} · silent, and still": "-# {0}・音なし、静止画",
  "-# {0} · silent": "-# {0}・音なし",
  "{0} is being drawn for the first time. That takes up to a minute.":
    "{0}をはじめて描いています。一分ほどかかることがあります。",
  "{0} of the {1} it takes would like to skip this. The others can join with /skip, or on the panel.":
    "スキップしたい人が、必要な{1}人のうち{0}人います。ほかの人は /skip かパネルで加われます。",
  "{0} of the {1} it takes would like to stop. The others can join with /stop, or on the panel.":
    "終わりたい人が、必要な{1}人のうち{0}人います。ほかの人は /stop かパネルで加われます。",
  "A sound could not be prepared, and was left out.": "準備できない音があったので、外しました。",
  "Lull is restarting. Try again in a minute.": "Lullを再起動しています。一分後にもう一度お試しください。",
  "That name has nothing to read. Try a short one, such as Rainy window.":
    "その名前には読めるものがありません。「雨の窓」のような短い名前にしてください。",
  "A whisper has {0} letters at most. Leave some out.": "ささやきは{0}文字までです。少し減らしてください。",
  "There is nothing to be whispered. Write a sentence or two, without links and mentions.":
    "ささやくものがありません。リンクやメンションのない文をひとつかふたつ書いてください。",
  "I did not understand that time of day. Try 23:30, or 11:30 pm.":
    "その時刻がわかりませんでした。23:30 や 11:30 pm のように入力してください。",
  "That is more than 12 hours away. Try a time sooner than that, such as 23:30.":
    "12時間より先の時刻です。23:30 など、もっと早い時刻にしてください。",
  "{0} is still being prepared. It starts by itself in a moment.": "{0}はまだ準備中です。まもなく自動で始まります。",
  "A room is already listening in <#{0}>. Join it there, or wait until it is over.":
    "<#{0}>で聴いている部屋があります。そこに加わるか、終わるまでお待ちください。",
  "The queue is full with {0} sounds. Make room with /queue remove or /queue clear.":
    "キューは{0}個でいっぱいです。/queue remove か /queue clear で空きを作ってください。",
  "The queue is empty. Add a sound with /play.": "キューは空です。/play で音を加えられます。",
  "Nothing comes after this sound. Add one with /play, or end the session with /stop.":
    "この音のあとには何もありません。/play で加えるか、/stop でセッションを終えてください。",
  "This is the first sound of the session. Choose another one with /play.":
    "これがセッションの最初の音です。/play で別の音を選んでください。",
  "The queue has one place. /queue show lists it.": "キューの場所はひとつです。/queue show で見られます。",
  "The queue has places 1 to {0}. /queue show lists them.":
    "キューの場所は1から{0}までです。/queue show で見られます。",
  "It is paused already. /resume brings the sound back.": "もう一時停止しています。/resume で音が戻ります。",
  "It is playing already. /pause holds it.": "もう流れています。/pause で一時停止できます。",
  "“{0}” is louder than this room allows. The loudest here is “{1}”.":
    "「{0}」はこの部屋で許されている大きさを超えています。ここでいちばん大きいのは「{1}」です。",
  "Anyone may make it softer. Louder is for the one who queued this sound, or for the host.":
    "小さくするのはだれでもできます。大きくできるのは、この音を入れた人かホストです。",
  "This is for the one who queued it, or for the host. You can queue your own with /play.":
    "これは入れた人かホストのためのものです。/play で自分の音を入れられます。",
  "A mix has {0} layers at most. Take one out with /mix remove first.":
    "ミックスは{0}層までです。先に /mix remove でひとつ外してください。",
  "{0} is in the mix already. /mix show changes how loud it is, and where.":
    "{0}はもうミックスにあります。/mix show で大きさと位置を変えられます。",
  "That sound is not in the mix. /mix show lists what is.":
    "その音はミックスにありません。/mix show で中身を見られます。",
  "That is the only sound left. Choose another one with /play, or end with /stop.":
    "残っている音はそれだけです。/play で別の音を選ぶか、/stop で終えてください。",
  "You have set no timer of your own. Set one with /sleep me, such as /sleep me 40m.":
    "あなた専用のタイマーはありません。/sleep me 40m のように、/sleep me で設定できます。",
  "No sound is playing that it could end with. Try /sleep in 30m.":
    "一緒に終われる音が流れていません。/sleep in 30m をお試しください。",
  "Nobody is in the voice channel. Join it, and the sound comes back by itself.":
    "ボイスチャンネルにだれもいません。入ると音が自動で戻ります。",
  "There is no such picture. Choose one from the list.": "その映像はありません。一覧から選んでください。",
  "That picture could not be drawn just now. Choose another one for now.":
    "その映像を今は描けませんでした。今は別のものを選んでください。",
  "There is no such sound. Type a few letters and choose one from the list.":
    "その音はありません。何文字か入力して、一覧から選んでください。",
  "“{0}” could not be prepared. Choose another sound for now.":
    "「{0}」を準備できませんでした。今は別の音を選んでください。",
};
