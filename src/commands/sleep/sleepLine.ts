import { type Message, message } from "../../i18n/message.ts";
import type { SleepTimerView } from "../../session/view.ts";
import { timeOfDay } from "../markdown.ts";

/** What the sleep timer will do, in one sentence that stays true afterwards: clock times, no countdown. */
export const sleepTimerText = ({ kind, endsAt, fadesAt, fading, held, grace }: SleepTimerView): Message => {
  if (grace !== undefined) {
    const silence = { since: timeOfDay(endsAt), until: timeOfDay(grace.until) };
    return grace.eyesClosed ? message("sleep.graceEyesClosed", silence) : message("sleep.grace", silence);
  }
  // While the session is paused, the end keeps moving, so there is no time to show.
  if (held) return message("sleep.setAfterSoundPaused");
  const times = { endsAt: timeOfDay(endsAt), fadesAt: timeOfDay(fadesAt) };
  if (kind === "afterThis")
    return fading ? message("sleep.fadingWithSound", { endsAt: times.endsAt }) : message("sleep.setAfterSound", times);
  return fading ? message("sleep.fading", { endsAt: times.endsAt }) : message("sleep.set", times);
};
