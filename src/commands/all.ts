import { about } from "./about.ts";
import { avoid, avoidForm } from "./avoid.ts";
import { back } from "./back.ts";
import type { Command, Control, Form, MessageCommand } from "./command.ts";
import { discover, discoverPlay } from "./discover.ts";
import { doctor } from "./doctor.ts";
import { evening, eveningPages } from "./evening.ts";
import { eveningDesign } from "./eveningDesign.ts";
import { addToFavourites, favourites } from "./favourites.ts";
import { favouritesPages, favouritesPlay } from "./favouritesList.ts";
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
import { sample } from "./sample.ts";
import { quietHoursForm, settings, settingsControl } from "./settings.ts";
import { skip } from "./skip.ts";
import { sleep } from "./sleep.ts";
import { sounds, soundsPages, soundsPlay, soundsThis, soundsTrigger } from "./sounds.ts";
import { uploadDecided } from "./soundsAdd.ts";
import { addToSounds, soundsAddForm } from "./soundsForm.ts";
import { stop } from "./stop.ts";
import { tingle, tingles } from "./tingles.ts";
import { visual } from "./visual.ts";
import { whisper } from "./whisper.ts";

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
  whisper,
  sleep,
  evening,
  favourites,
  sounds,
  discover,
  sample,
  avoid,
  visual,
  tingles,
  privacy,
  about,
  settings,
  doctor,
  help,
];

export const controls: readonly Control[] = [
  ...panelControls,
  ...mixControls,
  queuePages,
  eveningPages,
  favouritesPages,
  favouritesPlay,
  settingsControl,
  soundsPages,
  soundsTrigger,
  soundsPlay,
  soundsThis,
  uploadDecided,
  discoverPlay,
  tingle,
];

/** In the menu of a message. */
export const messageCommands: readonly MessageCommand[] = [addToSounds, addToFavourites];

/** What becomes of forms, by the action in their custom ids. */
export const forms: readonly Form[] = [soundsAddForm, eveningDesign, avoidForm, quietHoursForm];
