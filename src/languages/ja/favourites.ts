import type { Sentences } from "../catalogue.ts";

/** Favourites and mixes. */
export const favourites: Sentences = {
  "{0} is a favourite now. /play offers it first.": "{0}をお気に入りに入れました。/play で最初に出てきます。",
  "{0} is called {1} now.": "{0}の名前を{1}に変えました。",
  "{0} is no longer a favourite.": "{0}をお気に入りから外しました。",
  "{0} is number {1} now.": "{0}は{1}番目になりました。",
  "{0}: no longer in the library": "{0}: もうライブラリにありません",
  "{0} no longer in the library": "{0}個はもうライブラリにありません",
  "no longer in the library": "もうライブラリにありません",
  Play: "再生",
  "There are no favourites yet. /favourites add keeps what plays now.":
    "お気に入りはまだありません。/favourites add で今の音を残せます。",
  "### Favourites": "### お気に入り",
  "There are no favourites to share yet. /favourites add keeps what plays now.":
    "共有できるお気に入りはまだありません。/favourites add で今の音を残せます。",
  "Give a share code or a file. /favourites export makes both.":
    "共有コードかファイルを指定してください。どちらも /favourites export で作れます。",
  "Paste this on another server with /favourites import:": "別のサーバーで /favourites import に貼り付けてください:",
  "Give this file to /favourites import on another server.":
    "このファイルを別のサーバーの /favourites import に渡してください。",
  "The favourites of this server, for Lull on another one": "このサーバーのお気に入り（別のサーバーのLull用）",
  "{0} favourites are here now. /play offers them first.": "お気に入り{0}件が入りました。/play で最初に出てきます。",
  "One of them has a sound that this server does not have. It is left out until somebody adds it.":
    "そのうち一件には、このサーバーにない音があります。だれかが追加するまで外しておきます。",
  "{0} of them have sounds that this server does not have. These are left out until somebody adds them.":
    "そのうち{0}件には、このサーバーにない音があります。だれかが追加するまで外しておきます。",
  "{0} joins the mix, {1}, {2}.": "{0}をミックスに加えました（{1}、{2}）。",
  "{0} is {1}, {2}.": "{0}は{1}、{2}です。",
  "{0} leaves the mix.": "{0}をミックスから外しました。",
  full: "ふつう",
  soft: "やわらか",
  quiet: "小さめ",
  faint: "かすか",
  "in the middle": "中央",
  left: "左",
  right: "右",
  near: "近く",
  "far away": "遠く",
  "slowly around": "ゆっくり回る",
  "being prepared": "準備中",
  "How loud": "大きさ",
  Where: "位置",
  "Take it out": "外す",
  "### Nothing is playing": "### 何も流れていません",
  "-# {0} layers are as many as a mix has.": "-# ミックスは{0}層までです。",
  "-# /mix add finds every sound. /mix save keeps the mix.":
    "-# /mix add ですべての音から選べます。/mix save でミックスを残せます。",
  "Choose a layer to change": "変える音を選ぶ",
  "Add a sound": "音を加える",
  Earlier: "前へ",
  Later: "次へ",
  "-# Page {0} of {1}": "-# {1}ページ中{0}ページ",
  "That is no share code of Lull, or a part of it is missing. /favourites export gives one to copy as a whole.":
    "Lullの共有コードではないか、一部が欠けています。/favourites export で、まるごとコピーできるコードを作れます。",
  "That file holds no favourites of Lull. /favourites export makes one that /favourites import can read.":
    "そのファイルにLullのお気に入りは入っていません。/favourites export で、/favourites import が読めるファイルを作れます。",
  "There is a favourite “{0}” already. Choose another name.":
    "「{0}」というお気に入りはもうあります。別の名前にしてください。",
  "There is no favourite “{0}” here. /favourites list shows them all.":
    "「{0}」というお気に入りはありません。/favourites list ですべて見られます。",
  "This server has {0} favourites, which is as many as it can. Make room with /favourites remove.":
    "このサーバーのお気に入りは{0}件で、これ以上は増やせません。/favourites remove で空きを作ってください。",
};
