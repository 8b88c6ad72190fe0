import type { Command, ComponentHandler, MessageCommand, ModalHandler } from "./command.ts";
import { addToFavourites, favourites } from "./favourites/favourites.ts";
import { favouritesPageButtons, favouritesPlayButton, ownFavouritesPageButtons } from "./favourites/favouritesList.ts";
import { avoid, avoidSubmitted } from "./listeners/avoid.ts";
import { discover, discoverPlayButton, discoverRestButtons } from "./listeners/discover.ts";
import { privacy } from "./listeners/privacy.ts";
import { tingleButton, tingles } from "./listeners/tingles.ts";
import { tooMuchButtons } from "./listeners/tooMuch.ts";
import { mix, mixComponents } from "./mix/mix.ts";
import { back } from "./playback/back.ts";
import { breathe } from "./playback/breathe.ts";
import { loudness } from "./playback/loudness.ts";
import { now } from "./playback/now.ts";
import { pause } from "./playback/pause.ts";
import { play } from "./playback/play.ts";
import { queue, queuePageButtons } from "./playback/queue.ts";
import { remote } from "./playback/remote.ts";
import { resume } from "./playback/resume.ts";
import { skip } from "./playback/skip.ts";
import { stop } from "./playback/stop.ts";
import { evening, eveningPageButtons } from "./programmes/evening.ts";
import { eveningDesignModal } from "./programmes/eveningDesign.ts";
import { about, aboutPageButtons } from "./server/about.ts";
import { doctor } from "./server/doctor.ts";
import { help } from "./server/help.ts";
import { quietChannelSubmitted, quietHoursSubmitted, settings, settingsComponents } from "./server/settings.ts";
import { starterPressed } from "./server/starters.ts";
import { sleep } from "./sleep/sleep.ts";
import { wake } from "./sleep/wake.ts";
import { sample } from "./sounds/sample.ts";
import {
  soundCardPlayButton,
  sounds,
  soundsPageButtons,
  soundsPlaySelect,
  soundsTriggerSelect,
} from "./sounds/sounds.ts";
import { uploadDecision } from "./sounds/soundsAdd.ts";
import { addToSounds, soundsAddSubmitted } from "./sounds/soundsAddModal.ts";
import { optionalSelect } from "./sounds/soundsOptional.ts";
import { visual } from "./sounds/visual.ts";
import { whisper } from "./sounds/whisper.ts";

/** Every slash command, in the order of `docs/commands.md`. */
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
  remote,
  mix,
  whisper,
  breathe,
  sleep,
  wake,
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

/** Handlers of the buttons and selects of answers; the panel has its own. */
export const components: readonly ComponentHandler[] = [
  ...mixComponents,
  queuePageButtons,
  eveningPageButtons,
  favouritesPageButtons,
  ownFavouritesPageButtons,
  favouritesPlayButton,
  settingsComponents,
  starterPressed,
  soundsPageButtons,
  soundsTriggerSelect,
  soundsPlaySelect,
  optionalSelect,
  soundCardPlayButton,
  uploadDecision,
  discoverPlayButton,
  ...discoverRestButtons,
  tingleButton,
  ...tooMuchButtons,
  aboutPageButtons,
];

/** Commands in the menu of a message. */
export const messageCommands: readonly MessageCommand[] = [addToSounds, addToFavourites];

/** Handlers of submitted modals. */
export const modals: readonly ModalHandler[] = [
  soundsAddSubmitted,
  eveningDesignModal,
  avoidSubmitted,
  quietHoursSubmitted,
  quietChannelSubmitted,
];
