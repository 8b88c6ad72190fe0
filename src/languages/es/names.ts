import type { Sentences } from "../catalogue.ts";

/** Triggers, programmes, pictures and licences. */
export const names: Sentences = {
  noise: "ruido",
  rain: "lluvia",
  water: "agua",
  fire: "fuego",
  wind: "viento",
  tapping: "golpecitos",
  scratching: "rasguños",
  brushing: "cepillado",
  crinkling: "crujidos",
  "personal attention": "atención personal",
  methodical: "orden y oficina",
  animal: "animales",
  body: "cuerpo",
  tone: "cuencos",
  whisper: "susurro",
  recordings: "grabaciones",
  breath: "respiración",
  "sharp onset": "comienzo brusco",
  "repetitive click": "clic repetido",
  ticking: "tictac",
  wet: "húmedo",
  bright: "brillante",
  "Drift Off": "A la deriva",
  "Rain and slow strokes that grow fewer, then only deep noise that fades away.":
    "Lluvia y pasadas lentas cada vez más escasas, y luego solo un ruido profundo que se apaga.",
  sleep: "dormir",
  "Quiet Desk": "Mesa en calma",
  "Four times 25 minutes of quiet company with five-minute pauses; it does not fade away.":
    "Cuatro veces 25 minutos de compañía tranquila con pausas de cinco minutos; no se apaga.",
  focus: "concentración",
  "Slow Water": "Agua lenta",
  "A brook, then the shore, half an hour that goes down gently.":
    "Un arroyo y luego la orilla, media hora que baja con suavidad.",
  calm: "calma",
  "Warm Corner": "Rincón cálido",
  "A hearth, a cat, paper and tea: close and friendly, and not too quiet.":
    "Una chimenea, un gato, papel y té: cercano y amable, y no demasiado bajo.",
  mood: "ánimo",
  "Let Go": "Soltar",
  "Slow care for head and shoulders; begins with a stretch, ends at the sea.":
    "Cuidados lentos para la cabeza y los hombros; empieza con un estiramiento y termina en el mar.",
  tension: "tensión",
  "Before it begins: a glass of water, and one slow stretch that feels good. Then lie down.":
    "Antes de empezar: un vaso de agua y un estiramiento lento que te siente bien. Luego túmbate.",
  "Only Light": "Solo luz",
  "No sound at all: something slow to look at, and quiet.": "Ningún sonido: algo lento que mirar, y silencio.",
  "sensory rest": "descanso de los sentidos",
  "Nothing is heard in this one. Turn the screen down, look for as long as you like, and close your eyes.":
    "En este no se oye nada. Baja el brillo de la pantalla, mira cuanto quieras y cierra los ojos.",
  "Something New": "Algo nuevo",
  "Three triggers that this room has not heard, or not for long.":
    "Tres estímulos que esta sala no ha oído, o no en mucho tiempo.",
  discovery: "descubrimiento",
  "Breathing Light": "Luz que respira",
  "Seven overlapping petals of warm light on black open for four seconds, close for six, and turn slowly.":
    "Siete pétalos de luz cálida superpuestos sobre negro se abren durante cuatro segundos, se cierran durante seis y giran despacio.",
  "Raked Sand": "Arena rastrillada",
  "A wooden rake passes slowly from left to right through dim sand and leaves even, curved furrows; a dark stone lies in rings of sand.":
    "Un rastrillo de madera pasa despacio de izquierda a derecha por una arena en penumbra y deja surcos curvos y parejos; una piedra oscura descansa entre anillos de arena.",
  "Ink in Water": "Tinta en el agua",
  "A drop of pale blue ink sinks into dark water, spreads into curling threads and dissolves; a violet one follows.":
    "Una gota de tinta azul pálido se hunde en agua oscura, se abre en hilos rizados y se disuelve; la sigue una violeta.",
  Candle: "Vela",
  "A single candle on a dark table; its flame leans and stretches a little, and the wax below it glows.":
    "Una sola vela en una mesa oscura; su llama se inclina y se estira un poco, y la cera bajo ella brilla.",
  "Slow Hands": "Manos lentas",
  "Two open hands in warm, dim light, palms to the viewer, rise and sink slowly while their fingers bend one after the other.":
    "Dos manos abiertas en una luz cálida y tenue, con las palmas hacia quien mira, suben y bajan despacio mientras los dedos se doblan uno tras otro.",
  Combing: "Peinar",
  "A wooden comb glides from top to bottom through long, dark brown hair, which lies smooth and shining behind it.":
    "Un peine de madera se desliza de arriba abajo por una melena larga y castaña que queda lisa y brillante tras él.",
  "Folding Cloth": "Doblar tela",
  "A pale towel with blue stripes on a dark table is folded in half from the side, then from above, and is slowly opened again.":
    "Una toalla clara con rayas azules sobre una mesa oscura se dobla por la mitad desde un lado, luego desde arriba, y se abre despacio otra vez.",
  "Rain on a Window": "Lluvia en la ventana",
  "Drops of rain on a dark window; some slide down slowly and leave trails. Behind the glass are the soft discs of street lights.":
    "Gotas de lluvia en una ventana oscura; algunas resbalan despacio y dejan rastro. Detrás del cristal, los discos suaves de las luces de la calle.",
  "my own recording": "mi propia grabación",
  "with permission": "con permiso",
  "not said": "sin indicar",
};
