import type { Sentences } from "../catalogue.ts";

/** Files that members add, sounds of their own, and a sound’s card. */
export const recordings: Sentences = {
  "The file is damaged or not Ogg ({0} at byte {1}). Export it again as Ogg Opus.":
    "Die Datei ist beschädigt oder kein Ogg ({0} bei Byte {1}). Exportiere sie noch einmal als Ogg Opus.",
  "a page is cut off": "eine Seite ist abgeschnitten",
  "no page begins": "keine Seite beginnt",
  "an unknown version": "eine unbekannte Version",
  "a wrong checksum": "eine falsche Prüfsumme",
  "the beginning is missing": "der Anfang fehlt",
  "a second stream": "ein zweiter Strom",
  "sound after the end": "Klang nach dem Ende",
  "a page is missing": "eine Seite fehlt",
  "a broken packet": "ein kaputtes Paket",
  "a packet that is too long": "ein zu langes Paket",
  "the file is empty": "die Datei ist leer",
  "the last packet is cut off": "das letzte Paket ist abgeschnitten",
  "The file is not Ogg Opus as Lull plays it: {0}. Convert it with: ffmpeg -i FILE -c:a libopus -b:a 96k -frame_duration 20 -ac 2 FILE.opus":
    "Die Datei ist kein Ogg Opus, wie Lull es abspielt: {0}. Wandle sie um mit: ffmpeg -i FILE -c:a libopus -b:a 96k -frame_duration 20 -ac 2 FILE.opus",
  "it holds another kind of sound": "sie enthält eine andere Art von Ton",
  "its version is unknown": "ihre Version ist unbekannt",
  "it has more than two channels": "sie hat mehr als zwei Kanäle",
  "its comments are missing": "ihre Kommentare fehlen",
  "its comments are cut off": "ihre Kommentare sind abgeschnitten",
  "its packets are of {0} ms instead of 20 ms": "ihre Pakete sind {0} ms statt 20 ms lang",
  "its headers are missing": "ihre Kopfdaten fehlen",
  "it holds no sound": "sie enthält keinen Ton",
  "The file is larger than 350 MB. Cut it into parts of at most three hours.":
    "Die Datei ist größer als 350 MB. Schneide sie in Teile von höchstens drei Stunden.",
  "hardly there": "kaum da",
  clear: "deutlich",
  "close and crisp": "nah und klar",
  "Added {0}": "Hinzugefügt {0}",
  "Added by {0} {1}": "Hinzugefügt von {0} {1}",
  "{0}, {1} · {2}, then round again": "{0}, {1} · {2}, dann von vorn",
  "Has: {0}": "Enthält: {0}",
  "Nothing in it that some ears cannot bear": "Nichts darin, was manche Ohren nicht vertragen",
  "Licence: {0}": "Lizenz: {0}",
  "How loud {0} is at which pitch, as time goes by: low pitches below, bright where it is loud.":
    "Wie laut „{0}“ in welcher Tonhöhe ist, während die Zeit vergeht: tiefe Töne unten, hell, wo es laut ist.",
  "I know no kind of sound called “{0}”. Choose one from the list.":
    "Ich kenne keine Klangart namens „{0}“. Wähle eine aus der Liste.",
  "### All sounds": "### Alle Klänge",
  "### Sounds: {0}": "### Klänge: {0}",
  "There is no sound of this kind yet.": "Von dieser Art gibt es noch keinen Klang.",
  "Choose a kind of sound": "Wähle eine Klangart",
  everything: "alles",
  "Play one, or queue it": "Einen abspielen oder einreihen",
  "Sounds are added and changed by those who manage this server, or have its host role. Ask one of them.":
    "Klänge fügen diejenigen hinzu, die diesen Server verwalten oder die Gastgeberrolle haben. Frag jemanden von ihnen.",
  "There is no sound file here. Attach one, then try again.":
    "Hier ist keine Klangdatei. Häng eine an und versuch es noch einmal.",
  "{0} more": "{0} weitere",
  "A sudden sound at {0}: softened.": "Ein plötzliches Geräusch bei {0}: abgemildert.",
  "A sudden sound at {0}: kept as it is, and flagged.":
    "Ein plötzliches Geräusch bei {0}: belassen und gekennzeichnet.",
  "{0} sudden sounds at {1}: softened.": "{0} plötzliche Geräusche bei {1}: abgemildert.",
  "{0} sudden sounds at {1}: kept as they are, and flagged.":
    "{0} plötzliche Geräusche bei {1}: belassen und gekennzeichnet.",
  Softened: "Abgemildert",
  Soften: "Abmildern",
  "Keep as they are": "So lassen",
  "Kept as they are": "So belassen",
  "Take it away": "Wieder entfernen",
  "### {0} is one of this server's sounds": "### {0} gehört jetzt zu den Klängen dieses Servers",
  "{0} · {1} · {2}, now {3}": "{0} · {1} · {2}, jetzt {3}",
  "-# /play offers it. /sounds edit changes what is said of it.":
    "-# /play bietet ihn an. /sounds edit ändert, was über ihn gesagt wird.",
  "Listening to {0} … {1} %": "{0} wird angehört … {1} %",
  "{0} is taken away again.": "{0} ist wieder entfernt.",
  "That sound is none of this server's own. /sounds browse shows what there is.":
    "Dieser Klang gehört nicht diesem Server. /sounds browse zeigt, was es gibt.",
  "Choose what to change: a title, a kind, flags or a licence.":
    "Wähle, was sich ändern soll: ein Titel, eine Art, Hinweise oder eine Lizenz.",
  "Only the home server of whoever runs Lull can share a sound with all.":
    "Nur der Heimatserver des Lull-Betreibers kann einen Klang mit allen teilen.",
  "{0} is changed. Every favourite of it goes on.": "{0} ist geändert. Alle Favoriten damit gelten weiter.",
  "{0} is no longer here. Favourites and queues say so, and go on to the next.":
    "{0} ist nicht mehr hier. Favoriten und Warteschlangen sagen das und gehen weiter.",
  Recording: "Aufnahme",
  "WAV, MP3, FLAC, Ogg, Opus, M4A, AIFF or WebM, of 25 MB at most":
    "WAV, MP3, FLAC, Ogg, Opus, M4A, AIFF oder WebM, höchstens 25 MB",
  Title: "Titel",
  "The file's name, when you leave it empty": "Der Name der Datei, wenn du nichts einträgst",
  "Kind of sound": "Klangart",
  "What some ears cannot bear in it": "Was manche Ohren darin nicht vertragen",
  "What allows it to be played here": "Was erlaubt, es hier abzuspielen",
  "Add a recording": "Eine Aufnahme hinzufügen",
  "This server has {0} sounds of its own, which is as many as it can. Make room with /sounds remove.":
    "Dieser Server hat {0} eigene Klänge, mehr gehen nicht. Mach Platz mit /sounds remove.",
  "There is a sound “{0}” here already. Choose another title.":
    "Einen Klang „{0}“ gibt es hier schon. Wähle einen anderen Titel.",
  "That file is larger than this can be. Choose another one.":
    "Diese Datei ist größer, als sie hier sein darf. Wähle eine andere.",
  "The file is larger than 25 MB. Export it as MP3 or Opus, or cut it into parts.":
    "Die Datei ist größer als 25 MB. Exportiere sie als MP3 oder Opus, oder schneide sie in Teile.",
  "I only take files that were attached here. Attach the file itself, then try again.":
    "Ich nehme nur Dateien, die hier angehängt wurden. Häng die Datei selbst an und versuch es noch einmal.",
  "The file could not be fetched from Discord. Attach it again, then try once more.":
    "Die Datei ließ sich nicht von Discord holen. Häng sie noch einmal an und versuch es dann erneut.",
  "The file took longer than 30 seconds to arrive. Try again in a minute.":
    "Die Datei hat länger als 30 Sekunden gebraucht. Versuch es in einer Minute noch einmal.",
  "The file of “{0}” can no longer be read. Choose another sound for now.":
    "Die Datei von „{0}“ lässt sich nicht mehr lesen. Wähle für jetzt einen anderen Klang.",
  "That sound is no longer there. Choose another one.": "Dieser Klang ist nicht mehr da. Wähle einen anderen.",
  "Some files of this server are still being read. Try again in a minute.":
    "Einige Dateien dieses Servers werden noch gelesen. Versuch es in einer Minute noch einmal.",
  "There is no room for more sounds on this machine. Make room with /sounds remove, or ask who runs Lull for more.":
    "Auf diesem Rechner ist kein Platz für weitere Klänge. Mach Platz mit /sounds remove, oder bitte den Betreiber von Lull um mehr.",
  "The file that was sent is no longer here. Add it again with /sounds add.":
    "Die gesendete Datei ist nicht mehr hier. Füg sie mit /sounds add noch einmal hinzu.",
  "“{0}” has been removed. Choose another sound with /sounds browse.":
    "„{0}“ wurde entfernt. Wähle mit /sounds browse einen anderen Klang.",
  "“{0}” can no longer be read. Choose another sound for now.":
    "„{0}“ lässt sich nicht mehr lesen. Wähle für jetzt einen anderen Klang.",
  "It is larger than 350 MB. Cut it into parts.": "Sie ist größer als 350 MB. Schneide sie in Teile.",
  "its format is cut off": "ihr Format ist abgeschnitten",
  "its AAC is of a rare kind": "ihr AAC ist von seltener Art",
  "a frame is too long": "ein Frame ist zu lang",
  "its Vorbis headers are missing": "ihre Vorbis-Kopfdaten fehlen",
  "its Vorbis headers are cut off": "ihre Vorbis-Kopfdaten sind abgeschnitten",
  "it holds an unknown kind of sound": "sie enthält eine unbekannte Art von Ton",
  "it holds {0} sound": "sie enthält Ton in {0}",
  "its structure ends at byte {0}": "ihr Aufbau endet bei Byte {0}",
  "after its tag it holds no sound": "nach ihrer Kennung kommt kein Ton",
  "its beginning is cut off": "ihr Anfang ist abgeschnitten",
  "its channels are in an unknown order": "ihre Kanäle haben eine unbekannte Reihenfolge",
  "a part of it cannot be decoded": "ein Teil davon lässt sich nicht dekodieren",
  "its WAV is compressed": "ihr WAV ist komprimiert",
  "its AIFF is compressed": "ihr AIFF ist komprimiert",
  "its samples are of {0} bits": "ihre Abtastwerte haben {0} Bit",
  "its format is missing": "ihr Format fehlt",
  "it has {0} channels": "sie hat {0} Kanäle",
  "its sample rate is {0} Hz": "ihre Abtastrate ist {0} Hz",
  "it changes its format on the way": "sie wechselt unterwegs das Format",
  "The file is empty. Export it again, then try once more.":
    "Die Datei ist leer. Exportiere sie noch einmal und versuch es dann erneut.",
  "This is not a kind of sound that I can read. Send WAV, MP3, FLAC, Ogg Vorbis, Opus, M4A, AAC, AIFF or WebM.":
    "Diese Art von Klang kann ich nicht lesen. Schick WAV, MP3, FLAC, Ogg Vorbis, Opus, M4A, AAC, AIFF oder WebM.",
  "This is a playlist or a script, not a sound. Send the sound file itself.":
    "Das ist eine Wiedergabeliste oder ein Skript, kein Klang. Schick die Klangdatei selbst.",
  "The file is damaged or cut off: {0}. Export it again, then try once more.":
    "Die Datei ist beschädigt oder abgeschnitten: {0}. Exportiere sie noch einmal und versuch es dann erneut.",
  "I cannot use this file: {0}. Export it as 48 kHz stereo, then try once more.":
    "Mit dieser Datei kann ich nichts anfangen: {0}. Exportiere sie in 48 kHz stereo und versuch es dann erneut.",
  "There is nothing to hear in this file. Send one with sound in it.":
    "In dieser Datei ist nichts zu hören. Schick eine mit Klang darin.",
  "This sound is shorter than a second. Send one of three seconds or more.":
    "Dieser Klang ist kürzer als eine Sekunde. Schick einen von mindestens drei Sekunden.",
  "This sound is longer than {0} hours. Cut it into parts, then send each.":
    "Dieser Klang ist länger als {0} Stunden. Schneide ihn in Teile und schick sie einzeln.",
  "This file takes too long to read. Send a shorter one, or export it again as MP3.":
    "Diese Datei zu lesen dauert zu lange. Schick eine kürzere, oder exportiere sie noch einmal als MP3.",
  "This file takes too much memory. Send a shorter one, or export it again as MP3.":
    "Diese Datei braucht zu viel Speicher. Schick eine kürzere, oder exportiere sie noch einmal als MP3.",
  "it cannot be decoded": "sie lässt sich nicht dekodieren",
};
