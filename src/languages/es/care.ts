import type { Sentences } from "../catalogue.ts";

/** Each member’s ears, what works in a room, and the morning. */
export const care: Sentences = {
  "It is left out tonight.": "Esta noche se deja fuera.",
  "{0} is left out of it tonight.": "{0} se deja fuera esta noche.",
  nobody: "nadie",
  one: "una persona",
  two: "dos",
  three: "tres",
  four: "cuatro",
  five: "cinco",
  six: "seis",
  seven: "siete",
  eight: "ocho",
  nine: "nueve",
  ten: "diez",
  eleven: "once",
  twelve: "doce",
  "{0} people": "{0} personas",
  "1 hour": "1 hora",
  "{0} hours": "{0} horas",
  "1 minute": "1 minuto",
  "{0} minutes": "{0} minutos",
  "{0} and {1}": "{0} y {1}",
  "Good morning. The room rested for {0}, {1} in all.": "Buenos días. La sala ha descansado {0}; en total, {1}.",
  "Good morning. The room rested for {0}, {1} in all: {2}.":
    "Buenos días. La sala ha descansado {0}; en total, {1}: {2}.",
  "Good morning. The room rested for {0}, {1} in all, {2} among them.":
    "Buenos días. La sala ha descansado {0}; en total, {1}, entre ellos {2}.",
  "This room has heard mostly {0} of late, and what is always there is felt less. Something near it, such as {1}, or an evening's rest brings it back; /discover has ideas.":
    "Últimamente esta sala ha oído sobre todo {0}, y lo que siempre está se siente menos. Algo parecido, como {1}, o una noche de descanso lo trae de vuelta; /discover tiene ideas.",
  "This room has heard mostly {0} of late, and what is always there is felt less. Something else or an evening's rest brings it back; /discover has ideas.":
    "Últimamente esta sala ha oído sobre todo {0}, y lo que siempre está se siente menos. Otra cosa o una noche de descanso lo trae de vuelta; /discover tiene ideas.",
  "{0} is not a good fit for everyone here tonight, so it is left out. /discover offers others.":
    "{0} no es lo mejor para todos aquí esta noche, así que se deja fuera. /discover ofrece otros.",
  "Not a good fit for everyone here tonight.": "No es lo mejor para todos aquí esta noche.",
  "It has: {0}. With so few here, a word with the others tells whether it suits.":
    "Tiene: {0}. Siendo tan pocos, basta preguntar a los demás si les va bien.",
  "{0} was left out tonight.": "{0} se dejó fuera esta noche.",
  "### ASMR": "### ASMR",
  "A tingling that some people feel at certain sounds and sights. It begins at the scalp, runs down the neck, and comes with calm. Many people never feel it; nothing is missing then, and a quiet sound may be pleasant all the same.":
    "Un cosquilleo que algunas personas sienten con ciertos sonidos e imágenes. Empieza en el cuero cabelludo, baja por la nuca y trae calma. Muchas nunca lo sienten; no les falta nada, y un sonido suave puede ser agradable igualmente.",
  "\n**What is known**": "\n**Lo que se sabe**",
  "- 475 people who feel it were asked online. What brings it on most often: whispering (75 %), personal attention (69 %), crisp sounds (64 %), slow movements (53 %). 98 % look for it to relax, 82 % to fall asleep. [1]":
    "- Se preguntó en línea a 475 personas que lo sienten. Lo que más lo provoca: los susurros (75 %), la atención personal (69 %), los sonidos nítidos (64 %), los movimientos lentos (53 %). El 98 % lo busca para relajarse, el 82 % para dormirse. [1]",
  "- Videos made for it were pleasant to those who feel it, and not to others. In the laboratory their hearts beat more slowly, while their skin showed more arousal: calm and stirred at once. [2]":
    "- Los vídeos hechos para ello fueron agradables para quienes lo sienten, y no para los demás. En el laboratorio su corazón latía más despacio mientras su piel mostraba más activación: calma y emoción a la vez. [2]",
  "- 130 people told what helps: lower, complex sounds, a slow pace, care for detail. Music behind it gets in the way for many. [3]":
    "- 130 personas contaron lo que ayuda: sonidos graves y complejos, un ritmo lento, cuidado en los detalles. La música de fondo estorba a muchas. [3]",
  "\n**What is not known**": "\n**Lo que no se sabe**",
  "- Why some feel it and others do not, and how many they are.":
    "- Por qué unos lo sienten y otros no, y cuántos son.",
  "- Whether it does anything beyond the moment. Most studies are small, or ask people who were looking for it.":
    "- Si hace algo más allá del momento. La mayoría de los estudios son pequeños, o preguntan a quienes lo estaban buscando.",
  "- Why it fades. Many say that a trigger heard every day gives less; that has hardly been studied.":
    "- Por qué se apaga. Muchos dicen que un estímulo oído cada día da menos; eso apenas se ha estudiado.",
  "\n**When to skip it**": "\n**Cuándo dejarlo**",
  "Sounds that please one person are hard to bear for another, up to anger or panic: misophonia. People who feel ASMR report more of that than others do. [4] A sound that makes you tense is not for you, however much others like it. `/avoid` keeps such sounds away without telling anybody, `/visual` needs no sound at all.":
    "Los sonidos que gustan a una persona son difíciles de soportar para otra, hasta la rabia o el pánico: misofonía. Quienes sienten ASMR cuentan más de eso que los demás. [4] Un sonido que te pone en tensión no es para ti, por mucho que guste a otros. `/avoid` aleja esos sonidos sin decírselo a nadie, `/visual` no necesita sonido.",
  "\n-# This is no advice, and Lull is no treatment.": "\n-# Esto no es un consejo, y Lull no es un tratamiento.",
  Whispering: "Susurros",
  "Whispers and soft speech": "Susurros y voz baja",
  Breathing: "Respiración",
  "Breath close to the ear": "Aliento cerca del oído",
  "Sharp onsets": "Comienzos bruscos",
  "Snaps, clacks, sudden taps": "Chasquidos, golpes secos y repentinos",
  "Repetitive clicking": "Clics repetidos",
  "Keys, clippers, pens": "Teclas, maquinillas, bolígrafos",
  Ticking: "Tictac",
  "Clocks and steady ticks": "Relojes y tictacs constantes",
  "Wet and mouth sounds": "Sonidos húmedos y de boca",
  "Chewing, lips, gel, foam": "Masticar, labios, gel, espuma",
  "Bright sounds": "Sonidos brillantes",
  "High, hissing or scraping": "Agudos, sibilantes o que raspan",
  "Leave it out where nobody can tell it is for me": "Dejarlo fuera donde nadie note que es por mí",
  "It needs four or more of us; in smaller rooms it may play":
    "Hacen falta cuatro o más; en salas más pequeñas puede sonar",
  "Leave it out always": "Dejarlo fuera siempre",
  "In a small room, or when I come late, others may guess":
    "En una sala pequeña, o si llego tarde, otros podrían adivinarlo",
  "Only tell whoever queues it": "Solo avisar a quien lo ponga en la cola",
  "It plays, and nobody is named": "Suena, y no se nombra a nadie",
  "Kinds of sound": "Tipos de sonido",
  "What you would rather not hear. Nobody else sees this.": "Lo que preferirías no oír. Nadie más lo ve.",
  None: "Ninguno",
  "What a sound has": "Lo que tiene un sonido",
  "When such a sound comes": "Cuando llega un sonido así",
  "It counts from now on, in every community, as soon as it could be for any of four or more. What plays already is not cut off.":
    "Vale desde ahora, en todas las comunidades, en cuanto pueda ser por cualquiera de cuatro o más. Lo que ya suena no se corta.",
  "It counts from now on, in every community. In a small room others may guess that it is for you. What plays already is not cut off.":
    "Vale desde ahora, en todas las comunidades. En una sala pequeña otros podrían adivinar que es por ti. Lo que ya suena no se corta.",
  "It counts from now on, in every community. Whoever queues such a sound is told that it is not a good fit for everyone, without a name.":
    "Vale desde ahora, en todas las comunidades. A quien ponga en la cola un sonido así se le dice que no es lo mejor para todos, sin nombres.",
  "Rather not hear": "Mejor no oír",
  "Your list is empty now. You hear what the room hears.": "Tu lista está vacía. Oyes lo que oye la sala.",
  "/privacy delete removes it at once.": "/privacy delete lo borra al momento.",
  "You would rather not hear: {0} (whoever queues it is told, where nobody can tell for whom).":
    "Preferirías no oír: {0} (se avisa a quien lo pone en la cola, donde nadie note por quién).",
  "You would rather not hear: {0} (left out, where nobody can tell for whom).":
    "Preferirías no oír: {0} (se deja fuera, donde nadie note por quién).",
  "You would rather not hear: {0} (left out always, even where others may guess).":
    "Preferirías no oír: {0} (se deja fuera siempre, aunque otros puedan adivinarlo).",
  "not heard here yet": "aún no se ha oído aquí",
  "heard this evening": "se ha oído esta noche",
  "heard last evening": "se oyó la última noche",
  "last heard {0} evenings ago": "se oyó por última vez hace {0} noches",
  "There is nothing new to offer tonight. /sounds browse shows all there is.":
    "Esta noche no hay nada nuevo que ofrecer. /sounds browse muestra todo lo que hay.",
  "### Something else tonight": "### Algo distinto esta noche",
  "-# A tap queues it.": "-# Un toque lo pone en la cola.",
  "The morning's line here may name you.": "La línea de la mañana puede nombrarte aquí.",
  "The morning's line here does not name you.": "La línea de la mañana no te nombra aquí.",
  "When the timer ends here, you are disconnected with the bot.":
    "Cuando el temporizador termina aquí, se te desconecta junto con el bot.",
  "When the timer ends here, you are not disconnected.": "Cuando el temporizador termina aquí, no se te desconecta.",
  "You have no list of what you would rather not hear. /avoid makes one.":
    "No tienes ninguna lista de lo que preferirías no oír. /avoid crea una.",
  "With what carries your name elsewhere, such as favourites you added, that makes one entry. /privacy export gives you all of it, /privacy delete removes it.":
    "Con lo que lleva tu nombre en otros sitios, como los favoritos que añadiste, es una entrada. /privacy export te lo da todo, /privacy delete lo borra.",
  "With what carries your name elsewhere, such as favourites you added, that makes {0} entries. /privacy export gives you all of it, /privacy delete removes it.":
    "Con lo que lleva tu nombre en otros sitios, como los favoritos que añadiste, son {0} entradas. /privacy export te lo da todo, /privacy delete lo borra.",
  "Nothing about mood or health is kept of anyone.": "De nadie se guarda nada sobre el ánimo o la salud.",
  "All that is kept about you, as a file. /privacy delete removes it.":
    "Todo lo que se guarda sobre ti, en un archivo. /privacy delete lo borra.",
  "What Lull keeps about you, as JSON": "Lo que Lull guarda sobre ti, en JSON",
  "Your list and what you had allowed are deleted, in every community, and your name is off what you had added. What the room shares stays.":
    "Tu lista y lo que habías permitido se han borrado, en todas las comunidades, y tu nombre ya no está en lo que habías añadido. Lo que la sala comparte se queda.",
  "20 seconds of {0}, for you alone. Begin softly: your device decides how loud it is.":
    "20 segundos de {0}, solo para ti. Empieza bajito: tu dispositivo decide qué tan fuerte suena.",
  "-# Has: {0}": "-# Tiene: {0}",
  "20 seconds of {0}": "20 segundos de «{0}»",
  "No longer in the library": "Ya no está en la biblioteca",
  "{0}. {1} · {2}, most often in minute {3}": "{0}. {1} · {2}, sobre todo en el minuto {3}",
  "1 tingle, counted without names.": "1 cosquilleo, contado sin nombres.",
  "{0} tingles in 1 sound, counted without names.": "{0} cosquilleos en 1 sonido, contados sin nombres.",
  "{0} tingles in {1} sounds, counted without names.": "{0} cosquilleos en {1} sonidos, contados sin nombres.",
  "Tingles by sound": "Cosquilleos por sonido",
  "Bar chart. {0}: {1}.": "Gráfico de barras. {0}: {1}.",
  "No tingles are marked yet. Tap 🌙 on the panel while something plays, or send a moon in the voice channel.":
    "Todavía no hay cosquilleos marcados. Toca 🌙 en el panel mientras suena algo, o envía una luna en el canal de voz.",
  "### What works here": "### Lo que funciona aquí",
  "That sample could not be made just now. Try it again in a minute.":
    "Esa muestra no se pudo hacer ahora. Prueba otra vez en un minuto.",
};
