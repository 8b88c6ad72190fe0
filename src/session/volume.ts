import { type Message, message } from "../i18n/message.ts";
import type { Decibels } from "../kernel/units.ts";

/** The volume steps, from the softest to the loudest. */
export const VOLUMES = ["whisper", "quiet", "soft", "normal"] as const;
/** A volume step. */
export type Volume = (typeof VOLUMES)[number];

/** The name of each step. */
export const VOLUME_NAMES: Readonly<Record<Volume, Message>> = {
  whisper: message("volume.whisper"),
  quiet: message("volume.quiet"),
  soft: message("volume.soft"),
  normal: message("volume.normal"),
};

/** Relative to the sounds as they are stored (−30 LUFS); 0 is the loudest. */
const VOLUME_LEVELS: Readonly<Record<Volume, Decibels>> = { whisper: -18, quiet: -12, soft: -6, normal: 0 };

/** The level of a volume step, relative to the stored sound. */
export const volumeLevel = (step: Volume): Decibels => VOLUME_LEVELS[step];

/** The session's gain: its volume and its programme's level together. */
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

/** The loudest step under a ceiling; the softest if there is none. */
export const loudestVolumeUnder = (ceiling: Decibels): Volume =>
  VOLUMES.reduce((best, step) => (VOLUME_LEVELS[step] <= ceiling ? step : best));
