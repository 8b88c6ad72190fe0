import type { Sentences } from "../catalogue.ts";

/** Playing, the queue, and what is refused there. */
export const listening: Sentences = {
  "Back to {0}.": "Zurück zu {0}.",
  "Back to the sound before.": "Zurück zum Klang davor.",
  "The loudness goes to “{0}”.": "Die Lautstärke geht auf „{0}“.",
  "I am in {0}, and nothing is playing. Add a sound with /play.":
    "Ich bin in {0}, und gerade läuft nichts. Mit /play kommt ein Klang dazu.",
  "{0} is on its way to {1}, queued by {2}.": "{0} ist unterwegs nach {1}, eingereiht von {2}.",
  "{0} is paused in {1}, queued by {2}.": "{0} ist in {1} angehalten, eingereiht von {2}.",
  "{0} plays in {1}, queued by {2}.": "{0} läuft in {1}, eingereiht von {2}.",
  "{0} comes next.": "{0} kommt als Nächstes.",
  "Loudness: {0}.": "Lautstärke: {0}.",
  "Paused. /resume brings the sound back.": "Angehalten. /resume bringt den Klang zurück.",
  "{0} plays in {1}.": "{0} läuft in {1}.",
  "{0} is on its way to {1}.": "{0} ist unterwegs nach {1}.",
  "{0} is number {1} in the queue.": "{0} steht an Stelle {1} in der Warteschlange.",
  "A sound repeats until the queue has another one, and the queue is heard once.":
    "Ein Klang wiederholt sich, bis in der Warteschlange ein anderer steht, und sie wird einmal gehört.",
  "This sound repeats, whatever the queue has.":
    "Dieser Klang wiederholt sich, was auch immer in der Warteschlange steht.",
  "The queue goes round: what has been heard goes to its end.":
    "Die Warteschlange geht rundum: Was gehört wurde, kommt an ihr Ende.",
  "Now: {0} · {1}": "Jetzt: {0} · {1}",
  "Nothing is waiting. Add a sound with /play.": "Es wartet nichts. Mit /play kommt ein Klang dazu.",
  "{0} is now number {1}.": "{0} steht jetzt an Stelle {1}.",
  "It is now number {0}.": "Es steht jetzt an Stelle {0}.",
  "{0} is off the queue.": "{0} ist aus der Warteschlange genommen.",
  "It is off the queue.": "Es ist aus der Warteschlange genommen.",
  "Shuffled. {0} comes next.": "Gemischt. {0} kommt als Nächstes.",
  "Shuffled.": "Gemischt.",
  "What you queued is off the queue. What others queued stays.":
    "Was du eingereiht hattest, ist aus der Warteschlange. Was andere eingereiht haben, bleibt.",
  "The queue is empty now. What plays goes on.": "Die Warteschlange ist jetzt leer. Was läuft, läuft weiter.",
  "Join a voice channel first, then try again.": "Geh erst in einen Sprachkanal, dann versuch es noch einmal.",
  "This is for those who listen in {0}. Join them there, then try again.":
    "Das ist für alle, die in {0} zuhören. Geh zu ihnen, dann versuch es noch einmal.",
  "Nothing is playing yet. Start with /play.": "Noch läuft nichts. Beginne mit /play.",
  "This panel is from an earlier session. Start a new one with /play.":
    "Dieses Panel ist von einer früheren Sitzung. Beginne mit /play eine neue.",
  "This button no longer works. Run the command again to get a fresh one.":
    "Dieser Knopf geht nicht mehr. Führe den Befehl noch einmal aus, dann bekommst du einen frischen.",
  "This command has changed. Type / again to see the commands as they are now.":
    "Dieser Befehl hat sich geändert. Tippe noch einmal /, um die Befehle zu sehen, wie sie jetzt sind.",
  "Lull plays in the voice channels of a community. Use this command there.":
    "Lull spielt in den Sprachkanälen einer Community. Nutze diesen Befehl dort.",
  "I cannot see {0}. Ask someone who manages it to give me View Channel, or choose another channel.":
    "Ich sehe {0} nicht. Bitte jemanden, der den Kanal verwaltet, mir „Kanal anzeigen“ zu geben, oder wähle einen anderen.",
  "I may not connect to {0}. Ask someone who manages it to give me Connect, or choose another channel.":
    "Ich darf mich nicht mit {0} verbinden. Bitte jemanden, der den Kanal verwaltet, mir „Verbinden“ zu geben, oder wähle einen anderen.",
  "I may not speak in {0}. Ask someone who manages it to give me Speak, or choose another channel.":
    "Ich darf in {0} nicht sprechen. Bitte jemanden, der den Kanal verwaltet, mir „Sprechen“ zu geben, oder wähle einen anderen.",
  "{0} is full. Raise its user limit by one or choose another channel, then try again.":
    "{0} ist voll. Erhöhe die Benutzergrenze um eins oder wähle einen anderen Kanal, dann versuch es noch einmal.",
  "Choose a channel with the option, or a usual one for this server with /settings.":
    "Wähle einen Kanal in der Option, oder mit /settings einen üblichen für diesen Server.",
  "I may not disconnect anyone here, so your own timer would do nothing. Ask someone who manages the server to give me Move Members.":
    "Ich darf hier niemanden trennen, also würde dein eigener Timer nichts bewirken. Bitte jemanden, der den Server verwaltet, mir „Mitglieder verschieben“ zu geben.",
  "This keeps what plays on Lull’s panel. Use it there, or try /favourites add.":
    "Das behält, was auf einem Panel von Lull läuft. Nutze es dort, oder versuch /favourites add.",
  "I know no sound called “{0}”. /sounds browse shows all there are.":
    "Ich kenne keinen Klang namens „{0}“. /sounds browse zeigt alle, die es gibt.",
  "There is no favourite called “{0}”. /favourites list shows them.":
    "Einen Favoriten namens „{0}“ gibt es nicht. /favourites list zeigt sie.",
  "The sound of “{0}” is no longer in the library. Choose another with /sounds browse, or take it off with /favourites remove.":
    "Den Klang von „{0}“ gibt es nicht mehr in der Bibliothek. Wähle mit /sounds browse einen anderen, oder streich ihn mit /favourites remove.",
  "The sound is coming back.": "Der Klang kommt zurück.",
  "Going on to {0}.": "Weiter mit {0}.",
  "Skipped.": "Übersprungen.",
  "No sleep timer is set. Set one with /sleep in, such as /sleep in 30m.":
    "Kein Schlaf-Timer ist gestellt. Stell einen mit /sleep in, etwa /sleep in 30m.",
  "Your own timer is off.": "Dein eigener Timer ist aus.",
  "You are disconnected {0}; the room plays on. /sleep me off takes it back.":
    "Du wirst {0} getrennt; der Raum hört weiter. `/sleep me aus` nimmt es zurück.",
  "The sleep timer is off. The sound goes on.": "Der Schlaf-Timer ist aus. Der Klang geht weiter.",
  "The sound goes quiet, and I leave. Good night.": "Der Klang wird still, und ich gehe. Gute Nacht.",
  "Files here have to be smaller than that picture. The still version is: choose still.":
    "Dateien müssen hier kleiner sein als dieses Bild. Das unbewegte ist es: Wähle die Standbild-Option.",
  "-# {0} · silent, and still": "-# {0} · stumm und unbewegt",
  "-# {0} · silent": "-# {0} · stumm",
  "{0} is being drawn for the first time. That takes up to a minute.":
    "{0} wird zum ersten Mal gezeichnet. Das dauert bis zu einer Minute.",
  "{0} of the {1} it takes would like to skip this. The others can join with /skip, or on the panel.":
    "{0} von {1} nötigen möchten das überspringen. Die anderen können sich mit /skip oder im Panel anschließen.",
  "{0} of the {1} it takes would like to stop. The others can join with /stop, or on the panel.":
    "{0} von {1} nötigen möchten aufhören. Die anderen können sich mit /stop oder im Panel anschließen.",
  "A sound could not be prepared, and was left out.": "Ein Klang ließ sich nicht vorbereiten und wurde ausgelassen.",
  "Lull is restarting. Try again in a minute.": "Lull startet gerade neu. Versuch es in einer Minute noch einmal.",
  "That name has nothing to read. Try a short one, such as Rainy window.":
    "An diesem Namen ist nichts zu lesen. Versuch einen kurzen, etwa Regenfenster.",
  "A whisper has {0} letters at most. Leave some out.": "Ein Flüstern hat höchstens {0} Zeichen. Lass ein paar weg.",
  "There is nothing to be whispered. Write a sentence or two, without links and mentions.":
    "Da ist nichts zu flüstern. Schreib ein, zwei Sätze, ohne Links und Erwähnungen.",
  "I did not understand that time of day. Try 23:30, or 11:30 pm.":
    "Diese Uhrzeit habe ich nicht verstanden. Versuch es mit 23:30 oder 11:30 pm.",
  "That is more than 12 hours away. Try a time sooner than that, such as 23:30.":
    "Das ist mehr als 12 Stunden hin. Versuch es mit einer früheren Zeit, etwa 23:30.",
  "{0} is still being prepared. It starts by itself in a moment.":
    "{0} wird noch vorbereitet. Es beginnt gleich von selbst.",
  "A room is already listening in <#{0}>. Join it there, or wait until it is over.":
    "In <#{0}> hört schon ein Raum zu. Geh dort dazu, oder warte, bis es vorbei ist.",
  "The queue is full with {0} sounds. Make room with /queue remove or /queue clear.":
    "Die Warteschlange ist mit {0} Klängen voll. Mach Platz mit /queue remove oder /queue clear.",
  "The queue is empty. Add a sound with /play.": "Die Warteschlange ist leer. Mit /play kommt ein Klang dazu.",
  "Nothing comes after this sound. Add one with /play, or end the session with /stop.":
    "Nach diesem Klang kommt nichts. Füg mit /play einen hinzu, oder beende die Sitzung mit /stop.",
  "This is the first sound of the session. Choose another one with /play.":
    "Das ist der erste Klang der Sitzung. Wähle mit /play einen anderen.",
  "The queue has one place. /queue show lists it.": "Die Warteschlange hat einen Platz. /queue show zeigt ihn.",
  "The queue has places 1 to {0}. /queue show lists them.":
    "Die Warteschlange hat die Plätze 1 bis {0}. /queue show zeigt sie.",
  "It is paused already. /resume brings the sound back.": "Es ist schon angehalten. /resume bringt den Klang zurück.",
  "It is playing already. /pause holds it.": "Es läuft schon. /pause hält es an.",
  "“{0}” is louder than this room allows. The loudest here is “{1}”.":
    "„{0}“ ist lauter, als dieser Raum erlaubt. Am lautesten ist hier „{1}“.",
  "Anyone may make it softer. Louder is for the one who queued this sound, or for the host.":
    "Leiser stellen dürfen alle. Lauter ist für die Person, die diesen Klang eingereiht hat, oder für Gastgeber.",
  "This is for the one who queued it, or for the host. You can queue your own with /play.":
    "Das ist für die Person, die es eingereiht hat, oder für Gastgeber. Mit /play kannst du deinen eigenen einreihen.",
  "A mix has {0} layers at most. Take one out with /mix remove first.":
    "Eine Mischung hat höchstens {0} Klänge. Nimm erst mit /mix remove einen heraus.",
  "{0} is in the mix already. /mix show changes how loud it is, and where.":
    "{0} ist schon in der Mischung. /mix show ändert, wie laut es ist und wo.",
  "That sound is not in the mix. /mix show lists what is.":
    "Dieser Klang ist nicht in der Mischung. /mix show zeigt, was darin ist.",
  "That is the only sound left. Choose another one with /play, or end with /stop.":
    "Das ist der einzige Klang, der noch da ist. Wähle mit /play einen anderen, oder beende mit /stop.",
  "You have set no timer of your own. Set one with /sleep me, such as /sleep me 40m.":
    "Du hast keinen eigenen Timer gestellt. Stell einen mit /sleep me, etwa /sleep me 40m.",
  "No sound is playing that it could end with. Try /sleep in 30m.":
    "Es läuft kein Klang, mit dem es enden könnte. Versuch /sleep in 30m.",
  "Nobody is in the voice channel. Join it, and the sound comes back by itself.":
    "Im Sprachkanal ist niemand. Geh hinein, dann kommt der Klang von selbst zurück.",
  "There is no such picture. Choose one from the list.": "So ein Bild gibt es nicht. Wähle eines aus der Liste.",
  "That picture could not be drawn just now. Choose another one for now.":
    "Dieses Bild ließ sich gerade nicht zeichnen. Wähle für jetzt ein anderes.",
  "There is no such sound. Type a few letters and choose one from the list.":
    "So einen Klang gibt es nicht. Tippe ein paar Buchstaben und wähle einen aus der Liste.",
  "“{0}” could not be prepared. Choose another sound for now.":
    "„{0}“ ließ sich nicht vorbereiten. Wähle für jetzt einen anderen Klang.",
};
