import type { Sentences } from "../catalogue.ts";

/** Favourites and mixes. */
export const favourites: Sentences = {
  "{0} is a favourite now. /play offers it first.": "{0} est maintenant un favori. /play le propose en premier.",
  "{0} is called {1} now.": "{0} s’appelle maintenant {1}.",
  "{0} is no longer a favourite.": "{0} n’est plus un favori.",
  "{0} is number {1} now.": "{0} est maintenant en place {1}.",
  "{0}: no longer in the library": "{0} : n’est plus dans la bibliothèque",
  "{0} no longer in the library": "{0} ne sont plus dans la bibliothèque",
  "no longer in the library": "n’est plus dans la bibliothèque",
  Play: "Jouer",
  "There are no favourites yet. /favourites add keeps what plays now.":
    "Il n’y a pas encore de favoris. /favourites add garde ce qui passe maintenant.",
  "### Favourites": "### Favoris",
  "There are no favourites to share yet. /favourites add keeps what plays now.":
    "Il n’y a pas encore de favoris à partager. /favourites add garde ce qui passe maintenant.",
  "Give a share code or a file. /favourites export makes both.":
    "Donne un code ou un fichier. /favourites export fait les deux.",
  "Paste this on another server with /favourites import:": "Colle ceci sur un autre serveur avec /favourites import :",
  "Give this file to /favourites import on another server.":
    "Donne ce fichier à /favourites import sur un autre serveur.",
  "The favourites of this server, for Lull on another one": "Les favoris de ce serveur, pour Lull sur un autre",
  "{0} favourites are here now. /play offers them first.":
    "{0} favoris sont ici maintenant. /play les propose en premier.",
  "One of them has a sound that this server does not have. It is left out until somebody adds it.":
    "L’un d’eux a un son que ce serveur n’a pas. Il est laissé de côté jusqu’à ce que quelqu’un l’ajoute.",
  "{0} of them have sounds that this server does not have. These are left out until somebody adds them.":
    "{0} d’entre eux ont des sons que ce serveur n’a pas. Ils sont laissés de côté jusqu’à ce que quelqu’un les ajoute.",
  "{0} joins the mix, {1}, {2}.": "{0} rejoint le mélange, {1}, {2}.",
  "{0} is {1}, {2}.": "{0} : {1}, {2}.",
  "{0} leaves the mix.": "{0} quitte le mélange.",
  full: "plein",
  soft: "doux",
  quiet: "bas",
  faint: "à peine",
  "in the middle": "au milieu",
  left: "à gauche",
  right: "à droite",
  near: "près",
  "far away": "loin",
  "slowly around": "lentement autour",
  "being prepared": "en préparation",
  "How loud": "La force",
  Where: "L’endroit",
  "Take it out": "L’enlever",
  "### Nothing is playing": "### Rien ne passe",
  "-# {0} layers are as many as a mix has.": "-# Un mélange n’a pas plus de {0} couches.",
  "-# /mix add finds every sound. /mix save keeps the mix.":
    "-# /mix add trouve tous les sons. /mix save garde le mélange.",
  "Choose a layer to change": "Choisis une couche à changer",
  "Add a sound": "Ajouter un son",
  Earlier: "Avant",
  Later: "Après",
  "-# Page {0} of {1}": "-# Page {0} sur {1}",
  "That is no share code of Lull, or a part of it is missing. /favourites export gives one to copy as a whole.":
    "Ce n’est pas un code de Lull, ou il en manque une partie. /favourites export en donne un à copier en entier.",
  "That file holds no favourites of Lull. /favourites export makes one that /favourites import can read.":
    "Ce fichier ne contient pas de favoris de Lull. /favourites export en fait un que /favourites import sait lire.",
  "There is a favourite “{0}” already. Choose another name.": "Il y a déjà un favori « {0} ». Choisis un autre nom.",
  "There is no favourite “{0}” here. /favourites list shows them all.":
    "Il n’y a pas de favori « {0} » ici. /favourites list les montre tous.",
  "This server has {0} favourites, which is as many as it can. Make room with /favourites remove.":
    "Ce serveur a {0} favoris, il ne peut pas en avoir plus. Fais de la place avec /favourites remove.",
};
