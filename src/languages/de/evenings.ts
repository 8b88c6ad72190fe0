import type { Sentences } from "../catalogue.ts";

/** Programmes and evenings that begin by themselves. */
export const evenings: Sentences = {
  "{0} begins in {1}. {2}": "{0} beginnt in {1}. {2}",
  "It falls silent {0}.": "Es wird {0} still.",
  "It goes round until somebody stops it.": "Es geht immer weiter, bis jemand es beendet.",
  "**A programme that is gone**": "**Ein Programm, das es nicht mehr gibt**",
  "Next: {0}, {1}.": "Als Nächstes: {0}, {1}.",
  "{0} begins {1}, in {2}.": "{0} beginnt {1}, in {2}.",
  "Did not begin the last time, {0}: {1}": "Begann beim letzten Mal nicht, {0}: {1}",
  "Leaves out {0}": "Lässt {0} aus",
  "### Evenings": "### Abende",
  "None is planned yet. /evening schedule plans one that begins by itself.":
    "Noch ist keiner geplant. /evening schedule plant einen, der von selbst beginnt.",
  "{0} is next {1}.": "{0} ist als Nächstes {1} dran.",
  "{0} is next {1}. It leaves out {2}.": "{0} ist als Nächstes {1} dran. Ausgelassen wird {2}.",
  "{0} is no longer planned. What plays now goes on.": "{0} ist nicht mehr geplant. Was jetzt läuft, läuft weiter.",
  "I know no programme called “{0}”. Choose one from the list that opens as you type, such as Drift Off.":
    "Ich kenne kein Programm namens „{0}“. Wähle eines aus der Liste, die sich beim Tippen öffnet, etwa Hinübergleiten.",
  "nothing to hear": "nichts zu hören",
  "rounds of {0}": "Runden von {0}",
  "daily at {0}, {1}": "täglich um {0}, {1}",
  "{0} at {1}, {2}": "{0} um {1}, {2}",
  "A programme that is gone": "Ein Programm, das es nicht mehr gibt",
  daily: "täglich",
  weekdays: "werktags",
  weekends: "Wochenende",
  "To settle in": "Zum Ankommen",
  "What is heard first": "Was zuerst zu hören ist",
  "The trigger": "Der Trigger",
  "What the evening is about": "Worum es an dem Abend geht",
  "To go deeper, and to fade away": "Zum Vertiefen und Verklingen",
  "What is left when the rest has gone": "Was bleibt, wenn der Rest vergangen ist",
  "A programme of your own": "Ein eigenes Programm",
  "Its name": "Sein Name",
  "A name that is there already is saved over": "Ein Name, den es schon gibt, wird überschrieben",
  "How long": "Wie lange",
  "It ends in silence": "Es endet in Stille",
  "Something was left open in the form. Open it again with /evening design.":
    "Im Formular blieb etwas offen. Öffne es noch einmal mit /evening design.",
  "{0} is kept: {1}. {2} /evening start lets it begin, /evening schedule plans it.":
    "{0} ist gespeichert: {1}. {2} /evening start lässt es beginnen, /evening schedule plant es ein.",
  "Discord does not show it as an event, because I may not create events here; giving me Create Events changes that. The evening begins all the same.":
    "Discord zeigt es nicht als Event, weil ich hier keine Events erstellen darf; die Berechtigung „Events erstellen“ ändert das. Der Abend beginnt trotzdem.",
  "Discord does not show it as an event, because there are 100 events here already, which is as many as it takes. The evening begins all the same.":
    "Discord zeigt es nicht als Event, weil es hier schon 100 Events gibt, und mehr nimmt es nicht. Der Abend beginnt trotzdem.",
  "Its voice channel is no longer there. Plan it anew with /evening schedule in another one.":
    "Seinen Sprachkanal gibt es nicht mehr. Plane ihn mit /evening schedule in einem anderen neu.",
  "Discord did not take the event just now. The evening begins all the same.":
    "Discord hat das Event gerade nicht angenommen. Der Abend beginnt trotzdem.",
  "Nothing of this programme can be heard here tonight. Choose another one with /evening start, or a sound with /play.":
    "Von diesem Programm kann hier heute Nacht nichts laufen. Wähle ein anderes mit /evening start, oder einen Klang mit /play.",
  "From {0} through {1} to {2}.": "Von {0} über {1} zu {2}.",
  "There is no such evening planned here. /evening list shows those there are.":
    "So ein Abend ist hier nicht geplant. /evening list zeigt, welche es gibt.",
  "Its programme is no longer there. Plan it anew with /evening schedule, or take it off with /evening cancel.":
    "Sein Programm gibt es nicht mehr. Plane ihn mit /evening schedule neu, oder streich ihn mit /evening cancel.",
  "Those days never come at that place. Choose other ones, such as daily.":
    "Diese Tage kommen an diesem Ort nie. Wähle andere, etwa täglich.",
  "An evening did not begin.": "Ein Abend hat nicht begonnen.",
  "{0} did not begin.": "{0} hat nicht begonnen.",
  "An evening of sound": "Ein Abend voller Klänge",
  "Lull was away at that time, so this one was left out.": "Lull war um diese Zeit nicht da, deshalb fiel dieser aus.",
  "I do not know that time zone. Begin to type a city and choose from the list, such as Europe/Berlin or America/New_York.":
    "Diese Zeitzone kenne ich nicht. Beginne eine Stadt zu tippen und wähle aus der Liste, etwa Europe/Berlin oder America/New_York.",
  "I did not understand those days. Try daily, weekdays, weekends, or mon wed fri.":
    "Diese Tage habe ich nicht verstanden. Versuch es mit täglich, werktags, Wochenende oder mo mi fr.",
  "There is no programme “{0}” of this server's own. /evening design makes one.":
    "Ein eigenes Programm „{0}“ hat dieser Server nicht. /evening design legt eines an.",
  "This server has {0} programmes of its own, which is as many as it can. Save over one by giving its name again.":
    "Dieser Server hat {0} eigene Programme, mehr gehen nicht. Überschreib eines, indem du seinen Namen noch einmal vergibst.",
  "This server has {0} evenings planned, which is as many as it can. Make room with /evening cancel.":
    "Dieser Server hat {0} Abende geplant, mehr gehen nicht. Mach Platz mit /evening cancel.",
};
