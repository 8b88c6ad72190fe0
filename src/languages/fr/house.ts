import type { Sentences } from "../catalogue.ts";

/** Settings, permissions, help, and what goes wrong. */
export const house: Sentences = {
  "Nothing is in the way here. Join a voice channel and ask again to have that one looked at, too.":
    "Rien ne gêne ici. Rejoins un salon vocal et demande à nouveau pour que je regarde aussi celui-là.",
  "Nothing is in the way here. {0} is ready.": "Rien ne gêne ici. {0} est prêt.",
  "### Lull": "### Lull",
  "Sounds to fall asleep to, together.": "Des sons pour s’endormir ensemble.",
  "\n**Start here**": "\n**Pour commencer**",
  "1. Join a voice channel.": "1. Rejoins un salon vocal.",
  "2. `/play`, and choose a sound. It repeats until another one is queued.":
    "2. `/play`, et choisis un son. Il se répète jusqu’à ce qu’un autre soit en file.",
  "3. `/sleep in 30m`. The sound fades for everyone, and the bot leaves.":
    "3. `/sleep in 30m`. Le son s’éteint pour tous, et le bot s’en va.",
  "\n**Then**": "\n**Ensuite**",
  "- `/sounds browse` shows what there is, by kind.": "- `/sounds browse` montre ce qu’il y a, par sortes.",
  "- `/queue`, `/skip` and `/back` go from sound to sound; `/pause` and `/resume` hold it.":
    "- `/queue`, `/skip` et `/back` vont de son en son ; `/pause` et `/resume` le retiennent et le reprennent.",
  "- `/evening start` leads through a whole evening; `/evening schedule` lets one begin by itself.":
    "- `/evening start` guide toute une soirée ; `/evening schedule` en laisse une commencer d’elle-même.",
  "- `/favourites add` keeps what plays now.": "- `/favourites add` garde ce qui passe maintenant.",
  "- `/avoid` keeps away what you would rather not hear, and names nobody; `/sample` lets you hear a sound first.":
    "- `/avoid` éloigne ce que tu préfères ne pas entendre, et ne nomme personne ; `/sample` te fait entendre un son d’abord.",
  "- `/discover` has ideas. A tap on the moon says that it tingles.":
    "- `/discover` a des idées. Un toucher sur la lune dit que ça frissonne.",
  "- `/sleep extend` gives the room more time, even while it fades.":
    "- `/sleep extend` donne plus de temps à la salle, même pendant qu’elle s’éteint.",
  "- Whoever sits in the channel may do nearly all of this. Skipping and `/stop` are for the one who queued the sound, a host, or more than half of you.":
    "- Qui est dans le salon peut faire presque tout cela. Passer et `/stop` sont pour la personne qui a mis le son, un hôte, ou plus de la moitié d’entre vous.",
  "\n**How loud?**": "\n**Quelle force ?**",
  "Everything here is soft and of one loudness, and `/loudness` makes it softer. How loud it is at your ear cannot be known from here: it depends on your device. Start low. For bedrooms at night the World Health Organization's guidance is about 30 dB(A) of steady sound, with single sounds no louder than 45 dB(A). For infants, keep it below 50 dB.":
    "Tout ici est doux et de même force, et `/loudness` le baisse encore. D’ici, on ne peut pas savoir quelle force arrive à ton oreille : cela dépend de ton appareil. Commence bas. Pour les chambres, la nuit, l’Organisation mondiale de la santé parle d’environ 30 dB(A) de son continu, sans bruit isolé au-dessus de 45 dB(A). Pour les bébés, reste sous 50 dB.",
  "\n-# To hear less of everyone, use your own volume: right-click or long-press the bot in the voice channel.":
    "\n-# Pour entendre moins fort tout le monde, sers-toi de ton propre volume : clic droit ou appui long sur le bot dans le salon vocal.",
  "This is for those who may manage events or the server, and for those with the host role. Ask one of them.":
    "C’est pour ceux qui peuvent gérer les événements ou le serveur, et pour ceux qui ont le rôle d’hôte. Demande à l’un d’eux.",
  From: "De",
  "Such as 23:00": "Par exemple 23:00",
  To: "À",
  "Such as 7:00": "Par exemple 7:00",
  "Time zone": "Fuseau horaire",
  "Such as Europe/Berlin or America/New_York": "Par exemple Europe/Paris ou America/Montreal",
  "Sleep timer": "Minuteur",
  "For rooms that have none, such as 60m": "Pour les salles qui n’en ont pas, par exemple 60m",
  "Softer by": "Plus doux de",
  "How far the ceiling drops, 0 to 18 LU": "De combien le plafond descend, 0 à 18 LU",
  "Quiet hours": "Heures calmes",
  "I did not understand the time zone. Try Europe/Berlin. Nothing has changed.":
    "Je n’ai pas compris le fuseau horaire. Essaie Europe/Paris. Rien n’a changé.",
  "I did not understand when they begin. Try 23:00. Nothing has changed.":
    "Je n’ai pas compris quand elles commencent. Essaie 23:00. Rien n’a changé.",
  "I did not understand when they end. Try 7:00. Nothing has changed.":
    "Je n’ai pas compris quand elles finissent. Essaie 7:00. Rien n’a changé.",
  "I did not understand quiet hours that begin when they end. Try 23:00 to 7:00. Nothing has changed.":
    "Je n’ai pas compris des heures calmes qui commencent quand elles finissent. Essaie 23:00 à 7:00. Rien n’a changé.",
  "I did not understand how much softer. Try 6. Nothing has changed.":
    "Je n’ai pas compris de combien plus doux. Essaie 6. Rien n’a changé.",
  "I leave": "je m’en vais",
  "at the end: leave": "à la fin : partir",
  "I leave, and take the listeners along: to the AFK channel, or out where they agreed":
    "je m’en vais, et j’emmène ceux qui écoutent : vers le salon AFK, ou dehors s’ils ont dit oui",
  "at the end: take the listeners along": "à la fin : emmener ceux qui écoutent",
  "the sound goes on at a whisper": "le son continue en murmure",
  "at the end: go on at a whisper": "à la fin : continuer en murmure",
  "as Discord says": "comme dans Discord",
  "{0} to {1} ({2}): {3} LU softer, and a timer of {4}": "{0} à {1} ({2}) : {3} LU plus doux, et un minuteur de {4}",
  "no fade": "sans fondu",
  "not at all": "pas du tout",
  "{0} dB": "{0} dB",
  "### Settings of this server": "### Réglages de ce serveur",
  "The loudest a room gets: **{0}**": "Le plus fort qu’une salle puisse être : **{0}**",
  "The end of a sleep timer: **{0}**, then {1}": "La fin d’un minuteur : **{0}**, puis {1}",
  "With eyes closed: **on** (muting, deafening or a moon during the fade gives 15 minutes more)":
    "Les yeux fermés : **oui** (se rendre muet, sourd, ou une lune pendant le fondu donne 15 minutes de plus)",
  "With eyes closed: **off** (muting, deafening or a moon during the fade gives 15 minutes more)":
    "Les yeux fermés : **non** (se rendre muet, sourd, ou une lune pendant le fondu donne 15 minutes de plus)",
  "While a member speaks, softer by: **{0}**": "Pendant qu’un membre parle, plus doux de : **{0}**",
  "Skip and stop: **the one who queued it, a host, or more than half of the listeners**":
    "Passer et terminer : **la personne qui l’a mis, un hôte, ou plus de la moitié de ceux qui écoutent**",
  "Skip and stop: **anyone who listens**": "Passer et terminer : **quiconque écoute**",
  "Quiet hours: **{0}**": "Heures calmes : **{0}**",
  none: "aucune",
  "Host role: {0}": "Rôle d’hôte : {0}",
  "**none**": "**aucun**",
  "Usual voice channel: {0}": "Salon vocal habituel : {0}",
  "Language of what the whole room sees: **{0}**": "Langue de ce que toute la salle voit : **{0}**",
  "The loudest a room gets": "Le plus fort qu’une salle puisse être",
  "loudest: {0}": "au plus : {0}",
  "How long the end of a timer fades": "Combien de temps la fin d’un minuteur s’éteint",
  "fade: {0}": "fondu : {0}",
  "What happens when the timer is over": "Ce qui arrive quand le minuteur est fini",
  "How much softer while a member speaks": "De combien plus doux pendant qu’un membre parle",
  "while somebody speaks: no softer": "pendant que quelqu’un parle : pas plus doux",
  "while somebody speaks: {0} dB softer": "pendant que quelqu’un parle : {0} dB plus doux",
  "Language of what the whole room sees": "Langue de ce que toute la salle voit",
  "language: as Discord says": "langue : comme dans Discord",
  "language: {0}": "langue : {0}",
  "Host role": "Rôle d’hôte",
  "Usual voice channel": "Salon vocal habituel",
  "No quiet hours": "Sans heures calmes",
  "Eyes closed: turn off": "Yeux fermés : désactiver",
  "Eyes closed: turn on": "Yeux fermés : activer",
  "Votes: turn off": "Votes : désactiver",
  "Votes: turn on": "Votes : activer",
  "View Channel": "Voir le salon",
  Connect: "Se connecter",
  Speak: "Parler",
  "Send Messages": "Envoyer des messages",
  "Read Message History": "Voir les anciens messages",
  "Without Move Members, which Server Settings → Roles gives, there is no /sleep me.":
    "Sans « Déplacer des membres » (Paramètres du serveur → Rôles), il n’y a pas de /sleep me.",
  "Without Create Events, which Server Settings → Roles gives, there are no evenings in the server's calendar.":
    "Sans « Créer des événements » (Paramètres du serveur → Rôles), il n’y a pas de soirées dans le calendrier du serveur.",
  "Without Set Voice Channel Status, which Server Settings → Roles gives, the channel list does not show what plays.":
    "Sans « Définir le statut du salon vocal » (Paramètres du serveur → Rôles), la liste des salons ne montre pas ce qui passe.",
  "In {0} I lack **{1}**. Give it to my role in Edit Channel → Permissions.":
    "Dans {0}, il me manque **{1}**. Donne-le à mon rôle dans Modifier le salon → Permissions.",
  "{0} is full. Raise its user limit by one in Edit Channel → Overview.":
    "{0} est plein. Augmente sa limite d’utilisateurs de un dans Modifier le salon → Vue d’ensemble.",
  "I am muted in {0}. A moderator can unmute me with a right-click.":
    "Je suis muet dans {0}. Un modérateur peut y remédier d’un clic droit.",
  "On the stage {0} I am in the audience. Invite me to speak, or give me **Mute Members** there.":
    "Sur la scène {0}, je suis dans le public. Invite-moi à parler, ou donne-moi **Rendre les membres muets** là-bas.",
  "In {0} I lack **{1}**, so the panel has no place there. Give it to my role in Edit Channel → Permissions.":
    "Dans {0}, il me manque **{1}**, alors le panneau n’y a pas de place. Donne-le à mon rôle dans Modifier le salon → Permissions.",
  "I cannot see {0}. Give my role **View Channel** in Edit Channel → Permissions.":
    "Je ne vois pas {0}. Donne à mon rôle **Voir le salon** dans Modifier le salon → Permissions.",
  "Lull is here. Join a voice channel and type /play; /help says the rest.":
    "Lull est là. Rejoins un salon vocal et écris /play ; /help dit le reste.",
  "Something went wrong here. It is noted as {0}. Please try again in a moment.":
    "Quelque chose s’est mal passé ici. C’est noté sous {0}. Réessaie dans un moment.",
  "That could not be saved just now. The sound goes on; try again in a minute.":
    "Cela n’a pas pu être enregistré à l’instant. Le son continue ; réessaie dans une minute.",
};
