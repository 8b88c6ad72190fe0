import type { Sentences } from "../catalogue.ts";

/** The now-playing panel, the sleep timer, and durations. */
export const panel: Sentences = {
  "Quiet with the end of this sound.": "Silencio con el final de este sonido.",
  "The sound fades to its end, and is gone {0}.": "El sonido se apaga hasta su final y se va {0}.",
  "Quiet with the end of this sound, {0}; it fades from {1} on.":
    "Silencio con el final de este sonido, {0}; se apaga desde {1}.",
  "The sound is fading, and is gone {0}.": "El sonido se está apagando y se va {0}.",
  "Quiet at {0}, {1}; it fades from {2} on.": "Silencio a las {0}, {1}; se apaga desde {2}.",
  "The connection is being mended. The sound goes on from where it was.":
    "Se está recuperando la conexión. El sonido sigue desde donde estaba.",
  "On this stage I need to be invited to speak; my hand is up. The sound waits until then.":
    "En este escenario tienen que invitarme a hablar; tengo la mano levantada. El sonido espera hasta entonces.",
  "I am muted here. The sound goes on as soon as I may speak again.":
    "Aquí estoy en silencio. El sonido sigue en cuanto pueda volver a hablar.",
  "Paused until somebody comes back.": "En pausa hasta que alguien vuelva.",
  "Paused. The sound waits where it was.": "En pausa. El sonido espera donde estaba.",
  "It is being prepared, and starts by itself.": "Se está preparando y empieza solo.",
  "{0} is being prepared, and follows.": "{0} se está preparando y viene después.",
  "This sound repeats.": "Este sonido se repite.",
  "It repeats until another sound is queued.": "Se repite hasta que haya otro en la cola.",
  "Next: {0}": "Después: {0}",
  "Next: {0}, then {1} more": "Después: {0}, y luego {1} más",
  "{0} of the {1} it takes would like to skip this. Skip joins them.":
    "A {0} de los {1} que hacen falta les gustaría saltarlo. «Saltar» se suma.",
  "{0} of the {1} it takes would like to stop. Stop joins them.":
    "A {0} de los {1} que hacen falta les gustaría terminar. «Terminar» se suma.",
  "settling in": "llegar",
  "the trigger": "el estímulo",
  "going deeper": "ir más hondo",
  "fading away": "apagarse",
  work: "trabajo",
  "a pause": "una pausa",
  "{0}, {1} of {2}: {3}": "{0}, {1} de {2}: {3}",
  "Queued by {0}": "Lo puso {0}",
  "Queued by {0}, for {1}": "Lo puso {0}, durante {1}",
  "### Nothing is playing\nAdd a sound with /play.": "### No suena nada\nAñade un sonido con /play.",
  Resume: "Reanudar",
  Pause: "Pausa",
  Skip: "Saltar",
  "+15 min": "+15 min",
  "Sleep in 30 min": "Dormir en 30 min",
  Favourite: "Favorito",
  Stop: "Terminar",
  Tingle: "Cosquilleo",
  "The room fell quiet at {0}. Good night.": "La sala quedó en silencio a las {0}. Buenas noches.",
  "Stopped at {0}. Good night.": "Terminó a las {0}. Buenas noches.",
  "Nobody was left to listen, so I went at {0}.": "No quedaba nadie escuchando, así que me fui a las {0}.",
  "Nothing was left to play, so I went at {0}.": "No quedaba nada que reproducir, así que me fui a las {0}.",
  "I was disconnected at {0}. /play brings me back.": "Me desconectaron a las {0}. /play me trae de vuelta.",
  "The voice channel was gone at {0}. /play works in any other one.":
    "El canal de voz desapareció a las {0}. /play funciona en cualquier otro.",
  "I may not connect to {0} or speak there. Ask someone who manages it, then try /play again.":
    "No puedo conectarme a {0} o hablar allí. Pídelo a quien lo administra y prueba /play otra vez.",
  "The voice connection could not be kept up. /play tries again.":
    "No se pudo mantener la conexión de voz. /play lo intenta otra vez.",
  "I did not understand that time. Try 30m, 1h15, or 90 for ninety minutes.":
    "No entendí ese tiempo. Prueba con 30m, 1h15, o 90 para noventa minutos.",
  "That is very short. Try 5 seconds or more, such as 30m.": "Es muy corto. Prueba con 5 segundos o más, como 30m.",
  "The timer goes up to 12 hours. Try 8h, or something shorter.":
    "El temporizador llega hasta 12 horas. Prueba con 8h, o algo más corto.",
  "{0} s": "{0} s",
  "{0} min": "{0} min",
  "{0} min {1} s": "{0} min {1} s",
  "{0} h": "{0} h",
  "{0} h {1} min": "{0} h {1} min",
  whisper: "susurro",
  normal: "normal",
  "A sound could not be played, and was left out.": "Un sonido no se pudo reproducir y se dejó fuera.",
  "{0} could not be played, and was left out.": "{0} no se pudo reproducir y se dejó fuera.",
  "A sound could not be played, and was left out of the mix.":
    "Un sonido no se pudo reproducir y se dejó fuera de la mezcla.",
  "{0} could not be played, and was left out of the mix.": "{0} no se pudo reproducir y se dejó fuera de la mezcla.",
};
