import type { Sentences } from "../catalogue.ts";

/** Triggers, programmes, pictures and licences. */
export const names: Sentences = {
  noise: "Rauschen",
  rain: "Regen",
  water: "Wasser",
  fire: "Feuer",
  wind: "Wind",
  tapping: "Klopfen",
  scratching: "Kratzen",
  brushing: "Bürsten",
  crinkling: "Knistern",
  "personal attention": "persönliche Zuwendung",
  methodical: "Ordnung und Büro",
  animal: "Tiere",
  body: "Körper",
  tone: "Klangschalen",
  whisper: "Flüstern",
  recordings: "Aufnahmen",
  breath: "Atem",
  "sharp onset": "plötzlicher Einsatz",
  "repetitive click": "wiederholtes Klicken",
  ticking: "Ticken",
  wet: "nass",
  bright: "hell",
  "Drift Off": "Hinübergleiten",
  "Rain and slow strokes that grow fewer, then only deep noise that fades away.":
    "Regen und langsame Striche, die weniger werden, dann nur noch tiefes Rauschen, das verklingt.",
  sleep: "Schlaf",
  "Quiet Desk": "Stiller Schreibtisch",
  "Four times 25 minutes of quiet company with five-minute pauses; it does not fade away.":
    "Viermal 25 Minuten stille Gesellschaft mit Pausen von fünf Minuten; es verklingt nicht.",
  focus: "Konzentration",
  "Slow Water": "Langsames Wasser",
  "A brook, then the shore, half an hour that goes down gently.":
    "Ein Bach, dann das Ufer, eine halbe Stunde, die sanft leiser wird.",
  calm: "Ruhe",
  "Warm Corner": "Warme Ecke",
  "A hearth, a cat, paper and tea: close and friendly, and not too quiet.":
    "Ein Kamin, eine Katze, Papier und Tee: nah und freundlich, und nicht zu leise.",
  mood: "Stimmung",
  "Let Go": "Loslassen",
  "Slow care for head and shoulders; begins with a stretch, ends at the sea.":
    "Langsame Zuwendung für Kopf und Schultern; beginnt mit Dehnen und endet am Meer.",
  tension: "Anspannung",
  "Before it begins: a glass of water, and one slow stretch that feels good. Then lie down.":
    "Bevor es beginnt: ein Glas Wasser und einmal langsam strecken, so wie es guttut. Dann leg dich hin.",
  "Only Light": "Nur Licht",
  "No sound at all: something slow to look at, and quiet.": "Gar kein Ton: etwas Langsames zum Ansehen, und Stille.",
  "sensory rest": "Ruhe für die Sinne",
  "Nothing is heard in this one. Turn the screen down, look for as long as you like, and close your eyes.":
    "Hier ist nichts zu hören. Dreh den Bildschirm dunkler, schau, so lange du magst, und schließ die Augen.",
  "Something New": "Etwas Neues",
  "Three triggers that this room has not heard, or not for long.":
    "Drei Trigger, die dieser Raum noch nicht gehört hat, oder lange nicht.",
  discovery: "Entdecken",
  "Breathing Light": "Atmendes Licht",
  "Seven overlapping petals of warm light on black open for four seconds, close for six, and turn slowly.":
    "Sieben überlappende Blütenblätter aus warmem Licht auf Schwarz öffnen sich vier Sekunden lang, schließen sich sechs und drehen sich langsam.",
  "Raked Sand": "Geharkter Sand",
  "A wooden rake passes slowly from left to right through dim sand and leaves even, curved furrows; a dark stone lies in rings of sand.":
    "Ein Holzrechen zieht langsam von links nach rechts durch dämmrigen Sand und hinterlässt gleichmäßige, geschwungene Furchen; ein dunkler Stein liegt in Ringen aus Sand.",
  "Ink in Water": "Tinte im Wasser",
  "A drop of pale blue ink sinks into dark water, spreads into curling threads and dissolves; a violet one follows.":
    "Ein Tropfen hellblauer Tinte sinkt in dunkles Wasser, verteilt sich in gekräuselten Fäden und löst sich auf; ein violetter folgt.",
  Candle: "Kerze",
  "A single candle on a dark table; its flame leans and stretches a little, and the wax below it glows.":
    "Eine einzelne Kerze auf einem dunklen Tisch; ihre Flamme neigt und streckt sich ein wenig, und das Wachs darunter glüht.",
  "Slow Hands": "Langsame Hände",
  "Two open hands in warm, dim light, palms to the viewer, rise and sink slowly while their fingers bend one after the other.":
    "Zwei offene Hände in warmem, gedämpftem Licht, die Handflächen zum Betrachter, heben und senken sich langsam, während sich die Finger nacheinander beugen.",
  Combing: "Kämmen",
  "A wooden comb glides from top to bottom through long, dark brown hair, which lies smooth and shining behind it.":
    "Ein Holzkamm gleitet von oben nach unten durch langes, dunkelbraunes Haar, das hinter ihm glatt und glänzend liegt.",
  "Folding Cloth": "Tuch falten",
  "A pale towel with blue stripes on a dark table is folded in half from the side, then from above, and is slowly opened again.":
    "Ein helles Handtuch mit blauen Streifen auf einem dunklen Tisch wird von der Seite zur Hälfte gefaltet, dann von oben, und langsam wieder geöffnet.",
  "Rain on a Window": "Regen am Fenster",
  "Drops of rain on a dark window; some slide down slowly and leave trails. Behind the glass are the soft discs of street lights.":
    "Regentropfen an einem dunklen Fenster; manche gleiten langsam hinab und hinterlassen Spuren. Hinter dem Glas sind die weichen Scheiben von Straßenlichtern.",
  "my own recording": "meine eigene Aufnahme",
  "with permission": "mit Erlaubnis",
  "not said": "nicht angegeben",
};
