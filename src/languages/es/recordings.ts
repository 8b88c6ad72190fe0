import type { Sentences } from "../catalogue.ts";

/** Files that members add, sounds of their own, and a sound’s card. */
export const recordings: Sentences = {
  "The file is damaged or not Ogg ({0} at byte {1}). Export it again as Ogg Opus.":
    "El archivo está dañado o no es Ogg ({0} en el byte {1}). Expórtalo otra vez como Ogg Opus.",
  "a page is cut off": "una página está cortada",
  "no page begins": "no empieza ninguna página",
  "an unknown version": "una versión desconocida",
  "a wrong checksum": "una suma de control que no cuadra",
  "the beginning is missing": "falta el principio",
  "a second stream": "un segundo flujo",
  "sound after the end": "sonido después del final",
  "a page is missing": "falta una página",
  "a broken packet": "un paquete roto",
  "a packet that is too long": "un paquete demasiado largo",
  "the file is empty": "el archivo está vacío",
  "the last packet is cut off": "el último paquete está cortado",
  "The file is not Ogg Opus as Lull plays it: {0}. Convert it with: ffmpeg -i FILE -c:a libopus -b:a 96k -frame_duration 20 -ac 2 FILE.opus":
    "El archivo no es Ogg Opus tal como Lull lo reproduce: {0}. Conviértelo con: ffmpeg -i FILE -c:a libopus -b:a 96k -frame_duration 20 -ac 2 FILE.opus",
  "it holds another kind of sound": "contiene otro tipo de sonido",
  "its version is unknown": "su versión es desconocida",
  "it has more than two channels": "tiene más de dos canales",
  "its comments are missing": "faltan sus comentarios",
  "its comments are cut off": "sus comentarios están cortados",
  "its packets are of {0} ms instead of 20 ms": "sus paquetes son de {0} ms en vez de 20 ms",
  "its headers are missing": "faltan sus cabeceras",
  "it holds no sound": "no contiene sonido",
  "The file is larger than 350 MB. Cut it into parts of at most three hours.":
    "El archivo pesa más de 350 MB. Córtalo en partes de tres horas como mucho.",
  "hardly there": "apenas presente",
  clear: "claro",
  "close and crisp": "cercano y nítido",
  "Added {0}": "Añadido {0}",
  "Added by {0} {1}": "Añadido por {0} {1}",
  "{0}, {1} · {2}, then round again": "{0}, {1} · {2}, y vuelve a empezar",
  "Has: {0}": "Tiene: {0}",
  "Nothing in it that some ears cannot bear": "Nada que algunos oídos no soporten",
  "Licence: {0}": "Licencia: {0}",
  "How loud {0} is at which pitch, as time goes by: low pitches below, bright where it is loud.":
    "Qué tan fuerte suena «{0}» en cada tono a medida que pasa el tiempo: los graves abajo, más claro donde suena más fuerte.",
  "I know no kind of sound called “{0}”. Choose one from the list.":
    "No conozco ningún tipo de sonido llamado «{0}». Elige uno de la lista.",
  "### All sounds": "### Todos los sonidos",
  "### Sounds: {0}": "### Sonidos: {0}",
  "There is no sound of this kind yet.": "Todavía no hay ningún sonido de este tipo.",
  "Choose a kind of sound": "Elige un tipo de sonido",
  everything: "todo",
  "Play one, or queue it": "Reproduce uno o ponlo en la cola",
  "Sounds are added and changed by those who manage this server, or have its host role. Ask one of them.":
    "Los sonidos los añaden y cambian quienes administran este servidor o tienen su rol de anfitrión. Pídeselo a alguien de ellos.",
  "There is no sound file here. Attach one, then try again.":
    "Aquí no hay ningún archivo de sonido. Adjunta uno y prueba otra vez.",
  "{0} more": "{0} más",
  "A sudden sound at {0}: softened.": "Un sonido repentino en {0}: suavizado.",
  "A sudden sound at {0}: kept as it is, and flagged.": "Un sonido repentino en {0}: se queda como está, y marcado.",
  "{0} sudden sounds at {1}: softened.": "{0} sonidos repentinos en {1}: suavizados.",
  "{0} sudden sounds at {1}: kept as they are, and flagged.":
    "{0} sonidos repentinos en {1}: se quedan como están, y marcados.",
  Softened: "Suavizado",
  Soften: "Suavizar",
  "Keep as they are": "Dejar como está",
  "Kept as they are": "Se queda como está",
  "Take it away": "Quitarlo",
  "### {0} is one of this server's sounds": "### {0} ya es uno de los sonidos de este servidor",
  "{0} · {1} · {2}, now {3}": "{0} · {1} · {2}, ahora {3}",
  "-# /play offers it. /sounds edit changes what is said of it.":
    "-# /play lo ofrece. /sounds edit cambia lo que se dice de él.",
  "Listening to {0} … {1} %": "Escuchando {0} … {1} %",
  "{0} is taken away again.": "{0} ya no está.",
  "That sound is none of this server's own. /sounds browse shows what there is.":
    "Ese sonido no es de este servidor. /sounds browse muestra lo que hay.",
  "Choose what to change: a title, a kind, flags or a licence.":
    "Elige qué cambiar: un título, un tipo, avisos o una licencia.",
  "Only the home server of whoever runs Lull can share a sound with all.":
    "Solo el servidor propio de quien administra Lull puede compartir un sonido con todos.",
  "{0} is changed. Every favourite of it goes on.": "{0} ha cambiado. Todos sus favoritos siguen igual.",
  "{0} is no longer here. Favourites and queues say so, and go on to the next.":
    "{0} ya no está aquí. Los favoritos y las colas lo dicen y pasan al siguiente.",
  Recording: "Grabación",
  "WAV, MP3, FLAC, Ogg, Opus, M4A, AIFF or WebM, of 25 MB at most":
    "WAV, MP3, FLAC, Ogg, Opus, M4A, AIFF o WebM, de 25 MB como mucho",
  Title: "Título",
  "The file's name, when you leave it empty": "El nombre del archivo, si lo dejas vacío",
  "Kind of sound": "Tipo de sonido",
  "What some ears cannot bear in it": "Lo que algunos oídos no soportan",
  "What allows it to be played here": "Lo que permite reproducirlo aquí",
  "Add a recording": "Añadir una grabación",
  "This server has {0} sounds of its own, which is as many as it can. Make room with /sounds remove.":
    "Este servidor tiene {0} sonidos propios, y no caben más. Haz sitio con /sounds remove.",
  "There is a sound “{0}” here already. Choose another title.": "Aquí ya hay un sonido «{0}». Elige otro título.",
  "That file is larger than this can be. Choose another one.":
    "Ese archivo es más grande de lo que puede ser aquí. Elige otro.",
  "The file is larger than 25 MB. Export it as MP3 or Opus, or cut it into parts.":
    "El archivo pesa más de 25 MB. Expórtalo como MP3 u Opus, o córtalo en partes.",
  "I only take files that were attached here. Attach the file itself, then try again.":
    "Solo acepto archivos adjuntados aquí. Adjunta el archivo mismo y prueba otra vez.",
  "The file could not be fetched from Discord. Attach it again, then try once more.":
    "No se pudo traer el archivo desde Discord. Adjúntalo otra vez y vuelve a probar.",
  "The file took longer than 30 seconds to arrive. Try again in a minute.":
    "El archivo tardó más de 30 segundos en llegar. Prueba otra vez en un minuto.",
  "The file of “{0}” can no longer be read. Choose another sound for now.":
    "El archivo de «{0}» ya no se puede leer. Elige otro sonido por ahora.",
  "That sound is no longer there. Choose another one.": "Ese sonido ya no está. Elige otro.",
  "Some files of this server are still being read. Try again in a minute.":
    "Todavía se están leyendo archivos de este servidor. Prueba otra vez en un minuto.",
  "There is no room for more sounds on this machine. Make room with /sounds remove, or ask who runs Lull for more.":
    "En esta máquina no queda sitio para más sonidos. Haz sitio con /sounds remove, o pide más a quien administra Lull.",
  "The file that was sent is no longer here. Add it again with /sounds add.":
    "El archivo enviado ya no está aquí. Añádelo otra vez con /sounds add.",
  "“{0}” has been removed. Choose another sound with /sounds browse.":
    "«{0}» se ha quitado. Elige otro sonido con /sounds browse.",
  "“{0}” can no longer be read. Choose another sound for now.":
    "«{0}» ya no se puede leer. Elige otro sonido por ahora.",
  "It is larger than 350 MB. Cut it into parts.": "Pesa más de 350 MB. Córtalo en partes.",
  "its format is cut off": "su formato está cortado",
  "its AAC is of a rare kind": "su AAC es de un tipo poco común",
  "a frame is too long": "una trama es demasiado larga",
  "its Vorbis headers are missing": "faltan sus cabeceras Vorbis",
  "its Vorbis headers are cut off": "sus cabeceras Vorbis están cortadas",
  "it holds an unknown kind of sound": "contiene un tipo de sonido desconocido",
  "it holds {0} sound": "contiene sonido en {0}",
  "its structure ends at byte {0}": "su estructura termina en el byte {0}",
  "after its tag it holds no sound": "tras su etiqueta no hay sonido",
  "its beginning is cut off": "su principio está cortado",
  "its channels are in an unknown order": "sus canales están en un orden desconocido",
  "a part of it cannot be decoded": "una parte no se puede descodificar",
  "its WAV is compressed": "su WAV está comprimido",
  "its AIFF is compressed": "su AIFF está comprimido",
  "its samples are of {0} bits": "sus muestras son de {0} bits",
  "its format is missing": "falta su formato",
  "it has {0} channels": "tiene {0} canales",
  "its sample rate is {0} Hz": "su frecuencia de muestreo es de {0} Hz",
  "it changes its format on the way": "cambia de formato por el camino",
  "The file is empty. Export it again, then try once more.":
    "El archivo está vacío. Expórtalo otra vez y vuelve a probar.",
  "This is not a kind of sound that I can read. Send WAV, MP3, FLAC, Ogg Vorbis, Opus, M4A, AAC, AIFF or WebM.":
    "No sé leer este tipo de sonido. Envía WAV, MP3, FLAC, Ogg Vorbis, Opus, M4A, AAC, AIFF o WebM.",
  "This is a playlist or a script, not a sound. Send the sound file itself.":
    "Esto es una lista de reproducción o un script, no un sonido. Envía el archivo de sonido mismo.",
  "The file is damaged or cut off: {0}. Export it again, then try once more.":
    "El archivo está dañado o cortado: {0}. Expórtalo otra vez y vuelve a probar.",
  "I cannot use this file: {0}. Export it as 48 kHz stereo, then try once more.":
    "No puedo usar este archivo: {0}. Expórtalo en estéreo a 48 kHz y vuelve a probar.",
  "There is nothing to hear in this file. Send one with sound in it.":
    "En este archivo no hay nada que oír. Envía uno con sonido.",
  "This sound is shorter than a second. Send one of three seconds or more.":
    "Este sonido dura menos de un segundo. Envía uno de tres segundos o más.",
  "This sound is longer than {0} hours. Cut it into parts, then send each.":
    "Este sonido dura más de {0} horas. Córtalo en partes y envíalas una a una.",
  "This file takes too long to read. Send a shorter one, or export it again as MP3.":
    "Leer este archivo lleva demasiado tiempo. Envía uno más corto, o expórtalo otra vez como MP3.",
  "This file takes too much memory. Send a shorter one, or export it again as MP3.":
    "Este archivo ocupa demasiada memoria. Envía uno más corto, o expórtalo otra vez como MP3.",
  "it cannot be decoded": "no se puede descodificar",
};
