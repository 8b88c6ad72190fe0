import type { Sentences } from "../catalogue.ts";

/** Each member’s ears, what works in a room, and the morning. */
export const care: Sentences = {
  "It is left out tonight.": "今夜はお休みします。",
  "{0} is left out of it tonight.": "その中の{0}は今夜はお休みします。",
  nobody: "だれもいません",
  one: "一人",
  two: "二人",
  three: "三人",
  four: "四人",
  five: "五人",
  six: "六人",
  seven: "七人",
  eight: "八人",
  nine: "九人",
  ten: "十人",
  eleven: "十一人",
  twelve: "十二人",
  "{0} people": "{0}人",
  "1 hour": "1時間",
  "{0} hours": "{0}時間",
  "1 minute": "1分",
  "{0} minutes": "{0}分",
  "{0} and {1}": "{0}{1}",
  "Good morning. The room rested for {0}, {1} in all.":
    "おはようございます。この部屋は{0}休みました。全部で{1}でした。",
  "Good morning. The room rested for {0}, {1} in all: {2}.":
    "おはようございます。この部屋は{0}休みました。全部で{1}（{2}）でした。",
  "Good morning. The room rested for {0}, {1} in all, {2} among them.":
    "おはようございます。この部屋は{0}休みました。全部で{1}で、{2}もいました。",
  "This room has heard mostly {0} of late, and what is always there is felt less. Something near it, such as {1}, or an evening's rest brings it back; /discover has ideas.":
    "この部屋は最近、{0}をよく聴いています。いつもあるものは感じにくくなります。{1}のような近いものや、ひと晩のお休みで戻ってきます。/discover にもヒントがあります。",
  "This room has heard mostly {0} of late, and what is always there is felt less. Something else or an evening's rest brings it back; /discover has ideas.":
    "この部屋は最近、{0}をよく聴いています。いつもあるものは感じにくくなります。別のものや、ひと晩のお休みで戻ってきます。/discover にもヒントがあります。",
  "{0} is not a good fit for everyone here tonight, so it is left out. /discover offers others.":
    "{0}は今夜ここにいるみんなには合わないので、お休みします。/discover で別のものを選べます。",
  "Not a good fit for everyone here tonight.": "今夜ここにいるみんなには合わないかもしれません。",
  "It has: {0}. With so few here, a word with the others tells whether it suits.":
    "含むもの: {0}。少人数なので、ひとこと声をかけると合うかどうかわかります。",
  "{0} was left out tonight.": "{0}は今夜はお休みしました。",
  "### ASMR": "### ASMR",
  "A tingling that some people feel at certain sounds and sights. It begins at the scalp, runs down the neck, and comes with calm. Many people never feel it; nothing is missing then, and a quiet sound may be pleasant all the same.":
    "ある種の音や動きで、一部の人が感じるゾクゾクです。頭皮から始まって首すじを下り、落ち着きをともないます。感じたことのない人もたくさんいます。それで何かが足りないわけではなく、静かな音はそれでも心地よいものです。",
  "\n**What is known**": "\n**わかっていること**",
  "- 475 people who feel it were asked online. What brings it on most often: whispering (75 %), personal attention (69 %), crisp sounds (64 %), slow movements (53 %). 98 % look for it to relax, 82 % to fall asleep. [1]":
    "- 感じる人475人へのオンライン調査で、きっかけとして多かったのは、ささやき（75 %）、やさしいお世話（69 %）、歯切れのよい音（64 %）、ゆっくりした動き（53 %）。98 %がくつろぐため、82 %が眠るために求めていました。[1]",
  "- Videos made for it were pleasant to those who feel it, and not to others. In the laboratory their hearts beat more slowly, while their skin showed more arousal: calm and stirred at once. [2]":
    "- そのための動画は、感じる人には心地よく、そうでない人には違いました。実験室では、心拍がゆっくりになる一方で、皮膚は高ぶりを示しました。落ち着きと高まりが同時にあるのです。[2]",
  "- 130 people told what helps: lower, complex sounds, a slow pace, care for detail. Music behind it gets in the way for many. [3]":
    "- 130人が助けになるものを挙げました。低めで複雑な音、ゆっくりした調子、細やかな心配り。後ろの音楽は、多くの人にとって邪魔になります。[3]",
  "\n**What is not known**": "\n**わかっていないこと**",
  "- Why some feel it and others do not, and how many they are.": "- 感じる人と感じない人がいる理由と、その割合。",
  "- Whether it does anything beyond the moment. Most studies are small, or ask people who were looking for it.":
    "- その場の心地よさを超えた効果があるかどうか。多くの研究は小規模か、はじめから求めていた人に聞いたものです。",
  "- Why it fades. Many say that a trigger heard every day gives less; that has hardly been studied.":
    "- 弱まっていく理由。毎日聴くと感じにくくなると多くの人が言いますが、ほとんど調べられていません。",
  "\n**When to skip it**": "\n**やめておいたほうがよいとき**",
  "Sounds that please one person are hard to bear for another, up to anger or panic: misophonia. People who feel ASMR report more of that than others do. [4] A sound that makes you tense is not for you, however much others like it. `/avoid` keeps such sounds away without telling anybody, `/visual` needs no sound at all.":
    "ある人に心地よい音が、別の人には怒りや恐怖を覚えるほどつらいことがあります。ミソフォニア（音嫌悪症）です。ASMRを感じる人は、そうした経験をほかの人より多く挙げています。[4] 緊張してしまう音は、ほかの人がどれほど好きでも、あなたのための音ではありません。`/avoid` はだれにも知らせずにそうした音を遠ざけ、`/visual` は音を使いません。",
  "\n-# This is no advice, and Lull is no treatment.": "\n-# これは助言ではなく、Lullは治療ではありません。",
  Whispering: "ささやき",
  "Whispers and soft speech": "ささやき声や小さな話し声",
  Breathing: "息づかい",
  "Breath close to the ear": "耳もとの息",
  "Sharp onsets": "急な音",
  "Snaps, clacks, sudden taps": "パチン、カチッ、突然のタップ",
  "Repetitive clicking": "くり返すクリック音",
  "Keys, clippers, pens": "キー、バリカン、ペン",
  Ticking: "チクタク",
  "Clocks and steady ticks": "時計など規則的な音",
  "Wet and mouth sounds": "水気のある音、口の音",
  "Chewing, lips, gel, foam": "咀嚼、唇、ジェル、泡",
  "Bright sounds": "甲高い音",
  "High, hissing or scraping": "高い音、シューという音、こする音",
  "Leave it out where nobody can tell it is for me": "自分のためだと気づかれないときだけ外す",
  "It needs four or more of us; in smaller rooms it may play":
    "四人以上のときに外します。少ない部屋では流れることがあります",
  "Leave it out always": "いつも外す",
  "In a small room, or when I come late, others may guess":
    "少人数の部屋や、あとから入ったときは、察する人がいるかもしれません",
  "Only tell whoever queues it": "入れた人にだけ伝える",
  "It plays, and nobody is named": "音は流れます。だれの名前も出ません",
  "Kinds of sound": "音の種類",
  "What you would rather not hear. Nobody else sees this.": "聴きたくないもの。ほかの人には見えません。",
  None: "なし",
  "What a sound has": "音に含まれるもの",
  "When such a sound comes": "そうした音が来たら",
  "It counts from now on, in every community, as soon as it could be for any of four or more. What plays already is not cut off.":
    "これから、どのコミュニティでも、四人以上のだれのためでもありうるときから有効です。今流れているものは止まりません。",
  "It counts from now on, in every community. In a small room others may guess that it is for you. What plays already is not cut off.":
    "これから、どのコミュニティでも有効です。少人数の部屋では、あなたのためだと察する人がいるかもしれません。今流れているものは止まりません。",
  "It counts from now on, in every community. Whoever queues such a sound is told that it is not a good fit for everyone, without a name.":
    "これから、どのコミュニティでも有効です。そうした音を入れた人に、みんなには合わないと名前を出さずに伝えます。",
  "Rather not hear": "聴きたくないもの",
  "Your list is empty now. You hear what the room hears.": "リストは空になりました。部屋と同じものが聞こえます。",
  "/privacy delete removes it at once.": "/privacy delete ですぐに消せます。",
  "You would rather not hear: {0} (whoever queues it is told, where nobody can tell for whom).":
    "聴きたくないもの: {0}（だれのためか気づかれないときに、入れた人へ伝えます）。",
  "You would rather not hear: {0} (left out, where nobody can tell for whom).":
    "聴きたくないもの: {0}（だれのためか気づかれないときに外します）。",
  "You would rather not hear: {0} (left out always, even where others may guess).":
    "聴きたくないもの: {0}（察する人がいても、いつも外します）。",
  "not heard here yet": "ここではまだ聴いていません",
  "heard this evening": "今夜聴きました",
  "heard last evening": "前の晩に聴きました",
  "last heard {0} evenings ago": "最後に聴いたのは{0}晩前です",
  "There is nothing new to offer tonight. /sounds browse shows all there is.":
    "今夜は新しいものがありません。/sounds browse ですべての音を見られます。",
  "### Something else tonight": "### 今夜は別のものを",
  "-# A tap queues it.": "-# タップするとキューに入ります。",
  "The morning's line here may name you.": "ここでは、朝のひとことにあなたの名前が載ることがあります。",
  "The morning's line here does not name you.": "ここでは、朝のひとことにあなたの名前は載りません。",
  "When the timer ends here, you are disconnected with the bot.":
    "ここでタイマーが終わると、ボットと一緒に切断されます。",
  "When the timer ends here, you are not disconnected.": "ここでタイマーが終わっても、切断されません。",
  "You have no list of what you would rather not hear. /avoid makes one.":
    "聴きたくないもののリストはありません。/avoid で作れます。",
  "With what carries your name elsewhere, such as favourites you added, that makes one entry. /privacy export gives you all of it, /privacy delete removes it.":
    "追加したお気に入りなど、ほかであなたの名前がつくものと合わせて一件です。/privacy export ですべて受け取り、/privacy delete で消せます。",
  "With what carries your name elsewhere, such as favourites you added, that makes {0} entries. /privacy export gives you all of it, /privacy delete removes it.":
    "追加したお気に入りなど、ほかであなたの名前がつくものと合わせて{0}件です。/privacy export ですべて受け取り、/privacy delete で消せます。",
  "Nothing about mood or health is kept of anyone.": "気分や健康については、だれのものも保存しません。",
  "All that is kept about you, as a file. /privacy delete removes it.":
    "あなたについて保存されているすべてのファイルです。/privacy delete で消せます。",
  "What Lull keeps about you, as JSON": "あなたについてLullが保存しているもの（JSON）",
  "Your list and what you had allowed are deleted, in every community, and your name is off what you had added. What the room shares stays.":
    "リストと許可したことは、どのコミュニティからも消えました。あなたが追加したものからも名前が外れました。部屋で共有しているものは残ります。",
  "20 seconds of {0}, for you alone. Begin softly: your device decides how loud it is.":
    "{0}を20秒、あなただけに。小さな音から始めてください。大きさはお使いの機器しだいです。",
  "-# Has: {0}": "-# 含むもの: {0}",
  "20 seconds of {0}": "「{0}」の20秒",
  "No longer in the library": "もうライブラリにありません",
  "{0}. {1} · {2}, most often in minute {3}": "{0}. {1}・{2}回、いちばん多いのは{3}分目",
  "1 tingle, counted without names.": "ゾクゾク1回。名前は数えていません。",
  "{0} tingles in 1 sound, counted without names.": "1つの音でゾクゾク{0}回。名前は数えていません。",
  "{0} tingles in {1} sounds, counted without names.": "{1}個の音でゾクゾク{0}回。名前は数えていません。",
  "Tingles by sound": "音ごとのゾクゾク",
  "Bar chart. {0}: {1}.": "棒グラフ。{0}: {1}。",
  "No tingles are marked yet. Tap 🌙 on the panel while something plays, or send a moon in the voice channel.":
    "まだ印がありません。何かが流れているあいだにパネルの🌙を押すか、ボイスチャンネルで月を送ってください。",
  "### What works here": "### ここで効くもの",
  "That sample could not be made just now. Try it again in a minute.":
    "試聴を今は用意できませんでした。一分後にもう一度お試しください。",
};
