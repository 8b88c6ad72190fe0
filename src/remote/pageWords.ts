import type { Say } from "../i18n/say.ts";
import type { PageWords } from "./protocol.ts";

/** The page's words in one language; `{time}` is filled in by the page, which knows the reader's time zone. */
export const pageWords = (say: Say): PageWords => ({
  connecting: say("remote.connecting"),
  reconnecting: say("remote.reconnecting"),
  // No markdown is read there.
  linkUnknown: say("remote.linkUnknown").replaceAll("`", ""),
  leftChannel: say("remote.leftChannel"),
  over: say("remote.over"),
  idle: say("activity.idle"),
  openedElsewhere: say("remote.openedElsewhere"),
  connectAgain: say("remote.connectAgain"),
  mixer: say("remote.mixer"),
  head: say("remote.head"),
  position: say("mix.position"),
  "place-centre": say("mix.placeCentre"),
  "place-left": say("mix.placeLeft"),
  "place-right": say("mix.placeRight"),
  "place-near": say("mix.placeNear"),
  "place-far": say("mix.placeFar"),
  "place-orbit": say("mix.placeOrbit"),
  next: say("remote.next"),
  favourites: say("remote.favourites"),
  timer: say("remote.timer"),
  noTimer: say("remote.noTimer"),
  silentAt: say("remote.silentAt", { time: "{time}" }),
  silent: say("remote.silent"),
  extend: say("panel.extend15Min"),
  pause: say("panel.pause"),
  resume: say("panel.resume"),
  skip: say("panel.skip"),
  softer: say("remote.softer"),
  louder: say("remote.louder"),
  stop: say("panel.stop"),
  stopAgain: say("remote.stopAgain"),
  volume: say("remote.volume"),
});
