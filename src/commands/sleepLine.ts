import type { SeenSleep } from "../session/view.ts";
import { relativeTime, timeOfDay } from "./markdown.ts";

/** What the sleep timer will do, in one sentence; Discord keeps the time left up to date. */
export const sleepLine = ({ kind, endsAt, fadesAt, fading }: SeenSleep): string => {
  if (fading) {
    const what = kind === "afterThis" ? "The sound fades to its end" : "The sound is fading";
    return `${what}, and is gone ${relativeTime(endsAt)}.`;
  }
  const when = kind === "afterThis" ? "With the end of this sound" : `At ${timeOfDay(endsAt)}`;
  return `${when} the room is quiet: ${relativeTime(endsAt)}, fading from ${timeOfDay(fadesAt)} on.`;
};
