import type { Sentences } from "../catalogue.ts";

/** Playing, the queue, and what is refused there. */
export const listening: Sentences = {
  "Back to {0}.": "Retour à {0}.",
  "Back to the sound before.": "Retour au son d’avant.",
  "The loudness goes to “{0}”.": "Le volume passe à « {0} ».",
  "I am in {0}, and nothing is playing. Add a sound with /play.":
    "Je suis dans {0}, et rien ne passe. Ajoute un son avec /play.",
  "{0} is on its way to {1}, queued by {2}.": "{0} est en route vers {1}, mis en file par {2}.",
  "{0} is paused in {1}, queued by {2}.": "{0} est en pause dans {1}, mis en file par {2}.",
  "{0} plays in {1}, queued by {2}.": "{0} passe dans {1}, mis en file par {2}.",
  "{0} comes next.": "{0} vient ensuite.",
  "Loudness: {0}.": "Volume : {0}.",
  "Paused. /resume brings the sound back.": "En pause. /resume ramène le son.",
  "{0} plays in {1}.": "{0} passe dans {1}.",
  "{0} is on its way to {1}.": "{0} est en route vers {1}.",
  "{0} is number {1} in the queue.": "{0} est en place {1} dans la file.",
  "A sound repeats until the queue has another one, and the queue is heard once.":
    "Un son se répète jusqu’à ce que la file en ait un autre, et la file s’entend une fois.",
  "This sound repeats, whatever the queue has.": "Ce son se répète, quoi qu’il y ait dans la file.",
  "The queue goes round: what has been heard goes to its end.": "La file tourne : ce qui a été entendu va à sa fin.",
  "Now: {0} · {1}": "Maintenant : {0} · {1}",
  "Nothing is waiting. Add a sound with /play.": "Rien n’attend. Ajoute un son avec /play.",
  "{0} is now number {1}.": "{0} est maintenant en place {1}.",
  "It is now number {0}.": "C’est maintenant en place {0}.",
  "{0} is off the queue.": "{0} n’est plus dans la file.",
  "It is off the queue.": "Ce n’est plus dans la file.",
  "Shuffled. {0} comes next.": "Mélangé. {0} vient ensuite.",
  "Shuffled.": "Mélangé.",
  "What you queued is off the queue. What others queued stays.":
    "Ce que tu avais mis n’est plus dans la file. Ce que d’autres ont mis reste.",
  "The queue is empty now. What plays goes on.": "La file est vide. Ce qui passe continue.",
  "Join a voice channel first, then try again.": "Rejoins d’abord un salon vocal, puis réessaie.",
  "This is for those who listen in {0}. Join them there, then try again.":
    "C’est pour ceux qui écoutent dans {0}. Rejoins-les là, puis réessaie.",
  "Nothing is playing yet. Start with /play.": "Rien ne passe encore. Commence avec /play.",
  "This panel is from an earlier session. Start a new one with /play.":
    "Ce panneau est d’une session passée. Commences-en une nouvelle avec /play.",
  "This button no longer works. Run the command again to get a fresh one.":
    "Ce bouton ne marche plus. Relance la commande pour en avoir un tout neuf.",
  "This command has changed. Type / again to see the commands as they are now.":
    "Cette commande a changé. Écris / à nouveau pour voir les commandes telles qu’elles sont.",
  "Lull plays in the voice channels of a community. Use this command there.":
    "Lull joue dans les salons vocaux d’une communauté. Utilise cette commande là-bas.",
  "I cannot see {0}. Ask someone who manages it to give me View Channel, or choose another channel.":
    "Je ne vois pas {0}. Demande à la personne qui le gère de me donner « Voir le salon », ou choisis un autre salon.",
  "I may not connect to {0}. Ask someone who manages it to give me Connect, or choose another channel.":
    "Je ne peux pas me connecter à {0}. Demande à la personne qui le gère de me donner « Se connecter », ou choisis un autre salon.",
  "I may not speak in {0}. Ask someone who manages it to give me Speak, or choose another channel.":
    "Je ne peux pas parler dans {0}. Demande à la personne qui le gère de me donner « Parler », ou choisis un autre salon.",
  "{0} is full. Raise its user limit by one or choose another channel, then try again.":
    "{0} est plein. Augmente sa limite d’utilisateurs de un ou choisis un autre salon, puis réessaie.",
  "Choose a channel with the option, or a usual one for this server with /settings.":
    "Choisis un salon avec l’option, ou un salon habituel pour ce serveur avec /settings.",
  "I may not disconnect anyone here, so your own timer would do nothing. Ask someone who manages the server to give me Move Members.":
    "Je ne peux déconnecter personne ici, alors ton propre minuteur ne ferait rien. Demande à la personne qui gère le serveur de me donner « Déplacer des membres ».",
  "This keeps what plays on Lull’s panel. Use it there, or try /favourites add.":
    "Ceci garde ce qui passe sur un panneau de Lull. Sers-t’en là, ou essaie /favourites add.",
  "I know no sound called “{0}”. /sounds browse shows all there are.":
    "Je ne connais pas de son appelé « {0} ». /sounds browse montre tous ceux qu’il y a.",
  "There is no favourite called “{0}”. /favourites list shows them.":
    "Il n’y a pas de favori appelé « {0} ». /favourites list les montre.",
  "The sound of “{0}” is no longer in the library. Choose another with /sounds browse, or take it off with /favourites remove.":
    "Le son de « {0} » n’est plus dans la bibliothèque. Choisis-en un autre avec /sounds browse, ou enlève-le avec /favourites remove.",
  "The sound is coming back.": "Le son revient.",
  "Going on to {0}.": "On passe à {0}.",
  "Skipped.": "Passé.",
  "No sleep timer is set. Set one with /sleep in, such as /sleep in 30m.":
    "Aucun minuteur n’est réglé. Règles-en un avec /sleep in, comme /sleep in 30m.",
  "Your own timer is off.": "Ton propre minuteur est arrêté.",
  "You are disconnected {0}; the room plays on. /sleep me off takes it back.":
    "Tu es déconnecté {0} ; la salle continue. `/sleep me non` l’annule.",
  "The sleep timer is off. The sound goes on.": "Le minuteur est arrêté. Le son continue.",
  "The sound goes quiet, and I leave. Good night.": "Le son se tait, et je m’en vais. Bonne nuit.",
  "Files here have to be smaller than that picture. The still version is: choose still.":
    "Les fichiers doivent être plus petits que cette image ici. La version fixe l’est : choisis l’image fixe.",
  "-# {0} · silent, and still": "-# {0} · sans son, et fixe",
  "-# {0} · silent": "-# {0} · sans son",
  "{0} is being drawn for the first time. That takes up to a minute.":
    "{0} se dessine pour la première fois. Cela prend jusqu’à une minute.",
  "{0} of the {1} it takes would like to skip this. The others can join with /skip, or on the panel.":
    "{0} sur les {1} qu’il faut aimeraient le passer. Les autres peuvent s’y joindre avec /skip, ou sur le panneau.",
  "{0} of the {1} it takes would like to stop. The others can join with /stop, or on the panel.":
    "{0} sur les {1} qu’il faut aimeraient terminer. Les autres peuvent s’y joindre avec /stop, ou sur le panneau.",
  "A sound could not be prepared, and was left out.": "Un son n’a pas pu être préparé, et a été laissé de côté.",
  "Lull is restarting. Try again in a minute.": "Lull redémarre. Réessaie dans une minute.",
  "That name has nothing to read. Try a short one, such as Rainy window.":
    "Il n’y a rien à lire dans ce nom. Essaies-en un court, comme Fenêtre sous la pluie.",
  "A whisper has {0} letters at most. Leave some out.":
    "Un chuchotement a {0} lettres au plus. Enlèves-en quelques-unes.",
  "There is nothing to be whispered. Write a sentence or two, without links and mentions.":
    "Il n’y a rien à chuchoter. Écris une phrase ou deux, sans liens ni mentions.",
  "I did not understand that time of day. Try 23:30, or 11:30 pm.":
    "Je n’ai pas compris cette heure. Essaie 23:30, ou 11:30 pm.",
  "That is more than 12 hours away. Try a time sooner than that, such as 23:30.":
    "C’est dans plus de 12 heures. Essaie une heure plus proche, comme 23:30.",
  "{0} is still being prepared. It starts by itself in a moment.":
    "{0} se prépare encore. Cela commence de soi-même dans un instant.",
  "A room is already listening in <#{0}>. Join it there, or wait until it is over.":
    "Une salle écoute déjà dans <#{0}>. Rejoins-la, ou attends qu’elle ait fini.",
  "The queue is full with {0} sounds. Make room with /queue remove or /queue clear.":
    "La file est pleine avec {0} sons. Fais de la place avec /queue remove ou /queue clear.",
  "The queue is empty. Add a sound with /play.": "La file est vide. Ajoute un son avec /play.",
  "Nothing comes after this sound. Add one with /play, or end the session with /stop.":
    "Rien ne vient après ce son. Ajoutes-en un avec /play, ou finis la session avec /stop.",
  "This is the first sound of the session. Choose another one with /play.":
    "C’est le premier son de la session. Choisis-en un autre avec /play.",
  "The queue has one place. /queue show lists it.": "La file a une place. /queue show la montre.",
  "The queue has places 1 to {0}. /queue show lists them.": "La file a les places 1 à {0}. /queue show les montre.",
  "It is paused already. /resume brings the sound back.": "C’est déjà en pause. /resume ramène le son.",
  "It is playing already. /pause holds it.": "Ça passe déjà. /pause le retient.",
  "“{0}” is louder than this room allows. The loudest here is “{1}”.":
    "« {0} » est plus fort que ce que cette salle permet. Le plus fort ici est « {1} ».",
  "Anyone may make it softer. Louder is for the one who queued this sound, or for the host.":
    "Tout le monde peut baisser. Monter est pour la personne qui a mis ce son, ou pour l’hôte.",
  "This is for the one who queued it, or for the host. You can queue your own with /play.":
    "C’est pour la personne qui l’a mis, ou pour l’hôte. Tu peux mettre le tien avec /play.",
  "A mix has {0} layers at most. Take one out with /mix remove first.":
    "Un mélange a {0} couches au plus. Enlèves-en d’abord une avec /mix remove.",
  "{0} is in the mix already. /mix show changes how loud it is, and where.":
    "{0} est déjà dans le mélange. /mix show change sa force et sa place.",
  "That sound is not in the mix. /mix show lists what is.":
    "Ce son n’est pas dans le mélange. /mix show montre ce qu’il y a.",
  "That is the only sound left. Choose another one with /play, or end with /stop.":
    "C’est le seul son qui reste. Choisis-en un autre avec /play, ou finis avec /stop.",
  "You have set no timer of your own. Set one with /sleep me, such as /sleep me 40m.":
    "Tu n’as pas réglé de minuteur à toi. Règles-en un avec /sleep me, comme /sleep me 40m.",
  "No sound is playing that it could end with. Try /sleep in 30m.":
    "Aucun son ne passe avec lequel cela pourrait finir. Essaie /sleep in 30m.",
  "Nobody is in the voice channel. Join it, and the sound comes back by itself.":
    "Il n’y a personne dans le salon vocal. Rejoins-le, et le son revient de lui-même.",
  "There is no such picture. Choose one from the list.":
    "Il n’y a pas d’image comme celle-là. Choisis-en une dans la liste.",
  "That picture could not be drawn just now. Choose another one for now.":
    "Cette image n’a pas pu être dessinée à l’instant. Choisis-en une autre pour l’instant.",
  "There is no such sound. Type a few letters and choose one from the list.":
    "Il n’y a pas de son comme celui-là. Écris quelques lettres et choisis-en un dans la liste.",
  "“{0}” could not be prepared. Choose another sound for now.":
    "« {0} » n’a pas pu être préparé. Choisis un autre son pour l’instant.",
};
