import { type Millis, minutes } from "../kernel/units.ts";
import { isHeard, type SessionView } from "./view.ts";

/** Into how many parts a bar of what is left is divided. */
export const BAR_PARTS = 10;
/** What is left is shown no more exactly than this: each change is an edit of a message. */
const STEP: Millis = minutes(3);

const partsOf = (left: Millis, total: Millis): number =>
  Math.min(BAR_PARTS, Math.max(0, Math.ceil((left / total) * BAR_PARTS)));

/**
 * What is left of the sleep timer, or else of a sound that plays for a while, in parts of a bar.
 * Changes at most every three minutes as time passes, and is empty as soon as the timer has ended.
 * @returns 0 to `BAR_PARTS`; undefined where nothing has an end
 */
export const timeLeftParts = (view: SessionView, now: Millis): number | undefined => {
  const { sleepTimer, now: heard } = view;
  const then = Math.floor(now / STEP) * STEP;
  if (sleepTimer !== undefined && !sleepTimer.held && now >= sleepTimer.endsAt) return 0;
  if (sleepTimer?.since !== undefined && !sleepTimer.held)
    return partsOf(sleepTimer.endsAt - Math.max(then, sleepTimer.since), sleepTimer.endsAt - sleepTimer.since);
  if (heard?.lasts === undefined) return undefined;
  const passed = isHeard(view) ? Math.max(0, then - heard.at) : 0;
  return partsOf(heard.length - heard.position - passed, heard.length);
};
