import { type Message, message } from "../../i18n/message.ts";
import type { SleepTimerView } from "../../session/view.ts";
import { relativeTime, timeOfDay } from "../markdown.ts";

/** What the sleep timer will do, in one sentence. */
export const sleepTimerText = ({ kind, endsAt, fadesAt, fading, held }: SleepTimerView): Message => {
  // While the session is paused, the end keeps moving, so there is no time to show.
  if (held) return message("sleep.setAfterSoundPaused");
  const [gone, at, from] = [relativeTime(endsAt), timeOfDay(endsAt), timeOfDay(fadesAt)];
  if (kind === "afterThis")
    return fading
      ? message("sleep.fadingWithSound", { endsAt: gone })
      : message("sleep.setAfterSound", { endsAt: gone, fadesAt: from });
  return fading
    ? message("sleep.fading", { endsAt: gone })
    : message("sleep.set", { endsAt: at, timeLeft: gone, fadesAt: from });
};
