import type { SeenSleep } from "../session/view.ts";
import { relativeTime, timeOfDay } from "./markdown.ts";

/** What the sleep timer will do, in one sentence; Discord keeps the time left up to date. */
export const sleepLine = ({ kind, endsAt, fadesAt, fading, held }: SeenSleep): string => {
  // While it is paused its end moves on, so there is no time to tell.
  if (held) return "Quiet with the end of this sound.";
  if (fading) {
    const what = kind === "afterThis" ? "The sound fades to its end" : "The sound is fading";
    return `${what}, and is gone ${relativeTime(endsAt)}.`;
  }
  const when = kind === "afterThis" ? "Quiet with the end of this sound" : `Quiet at ${timeOfDay(endsAt)}`;
  return `${when}, ${relativeTime(endsAt)}; it fades from ${timeOfDay(fadesAt)} on.`;
};
