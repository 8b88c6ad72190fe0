import type { Sentences } from "../catalogue.ts";

/** Each member’s ears, what works in a room, and the morning. */
export const care: Sentences = {
  "It is left out tonight.": "C’est laissé de côté cette nuit.",
  "{0} is left out of it tonight.": "{0} en est laissé de côté cette nuit.",
  nobody: "personne",
  one: "une personne",
  two: "deux",
  three: "trois",
  four: "quatre",
  five: "cinq",
  six: "six",
  seven: "sept",
  eight: "huit",
  nine: "neuf",
  ten: "dix",
  eleven: "onze",
  twelve: "douze",
  "{0} people": "{0} personnes",
  "1 hour": "1 heure",
  "{0} hours": "{0} heures",
  "1 minute": "1 minute",
  "{0} minutes": "{0} minutes",
  "{0} and {1}": "{0} et {1}",
  "Good morning. The room rested for {0}, {1} in all.": "Bonjour. La salle s’est reposée {0}, {1} en tout.",
  "Good morning. The room rested for {0}, {1} in all: {2}.": "Bonjour. La salle s’est reposée {0}, {1} en tout : {2}.",
  "Good morning. The room rested for {0}, {1} in all, {2} among them.":
    "Bonjour. La salle s’est reposée {0}, {1} en tout, dont {2}.",
  "This room has heard mostly {0} of late, and what is always there is felt less. Something near it, such as {1}, or an evening's rest brings it back; /discover has ideas.":
    "Cette salle a surtout entendu {0} ces derniers temps, et ce qui est toujours là se sent moins. Quelque chose de proche, comme {1}, ou un soir de repos le fait revenir ; /discover a des idées.",
  "This room has heard mostly {0} of late, and what is always there is felt less. Something else or an evening's rest brings it back; /discover has ideas.":
    "Cette salle a surtout entendu {0} ces derniers temps, et ce qui est toujours là se sent moins. Autre chose ou un soir de repos le fait revenir ; /discover a des idées.",
  "{0} is not a good fit for everyone here tonight, so it is left out. /discover offers others.":
    "{0} ne convient pas à tout le monde ici cette nuit, alors c’est laissé de côté. /discover en propose d’autres.",
  "Not a good fit for everyone here tonight.": "Ne convient pas à tout le monde ici cette nuit.",
  "It has: {0}. With so few here, a word with the others tells whether it suits.":
    "Contient : {0}. Vous êtes peu nombreux ; un mot aux autres dira si cela convient.",
  "{0} was left out tonight.": "{0} a été laissé de côté cette nuit.",
  "### ASMR": "### ASMR",
  "A tingling that some people feel at certain sounds and sights. It begins at the scalp, runs down the neck, and comes with calm. Many people never feel it; nothing is missing then, and a quiet sound may be pleasant all the same.":
    "Un frisson que certaines personnes sentent à certains sons et certaines images. Il commence sur le cuir chevelu, descend la nuque et vient avec le calme. Beaucoup ne le sentent jamais ; rien ne manque alors, et un son doux peut quand même être agréable.",
  "\n**What is known**": "\n**Ce qu’on sait**",
  "- 475 people who feel it were asked online. What brings it on most often: whispering (75 %), personal attention (69 %), crisp sounds (64 %), slow movements (53 %). 98 % look for it to relax, 82 % to fall asleep. [1]":
    "- 475 personnes qui le sentent ont été interrogées en ligne. Ce qui le provoque le plus souvent : les chuchotements (75 %), l’attention personnelle (69 %), les sons nets (64 %), les gestes lents (53 %). 98 % le cherchent pour se détendre, 82 % pour s’endormir. [1]",
  "- Videos made for it were pleasant to those who feel it, and not to others. In the laboratory their hearts beat more slowly, while their skin showed more arousal: calm and stirred at once. [2]":
    "- Les vidéos faites pour cela ont été agréables à ceux qui le sentent, et pas aux autres. Au laboratoire, leur cœur battait plus lentement tandis que leur peau montrait plus d’éveil : calmes et émus à la fois. [2]",
  "- 130 people told what helps: lower, complex sounds, a slow pace, care for detail. Music behind it gets in the way for many. [3]":
    "- 130 personnes ont dit ce qui aide : des sons graves et complexes, un rythme lent, le soin du détail. Une musique derrière en gêne beaucoup. [3]",
  "\n**What is not known**": "\n**Ce qu’on ne sait pas**",
  "- Why some feel it and others do not, and how many they are.":
    "- Pourquoi les uns le sentent et d’autres non, et combien ils sont.",
  "- Whether it does anything beyond the moment. Most studies are small, or ask people who were looking for it.":
    "- Si cela fait quelque chose au-delà du moment. La plupart des études sont petites, ou interrogent des gens qui le cherchaient.",
  "- Why it fades. Many say that a trigger heard every day gives less; that has hardly been studied.":
    "- Pourquoi cela s’émousse. Beaucoup disent qu’un déclencheur entendu chaque jour donne moins ; c’est à peine étudié.",
  "\n**When to skip it**": "\n**Quand s’en passer**",
  "Sounds that please one person are hard to bear for another, up to anger or panic: misophonia. People who feel ASMR report more of that than others do. [4] A sound that makes you tense is not for you, however much others like it. `/avoid` keeps such sounds away without telling anybody, `/visual` needs no sound at all.":
    "Les sons qui plaisent à l’un sont durs à supporter pour l’autre, jusqu’à la colère ou la panique : la misophonie. Ceux qui sentent l’ASMR en parlent plus que les autres. [4] Un son qui te crispe n’est pas pour toi, même si d’autres l’aiment beaucoup. `/avoid` éloigne ces sons sans le dire à personne, `/visual` se passe de tout son.",
  "\n-# This is no advice, and Lull is no treatment.": "\n-# Ce n’est pas un conseil, et Lull n’est pas un traitement.",
  Whispering: "Chuchotements",
  "Whispers and soft speech": "Chuchotements et voix basse",
  Breathing: "Respiration",
  "Breath close to the ear": "Souffle près de l’oreille",
  "Sharp onsets": "Débuts brusques",
  "Snaps, clacks, sudden taps": "Claquements, chocs, tapotements soudains",
  "Repetitive clicking": "Clics répétés",
  "Keys, clippers, pens": "Touches, tondeuses, stylos",
  Ticking: "Tic-tac",
  "Clocks and steady ticks": "Horloges et tic-tac réguliers",
  "Wet and mouth sounds": "Sons mouillés et de bouche",
  "Chewing, lips, gel, foam": "Mâcher, lèvres, gel, mousse",
  "Bright sounds": "Sons brillants",
  "High, hissing or scraping": "Aigus, sifflants ou grinçants",
  "Leave it out where nobody can tell it is for me": "Le laisser de côté là où personne ne voit que c’est pour moi",
  "It needs four or more of us; in smaller rooms it may play":
    "Il faut être quatre ou plus ; dans une petite salle, il peut passer",
  "Leave it out always": "Toujours le laisser de côté",
  "In a small room, or when I come late, others may guess":
    "Dans une petite salle, ou si j’arrive tard, d’autres peuvent deviner",
  "Only tell whoever queues it": "Seulement prévenir la personne qui le met en file",
  "It plays, and nobody is named": "Il passe, et personne n’est nommé",
  "Kinds of sound": "Sortes de sons",
  "What you would rather not hear. Nobody else sees this.":
    "Ce que tu préfères ne pas entendre. Personne d’autre ne le voit.",
  None: "Aucune",
  "What a sound has": "Ce qu’un son contient",
  "When such a sound comes": "Quand un tel son arrive",
  "It counts from now on, in every community, as soon as it could be for any of four or more. What plays already is not cut off.":
    "C’est valable dès maintenant, dans chaque communauté, dès que cela peut être pour n’importe qui parmi quatre ou plus. Ce qui passe déjà n’est pas coupé.",
  "It counts from now on, in every community. In a small room others may guess that it is for you. What plays already is not cut off.":
    "C’est valable dès maintenant, dans chaque communauté. Dans une petite salle, d’autres peuvent deviner que c’est pour toi. Ce qui passe déjà n’est pas coupé.",
  "It counts from now on, in every community. Whoever queues such a sound is told that it is not a good fit for everyone, without a name.":
    "C’est valable dès maintenant, dans chaque communauté. La personne qui met un tel son en file apprend qu’il ne convient pas à tout le monde, sans nom.",
  "Rather not hear": "Plutôt ne pas entendre",
  "Your list is empty now. You hear what the room hears.": "Ta liste est vide. Tu entends ce que la salle entend.",
  "/privacy delete removes it at once.": "/privacy delete l’efface aussitôt.",
  "You would rather not hear: {0} (whoever queues it is told, where nobody can tell for whom).":
    "Tu préfères ne pas entendre : {0} (la personne qui le met en file est prévenue, là où personne ne voit pour qui).",
  "You would rather not hear: {0} (left out, where nobody can tell for whom).":
    "Tu préfères ne pas entendre : {0} (laissé de côté, là où personne ne voit pour qui).",
  "You would rather not hear: {0} (left out always, even where others may guess).":
    "Tu préfères ne pas entendre : {0} (toujours laissé de côté, même là où d’autres peuvent deviner).",
  "not heard here yet": "pas encore entendu ici",
  "heard this evening": "entendu ce soir",
  "heard last evening": "entendu le dernier soir",
  "last heard {0} evenings ago": "entendu pour la dernière fois il y a {0} soirs",
  "There is nothing new to offer tonight. /sounds browse shows all there is.":
    "Il n’y a rien de nouveau à proposer ce soir. /sounds browse montre tout ce qu’il y a.",
  "### Something else tonight": "### Autre chose ce soir",
  "-# A tap queues it.": "-# Un toucher le met en file.",
  "The morning's line here may name you.": "La ligne du matin peut te nommer ici.",
  "The morning's line here does not name you.": "La ligne du matin ne te nomme pas ici.",
  "When the timer ends here, you are disconnected with the bot.":
    "Quand le minuteur finit ici, tu es déconnecté avec le bot.",
  "When the timer ends here, you are not disconnected.": "Quand le minuteur finit ici, tu n’es pas déconnecté.",
  "You have no list of what you would rather not hear. /avoid makes one.":
    "Tu n’as pas de liste de ce que tu préfères ne pas entendre. /avoid en crée une.",
  "With what carries your name elsewhere, such as favourites you added, that makes one entry. /privacy export gives you all of it, /privacy delete removes it.":
    "Avec ce qui porte ton nom ailleurs, comme les favoris que tu as ajoutés, cela fait une entrée. /privacy export te donne tout, /privacy delete l’efface.",
  "With what carries your name elsewhere, such as favourites you added, that makes {0} entries. /privacy export gives you all of it, /privacy delete removes it.":
    "Avec ce qui porte ton nom ailleurs, comme les favoris que tu as ajoutés, cela fait {0} entrées. /privacy export te donne tout, /privacy delete l’efface.",
  "Nothing about mood or health is kept of anyone.": "Rien sur l’humeur ou la santé n’est gardé de personne.",
  "All that is kept about you, as a file. /privacy delete removes it.":
    "Tout ce qui est gardé sur toi, dans un fichier. /privacy delete l’efface.",
  "What Lull keeps about you, as JSON": "Ce que Lull garde sur toi, en JSON",
  "Your list and what you had allowed are deleted, in every community, and your name is off what you had added. What the room shares stays.":
    "Ta liste et ce que tu avais permis sont effacés, dans chaque communauté, et ton nom n’est plus sur ce que tu avais ajouté. Ce que la salle partage reste.",
  "20 seconds of {0}, for you alone. Begin softly: your device decides how loud it is.":
    "20 secondes de {0}, rien que pour toi. Commence doucement : ton appareil décide de la force.",
  "-# Has: {0}": "-# Contient : {0}",
  "20 seconds of {0}": "20 secondes de « {0} »",
  "No longer in the library": "N’est plus dans la bibliothèque",
  "{0}. {1} · {2}, most often in minute {3}": "{0}. {1} · {2}, surtout à la minute {3}",
  "1 tingle, counted without names.": "1 frisson, compté sans noms.",
  "{0} tingles in 1 sound, counted without names.": "{0} frissons pour 1 son, comptés sans noms.",
  "{0} tingles in {1} sounds, counted without names.": "{0} frissons pour {1} sons, comptés sans noms.",
  "Tingles by sound": "Frissons par son",
  "Bar chart. {0}: {1}.": "Diagramme en barres. {0} : {1}.",
  "No tingles are marked yet. Tap 🌙 on the panel while something plays, or send a moon in the voice channel.":
    "Aucun frisson n’est encore marqué. Touche 🌙 sur le panneau pendant qu’un son passe, ou envoie une lune dans le salon vocal.",
  "### What works here": "### Ce qui marche ici",
  "That sample could not be made just now. Try it again in a minute.":
    "Cet extrait n’a pas pu être fait à l’instant. Réessaie dans une minute.",
};
