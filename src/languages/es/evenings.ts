import type { Sentences } from "../catalogue.ts";

/** Programmes and evenings that begin by themselves. */
export const evenings: Sentences = {
  "{0} begins in {1}. {2}": "{0} empieza en {1}. {2}",
  "It falls silent {0}.": "Queda en silencio {0}.",
  "It goes round until somebody stops it.": "Da vueltas hasta que alguien lo detenga.",
  "**A programme that is gone**": "**Un programa que ya no existe**",
  "Next: {0}, {1}.": "Próxima vez: {0}, {1}.",
  "{0} begins {1}, in {2}.": "{0} empieza {1}, en {2}.",
  "Did not begin the last time, {0}: {1}": "La última vez no empezó, {0}: {1}",
  "Leaves out {0}": "Se salta {0}",
  "### Evenings": "### Veladas",
  "None is planned yet. /evening schedule plans one that begins by itself.":
    "Todavía no hay ninguna prevista. /evening schedule prepara una que empieza sola.",
  "{0} is next {1}.": "{0} es la próxima vez {1}.",
  "{0} is next {1}. It leaves out {2}.": "{0} es la próxima vez {1}. Se salta {2}.",
  "{0} is no longer planned. What plays now goes on.": "{0} ya no está prevista. Lo que suena ahora sigue.",
  "I know no programme called “{0}”. Choose one from the list that opens as you type, such as Drift Off.":
    "No conozco ningún programa llamado «{0}». Elige uno de la lista que se abre al escribir, como A la deriva.",
  "nothing to hear": "nada que oír",
  "rounds of {0}": "vueltas de {0}",
  "daily at {0}, {1}": "cada día a las {0}, {1}",
  "{0} at {1}, {2}": "{0} a las {1}, {2}",
  "A programme that is gone": "Un programa que ya no existe",
  daily: "diario",
  weekdays: "laborables",
  weekends: "fin de semana",
  "To settle in": "Para llegar",
  "What is heard first": "Lo que se oye primero",
  "The trigger": "El estímulo",
  "What the evening is about": "De qué va la noche",
  "To go deeper, and to fade away": "Para ir más hondo y apagarse",
  "What is left when the rest has gone": "Lo que queda cuando lo demás se ha ido",
  "A programme of your own": "Un programa propio",
  "Its name": "Su nombre",
  "A name that is there already is saved over": "Un nombre que ya existe se sobrescribe",
  "How long": "Cuánto dura",
  "It ends in silence": "Termina en silencio",
  "Something was left open in the form. Open it again with /evening design.":
    "Algo quedó sin rellenar en el formulario. Ábrelo otra vez con /evening design.",
  "{0} is kept: {1}. {2} /evening start lets it begin, /evening schedule plans it.":
    "{0} está guardado: {1}. {2} /evening start lo hace empezar, /evening schedule lo programa.",
  "Discord does not show it as an event, because I may not create events here; giving me Create Events changes that. The evening begins all the same.":
    "Discord no la muestra como evento porque aquí no puedo crear eventos; con el permiso «Crear eventos» eso cambia. La velada empieza igualmente.",
  "Discord does not show it as an event, because there are 100 events here already, which is as many as it takes. The evening begins all the same.":
    "Discord no la muestra como evento porque aquí ya hay 100 eventos, y no admite más. La velada empieza igualmente.",
  "Its voice channel is no longer there. Plan it anew with /evening schedule in another one.":
    "Su canal de voz ya no existe. Prepárala de nuevo con /evening schedule en otro.",
  "Discord did not take the event just now. The evening begins all the same.":
    "Discord no aceptó el evento ahora mismo. La velada empieza igualmente.",
  "Nothing of this programme can be heard here tonight. Choose another one with /evening start, or a sound with /play.":
    "De este programa no se puede oír nada aquí esta noche. Elige otro con /evening start, o un sonido con /play.",
  "From {0} through {1} to {2}.": "De {0} a {2}, pasando por {1}.",
  "There is no such evening planned here. /evening list shows those there are.":
    "Aquí no hay prevista ninguna velada así. /evening list muestra las que hay.",
  "Its programme is no longer there. Plan it anew with /evening schedule, or take it off with /evening cancel.":
    "Su programa ya no existe. Prepárala de nuevo con /evening schedule, o quítala con /evening cancel.",
  "Those days never come at that place. Choose other ones, such as daily.":
    "Esos días no llegan nunca en ese lugar. Elige otros, como diario.",
  "An evening did not begin.": "Una velada no empezó.",
  "{0} did not begin.": "{0} no empezó.",
  "An evening of sound": "Una velada de sonido",
  "Lull was away at that time, so this one was left out.": "Lull no estaba a esa hora, así que esta se saltó.",
  "I do not know that time zone. Begin to type a city and choose from the list, such as Europe/Berlin or America/New_York.":
    "No conozco esa zona horaria. Empieza a escribir una ciudad y elige de la lista, como Europe/Madrid o America/Mexico_City.",
  "I did not understand those days. Try daily, weekdays, weekends, or mon wed fri.":
    "No entendí esos días. Prueba con diario, laborables, fin de semana, o lun mié vie.",
  "There is no programme “{0}” of this server's own. /evening design makes one.":
    "Este servidor no tiene ningún programa propio «{0}». /evening design crea uno.",
  "This server has {0} programmes of its own, which is as many as it can. Save over one by giving its name again.":
    "Este servidor tiene {0} programas propios, y no caben más. Sobrescribe uno poniendo otra vez su nombre.",
  "This server has {0} evenings planned, which is as many as it can. Make room with /evening cancel.":
    "Este servidor tiene {0} veladas previstas, y no caben más. Haz sitio con /evening cancel.",
};
