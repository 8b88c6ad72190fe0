import { about } from "./about.ts";
import { back } from "./back.ts";
import type { Command, Control } from "./command.ts";
import { discover, discoverPlay } from "./discover.ts";
import { favourites, favouritesPages } from "./favourites.ts";
import { help } from "./help.ts";
import { loudness } from "./loudness.ts";
import { mix, mixControls } from "./mix.ts";
import { now } from "./now.ts";
import { panelControls } from "./panelControls.ts";
import { pause } from "./pause.ts";
import { play } from "./play.ts";
import { privacy } from "./privacy.ts";
import { queue, queuePages } from "./queue.ts";
import { resume } from "./resume.ts";
import { skip } from "./skip.ts";
import { sleep } from "./sleep.ts";
import { sounds, soundsPages, soundsPlay, soundsTrigger } from "./sounds.ts";
import { stop } from "./stop.ts";
import { tingle, tingles } from "./tingles.ts";

export const commands: readonly Command[] = [
  play,
  queue,
  skip,
  back,
  pause,
  resume,
  stop,
  now,
  loudness,
  mix,
  sleep,
  favourites,
  sounds,
  discover,
  tingles,
  privacy,
  about,
  help,
];

export const controls: readonly Control[] = [
  ...panelControls,
  ...mixControls,
  queuePages,
  favouritesPages,
  soundsPages,
  soundsTrigger,
  soundsPlay,
  discoverPlay,
  tingle,
];
