import { type Message, message } from "../i18n/message.ts";
import type { Decibels } from "../kernel/units.ts";

/** How loud a room listens, in plain steps from the softest to the loudest. */
export const VOLUMES = ["whisper", "quiet", "soft", "normal"] as const;
/** A volume step. */
export type Volume = (typeof VOLUMES)[number];

/** Each step in a word. */
export const VOLUME_NAMES: Readonly<Record<Volume, Message>> = {
  whisper: message("volume.whisper"),
  quiet: message("volume.quiet"),
  soft: message("volume.soft"),
  normal: message("volume.normal"),
};

/** Relative to the sounds as they are stored (−30 LUFS), so that 0 is the loudest there is. */
const VOLUME_LEVELS: Readonly<Record<Volume, Decibels>> = { whisper: -18, quiet: -12, soft: -6, normal: 0 };

/** The level of a volume step, relative to the stored sound. */
export const volumeLevel = (step: Volume): Decibels => VOLUME_LEVELS[step];

/** Of the room and of its programme together: what the engine is told. */
export const sessionGain = ({
  volumeDb,
  programme,
}: {
  readonly volumeDb: Decibels;
  readonly programme?: { readonly levelDb: Decibels } | undefined;
}): Decibels => volumeDb + (programme?.levelDb ?? 0);

/** The step nearest to a level. */
export const nearestVolume = (level: Decibels): Volume =>
  VOLUMES.reduce((best, step) =>
    Math.abs(VOLUME_LEVELS[step] - level) < Math.abs(VOLUME_LEVELS[best] - level) ? step : best,
  );

/** The loudest step that stays under a ceiling; the softest where none does. */
export const loudestVolumeUnder = (ceiling: Decibels): Volume =>
  VOLUMES.reduce((best, step) => (VOLUME_LEVELS[step] <= ceiling ? step : best));
