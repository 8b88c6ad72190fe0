import type { Sentences } from "../catalogue.ts";

/** Triggers, programmes, pictures and licences. */
export const names: Sentences = {
  noise: "ノイズ",
  rain: "雨",
  water: "水",
  fire: "火",
  wind: "風",
  tapping: "タッピング",
  scratching: "スクラッチ",
  brushing: "ブラッシング",
  crinkling: "カサカサ音",
  "personal attention": "やさしいお世話",
  methodical: "作業の音",
  animal: "動物",
  body: "体の音",
  tone: "響き",
  whisper: "ささやき",
  recordings: "録音",
  breath: "息づかい",
  "sharp onset": "急な音",
  "repetitive click": "くり返すクリック音",
  ticking: "チクタク",
  wet: "水気のある音",
  bright: "甲高い音",
  "Drift Off": "まどろみへ",
  "Rain and slow strokes that grow fewer, then only deep noise that fades away.":
    "雨と、だんだん少なくなるゆっくりした筆の動き。最後は深いノイズだけが消えていきます。",
  sleep: "眠り",
  "Quiet Desk": "静かな机",
  "Four times 25 minutes of quiet company with five-minute pauses; it does not fade away.":
    "静かに寄り添う25分を4回、あいだに5分の休憩。消えていくことはありません。",
  focus: "集中",
  "Slow Water": "ゆるやかな水",
  "A brook, then the shore, half an hour that goes down gently.": "小川、それから岸辺。静かに下っていく三十分です。",
  calm: "落ち着き",
  "Warm Corner": "あたたかな片隅",
  "A hearth, a cat, paper and tea: close and friendly, and not too quiet.":
    "暖炉、猫、紙とお茶。近くて親しみやすく、静かすぎません。",
  mood: "気分",
  "Let Go": "手放す",
  "Slow care for head and shoulders; begins with a stretch, ends at the sea.":
    "頭と肩へのゆっくりしたお世話。ストレッチで始まり、海で終わります。",
  tension: "緊張",
  "Before it begins: a glass of water, and one slow stretch that feels good. Then lie down.":
    "始める前に、水を一杯と、心地よいゆっくりしたストレッチをひとつ。それから横になってください。",
  "Only Light": "光だけ",
  "No sound at all: something slow to look at, and quiet.": "音はありません。ゆっくりした映像と、静けさだけです。",
  "sensory rest": "感覚の休息",
  "Nothing is heard in this one. Turn the screen down, look for as long as you like, and close your eyes.":
    "このプログラムでは何も聞こえません。画面を暗くして、好きなだけ眺めたら、目を閉じてください。",
  "Something New": "新しいもの",
  "Three triggers that this room has not heard, or not for long.":
    "この部屋でまだ聴いていない、または久しぶりの三つのトリガー。",
  discovery: "発見",
  "Breathing Light": "呼吸する光",
  "Seven overlapping petals of warm light on black open for four seconds, close for six, and turn slowly.":
    "黒い背景に、あたたかな光の花びらが七枚重なり、四秒かけて開き、六秒かけて閉じ、ゆっくり回ります。",
  "Raked Sand": "砂紋",
  "A wooden rake passes slowly from left to right through dim sand and leaves even, curved furrows; a dark stone lies in rings of sand.":
    "木の熊手が薄暗い砂の上を左から右へゆっくり進み、なめらかな曲線の跡を残します。砂の輪の中に暗い石がひとつあります。",
  "Ink in Water": "水の中の墨",
  "A drop of pale blue ink sinks into dark water, spreads into curling threads and dissolves; a violet one follows.":
    "淡い青の墨がひとしずく、暗い水に沈み、巻いた糸になって広がり、溶けていきます。紫のしずくが続きます。",
  Candle: "ろうそく",
  "A single candle on a dark table; its flame leans and stretches a little, and the wax below it glows.":
    "暗い机の上の一本のろうそく。炎が少し傾いたり伸びたりし、その下のろうが光っています。",
  "Slow Hands": "ゆっくり動く手",
  "Two open hands in warm, dim light, palms to the viewer, rise and sink slowly while their fingers bend one after the other.":
    "あたたかく薄暗い光の中、手のひらをこちらに向けた両手がゆっくり上下し、指が一本ずつ曲がります。",
  Combing: "髪をとかす",
  "A wooden comb glides from top to bottom through long, dark brown hair, which lies smooth and shining behind it.":
    "木の櫛が長いこげ茶の髪を上から下へすべり、通ったあとの髪がなめらかに光ります。",
  "Folding Cloth": "布をたたむ",
  "A pale towel with blue stripes on a dark table is folded in half from the side, then from above, and is slowly opened again.":
    "暗い机の上で、青い縞の淡いタオルが横から半分に、次に上から折られ、ゆっくりまた開かれます。",
  "Rain on a Window": "窓の雨",
  "Drops of rain on a dark window; some slide down slowly and leave trails. Behind the glass are the soft discs of street lights.":
    "暗い窓の雨粒。いくつかがゆっくり流れ落ちて跡を残します。ガラスの向こうに、街灯のやわらかな円が見えます。",
  "my own recording": "自分の録音",
  "with permission": "許可を得ています",
  "not said": "記載なし",
};
