import type { Sentences } from "../catalogue.ts";

/** The now-playing panel, the sleep timer, and durations. */
export const panel: Sentences = {
  "Quiet with the end of this sound.": "Silence à la fin de ce son.",
  "The sound fades to its end, and is gone {0}.": "Le son s’éteint jusqu’à sa fin, et il est parti {0}.",
  "Quiet with the end of this sound, {0}; it fades from {1} on.":
    "Silence à la fin de ce son, {0} ; il s’éteint à partir de {1}.",
  "The sound is fading, and is gone {0}.": "Le son s’éteint, et il est parti {0}.",
  "Quiet at {0}, {1}; it fades from {2} on.": "Silence à {0}, {1} ; le son s’éteint à partir de {2}.",
  "The connection is being mended. The sound goes on from where it was.":
    "La connexion est en train de revenir. Le son reprend là où il était.",
  "On this stage I need to be invited to speak; my hand is up. The sound waits until then.":
    "Sur cette scène, on doit m’inviter à parler ; ma main est levée. Le son attend jusque-là.",
  "I am muted here. The sound goes on as soon as I may speak again.":
    "Je suis muet ici. Le son continue dès que je peux à nouveau parler.",
  "Paused until somebody comes back.": "En pause jusqu’à ce que quelqu’un revienne.",
  "Paused. The sound waits where it was.": "En pause. Le son attend là où il était.",
  "It is being prepared, and starts by itself.": "Il se prépare, et commence de lui-même.",
  "{0} is being prepared, and follows.": "{0} se prépare, et vient ensuite.",
  "This sound repeats.": "Ce son se répète.",
  "It repeats until another sound is queued.": "Il se répète jusqu’à ce qu’un autre soit en file.",
  "Next: {0}": "Ensuite : {0}",
  "Next: {0}, then {1} more": "Ensuite : {0}, puis {1} de plus",
  "{0} of the {1} it takes would like to skip this. Skip joins them.":
    "{0} sur les {1} qu’il faut aimeraient le passer. « Passer » s’y joint.",
  "{0} of the {1} it takes would like to stop. Stop joins them.":
    "{0} sur les {1} qu’il faut aimeraient terminer. « Terminer » s’y joint.",
  "settling in": "l’arrivée",
  "the trigger": "le déclencheur",
  "going deeper": "plus loin",
  "fading away": "l’extinction",
  work: "le travail",
  "a pause": "une pause",
  "{0}, {1} of {2}: {3}": "{0}, {1} sur {2} : {3}",
  "Queued by {0}": "Mis en file par {0}",
  "Queued by {0}, for {1}": "Mis en file par {0}, pour {1}",
  "### Nothing is playing\nAdd a sound with /play.": "### Rien ne passe\nAjoute un son avec /play.",
  Resume: "Reprendre",
  Pause: "Pause",
  Skip: "Passer",
  "+15 min": "+15 min",
  "Sleep in 30 min": "Dormir dans 30 min",
  Favourite: "Favori",
  Stop: "Terminer",
  Tingle: "Frisson",
  "The room fell quiet at {0}. Good night.": "La salle s’est tue à {0}. Bonne nuit.",
  "Stopped at {0}. Good night.": "Arrêté à {0}. Bonne nuit.",
  "Nobody was left to listen, so I went at {0}.": "Il n’y avait plus personne pour écouter, alors je suis parti à {0}.",
  "Nothing was left to play, so I went at {0}.": "Il n’y avait plus rien à jouer, alors je suis parti à {0}.",
  "I was disconnected at {0}. /play brings me back.": "J’ai été déconnecté à {0}. /play me ramène.",
  "The voice channel was gone at {0}. /play works in any other one.":
    "Le salon vocal avait disparu à {0}. /play marche dans n’importe quel autre.",
  "I may not connect to {0} or speak there. Ask someone who manages it, then try /play again.":
    "Je ne peux pas me connecter à {0} ou y parler. Demande à la personne qui le gère, puis essaie /play à nouveau.",
  "The voice connection could not be kept up. /play tries again.": "La connexion vocale n’a pas tenu. /play réessaie.",
  "I did not understand that time. Try 30m, 1h15, or 90 for ninety minutes.":
    "Je n’ai pas compris cette durée. Essaie 30m, 1h15, ou 90 pour quatre-vingt-dix minutes.",
  "That is very short. Try 5 seconds or more, such as 30m.": "C’est très court. Essaie 5 secondes ou plus, comme 30m.",
  "The timer goes up to 12 hours. Try 8h, or something shorter.":
    "Le minuteur va jusqu’à 12 heures. Essaie 8h, ou quelque chose de plus court.",
  "{0} s": "{0} s",
  "{0} min": "{0} min",
  "{0} min {1} s": "{0} min {1} s",
  "{0} h": "{0} h",
  "{0} h {1} min": "{0} h {1} min",
  whisper: "murmure",
  normal: "normal",
  "A sound could not be played, and was left out.": "Un son n’a pas pu être joué, et a été laissé de côté.",
  "{0} could not be played, and was left out.": "{0} n’a pas pu être joué, et a été laissé de côté.",
  "A sound could not be played, and was left out of the mix.":
    "Un son n’a pas pu être joué, et a été laissé hors du mélange.",
  "{0} could not be played, and was left out of the mix.": "{0} n’a pas pu être joué, et a été laissé hors du mélange.",
};
