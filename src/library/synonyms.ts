import type { Trigger } from "./sound.ts";

/** What else people call a trigger, in the five languages of the commands; sounds add words of their own as tags. */
export const SYNONYMS: Readonly<Record<Trigger, string>> = {
  noise: "noise static hush white rauschen ruido bruit ノイズ 雑音",
  rain: "rain shower drizzle storm weather regen lluvia pluie 雨 あめ",
  water: "water waves sea wasser agua eau 水 みず",
  fire: "fire flames fireplace campfire hearth feuer kamin fuego feu 火 焚き火",
  wind: "wind breeze air viento vent 風 かぜ",
  tapping: "tapping taps tap knocking nails klopfen golpecitos tapotement タッピング",
  scratching: "scratching scratch scratchy kratzen rascar grattement スクラッチ ひっかく",
  brushing: "brushing brush strokes bürsten pinsel cepillo brossage pinceau ブラシ",
  crinkling: "crinkling crinkle crackle rustle paper wrapper knistern rascheln crujido froissement カサカサ",
  "personal attention": "personal attention care grooming face salon hairdresser friseur peluquero coiffeur 美容師",
  methodical: "methodical office work tidy steady ordnung oficina bureau 作業",
  animal: "animal cat pet tier katze animal gato chat 猫 ねこ",
  body: "body pulse heart körper herz cuerpo corps 体",
  tone: "tone bowl bell gong meditation klang tono ton 音",
  whisper: "whisper whispers whispering soft spoken voice talking flüstern susurro chuchotement ささやき 囁き",
  recordings: "recordings recording own file upload aufnahme grabación enregistrement 録音",
};
