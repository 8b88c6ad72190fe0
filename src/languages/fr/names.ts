import type { Sentences } from "../catalogue.ts";

/** Triggers, programmes, pictures and licences. */
export const names: Sentences = {
  noise: "bruit",
  rain: "pluie",
  water: "eau",
  fire: "feu",
  wind: "vent",
  tapping: "tapotements",
  scratching: "grattements",
  brushing: "brossage",
  crinkling: "froissements",
  "personal attention": "attention personnelle",
  methodical: "gestes méthodiques",
  animal: "animaux",
  body: "corps",
  tone: "bols chantants",
  whisper: "chuchotement",
  recordings: "enregistrements",
  breath: "souffle",
  "sharp onset": "début brusque",
  "repetitive click": "clic répété",
  ticking: "tic-tac",
  wet: "mouillé",
  bright: "brillant",
  "Drift Off": "À la dérive",
  "Rain and slow strokes that grow fewer, then only deep noise that fades away.":
    "La pluie et des gestes lents qui s’espacent, puis seulement un bruit profond qui s’éteint.",
  sleep: "sommeil",
  "Quiet Desk": "Bureau calme",
  "Four times 25 minutes of quiet company with five-minute pauses; it does not fade away.":
    "Quatre fois 25 minutes de compagnie tranquille avec des pauses de cinq minutes ; sans s’éteindre.",
  focus: "concentration",
  "Slow Water": "Eau lente",
  "A brook, then the shore, half an hour that goes down gently.":
    "Un ruisseau, puis le rivage, une demi-heure qui descend doucement.",
  calm: "calme",
  "Warm Corner": "Coin chaud",
  "A hearth, a cat, paper and tea: close and friendly, and not too quiet.":
    "Un foyer, un chat, du papier et du thé : proche et amical, et pas trop bas.",
  mood: "humeur",
  "Let Go": "Lâcher prise",
  "Slow care for head and shoulders; begins with a stretch, ends at the sea.":
    "Des soins lents pour la tête et les épaules ; commence par un étirement, finit à la mer.",
  tension: "tension",
  "Before it begins: a glass of water, and one slow stretch that feels good. Then lie down.":
    "Avant de commencer : un verre d’eau, et un étirement lent qui fait du bien. Puis allonge-toi.",
  "Only Light": "Rien que la lumière",
  "No sound at all: something slow to look at, and quiet.":
    "Aucun son : quelque chose de lent à regarder, et le silence.",
  "sensory rest": "repos des sens",
  "Nothing is heard in this one. Turn the screen down, look for as long as you like, and close your eyes.":
    "Dans celui-ci, on n’entend rien. Baisse la lumière de l’écran, regarde aussi longtemps que tu veux, et ferme les yeux.",
  "Something New": "Du nouveau",
  "Three triggers that this room has not heard, or not for long.":
    "Trois déclencheurs que cette salle n’a pas entendus, ou pas depuis longtemps.",
  discovery: "découverte",
  "Breathing Light": "Lumière qui respire",
  "Seven overlapping petals of warm light on black open for four seconds, close for six, and turn slowly.":
    "Sept pétales de lumière chaude qui se chevauchent sur fond noir s’ouvrent quatre secondes, se ferment six, et tournent lentement.",
  "Raked Sand": "Sable ratissé",
  "A wooden rake passes slowly from left to right through dim sand and leaves even, curved furrows; a dark stone lies in rings of sand.":
    "Un râteau de bois passe lentement de gauche à droite dans un sable sombre et laisse des sillons courbes et réguliers ; une pierre noire repose dans des anneaux de sable.",
  "Ink in Water": "Encre dans l’eau",
  "A drop of pale blue ink sinks into dark water, spreads into curling threads and dissolves; a violet one follows.":
    "Une goutte d’encre bleu pâle s’enfonce dans une eau sombre, s’étale en fils bouclés et se dissout ; une violette suit.",
  Candle: "Bougie",
  "A single candle on a dark table; its flame leans and stretches a little, and the wax below it glows.":
    "Une seule bougie sur une table sombre ; sa flamme penche et s’étire un peu, et la cire dessous luit.",
  "Slow Hands": "Mains lentes",
  "Two open hands in warm, dim light, palms to the viewer, rise and sink slowly while their fingers bend one after the other.":
    "Deux mains ouvertes dans une lumière chaude et faible, paumes vers nous, montent et descendent lentement pendant que les doigts se plient l’un après l’autre.",
  Combing: "Peigner",
  "A wooden comb glides from top to bottom through long, dark brown hair, which lies smooth and shining behind it.":
    "Un peigne de bois glisse de haut en bas dans de longs cheveux bruns, qui restent lisses et brillants derrière lui.",
  "Folding Cloth": "Plier du linge",
  "A pale towel with blue stripes on a dark table is folded in half from the side, then from above, and is slowly opened again.":
    "Une serviette claire à rayures bleues sur une table sombre est pliée en deux par le côté, puis par le haut, et se rouvre lentement.",
  "Rain on a Window": "Pluie à la fenêtre",
  "Drops of rain on a dark window; some slide down slowly and leave trails. Behind the glass are the soft discs of street lights.":
    "Des gouttes de pluie sur une fenêtre sombre ; certaines glissent lentement et laissent des traces. Derrière la vitre, les disques doux des lampes de la rue.",
  "my own recording": "mon propre enregistrement",
  "with permission": "avec permission",
  "not said": "non précisée",
};
