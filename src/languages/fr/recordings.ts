import type { Sentences } from "../catalogue.ts";

/** Files that members add, sounds of their own, and a sound’s card. */
export const recordings: Sentences = {
  "The file is damaged or not Ogg ({0} at byte {1}). Export it again as Ogg Opus.":
    "Le fichier est abîmé ou n’est pas de l’Ogg ({0} à l’octet {1}). Exporte-le à nouveau en Ogg Opus.",
  "a page is cut off": "une page est coupée",
  "no page begins": "aucune page ne commence",
  "an unknown version": "une version inconnue",
  "a wrong checksum": "une somme de contrôle fausse",
  "the beginning is missing": "le début manque",
  "a second stream": "un deuxième flux",
  "sound after the end": "du son après la fin",
  "a page is missing": "une page manque",
  "a broken packet": "un paquet cassé",
  "a packet that is too long": "un paquet trop long",
  "the file is empty": "le fichier est vide",
  "the last packet is cut off": "le dernier paquet est coupé",
  "The file is not Ogg Opus as Lull plays it: {0}. Convert it with: ffmpeg -i FILE -c:a libopus -b:a 96k -frame_duration 20 -ac 2 FILE.opus":
    "Le fichier n’est pas de l’Ogg Opus tel que Lull le joue : {0}. Convertis-le avec : ffmpeg -i FILE -c:a libopus -b:a 96k -frame_duration 20 -ac 2 FILE.opus",
  "it holds another kind of sound": "il contient une autre sorte de son",
  "its version is unknown": "sa version est inconnue",
  "it has more than two channels": "il a plus de deux canaux",
  "its comments are missing": "ses commentaires manquent",
  "its comments are cut off": "ses commentaires sont coupés",
  "its packets are of {0} ms instead of 20 ms": "ses paquets font {0} ms au lieu de 20 ms",
  "its headers are missing": "ses en-têtes manquent",
  "it holds no sound": "il ne contient pas de son",
  "The file is larger than 350 MB. Cut it into parts of at most three hours.":
    "Le fichier dépasse 350 Mo. Coupe-le en parties de trois heures au plus.",
  "hardly there": "à peine là",
  clear: "clair",
  "close and crisp": "tout proche et net",
  "Added {0}": "Ajouté {0}",
  "Added by {0} {1}": "Ajouté par {0} {1}",
  "{0}, {1} · {2}, then round again": "{0}, {1} · {2}, puis ça recommence",
  "Has: {0}": "Contient : {0}",
  "Nothing in it that some ears cannot bear": "Rien que certaines oreilles ne supportent pas",
  "Licence: {0}": "Licence : {0}",
  "How loud {0} is at which pitch, as time goes by: low pitches below, bright where it is loud.":
    "La force de « {0} » à chaque hauteur, au fil du temps : les graves en bas, clair là où c’est fort.",
  "I know no kind of sound called “{0}”. Choose one from the list.":
    "Je ne connais pas de sorte de son appelée « {0} ». Choisis-en une dans la liste.",
  "### All sounds": "### Tous les sons",
  "### Sounds: {0}": "### Sons : {0}",
  "There is no sound of this kind yet.": "Il n’y a pas encore de son de cette sorte.",
  "Choose a kind of sound": "Choisis une sorte de son",
  everything: "tout",
  "Play one, or queue it": "En jouer un, ou le mettre en file",
  "Sounds are added and changed by those who manage this server, or have its host role. Ask one of them.":
    "Les sons sont ajoutés et modifiés par ceux qui gèrent ce serveur ou ont son rôle d’hôte. Demande à l’un d’eux.",
  "There is no sound file here. Attach one, then try again.":
    "Il n’y a pas de fichier son ici. Joins-en un, puis réessaie.",
  "{0} more": "{0} de plus",
  "A sudden sound at {0}: softened.": "Un bruit soudain à {0} : adouci.",
  "A sudden sound at {0}: kept as it is, and flagged.": "Un bruit soudain à {0} : laissé tel quel, et signalé.",
  "{0} sudden sounds at {1}: softened.": "{0} bruits soudains à {1} : adoucis.",
  "{0} sudden sounds at {1}: kept as they are, and flagged.":
    "{0} bruits soudains à {1} : laissés tels quels, et signalés.",
  Softened: "Adouci",
  Soften: "Adoucir",
  "Keep as they are": "Laisser tel quel",
  "Kept as they are": "Laissé tel quel",
  "Take it away": "Le retirer",
  "### {0} is one of this server's sounds": "### {0} fait partie des sons de ce serveur",
  "{0} · {1} · {2}, now {3}": "{0} · {1} · {2}, maintenant {3}",
  "-# /play offers it. /sounds edit changes what is said of it.":
    "-# /play le propose. /sounds edit change ce qui en est dit.",
  "Listening to {0} … {1} %": "J’écoute {0} … {1} %",
  "{0} is taken away again.": "{0} est retiré.",
  "That sound is none of this server's own. /sounds browse shows what there is.":
    "Ce son n’est pas à ce serveur. /sounds browse montre ce qu’il y a.",
  "Choose what to change: a title, a kind, flags or a licence.":
    "Choisis quoi changer : un titre, une sorte, des avertissements ou une licence.",
  "Only the home server of whoever runs Lull can share a sound with all.":
    "Seul le serveur de la personne qui fait tourner Lull peut partager un son avec tous.",
  "{0} is changed. Every favourite of it goes on.": "{0} est modifié. Tous ses favoris restent valables.",
  "{0} is no longer here. Favourites and queues say so, and go on to the next.":
    "{0} n’est plus là. Les favoris et les files le disent, et passent au suivant.",
  Recording: "Enregistrement",
  "WAV, MP3, FLAC, Ogg, Opus, M4A, AIFF or WebM, of 25 MB at most":
    "WAV, MP3, FLAC, Ogg, Opus, M4A, AIFF ou WebM, de 25 Mo au plus",
  Title: "Titre",
  "The file's name, when you leave it empty": "Le nom du fichier, si tu le laisses vide",
  "Kind of sound": "Sorte de son",
  "What some ears cannot bear in it": "Ce que certaines oreilles n’y supportent pas",
  "What allows it to be played here": "Ce qui permet de le jouer ici",
  "Add a recording": "Ajouter un enregistrement",
  "This server has {0} sounds of its own, which is as many as it can. Make room with /sounds remove.":
    "Ce serveur a {0} sons à lui, il ne peut pas en avoir plus. Fais de la place avec /sounds remove.",
  "There is a sound “{0}” here already. Choose another title.":
    "Il y a déjà un son « {0} » ici. Choisis un autre titre.",
  "That file is larger than this can be. Choose another one.":
    "Ce fichier est plus gros qu’il ne peut l’être ici. Choisis-en un autre.",
  "The file is larger than 25 MB. Export it as MP3 or Opus, or cut it into parts.":
    "Le fichier dépasse 25 Mo. Exporte-le en MP3 ou en Opus, ou coupe-le en parties.",
  "I only take files that were attached here. Attach the file itself, then try again.":
    "Je ne prends que les fichiers joints ici. Joins le fichier lui-même, puis réessaie.",
  "The file could not be fetched from Discord. Attach it again, then try once more.":
    "Le fichier n’a pas pu être pris chez Discord. Joins-le à nouveau, puis réessaie.",
  "The file took longer than 30 seconds to arrive. Try again in a minute.":
    "Le fichier a mis plus de 30 secondes à arriver. Réessaie dans une minute.",
  "The file of “{0}” can no longer be read. Choose another sound for now.":
    "Le fichier de « {0} » ne peut plus être lu. Choisis un autre son pour l’instant.",
  "That sound is no longer there. Choose another one.": "Ce son n’est plus là. Choisis-en un autre.",
  "Some files of this server are still being read. Try again in a minute.":
    "Des fichiers de ce serveur sont encore en cours de lecture. Réessaie dans une minute.",
  "There is no room for more sounds on this machine. Make room with /sounds remove, or ask who runs Lull for more.":
    "Il n’y a plus de place pour d’autres sons sur cette machine. Fais de la place avec /sounds remove, ou demande-en à la personne qui fait tourner Lull.",
  "The file that was sent is no longer here. Add it again with /sounds add.":
    "Le fichier envoyé n’est plus là. Ajoute-le à nouveau avec /sounds add.",
  "“{0}” has been removed. Choose another sound with /sounds browse.":
    "« {0} » a été retiré. Choisis un autre son avec /sounds browse.",
  "“{0}” can no longer be read. Choose another sound for now.":
    "« {0} » ne peut plus être lu. Choisis un autre son pour l’instant.",
  "It is larger than 350 MB. Cut it into parts.": "Il dépasse 350 Mo. Coupe-le en parties.",
  "its format is cut off": "son format est coupé",
  "its AAC is of a rare kind": "son AAC est d’une sorte rare",
  "a frame is too long": "une trame est trop longue",
  "its Vorbis headers are missing": "ses en-têtes Vorbis manquent",
  "its Vorbis headers are cut off": "ses en-têtes Vorbis sont coupés",
  "it holds an unknown kind of sound": "il contient une sorte de son inconnue",
  "it holds {0} sound": "il contient du son en {0}",
  "its structure ends at byte {0}": "sa structure s’arrête à l’octet {0}",
  "after its tag it holds no sound": "après son étiquette il n’y a pas de son",
  "its beginning is cut off": "son début est coupé",
  "its channels are in an unknown order": "ses canaux sont dans un ordre inconnu",
  "a part of it cannot be decoded": "une partie ne peut pas être décodée",
  "its WAV is compressed": "son WAV est compressé",
  "its AIFF is compressed": "son AIFF est compressé",
  "its samples are of {0} bits": "ses échantillons sont de {0} bits",
  "its format is missing": "son format manque",
  "it has {0} channels": "il a {0} canaux",
  "its sample rate is {0} Hz": "sa fréquence d’échantillonnage est de {0} Hz",
  "it changes its format on the way": "il change de format en chemin",
  "The file is empty. Export it again, then try once more.":
    "Le fichier est vide. Exporte-le à nouveau, puis réessaie.",
  "This is not a kind of sound that I can read. Send WAV, MP3, FLAC, Ogg Vorbis, Opus, M4A, AAC, AIFF or WebM.":
    "Je ne sais pas lire cette sorte de son. Envoie du WAV, MP3, FLAC, Ogg Vorbis, Opus, M4A, AAC, AIFF ou WebM.",
  "This is a playlist or a script, not a sound. Send the sound file itself.":
    "C’est une liste de lecture ou un script, pas un son. Envoie le fichier son lui-même.",
  "The file is damaged or cut off: {0}. Export it again, then try once more.":
    "Le fichier est abîmé ou coupé : {0}. Exporte-le à nouveau, puis réessaie.",
  "I cannot use this file: {0}. Export it as 48 kHz stereo, then try once more.":
    "Je ne peux pas me servir de ce fichier : {0}. Exporte-le en stéréo à 48 kHz, puis réessaie.",
  "There is nothing to hear in this file. Send one with sound in it.":
    "Il n’y a rien à entendre dans ce fichier. Envoies-en un avec du son.",
  "This sound is shorter than a second. Send one of three seconds or more.":
    "Ce son dure moins d’une seconde. Envoies-en un de trois secondes ou plus.",
  "This sound is longer than {0} hours. Cut it into parts, then send each.":
    "Ce son dure plus de {0} heures. Coupe-le en parties, et envoie-les une à une.",
  "This file takes too long to read. Send a shorter one, or export it again as MP3.":
    "Ce fichier est trop long à lire. Envoies-en un plus court, ou exporte-le à nouveau en MP3.",
  "This file takes too much memory. Send a shorter one, or export it again as MP3.":
    "Ce fichier prend trop de mémoire. Envoies-en un plus court, ou exporte-le à nouveau en MP3.",
  "it cannot be decoded": "il ne peut pas être décodé",
};
