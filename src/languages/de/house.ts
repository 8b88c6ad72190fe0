import type { Sentences } from "../catalogue.ts";

/** Settings, permissions, help, and what goes wrong. */
export const house: Sentences = {
  "Nothing is in the way here. Join a voice channel and ask again to have that one looked at, too.":
    "Hier ist nichts im Weg. Geh in einen Sprachkanal und frag noch einmal, dann sehe ich mir auch den an.",
  "Nothing is in the way here. {0} is ready.": "Hier ist nichts im Weg. {0} ist bereit.",
  "### Lull": "### Lull",
  "Sounds to fall asleep to, together.": "Klänge, um zusammen einzuschlafen.",
  "\n**Start here**": "\n**So beginnt ihr**",
  "1. Join a voice channel.": "1. Geh in einen Sprachkanal.",
  "2. `/play`, and choose a sound. It repeats until another one is queued.":
    "2. `/play`, und wähle einen Klang. Er wiederholt sich, bis ein anderer eingereiht wird.",
  "3. `/sleep in 30m`. The sound fades for everyone, and the bot leaves.":
    "3. `/sleep in 30m`. Der Klang verklingt für alle, und der Bot geht.",
  "\n**Then**": "\n**Und dann**",
  "- `/sounds browse` shows what there is, by kind.": "- `/sounds browse` zeigt nach Arten, was es gibt.",
  "- `/queue`, `/skip` and `/back` go from sound to sound; `/pause` and `/resume` hold it.":
    "- `/queue`, `/skip` und `/back` führen von Klang zu Klang; `/pause` und `/resume` halten ihn an.",
  "- `/evening start` leads through a whole evening; `/evening schedule` lets one begin by itself.":
    "- `/evening start` führt durch einen ganzen Abend; `/evening schedule` lässt einen von selbst beginnen.",
  "- `/favourites add` keeps what plays now.": "- `/favourites add` behält, was gerade läuft.",
  "- `/avoid` keeps away what you would rather not hear, and names nobody; `/sample` lets you hear a sound first.":
    "- `/avoid` hält fern, was du lieber nicht hörst, und nennt niemanden; mit `/sample` hörst du einen Klang vorher.",
  "- `/discover` has ideas. A tap on the moon says that it tingles.":
    "- `/discover` hat Ideen. Ein Tippen auf den Mond sagt, dass es kribbelt.",
  "- `/sleep extend` gives the room more time, even while it fades.":
    "- `/sleep extend` gibt dem Raum mehr Zeit, auch während er verklingt.",
  "- Whoever sits in the channel may do nearly all of this. Skipping and `/stop` are for the one who queued the sound, a host, or more than half of you.":
    "- Wer im Kanal sitzt, darf fast alles davon. Überspringen und `/stop` sind für die Person, die den Klang eingereiht hat, für Gastgeber oder für mehr als die Hälfte von euch.",
  "\n**How loud?**": "\n**Wie laut?**",
  "Everything here is soft and of one loudness, and `/loudness` makes it softer. How loud it is at your ear cannot be known from here: it depends on your device. Start low. For bedrooms at night the World Health Organization's guidance is about 30 dB(A) of steady sound, with single sounds no louder than 45 dB(A). For infants, keep it below 50 dB.":
    "Alles hier ist sanft und gleich laut, und `/loudness` macht es leiser. Wie laut es an deinem Ohr ist, lässt sich von hier aus nicht wissen: Das hängt von deinem Gerät ab. Fang leise an. Für Schlafzimmer bei Nacht nennt die Weltgesundheitsorganisation etwa 30 dB(A) Dauerschall, einzelne Geräusche nicht lauter als 45 dB(A). Für Säuglinge bleib unter 50 dB.",
  "\n-# To hear less of everyone, use your own volume: right-click or long-press the bot in the voice channel.":
    "\n-# Um alle leiser zu hören, nimm deinen eigenen Regler: Rechtsklick oder langes Drücken auf den Bot im Sprachkanal.",
  "This is for those who may manage events or the server, and for those with the host role. Ask one of them.":
    "Das ist für diejenigen, die Events oder den Server verwalten dürfen, und für alle mit der Gastgeberrolle. Frag jemanden von ihnen.",
  From: "Von",
  "Such as 23:00": "Etwa 23:00",
  To: "Bis",
  "Such as 7:00": "Etwa 7:00",
  "Time zone": "Zeitzone",
  "Such as Europe/Berlin or America/New_York": "Etwa Europe/Berlin oder America/New_York",
  "Sleep timer": "Schlaf-Timer",
  "For rooms that have none, such as 60m": "Für Räume, die keinen haben, etwa 60m",
  "Softer by": "Leiser um",
  "How far the ceiling drops, 0 to 18 LU": "Wie weit die Obergrenze sinkt, 0 bis 18 LU",
  "Quiet hours": "Ruhezeiten",
  "I did not understand the time zone. Try Europe/Berlin. Nothing has changed.":
    "Die Zeitzone habe ich nicht verstanden. Versuch es mit Europe/Berlin. Nichts hat sich geändert.",
  "I did not understand when they begin. Try 23:00. Nothing has changed.":
    "Wann sie beginnen, habe ich nicht verstanden. Versuch es mit 23:00. Nichts hat sich geändert.",
  "I did not understand when they end. Try 7:00. Nothing has changed.":
    "Wann sie enden, habe ich nicht verstanden. Versuch es mit 7:00. Nichts hat sich geändert.",
  "I did not understand quiet hours that begin when they end. Try 23:00 to 7:00. Nothing has changed.":
    "Ruhezeiten, die beginnen, wenn sie enden, habe ich nicht verstanden. Versuch es mit 23:00 bis 7:00. Nichts hat sich geändert.",
  "I did not understand how much softer. Try 6. Nothing has changed.":
    "Um wie viel leiser, habe ich nicht verstanden. Versuch es mit 6. Nichts hat sich geändert.",
  "I leave": "gehe ich",
  "at the end: leave": "am Ende: gehen",
  "I leave, and take the listeners along: to the AFK channel, or out where they agreed":
    "gehe ich und nehme die Zuhörenden mit: in den AFK-Kanal, oder hinaus, wo sie zugestimmt haben",
  "at the end: take the listeners along": "am Ende: die Zuhörenden mitnehmen",
  "the sound goes on at a whisper": "geht der Klang flüsterleise weiter",
  "at the end: go on at a whisper": "am Ende: flüsterleise weiter",
  "as Discord says": "wie in Discord",
  "{0} to {1} ({2}): {3} LU softer, and a timer of {4}": "{0} bis {1} ({2}): {3} LU leiser, und ein Timer von {4}",
  "no fade": "kein Verklingen",
  "not at all": "gar nicht",
  "{0} dB": "{0} dB",
  "### Settings of this server": "### Einstellungen dieses Servers",
  "The loudest a room gets: **{0}**": "Lauter als das wird ein Raum nie: **{0}**",
  "The end of a sleep timer: **{0}**, then {1}": "Das Ende eines Schlaf-Timers: **{0}**, dann {1}",
  "With eyes closed: **on** (muting, deafening or a moon during the fade gives 15 minutes more)":
    "Mit geschlossenen Augen: **an** (Stummschalten, Taubschalten oder ein Mond während des Verklingens gibt 15 Minuten mehr)",
  "With eyes closed: **off** (muting, deafening or a moon during the fade gives 15 minutes more)":
    "Mit geschlossenen Augen: **aus** (Stummschalten, Taubschalten oder ein Mond während des Verklingens gibt 15 Minuten mehr)",
  "While a member speaks, softer by: **{0}**": "Während jemand spricht, leiser um: **{0}**",
  "Skip and stop: **the one who queued it, a host, or more than half of the listeners**":
    "Überspringen und Beenden: **wer es eingereiht hat, Gastgeber oder mehr als die Hälfte der Zuhörenden**",
  "Skip and stop: **anyone who listens**": "Überspringen und Beenden: **alle, die zuhören**",
  "Quiet hours: **{0}**": "Ruhezeiten: **{0}**",
  none: "keine",
  "Host role: {0}": "Gastgeberrolle: {0}",
  "**none**": "**keine**",
  "Usual voice channel: {0}": "Üblicher Sprachkanal: {0}",
  "Language of what the whole room sees: **{0}**": "Sprache von allem, was der ganze Raum sieht: **{0}**",
  "The loudest a room gets": "Lauter als das wird ein Raum nie",
  "loudest: {0}": "höchstens: {0}",
  "How long the end of a timer fades": "Wie lange ein Timer am Ende verklingt",
  "fade: {0}": "Verklingen: {0}",
  "What happens when the timer is over": "Was passiert, wenn der Timer um ist",
  "How much softer while a member speaks": "Wie viel leiser, während jemand spricht",
  "while somebody speaks: no softer": "während jemand spricht: nicht leiser",
  "while somebody speaks: {0} dB softer": "während jemand spricht: {0} dB leiser",
  "Language of what the whole room sees": "Sprache von allem, was der ganze Raum sieht",
  "language: as Discord says": "Sprache: wie in Discord",
  "language: {0}": "Sprache: {0}",
  "Host role": "Gastgeberrolle",
  "Usual voice channel": "Üblicher Sprachkanal",
  "No quiet hours": "Keine Ruhezeiten",
  "Eyes closed: turn off": "Augen zu: ausschalten",
  "Eyes closed: turn on": "Augen zu: einschalten",
  "Votes: turn off": "Abstimmen: ausschalten",
  "Votes: turn on": "Abstimmen: einschalten",
  "View Channel": "Kanal anzeigen",
  Connect: "Verbinden",
  Speak: "Sprechen",
  "Send Messages": "Nachrichten senden",
  "Read Message History": "Nachrichtenverlauf anzeigen",
  "Without Move Members, which Server Settings → Roles gives, there is no /sleep me.":
    "Ohne „Mitglieder verschieben“ (Servereinstellungen → Rollen) geht /sleep me nicht.",
  "Without Create Events, which Server Settings → Roles gives, there are no evenings in the server's calendar.":
    "Ohne „Events erstellen“ (Servereinstellungen → Rollen) stehen keine Abende im Kalender des Servers.",
  "Without Set Voice Channel Status, which Server Settings → Roles gives, the channel list does not show what plays.":
    "Ohne „Sprachkanalstatus festlegen“ (Servereinstellungen → Rollen) zeigt die Kanalliste nicht, was läuft.",
  "In {0} I lack **{1}**. Give it to my role in Edit Channel → Permissions.":
    "In {0} fehlt mir **{1}**. Gib es meiner Rolle unter Kanal bearbeiten → Berechtigungen.",
  "{0} is full. Raise its user limit by one in Edit Channel → Overview.":
    "{0} ist voll. Erhöhe die Benutzergrenze um eins unter Kanal bearbeiten → Übersicht.",
  "I am muted in {0}. A moderator can unmute me with a right-click.":
    "In {0} bin ich stummgeschaltet. Moderatoren können das mit einem Rechtsklick aufheben.",
  "On the stage {0} I am in the audience. Invite me to speak, or give me **Mute Members** there.":
    "Auf der Stage {0} bin ich im Publikum. Lade mich zum Sprechen ein, oder gib mir dort **Mitglieder stummschalten**.",
  "In {0} I lack **{1}**, so the panel has no place there. Give it to my role in Edit Channel → Permissions.":
    "In {0} fehlt mir **{1}**, deshalb hat das Panel dort keinen Platz. Gib es meiner Rolle unter Kanal bearbeiten → Berechtigungen.",
  "I cannot see {0}. Give my role **View Channel** in Edit Channel → Permissions.":
    "Ich sehe {0} nicht. Gib meiner Rolle **Kanal anzeigen** unter Kanal bearbeiten → Berechtigungen.",
  "Lull is here. Join a voice channel and type /play; /help says the rest.":
    "Lull ist da. Geh in einen Sprachkanal und tippe /play; /help sagt den Rest.",
  "Something went wrong here. It is noted as {0}. Please try again in a moment.":
    "Hier ist etwas schiefgegangen. Es ist notiert als {0}. Bitte versuch es gleich noch einmal.",
  "That could not be saved just now. The sound goes on; try again in a minute.":
    "Das ließ sich gerade nicht speichern. Der Klang geht weiter; versuch es in einer Minute noch einmal.",
};
