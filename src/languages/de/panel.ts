import type { Sentences } from "../catalogue.ts";

/** The now-playing panel, the sleep timer, and durations. */
export const panel: Sentences = {
  "Quiet with the end of this sound.": "Still mit dem Ende dieses Klangs.",
  "The sound fades to its end, and is gone {0}.": "Der Klang verklingt bis zu seinem Ende und ist {0} fort.",
  "Quiet with the end of this sound, {0}; it fades from {1} on.":
    "Still mit dem Ende dieses Klangs, {0}; ab {1} verklingt er.",
  "The sound is fading, and is gone {0}.": "Der Klang verklingt und ist {0} fort.",
  "Quiet at {0}, {1}; it fades from {2} on.": "Still um {0}, {1}; ab {2} verklingt der Klang.",
  "The connection is being mended. The sound goes on from where it was.":
    "Die Verbindung wird wiederhergestellt. Der Klang geht weiter, wo er war.",
  "On this stage I need to be invited to speak; my hand is up. The sound waits until then.":
    "Auf dieser Stage muss ich zum Sprechen eingeladen werden; meine Hand ist oben. So lange wartet der Klang.",
  "I am muted here. The sound goes on as soon as I may speak again.":
    "Ich bin hier stummgeschaltet. Der Klang geht weiter, sobald ich wieder sprechen darf.",
  "Paused until somebody comes back.": "Angehalten, bis jemand zurückkommt.",
  "Paused. The sound waits where it was.": "Angehalten. Der Klang wartet, wo er war.",
  "It is being prepared, and starts by itself.": "Es wird vorbereitet und beginnt von selbst.",
  "{0} is being prepared, and follows.": "{0} wird vorbereitet und folgt dann.",
  "This sound repeats.": "Dieser Klang wiederholt sich.",
  "It repeats until another sound is queued.": "Er wiederholt sich, bis ein anderer eingereiht wird.",
  "Next: {0}": "Als Nächstes: {0}",
  "Next: {0}, then {1} more": "Als Nächstes: {0}, danach {1} weitere",
  "{0} of the {1} it takes would like to skip this. Skip joins them.":
    "{0} von {1} nötigen möchten das überspringen. Mit „Überspringen“ schließt du dich an.",
  "{0} of the {1} it takes would like to stop. Stop joins them.":
    "{0} von {1} nötigen möchten aufhören. Mit „Beenden“ schließt du dich an.",
  "settling in": "Ankommen",
  "the trigger": "der Trigger",
  "going deeper": "tiefer gehen",
  "fading away": "Verklingen",
  work: "Arbeit",
  "a pause": "eine Pause",
  "{0}, {1} of {2}: {3}": "{0}, {1} von {2}: {3}",
  "Queued by {0}": "Eingereiht von {0}",
  "Queued by {0}, for {1}": "Eingereiht von {0}, für {1}",
  "### Nothing is playing\nAdd a sound with /play.": "### Gerade läuft nichts\nMit /play kommt ein Klang dazu.",
  Resume: "Fortsetzen",
  Pause: "Pause",
  Skip: "Überspringen",
  "+15 min": "+15 Min.",
  "Sleep in 30 min": "Schlafen in 30 Min.",
  Favourite: "Favorit",
  Stop: "Beenden",
  Tingle: "Kribbeln",
  "The room fell quiet at {0}. Good night.": "Um {0} wurde der Raum still. Gute Nacht.",
  "Stopped at {0}. Good night.": "Um {0} beendet. Gute Nacht.",
  "Nobody was left to listen, so I went at {0}.": "Es war niemand mehr da, der zuhörte, also bin ich um {0} gegangen.",
  "Nothing was left to play, so I went at {0}.": "Es war nichts mehr zu spielen, also bin ich um {0} gegangen.",
  "I was disconnected at {0}. /play brings me back.": "Um {0} wurde ich getrennt. /play bringt mich zurück.",
  "The voice channel was gone at {0}. /play works in any other one.":
    "Um {0} war der Sprachkanal weg. /play geht in jedem anderen.",
  "I may not connect to {0} or speak there. Ask someone who manages it, then try /play again.":
    "In {0} darf ich mich nicht verbinden oder nicht sprechen. Frag jemanden, der ihn verwaltet, und versuch /play dann noch einmal.",
  "The voice connection could not be kept up. /play tries again.":
    "Die Sprachverbindung ließ sich nicht halten. /play versucht es noch einmal.",
  "I did not understand that time. Try 30m, 1h15, or 90 for ninety minutes.":
    "Diese Zeit habe ich nicht verstanden. Versuch es mit 30m, 1h15 oder 90 für neunzig Minuten.",
  "That is very short. Try 5 seconds or more, such as 30m.":
    "Das ist sehr kurz. Versuch es mit 5 Sekunden oder mehr, etwa 30m.",
  "The timer goes up to 12 hours. Try 8h, or something shorter.":
    "Der Timer geht bis 12 Stunden. Versuch es mit 8h oder etwas Kürzerem.",
  "{0} s": "{0} Sek.",
  "{0} min": "{0} Min.",
  "{0} min {1} s": "{0} Min. {1} Sek.",
  "{0} h": "{0} Std.",
  "{0} h {1} min": "{0} Std. {1} Min.",
  whisper: "Flüstern",
  normal: "normal",
  "A sound could not be played, and was left out.": "Ein Klang ließ sich nicht abspielen und wurde ausgelassen.",
  "{0} could not be played, and was left out.": "{0} ließ sich nicht abspielen und wurde ausgelassen.",
  "A sound could not be played, and was left out of the mix.":
    "Ein Klang ließ sich nicht abspielen und wurde in der Mischung ausgelassen.",
  "{0} could not be played, and was left out of the mix.":
    "{0} ließ sich nicht abspielen und wurde in der Mischung ausgelassen.",
};
