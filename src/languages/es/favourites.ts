import type { Sentences } from "../catalogue.ts";

/** Favourites and mixes. */
export const favourites: Sentences = {
  "{0} is a favourite now. /play offers it first.": "{0} ya es un favorito. /play lo ofrece primero.",
  "{0} is called {1} now.": "{0} se llama ahora {1}.",
  "{0} is no longer a favourite.": "{0} ya no es un favorito.",
  "{0} is number {1} now.": "{0} es ahora el número {1}.",
  "{0}: no longer in the library": "{0}: ya no está en la biblioteca",
  "{0} no longer in the library": "{0} ya no están en la biblioteca",
  "no longer in the library": "ya no está en la biblioteca",
  Play: "Reproducir",
  "There are no favourites yet. /favourites add keeps what plays now.":
    "Todavía no hay favoritos. /favourites add guarda lo que suena ahora.",
  "### Favourites": "### Favoritos",
  "There are no favourites to share yet. /favourites add keeps what plays now.":
    "Todavía no hay favoritos que compartir. /favourites add guarda lo que suena ahora.",
  "Give a share code or a file. /favourites export makes both.":
    "Da un código o un archivo. /favourites export hace los dos.",
  "Paste this on another server with /favourites import:": "Pega esto en otro servidor con /favourites import:",
  "Give this file to /favourites import on another server.": "Da este archivo a /favourites import en otro servidor.",
  "The favourites of this server, for Lull on another one": "Los favoritos de este servidor, para Lull en otro",
  "{0} favourites are here now. /play offers them first.": "Ya hay aquí {0} favoritos. /play los ofrece primero.",
  "One of them has a sound that this server does not have. It is left out until somebody adds it.":
    "Uno de ellos tiene un sonido que este servidor no tiene. Se deja fuera hasta que alguien lo añada.",
  "{0} of them have sounds that this server does not have. These are left out until somebody adds them.":
    "{0} de ellos tienen sonidos que este servidor no tiene. Se dejan fuera hasta que alguien los añada.",
  "{0} joins the mix, {1}, {2}.": "{0} se une a la mezcla, {1}, {2}.",
  "{0} is {1}, {2}.": "{0} está {1}, {2}.",
  "{0} leaves the mix.": "{0} deja la mezcla.",
  full: "pleno",
  soft: "suave",
  quiet: "bajo",
  faint: "tenue",
  "in the middle": "en el centro",
  left: "izquierda",
  right: "derecha",
  near: "cerca",
  "far away": "lejos",
  "slowly around": "girando despacio",
  "being prepared": "preparándose",
  "How loud": "Qué tan fuerte",
  Where: "Dónde",
  "Take it out": "Sacarlo",
  "### Nothing is playing": "### No suena nada",
  "-# {0} layers are as many as a mix has.": "-# Una mezcla no tiene más de {0} capas.",
  "-# /mix add finds every sound. /mix save keeps the mix.":
    "-# /mix add encuentra todos los sonidos. /mix save guarda la mezcla.",
  "Choose a layer to change": "Elige una capa para cambiarla",
  "Add a sound": "Añadir un sonido",
  Earlier: "Antes",
  Later: "Después",
  "-# Page {0} of {1}": "-# Página {0} de {1}",
  "That is no share code of Lull, or a part of it is missing. /favourites export gives one to copy as a whole.":
    "Eso no es un código de Lull, o le falta una parte. /favourites export da uno que puedes copiar entero.",
  "That file holds no favourites of Lull. /favourites export makes one that /favourites import can read.":
    "Ese archivo no contiene favoritos de Lull. /favourites export hace uno que /favourites import sabe leer.",
  "There is a favourite “{0}” already. Choose another name.": "Ya hay un favorito «{0}». Elige otro nombre.",
  "There is no favourite “{0}” here. /favourites list shows them all.":
    "Aquí no hay ningún favorito «{0}». /favourites list los muestra todos.",
  "This server has {0} favourites, which is as many as it can. Make room with /favourites remove.":
    "Este servidor tiene {0} favoritos, y no caben más. Haz sitio con /favourites remove.",
};
