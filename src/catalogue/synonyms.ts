import type { Trigger } from "./sound.ts";

/**
 * What else people call a trigger, in the five languages of the commands (en, de, es, fr, ja);
 * sounds add words of their own as tags.
 */
export const SYNONYMS: Readonly<Record<Trigger, string>> = {
  noise:
    "noise static hush white sound machine rauschen weißes dröhnen ruido blanco bruit blanc souffle ノイズ 雑音 ホワイトノイズ",
  rain: "rain rainfall shower drizzle storm weather regen regnen schauer niesel lluvia llover llovizna tormenta pluie averse bruine orage 雨 あめ 雨音 梅雨",
  water: "water waves sea liquid wasser wellen meer agua olas mar eau vagues mer 水 みず 海 うみ 波 水音",
  fire: "fire flames fireplace campfire hearth bonfire feuer kamin lagerfeuer ofen flammen fuego chimenea hoguera llamas feu cheminée flammes 火 焚き火 たきび 暖炉",
  wind: "wind breeze air gust wehen brise viento brisa vent brise souffle 風 かぜ そよ風",
  tapping:
    "tapping taps tap knocking nails fingers klopfen tippen nägel fingernägel golpecitos golpes uñas tapotement tapoter ongles タッピング トントン 爪",
  scratching:
    "scratching scratch scratchy kratzen schaben rascar rasguño arañar grattement gratter スクラッチ ひっかく カリカリ",
  brushing:
    "brushing brush strokes bürsten bürste pinsel streichen cepillo cepillado brocha brossage brosse pinceau ブラシ ブラッシング 筆",
  crinkling:
    "crinkling crinkle crackle crumple rustle paper wrapper foil knistern rascheln papier folie crujido arrugar papel froissement froisser カサカサ 紙 クシャクシャ",
  "personal attention":
    "personal attention care grooming face spa salon barber hairdresser stylist zuwendung pflege friseur friseurin frisör atención personal cuidado peluquero peluquera peluquería soin attention personnelle coiffeur coiffeuse 美容師 美容院 お世話 ケア",
  methodical:
    "methodical office work tidy steady routine ordnung büro arbeit oficina trabajo orden bureau travail rangement 作業 事務 整頓",
  animal: "animal cat kitten pet tier katze haustier gato gatito mascota chat chaton 猫 ねこ 動物",
  body: "body pulse heart körper herz puls cuerpo corazón corps cœur coeur 体 からだ 心臓 鼓動",
  tone: "tone bowl bell gong chime meditation klang klangschale ton glocke tono cuenco campana ton bol cloche 音 鐘 おりん 瞑想",
  whisper:
    "whisper whispers whispering soft spoken voice talking words flüstern flüsterstimme stimme leise susurro susurrar susurros voz chuchotement chuchoter murmure voix ささやき 囁き ひそひそ 声",
  recordings:
    "recordings recording own file upload aufnahme aufnahmen eigene grabación grabaciones propio enregistrement enregistrements 録音",
};

