import type { Sentences } from "../catalogue.ts";

/** Settings, permissions, help, and what goes wrong. */
export const house: Sentences = {
  "Nothing is in the way here. Join a voice channel and ask again to have that one looked at, too.":
    "Aquí no estorba nada. Entra en un canal de voz y pregunta otra vez para que mire también ese.",
  "Nothing is in the way here. {0} is ready.": "Aquí no estorba nada. {0} está listo.",
  "### Lull": "### Lull",
  "Sounds to fall asleep to, together.": "Sonidos para dormirse en compañía.",
  "\n**Start here**": "\n**Para empezar**",
  "1. Join a voice channel.": "1. Entra en un canal de voz.",
  "2. `/play`, and choose a sound. It repeats until another one is queued.":
    "2. `/play`, y elige un sonido. Se repite hasta que haya otro en la cola.",
  "3. `/sleep in 30m`. The sound fades for everyone, and the bot leaves.":
    "3. `/sleep in 30m`. El sonido se apaga para todos y el bot se va.",
  "\n**Then**": "\n**Después**",
  "- `/sounds browse` shows what there is, by kind.": "- `/sounds browse` muestra lo que hay, por tipos.",
  "- `/queue`, `/skip` and `/back` go from sound to sound; `/pause` and `/resume` hold it.":
    "- `/queue`, `/skip` y `/back` van de sonido en sonido; `/pause` y `/resume` lo detienen y lo retoman.",
  "- `/evening start` leads through a whole evening; `/evening schedule` lets one begin by itself.":
    "- `/evening start` guía por una noche entera; `/evening schedule` deja que empiece sola.",
  "- `/favourites add` keeps what plays now.": "- `/favourites add` guarda lo que suena ahora.",
  "- `/avoid` keeps away what you would rather not hear, and names nobody; `/sample` lets you hear a sound first.":
    "- `/avoid` aleja lo que preferirías no oír, y no nombra a nadie; `/sample` te deja oír un sonido antes.",
  "- `/discover` has ideas. A tap on the moon says that it tingles.":
    "- `/discover` tiene ideas. Un toque en la luna dice que hay cosquilleo.",
  "- `/sleep extend` gives the room more time, even while it fades.":
    "- `/sleep extend` da más tiempo a la sala, incluso mientras se apaga.",
  "- Whoever sits in the channel may do nearly all of this. Skipping and `/stop` are for the one who queued the sound, a host, or more than half of you.":
    "- Quien está en el canal puede hacer casi todo esto. Saltar y `/stop` son para quien puso el sonido, un anfitrión, o más de la mitad del grupo.",
  "\n**How loud?**": "\n**¿Qué tan fuerte?**",
  "Everything here is soft and of one loudness, and `/loudness` makes it softer. How loud it is at your ear cannot be known from here: it depends on your device. Start low. For bedrooms at night the World Health Organization's guidance is about 30 dB(A) of steady sound, with single sounds no louder than 45 dB(A). For infants, keep it below 50 dB.":
    "Aquí todo es suave y de la misma intensidad, y `/loudness` lo baja más. Desde aquí no se puede saber qué tan fuerte llega a tu oído: depende de tu dispositivo. Empieza bajito. Para dormitorios de noche, la Organización Mundial de la Salud habla de unos 30 dB(A) de sonido constante, sin sonidos sueltos por encima de 45 dB(A). Para bebés, quédate por debajo de 50 dB.",
  "\n-# To hear less of everyone, use your own volume: right-click or long-press the bot in the voice channel.":
    "\n-# Para oír menos a todos, usa tu propio volumen: clic derecho o toque largo en el bot, en el canal de voz.",
  "This is for those who may manage events or the server, and for those with the host role. Ask one of them.":
    "Esto es para quienes pueden administrar eventos o el servidor, y para quienes tienen el rol de anfitrión. Pídeselo a alguien de ellos.",
  From: "Desde",
  "Such as 23:00": "Por ejemplo 23:00",
  To: "Hasta",
  "Such as 7:00": "Por ejemplo 7:00",
  "Time zone": "Zona horaria",
  "Such as Europe/Berlin or America/New_York": "Por ejemplo Europe/Madrid o America/Mexico_City",
  "Sleep timer": "Temporizador",
  "For rooms that have none, such as 60m": "Para salas que no tienen, por ejemplo 60m",
  "Softer by": "Más suave en",
  "How far the ceiling drops, 0 to 18 LU": "Cuánto baja el límite, de 0 a 18 LU",
  "Quiet hours": "Horas de silencio",
  "I did not understand the time zone. Try Europe/Berlin. Nothing has changed.":
    "No entendí la zona horaria. Prueba con Europe/Madrid. No ha cambiado nada.",
  "I did not understand when they begin. Try 23:00. Nothing has changed.":
    "No entendí cuándo empiezan. Prueba con 23:00. No ha cambiado nada.",
  "I did not understand when they end. Try 7:00. Nothing has changed.":
    "No entendí cuándo terminan. Prueba con 7:00. No ha cambiado nada.",
  "I did not understand quiet hours that begin when they end. Try 23:00 to 7:00. Nothing has changed.":
    "No entendí unas horas de silencio que empiezan cuando terminan. Prueba de 23:00 a 7:00. No ha cambiado nada.",
  "I did not understand how much softer. Try 6. Nothing has changed.":
    "No entendí cuánto más suave. Prueba con 6. No ha cambiado nada.",
  "I leave": "me voy",
  "at the end: leave": "al final: irme",
  "I leave, and take the listeners along: to the AFK channel, or out where they agreed":
    "me voy y me llevo a quienes escuchan: al canal AFK, o fuera si lo aceptaron",
  "at the end: take the listeners along": "al final: llevarme a quienes escuchan",
  "the sound goes on at a whisper": "el sonido sigue en un susurro",
  "at the end: go on at a whisper": "al final: seguir en un susurro",
  "as Discord says": "como en Discord",
  "{0} to {1} ({2}): {3} LU softer, and a timer of {4}":
    "de {0} a {1} ({2}): {3} LU más suave, y un temporizador de {4}",
  "no fade": "sin apagarse",
  "not at all": "nada",
  "{0} dB": "{0} dB",
  "### Settings of this server": "### Ajustes de este servidor",
  "The loudest a room gets: **{0}**": "Lo más fuerte que suena una sala: **{0}**",
  "The end of a sleep timer: **{0}**, then {1}": "El final de un temporizador: **{0}**, y luego {1}",
  "With eyes closed: **on** (muting, deafening or a moon during the fade gives 15 minutes more)":
    "Con los ojos cerrados: **sí** (silenciarse, ensordecerse o una luna mientras se apaga da 15 minutos más)",
  "With eyes closed: **off** (muting, deafening or a moon during the fade gives 15 minutes more)":
    "Con los ojos cerrados: **no** (silenciarse, ensordecerse o una luna mientras se apaga da 15 minutos más)",
  "While a member speaks, softer by: **{0}**": "Mientras alguien habla, más suave en: **{0}**",
  "Skip and stop: **the one who queued it, a host, or more than half of the listeners**":
    "Saltar y terminar: **quien lo puso, un anfitrión, o más de la mitad de quienes escuchan**",
  "Skip and stop: **anyone who listens**": "Saltar y terminar: **cualquiera que escuche**",
  "Quiet hours: **{0}**": "Horas de silencio: **{0}**",
  none: "ninguna",
  "Host role: {0}": "Rol de anfitrión: {0}",
  "**none**": "**ninguno**",
  "Usual voice channel: {0}": "Canal de voz habitual: {0}",
  "Language of what the whole room sees: **{0}**": "Idioma de lo que ve toda la sala: **{0}**",
  "The loudest a room gets": "Lo más fuerte que suena una sala",
  "loudest: {0}": "como mucho: {0}",
  "How long the end of a timer fades": "Cuánto tarda en apagarse el final de un temporizador",
  "fade: {0}": "apagarse: {0}",
  "What happens when the timer is over": "Qué pasa cuando termina el temporizador",
  "How much softer while a member speaks": "Cuánto más suave mientras alguien habla",
  "while somebody speaks: no softer": "mientras alguien habla: igual",
  "while somebody speaks: {0} dB softer": "mientras alguien habla: {0} dB más suave",
  "Language of what the whole room sees": "Idioma de lo que ve toda la sala",
  "language: as Discord says": "idioma: como en Discord",
  "language: {0}": "idioma: {0}",
  "Host role": "Rol de anfitrión",
  "Usual voice channel": "Canal de voz habitual",
  "No quiet hours": "Sin horas de silencio",
  "Eyes closed: turn off": "Ojos cerrados: desactivar",
  "Eyes closed: turn on": "Ojos cerrados: activar",
  "Votes: turn off": "Votos: desactivar",
  "Votes: turn on": "Votos: activar",
  "View Channel": "Ver canal",
  Connect: "Conectar",
  Speak: "Hablar",
  "Send Messages": "Enviar mensajes",
  "Read Message History": "Leer el historial de mensajes",
  "Without Move Members, which Server Settings → Roles gives, there is no /sleep me.":
    "Sin «Mover miembros» (Ajustes del servidor → Roles) no hay /sleep me.",
  "Without Create Events, which Server Settings → Roles gives, there are no evenings in the server's calendar.":
    "Sin «Crear eventos» (Ajustes del servidor → Roles) no hay veladas en el calendario del servidor.",
  "Without Set Voice Channel Status, which Server Settings → Roles gives, the channel list does not show what plays.":
    "Sin «Establecer el estado del canal de voz» (Ajustes del servidor → Roles) la lista de canales no muestra lo que suena.",
  "In {0} I lack **{1}**. Give it to my role in Edit Channel → Permissions.":
    "En {0} me falta **{1}**. Dáselo a mi rol en Editar canal → Permisos.",
  "{0} is full. Raise its user limit by one in Edit Channel → Overview.":
    "{0} está lleno. Sube en uno su límite de usuarios en Editar canal → Vista general.",
  "I am muted in {0}. A moderator can unmute me with a right-click.":
    "En {0} estoy en silencio. Un moderador puede quitármelo con un clic derecho.",
  "On the stage {0} I am in the audience. Invite me to speak, or give me **Mute Members** there.":
    "En el escenario {0} estoy entre el público. Invítame a hablar, o dame allí **Silenciar miembros**.",
  "In {0} I lack **{1}**, so the panel has no place there. Give it to my role in Edit Channel → Permissions.":
    "En {0} me falta **{1}**, así que el panel no tiene sitio allí. Dáselo a mi rol en Editar canal → Permisos.",
  "I cannot see {0}. Give my role **View Channel** in Edit Channel → Permissions.":
    "No veo {0}. Da a mi rol **Ver canal** en Editar canal → Permisos.",
  "Lull is here. Join a voice channel and type /play; /help says the rest.":
    "Lull está aquí. Entra en un canal de voz y escribe /play; /help cuenta el resto.",
  "Something went wrong here. It is noted as {0}. Please try again in a moment.":
    "Algo ha ido mal aquí. Queda anotado como {0}. Prueba otra vez en un momento.",
  "That could not be saved just now. The sound goes on; try again in a minute.":
    "Eso no se pudo guardar ahora mismo. El sonido sigue; prueba otra vez en un minuto.",
};
