import type { Sentences } from "../catalogue.ts";

/** Each member’s ears, what works in a room, and the morning. */
export const care: Sentences = {
  "It is left out tonight.": "Das bleibt heute Nacht weg.",
  "{0} is left out of it tonight.": "{0} bleibt heute Nacht darin weg.",
  nobody: "niemand",
  one: "eine Person",
  two: "zwei",
  three: "drei",
  four: "vier",
  five: "fünf",
  six: "sechs",
  seven: "sieben",
  eight: "acht",
  nine: "neun",
  ten: "zehn",
  eleven: "elf",
  twelve: "zwölf",
  "{0} people": "{0} Personen",
  "1 hour": "1 Stunde",
  "{0} hours": "{0} Stunden",
  "1 minute": "1 Minute",
  "{0} minutes": "{0} Minuten",
  "{0} and {1}": "{0} und {1}",
  "Good morning. The room rested for {0}, {1} in all.": "Guten Morgen. Der Raum hat {0} geruht, insgesamt {1}.",
  "Good morning. The room rested for {0}, {1} in all: {2}.":
    "Guten Morgen. Der Raum hat {0} geruht, insgesamt {1}: {2}.",
  "Good morning. The room rested for {0}, {1} in all, {2} among them.":
    "Guten Morgen. Der Raum hat {0} geruht, insgesamt {1}, darunter {2}.",
  "This room has heard mostly {0} of late, and what is always there is felt less. Something near it, such as {1}, or an evening's rest brings it back; /discover has ideas.":
    "Dieser Raum hat zuletzt vor allem {0} gehört, und was immer da ist, spürt man weniger. Etwas Verwandtes wie {1} oder ein Abend Pause bringt es zurück; /discover hat Ideen.",
  "This room has heard mostly {0} of late, and what is always there is felt less. Something else or an evening's rest brings it back; /discover has ideas.":
    "Dieser Raum hat zuletzt vor allem {0} gehört, und was immer da ist, spürt man weniger. Etwas anderes oder ein Abend Pause bringt es zurück; /discover hat Ideen.",
  "{0} is not a good fit for everyone here tonight, so it is left out. /discover offers others.":
    "{0} passt heute Nacht nicht für alle hier und bleibt deshalb weg. /discover bietet anderes an.",
  "Not a good fit for everyone here tonight.": "Passt heute Nacht nicht für alle hier.",
  "It has: {0}. With so few here, a word with the others tells whether it suits.":
    "Es enthält: {0}. Ihr seid hier wenige; fragt kurz, ob es allen recht ist.",
  "{0} was left out tonight.": "{0} blieb heute Nacht weg.",
  "### ASMR": "### ASMR",
  "A tingling that some people feel at certain sounds and sights. It begins at the scalp, runs down the neck, and comes with calm. Many people never feel it; nothing is missing then, and a quiet sound may be pleasant all the same.":
    "Ein Kribbeln, das manche Menschen bei bestimmten Klängen und Anblicken spüren. Es beginnt an der Kopfhaut, läuft den Nacken hinab und bringt Ruhe mit. Viele spüren es nie; dann fehlt nichts, und ein leiser Klang kann trotzdem angenehm sein.",
  "\n**What is known**": "\n**Was man weiß**",
  "- 475 people who feel it were asked online. What brings it on most often: whispering (75 %), personal attention (69 %), crisp sounds (64 %), slow movements (53 %). 98 % look for it to relax, 82 % to fall asleep. [1]":
    "- 475 Menschen, die es spüren, wurden online befragt. Am häufigsten lösen es aus: Flüstern (75 %), persönliche Zuwendung (69 %), klare, knisternde Klänge (64 %), langsame Bewegungen (53 %). 98 % suchen es zur Entspannung, 82 % zum Einschlafen. [1]",
  "- Videos made for it were pleasant to those who feel it, and not to others. In the laboratory their hearts beat more slowly, while their skin showed more arousal: calm and stirred at once. [2]":
    "- Videos dafür waren für die angenehm, die es spüren, und für andere nicht. Im Labor schlug ihr Herz langsamer, während ihre Haut mehr Erregung zeigte: ruhig und bewegt zugleich. [2]",
  "- 130 people told what helps: lower, complex sounds, a slow pace, care for detail. Music behind it gets in the way for many. [3]":
    "- 130 Menschen erzählten, was hilft: tiefere, vielschichtige Klänge, ein langsames Tempo, Sorgfalt im Kleinen. Musik dahinter stört viele. [3]",
  "\n**What is not known**": "\n**Was man nicht weiß**",
  "- Why some feel it and others do not, and how many they are.":
    "- Warum manche es spüren und andere nicht, und wie viele es sind.",
  "- Whether it does anything beyond the moment. Most studies are small, or ask people who were looking for it.":
    "- Ob es über den Moment hinaus etwas bewirkt. Die meisten Studien sind klein oder befragen Menschen, die danach suchten.",
  "- Why it fades. Many say that a trigger heard every day gives less; that has hardly been studied.":
    "- Warum es nachlässt. Viele sagen, dass ein täglich gehörter Trigger weniger gibt; erforscht ist das kaum.",
  "\n**When to skip it**": "\n**Wann man es besser lässt**",
  "Sounds that please one person are hard to bear for another, up to anger or panic: misophonia. People who feel ASMR report more of that than others do. [4] A sound that makes you tense is not for you, however much others like it. `/avoid` keeps such sounds away without telling anybody, `/visual` needs no sound at all.":
    "Klänge, die den einen gefallen, sind für andere schwer zu ertragen, bis hin zu Wut oder Panik: Misophonie. Menschen, die ASMR spüren, berichten davon häufiger als andere. [4] Ein Klang, der dich anspannt, ist nichts für dich, so sehr andere ihn mögen. `/avoid` hält solche Klänge fern, ohne es jemandem zu sagen, `/visual` kommt ganz ohne Ton aus.",
  "\n-# This is no advice, and Lull is no treatment.": "\n-# Das ist kein Rat, und Lull ist keine Behandlung.",
  Whispering: "Flüstern",
  "Whispers and soft speech": "Flüstern und leises Sprechen",
  Breathing: "Atmen",
  "Breath close to the ear": "Atem nah am Ohr",
  "Sharp onsets": "Plötzliche Einsätze",
  "Snaps, clacks, sudden taps": "Schnappen, Klacken, plötzliches Klopfen",
  "Repetitive clicking": "Wiederholtes Klicken",
  "Keys, clippers, pens": "Tasten, Haarschneider, Stifte",
  Ticking: "Ticken",
  "Clocks and steady ticks": "Uhren und gleichmäßiges Ticken",
  "Wet and mouth sounds": "Nasse Geräusche und Mundgeräusche",
  "Chewing, lips, gel, foam": "Kauen, Lippen, Gel, Schaum",
  "Bright sounds": "Helle Klänge",
  "High, hissing or scraping": "Hoch, zischend oder kratzend",
  "Leave it out where nobody can tell it is for me": "Weglassen, wo niemand merkt, dass es für mich ist",
  "It needs four or more of us; in smaller rooms it may play":
    "Dazu müssen wir mindestens zu viert sein; in kleineren Räumen kann es laufen",
  "Leave it out always": "Immer weglassen",
  "In a small room, or when I come late, others may guess":
    "In kleinen Räumen, oder wenn ich spät komme, könnten andere es ahnen",
  "Only tell whoever queues it": "Nur der Person sagen, die es einreiht",
  "It plays, and nobody is named": "Es läuft, und niemand wird genannt",
  "Kinds of sound": "Klangarten",
  "What you would rather not hear. Nobody else sees this.": "Was du lieber nicht hörst. Niemand sonst sieht das.",
  None: "Keine",
  "What a sound has": "Was ein Klang enthält",
  "When such a sound comes": "Wenn so ein Klang kommt",
  "It counts from now on, in every community, as soon as it could be for any of four or more. What plays already is not cut off.":
    "Das gilt ab jetzt, in jeder Community, sobald es für irgendwen von vier oder mehr sein könnte. Was schon läuft, wird nicht abgebrochen.",
  "It counts from now on, in every community. In a small room others may guess that it is for you. What plays already is not cut off.":
    "Das gilt ab jetzt, in jeder Community. In kleinen Räumen könnten andere ahnen, dass es für dich ist. Was schon läuft, wird nicht abgebrochen.",
  "It counts from now on, in every community. Whoever queues such a sound is told that it is not a good fit for everyone, without a name.":
    "Das gilt ab jetzt, in jeder Community. Wer so einen Klang einreiht, erfährt, dass er nicht für alle passt, ohne Namen.",
  "Rather not hear": "Lieber nicht hören",
  "Your list is empty now. You hear what the room hears.": "Deine Liste ist jetzt leer. Du hörst, was der Raum hört.",
  "/privacy delete removes it at once.": "/privacy delete löscht das sofort.",
  "You would rather not hear: {0} (whoever queues it is told, where nobody can tell for whom).":
    "Du möchtest lieber nicht hören: {0} (wer es einreiht, erfährt davon, wo niemand merkt, für wen).",
  "You would rather not hear: {0} (left out, where nobody can tell for whom).":
    "Du möchtest lieber nicht hören: {0} (bleibt weg, wo niemand merkt, für wen).",
  "You would rather not hear: {0} (left out always, even where others may guess).":
    "Du möchtest lieber nicht hören: {0} (bleibt immer weg, auch wo andere es ahnen könnten).",
  "not heard here yet": "hier noch nicht gehört",
  "heard this evening": "heute Abend gehört",
  "heard last evening": "am letzten Abend gehört",
  "last heard {0} evenings ago": "zuletzt vor {0} Abenden gehört",
  "There is nothing new to offer tonight. /sounds browse shows all there is.":
    "Heute Abend gibt es nichts Neues anzubieten. /sounds browse zeigt alles, was es gibt.",
  "### Something else tonight": "### Heute mal etwas anderes",
  "-# A tap queues it.": "-# Ein Tippen reiht es ein.",
  "The morning's line here may name you.": "Die Zeile am Morgen darf dich hier nennen.",
  "The morning's line here does not name you.": "Die Zeile am Morgen nennt dich hier nicht.",
  "When the timer ends here, you are disconnected with the bot.":
    "Wenn der Timer hier endet, wirst du mit dem Bot getrennt.",
  "When the timer ends here, you are not disconnected.": "Wenn der Timer hier endet, wirst du nicht getrennt.",
  "You have no list of what you would rather not hear. /avoid makes one.":
    "Du hast keine Liste von dem, was du lieber nicht hörst. /avoid legt eine an.",
  "With what carries your name elsewhere, such as favourites you added, that makes one entry. /privacy export gives you all of it, /privacy delete removes it.":
    "Mit dem, was sonst deinen Namen trägt, etwa hinzugefügte Favoriten, ist das ein Eintrag. /privacy export gibt dir alles davon, /privacy delete löscht es.",
  "With what carries your name elsewhere, such as favourites you added, that makes {0} entries. /privacy export gives you all of it, /privacy delete removes it.":
    "Mit dem, was sonst deinen Namen trägt, etwa hinzugefügte Favoriten, sind das {0} Einträge. /privacy export gibt dir alles davon, /privacy delete löscht es.",
  "Nothing about mood or health is kept of anyone.":
    "Über Stimmung oder Gesundheit wird von niemandem etwas gespeichert.",
  "All that is kept about you, as a file. /privacy delete removes it.":
    "Alles, was über dich gespeichert ist, als Datei. /privacy delete löscht es.",
  "What Lull keeps about you, as JSON": "Was Lull über dich speichert, als JSON",
  "Your list and what you had allowed are deleted, in every community, and your name is off what you had added. What the room shares stays.":
    "Deine Liste und was du erlaubt hattest sind gelöscht, in jeder Community, und dein Name steht nicht mehr an dem, was du hinzugefügt hast. Was der Raum teilt, bleibt.",
  "20 seconds of {0}, for you alone. Begin softly: your device decides how loud it is.":
    "20 Sekunden von {0}, nur für dich. Fang leise an: Wie laut es ist, bestimmt dein Gerät.",
  "-# Has: {0}": "-# Enthält: {0}",
  "20 seconds of {0}": "20 Sekunden von „{0}“",
  "No longer in the library": "Nicht mehr in der Bibliothek",
  "{0}. {1} · {2}, most often in minute {3}": "{0}. {1} · {2}, am häufigsten in Minute {3}",
  "1 tingle, counted without names.": "1 Kribbeln, ohne Namen gezählt.",
  "{0} tingles in 1 sound, counted without names.": "{0}-mal Kribbeln bei 1 Klang, ohne Namen gezählt.",
  "{0} tingles in {1} sounds, counted without names.": "{0}-mal Kribbeln bei {1} Klängen, ohne Namen gezählt.",
  "Tingles by sound": "Kribbeln nach Klang",
  "Bar chart. {0}: {1}.": "Balkendiagramm. {0}: {1}.",
  "No tingles are marked yet. Tap 🌙 on the panel while something plays, or send a moon in the voice channel.":
    "Noch ist kein Kribbeln vermerkt. Tippe auf 🌙 im Panel, während etwas läuft, oder schick einen Mond in den Sprachkanal.",
  "### What works here": "### Was hier wirkt",
  "That sample could not be made just now. Try it again in a minute.":
    "Die Hörprobe ließ sich gerade nicht machen. Versuch es in einer Minute noch einmal.",
};
