import { type Message, message, together } from "../i18n/message.ts";
import { BREATHS, type BreathName, type BreathPart } from "../kernel/breath.ts";
import { id, type SoundId } from "../kernel/ids.ts";

/** The built-in sound that keeps the time of each way to breathe. */
const SOUNDS: Readonly<Record<BreathName, SoundId>> = {
  "4-6": id("breath-swell"),
  box: id("breath-box"),
  "4-7-8": id("breath-4-7-8"),
  sigh: id("breath-sigh"),
};

/** Every way to breathe, in the order in which they are offered. */
export const BREATH_NAMES = Object.keys(BREATHS) as readonly BreathName[];

/** The sound that keeps the time of a way to breathe. */
export const breathSound = (name: BreathName): SoundId => SOUNDS[name];

/** The way to breathe whose time a sound keeps, if it keeps one. */
export const breathOf = (sound: SoundId): BreathName | undefined => BREATH_NAMES.find((name) => SOUNDS[name] === sound);

const partText = ({ type, seconds }: BreathPart): Message => {
  switch (type) {
    case "in":
      return message("breathe.in", { seconds });
    case "more":
      return message("breathe.more", { seconds });
    case "hold":
      return message("breathe.hold", { seconds });
    case "out":
      return message("breathe.out", { seconds });
  }
};

/** A way to breathe in words: “in 4 s · out 6 s”. */
export const breathText = (name: BreathName): Message => together(BREATHS[name].map(partText), " · ");
