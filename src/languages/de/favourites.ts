import type { Sentences } from "../catalogue.ts";

/** Favourites and mixes. */
export const favourites: Sentences = {
  "{0} is a favourite now. /play offers it first.": "{0} ist jetzt ein Favorit. /play bietet ihn zuerst an.",
  "{0} is called {1} now.": "{0} heißt jetzt {1}.",
  "{0} is no longer a favourite.": "{0} ist kein Favorit mehr.",
  "{0} is number {1} now.": "{0} steht jetzt an Stelle {1}.",
  "{0}: no longer in the library": "{0}: nicht mehr in der Bibliothek",
  "{0} no longer in the library": "{0} nicht mehr in der Bibliothek",
  "no longer in the library": "nicht mehr in der Bibliothek",
  Play: "Abspielen",
  "There are no favourites yet. /favourites add keeps what plays now.":
    "Noch gibt es keine Favoriten. /favourites add behält, was gerade läuft.",
  "### Favourites": "### Favoriten",
  "There are no favourites to share yet. /favourites add keeps what plays now.":
    "Noch gibt es keine Favoriten zum Teilen. /favourites add behält, was gerade läuft.",
  "Give a share code or a file. /favourites export makes both.":
    "Gib einen Code oder eine Datei an. /favourites export macht beides.",
  "Paste this on another server with /favourites import:":
    "Füge das auf einem anderen Server mit /favourites import ein:",
  "Give this file to /favourites import on another server.":
    "Gib diese Datei auf einem anderen Server an /favourites import.",
  "The favourites of this server, for Lull on another one": "Die Favoriten dieses Servers, für Lull auf einem anderen",
  "{0} favourites are here now. /play offers them first.": "{0} Favoriten sind jetzt hier. /play bietet sie zuerst an.",
  "One of them has a sound that this server does not have. It is left out until somebody adds it.":
    "Einer davon hat einen Klang, den dieser Server nicht hat. Er bleibt weg, bis ihn jemand hinzufügt.",
  "{0} of them have sounds that this server does not have. These are left out until somebody adds them.":
    "{0} davon haben Klänge, die dieser Server nicht hat. Sie bleiben weg, bis sie jemand hinzufügt.",
  "{0} joins the mix, {1}, {2}.": "{0} kommt zur Mischung dazu, {1}, {2}.",
  "{0} is {1}, {2}.": "{0} ist {1}, {2}.",
  "{0} leaves the mix.": "{0} verlässt die Mischung.",
  full: "voll",
  soft: "sanft",
  quiet: "leise",
  faint: "kaum",
  "in the middle": "in der Mitte",
  left: "links",
  right: "rechts",
  near: "nah",
  "far away": "fern",
  "slowly around": "langsam ringsum",
  "being prepared": "wird vorbereitet",
  "How loud": "Wie laut",
  Where: "Wo",
  "Take it out": "Herausnehmen",
  "### Nothing is playing": "### Gerade läuft nichts",
  "-# {0} layers are as many as a mix has.": "-# Mehr als {0} Klänge hat eine Mischung nicht.",
  "-# /mix add finds every sound. /mix save keeps the mix.":
    "-# /mix add findet jeden Klang. /mix save behält die Mischung.",
  "Choose a layer to change": "Wähle einen Klang zum Ändern",
  "Add a sound": "Einen Klang hinzufügen",
  Earlier: "Zurück",
  Later: "Weiter",
  "-# Page {0} of {1}": "-# Seite {0} von {1}",
  "That is no share code of Lull, or a part of it is missing. /favourites export gives one to copy as a whole.":
    "Das ist kein Code von Lull, oder ein Teil davon fehlt. /favourites export gibt einen, den du im Ganzen kopieren kannst.",
  "That file holds no favourites of Lull. /favourites export makes one that /favourites import can read.":
    "Diese Datei enthält keine Favoriten von Lull. /favourites export macht eine, die /favourites import lesen kann.",
  "There is a favourite “{0}” already. Choose another name.":
    "Einen Favoriten „{0}“ gibt es schon. Wähle einen anderen Namen.",
  "There is no favourite “{0}” here. /favourites list shows them all.":
    "Einen Favoriten „{0}“ gibt es hier nicht. /favourites list zeigt alle.",
  "This server has {0} favourites, which is as many as it can. Make room with /favourites remove.":
    "Dieser Server hat {0} Favoriten, mehr gehen nicht. Mach Platz mit /favourites remove.",
};
