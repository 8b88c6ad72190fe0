import type { Sentences } from "../catalogue.ts";

/** Playing, the queue, and what is refused there. */
export const listening: Sentences = {
  "Back to {0}.": "De vuelta a {0}.",
  "Back to the sound before.": "De vuelta al sonido anterior.",
  "The loudness goes to “{0}”.": "El volumen pasa a «{0}».",
  "I am in {0}, and nothing is playing. Add a sound with /play.":
    "Estoy en {0} y no suena nada. Añade un sonido con /play.",
  "{0} is on its way to {1}, queued by {2}.": "{0} va de camino a {1}, lo puso {2}.",
  "{0} is paused in {1}, queued by {2}.": "{0} está en pausa en {1}, lo puso {2}.",
  "{0} plays in {1}, queued by {2}.": "{0} suena en {1}, lo puso {2}.",
  "{0} comes next.": "{0} viene después.",
  "Loudness: {0}.": "Volumen: {0}.",
  "Paused. /resume brings the sound back.": "En pausa. /resume trae de vuelta el sonido.",
  "{0} plays in {1}.": "{0} suena en {1}.",
  "{0} is on its way to {1}.": "{0} va de camino a {1}.",
  "{0} is number {1} in the queue.": "{0} es el número {1} de la cola.",
  "A sound repeats until the queue has another one, and the queue is heard once.":
    "Un sonido se repite hasta que la cola tenga otro, y la cola se oye una vez.",
  "This sound repeats, whatever the queue has.": "Este sonido se repite, tenga lo que tenga la cola.",
  "The queue goes round: what has been heard goes to its end.": "La cola da vueltas: lo que se ha oído pasa al final.",
  "Now: {0} · {1}": "Ahora: {0} · {1}",
  "Nothing is waiting. Add a sound with /play.": "No espera nada. Añade un sonido con /play.",
  "{0} is now number {1}.": "{0} es ahora el número {1}.",
  "It is now number {0}.": "Ahora es el número {0}.",
  "{0} is off the queue.": "{0} ya no está en la cola.",
  "It is off the queue.": "Ya no está en la cola.",
  "Shuffled. {0} comes next.": "Mezclada. {0} viene después.",
  "Shuffled.": "Mezclada.",
  "What you queued is off the queue. What others queued stays.":
    "Lo que tú pusiste ya no está en la cola. Lo que pusieron otros se queda.",
  "The queue is empty now. What plays goes on.": "La cola está vacía. Lo que suena sigue.",
  "Join a voice channel first, then try again.": "Entra primero en un canal de voz y prueba otra vez.",
  "This is for those who listen in {0}. Join them there, then try again.":
    "Esto es para quienes escuchan en {0}. Únete allí y prueba otra vez.",
  "Nothing is playing yet. Start with /play.": "Todavía no suena nada. Empieza con /play.",
  "This panel is from an earlier session. Start a new one with /play.":
    "Este panel es de una sesión anterior. Empieza una nueva con /play.",
  "This button no longer works. Run the command again to get a fresh one.":
    "Este botón ya no funciona. Usa otra vez el comando para tener uno nuevo.",
  "This command has changed. Type / again to see the commands as they are now.":
    "Este comando ha cambiado. Escribe / otra vez para ver los comandos como son ahora.",
  "Lull plays in the voice channels of a community. Use this command there.":
    "Lull suena en los canales de voz de una comunidad. Usa este comando allí.",
  "I cannot see {0}. Ask someone who manages it to give me View Channel, or choose another channel.":
    "No veo {0}. Pide a quien lo administra que me dé «Ver canal», o elige otro canal.",
  "I may not connect to {0}. Ask someone who manages it to give me Connect, or choose another channel.":
    "No puedo conectarme a {0}. Pide a quien lo administra que me dé «Conectar», o elige otro canal.",
  "I may not speak in {0}. Ask someone who manages it to give me Speak, or choose another channel.":
    "No puedo hablar en {0}. Pide a quien lo administra que me dé «Hablar», o elige otro canal.",
  "{0} is full. Raise its user limit by one or choose another channel, then try again.":
    "{0} está lleno. Sube en uno su límite de usuarios o elige otro canal, y prueba otra vez.",
  "Choose a channel with the option, or a usual one for this server with /settings.":
    "Elige un canal con la opción, o uno habitual para este servidor con /settings.",
  "I may not disconnect anyone here, so your own timer would do nothing. Ask someone who manages the server to give me Move Members.":
    "Aquí no puedo desconectar a nadie, así que tu propio temporizador no haría nada. Pide a quien administra el servidor que me dé «Mover miembros».",
  "This keeps what plays on Lull’s panel. Use it there, or try /favourites add.":
    "Esto guarda lo que suena en un panel de Lull. Úsalo allí, o prueba /favourites add.",
  "I know no sound called “{0}”. /sounds browse shows all there are.":
    "No conozco ningún sonido llamado «{0}». /sounds browse muestra todos los que hay.",
  "There is no favourite called “{0}”. /favourites list shows them.":
    "No hay ningún favorito llamado «{0}». /favourites list los muestra.",
  "The sound of “{0}” is no longer in the library. Choose another with /sounds browse, or take it off with /favourites remove.":
    "El sonido de «{0}» ya no está en la biblioteca. Elige otro con /sounds browse, o quítalo con /favourites remove.",
  "The sound is coming back.": "El sonido está volviendo.",
  "Going on to {0}.": "Pasamos a {0}.",
  "Skipped.": "Saltado.",
  "No sleep timer is set. Set one with /sleep in, such as /sleep in 30m.":
    "No hay temporizador puesto. Pon uno con /sleep in, como /sleep in 30m.",
  "Your own timer is off.": "Tu propio temporizador está quitado.",
  "You are disconnected {0}; the room plays on. /sleep me off takes it back.":
    "Se te desconecta {0}; la sala sigue sonando. `/sleep me no` lo deshace.",
  "The sleep timer is off. The sound goes on.": "El temporizador está quitado. El sonido sigue.",
  "The sound goes quiet, and I leave. Good night.": "El sonido se apaga y me voy. Buenas noches.",
  "Files here have to be smaller than that picture. The still version is: choose still.":
    "Aquí los archivos tienen que pesar menos que esa imagen. La versión fija cabe: elige la imagen fija.",
  "-# {0} · silent, and still": "-# {0} · sin sonido, y fija",
  "-# {0} · silent": "-# {0} · sin sonido",
  "{0} is being drawn for the first time. That takes up to a minute.":
    "{0} se está dibujando por primera vez. Tarda hasta un minuto.",
  "{0} of the {1} it takes would like to skip this. The others can join with /skip, or on the panel.":
    "A {0} de los {1} que hacen falta les gustaría saltarlo. Los demás pueden sumarse con /skip o en el panel.",
  "{0} of the {1} it takes would like to stop. The others can join with /stop, or on the panel.":
    "A {0} de los {1} que hacen falta les gustaría terminar. Los demás pueden sumarse con /stop o en el panel.",
  "A sound could not be prepared, and was left out.": "Un sonido no se pudo preparar y se dejó fuera.",
  "Lull is restarting. Try again in a minute.": "Lull se está reiniciando. Prueba otra vez en un minuto.",
  "That name has nothing to read. Try a short one, such as Rainy window.":
    "En ese nombre no hay nada que leer. Prueba uno corto, como Ventana con lluvia.",
  "A whisper has {0} letters at most. Leave some out.": "Un susurro tiene {0} letras como mucho. Quita algunas.",
  "There is nothing to be whispered. Write a sentence or two, without links and mentions.":
    "No hay nada que susurrar. Escribe una frase o dos, sin enlaces ni menciones.",
  "I did not understand that time of day. Try 23:30, or 11:30 pm.":
    "No entendí esa hora. Prueba con 23:30, o 11:30 pm.",
  "That is more than 12 hours away. Try a time sooner than that, such as 23:30.":
    "Faltan más de 12 horas para eso. Prueba una hora más cercana, como 23:30.",
  "{0} is still being prepared. It starts by itself in a moment.":
    "{0} todavía se está preparando. Empieza solo en un momento.",
  "A room is already listening in <#{0}>. Join it there, or wait until it is over.":
    "Ya hay una sala escuchando en <#{0}>. Únete allí, o espera a que termine.",
  "The queue is full with {0} sounds. Make room with /queue remove or /queue clear.":
    "La cola está llena con {0} sonidos. Haz sitio con /queue remove o /queue clear.",
  "The queue is empty. Add a sound with /play.": "La cola está vacía. Añade un sonido con /play.",
  "Nothing comes after this sound. Add one with /play, or end the session with /stop.":
    "Después de este sonido no hay nada. Añade uno con /play, o termina la sesión con /stop.",
  "This is the first sound of the session. Choose another one with /play.":
    "Este es el primer sonido de la sesión. Elige otro con /play.",
  "The queue has one place. /queue show lists it.": "La cola tiene un lugar. /queue show lo muestra.",
  "The queue has places 1 to {0}. /queue show lists them.":
    "La cola tiene los lugares del 1 al {0}. /queue show los muestra.",
  "It is paused already. /resume brings the sound back.": "Ya está en pausa. /resume trae de vuelta el sonido.",
  "It is playing already. /pause holds it.": "Ya está sonando. /pause lo detiene.",
  "“{0}” is louder than this room allows. The loudest here is “{1}”.":
    "«{0}» es más fuerte de lo que permite esta sala. Lo más fuerte aquí es «{1}».",
  "Anyone may make it softer. Louder is for the one who queued this sound, or for the host.":
    "Cualquiera puede bajarlo. Subirlo es cosa de quien puso este sonido, o del anfitrión.",
  "This is for the one who queued it, or for the host. You can queue your own with /play.":
    "Esto es para quien lo puso, o para el anfitrión. Puedes poner el tuyo con /play.",
  "A mix has {0} layers at most. Take one out with /mix remove first.":
    "Una mezcla tiene {0} capas como mucho. Saca antes una con /mix remove.",
  "{0} is in the mix already. /mix show changes how loud it is, and where.":
    "{0} ya está en la mezcla. /mix show cambia qué tan fuerte suena y dónde.",
  "That sound is not in the mix. /mix show lists what is.":
    "Ese sonido no está en la mezcla. /mix show muestra lo que hay.",
  "That is the only sound left. Choose another one with /play, or end with /stop.":
    "Es el único sonido que queda. Elige otro con /play, o termina con /stop.",
  "You have set no timer of your own. Set one with /sleep me, such as /sleep me 40m.":
    "No has puesto ningún temporizador propio. Pon uno con /sleep me, como /sleep me 40m.",
  "No sound is playing that it could end with. Try /sleep in 30m.":
    "No suena nada con lo que pueda terminar. Prueba /sleep in 30m.",
  "Nobody is in the voice channel. Join it, and the sound comes back by itself.":
    "No hay nadie en el canal de voz. Entra, y el sonido vuelve solo.",
  "There is no such picture. Choose one from the list.": "No hay ninguna imagen así. Elige una de la lista.",
  "That picture could not be drawn just now. Choose another one for now.":
    "Esa imagen no se pudo dibujar ahora. Elige otra por ahora.",
  "There is no such sound. Type a few letters and choose one from the list.":
    "No hay ningún sonido así. Escribe unas letras y elige uno de la lista.",
  "“{0}” could not be prepared. Choose another sound for now.":
    "«{0}» no se pudo preparar. Elige otro sonido por ahora.",
};
