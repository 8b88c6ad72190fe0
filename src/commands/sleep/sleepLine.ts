import { type Text, text } from "../../kernel/text.ts";
import type { SleepTimerView } from "../../session/view.ts";
import { relativeTime, timeOfDay } from "../markdown.ts";

/** What the sleep timer will do, in one sentence; Discord keeps the time left up to date. */
export const sleepTimerText = ({ kind, endsAt, fadesAt, fading, held }: SleepTimerView): Text => {
  // While it is paused its end moves on, so there is no time to tell.
  if (held) return text`Quiet with the end of this sound.`;
  const [gone, at, from] = [relativeTime(endsAt), timeOfDay(endsAt), timeOfDay(fadesAt)];
  if (kind === "afterThis")
    return fading
      ? text`The sound fades to its end, and is gone ${gone}.`
      : text`Quiet with the end of this sound, ${gone}; it fades from ${from} on.`;
  return fading
    ? text`The sound is fading, and is gone ${gone}.`
    : text`Quiet at ${at}, ${gone}; it fades from ${from} on.`;
};