/** Synonyms: typing one of them finds what is named by another. */
const SAME: readonly string[] = [
  "haircut hairdresser barber scissors snip schere haarschnitt friseur haareschneiden tijeras corte peluquero ciseaux coupe coiffeur ハサミ 散髪 カット",
  "hair haare haar cabello pelo cheveux 髪",
  "window pane fenster scheibe ventana fenêtre vitre 窓",
  "glass glas cristal vidrio verre ガラス",
  "tent canvas camping zelt tienda carpa tente 天幕 テント キャンプ",
  "roof tin metal dach blech techo tejado lata toit tôle 屋根 トタン",
  "garden leaves garten blätter jardín hojas jardin feuilles 庭 葉",
  "ocean sea shore surf beach waves meer strand brandung küste mar playa orilla oleaje mer plage ressac 海 波 浜辺",
  "stream brook river creek bach fluss arroyo río ruisseau rivière 小川 川 せせらぎ",
  "cave drips drops höhle tropfen cueva gotas grotte gouttes 洞窟 しずく 水滴",
  "tea pouring pour tee eingießen té verter thé verser お茶 注ぐ",
  "fan ventilator ventilador ventilateur 扇風機 換気扇",
  "plane airplane aircraft flight cabin flugzeug kabine flug avión vuelo cabina avion vol cabine 飛行機 機内",
  "forest pine trees wald kiefer bäume bosque pino árboles forêt pin arbres 森 松 木々",
  "wood wooden table holz tisch madera mesa bois table 木 木材",
  "cup ceramic mug porcelain tasse keramik porzellan taza cerámica tasse céramique カップ 陶器",
  "plastic box plastik dose kunststoff plástico caja plastique boîte プラスチック 箱",
  "fabric cloth textile stoff tuch tela tissu 布",
  "scalp massage head kopfhaut kopf kopfmassage cuero cabelludo cabeza masaje cuir chevelu tête 頭皮 頭 マッサージ",
  "ears ear ohren ohr oídos oreja oreilles oreille 耳",
  "paper papier papel 紙",
  "bubble wrap pop luftpolsterfolie knallfolie burbujas papier bulle bulles プチプチ",
  "pages book reading turning seiten buch blättern páginas libro leer pages livre lire 本 ページ",
  "typing keyboard keys tastatur tippen teclado teclas clavier frappe キーボード タイピング",
  "towel folding laundry handtuch falten wäsche toalla doblar ropa serviette plier linge タオル 畳む たたむ",
  "marbles marble ball murmeln kugel canicas bille billes ビー玉",
  "spray mist bottle sprühen sprühflasche nebel rociador pulverizador brume vaporisateur スプレー 霧吹き",
  "cat purr purring katze schnurren gato ronroneo chat ronron ronronnement 猫 ゴロゴロ",
  "heartbeat heart pulse herzschlag latido corazón battement cœur coeur 心音 鼓動",
  "countdown numbers counting zählen zahlen countdown contar números cuenta compter chiffres décompte カウントダウン 数える",
  "affirmations kind words affirmationen zuspruch afirmaciones palabras affirmations paroles アファメーション 励まし",
  "eye exam eyes doctor optician augen sehtest arzt ojos examen médico yeux examen médecin 目 検査 視力",
  "goodnight night sleep bedtime gute nacht schlaf buenas noches dormir bonne nuit sommeil おやすみ 夜 睡眠",
  "thunder storm donner gewitter trueno tonnerre 雷",
  "train railway zug tren train 電車",
  "birds bird dawn morning vögel vogel morgen pájaros pájaro amanecer oiseaux oiseau aube 鳥 夜明け 朝",
  "owl eule búho chouette フクロウ",
  "crickets cricket grillen grille grillos grillo grillons grillon コオロギ 虫",
  "waterfall wasserfall cascada cascade 滝",
  "café cafe coffee kaffee cafetería カフェ 喫茶店",
  "washing machine laundry waschmaschine lavadora lave-linge 洗濯機",
  "record vinyl gramophone schallplatte plattenspieler disco vinilo disque vinyle レコード",
  "boat ship harbour boot schiff hafen barca barco bateau 舟 船",
  "chimes windspiel carillon campanillas ウィンドチャイム 風鈴",
  "breathing breathe atmen respirar respiration respirer 呼吸 深呼吸",
  "lotion cream creme crema crème クリーム",
  "blowing blow pusten soplar soplo souffler 息",
  "pencil writing drawing bleistift schreiben lápiz escribir crayon écrire 鉛筆 書く",
  "chalk blackboard kreide tafel tiza pizarra craie tableau チョーク 黒板",
  "fizz soda bubbles sprudel bläschen burbujas gaseosa pétillant bulles 炭酸 泡",
  "sand arena sable 砂",
  "snow schnee nieve neige 雪",
  "stethoscope stethoskop estetoscopio stéthoscope 聴診器",
  "car wipers auto scheibenwischer coche limpiaparabrisas voiture essuie-glaces 車 ワイパー",
  "tk sk triggerwords triggerwörter gatillo déclencheurs トリガーワード",
  "clock ticking uhr ticken reloj tictac horloge tic 時計 チクタク",
  "slime squish squelch putty schleim knete moco masilla pâte スライム",
];

const groups = (): ReadonlyMap<string, string> => {
  const all = new Map<string, string>();
  for (const group of SAME) for (const word of group.split(" ")) all.set(word, `${all.get(word) ?? ""} ${group}`);
  return all;
};

/** @returns the synonyms of these words */
export const createAliases = (): ((words: readonly string[]) => string) => {
  const known = groups();
  return (words) => [...new Set(words.map((word) => known.get(word)).filter((group) => group !== undefined))].join(" ");
};
