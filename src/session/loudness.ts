import { type Text, text } from "../kernel/text.ts";
import type { Decibels } from "../kernel/units.ts";

/** How loud a room listens, in plain steps from the softest to the loudest. */
export const LOUDNESS_STEPS = ["whisper", "quiet", "soft", "normal"] as const;
export type Loudness = (typeof LOUDNESS_STEPS)[number];

/** Each step in a word. */
export const LOUDNESS_WORDS: Readonly<Record<Loudness, Text>> = {
  whisper: text`whisper`,
  quiet: text`quiet`,
  soft: text`soft`,
  normal: text`normal`,
};

/** Relative to the sounds as they are stored (−30 LUFS), so that 0 is the loudest there is. */
const LEVELS: Readonly<Record<Loudness, Decibels>> = { whisper: -18, quiet: -12, soft: -6, normal: 0 };

export const levelOf = (step: Loudness): Decibels => LEVELS[step];

/** Of the room and of its programme together: what the engine is told. */
export const gainOfRoom = ({
  loudnessDb,
  programme,
}: {
  readonly loudnessDb: Decibels;
  readonly programme?: { readonly levelDb: Decibels } | undefined;
}): Decibels => loudnessDb + (programme?.levelDb ?? 0);

/** The step nearest to a level. */
export const stepOf = (level: Decibels): Loudness =>
  LOUDNESS_STEPS.reduce((best, step) =>
    Math.abs(LEVELS[step] - level) < Math.abs(LEVELS[best] - level) ? step : best,
  );

/** The loudest step that stays under a ceiling; the softest where none does. */
export const loudestUnder = (ceiling: Decibels): Loudness =>
  LOUDNESS_STEPS.reduce((best, step) => (LEVELS[step] <= ceiling ? step : best));
