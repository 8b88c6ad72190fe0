import { timestampText } from "./timestamps.ts";

/** Class of the elements whose text is true for a while only; `data-moment` is in seconds since the epoch. */
export const RELATIVE_CLASS = "relative";

const MINUTE = 60;
/** A text in minutes or more is looked at six times per unit: it is wrong for ten seconds in a minute at most. */
const LOOKS = 6;

/** When each text has to be looked at again, in seconds since the epoch. */
const due = new WeakMap<Element, { readonly moment: number; readonly at: number }>();

const untilNext = (distance: number): number => {
  if (distance < MINUTE) return 1;
  const unit = distance < 60 * MINUTE ? MINUTE : 60 * MINUTE;
  return Math.max(1, Math.min(unit / LOOKS, distance - MINUTE));
};

/** Brings texts such as "in 5 minutes" up to date, and touches nothing else. */
export const refreshRelativeTimes = (locale: string): void => {
  const now = Date.now() / 1_000;
  for (const element of document.getElementsByClassName(RELATIVE_CLASS)) {
    const known = due.get(element);
    if (known !== undefined && known.at > now && known.at - now < 60 * MINUTE) continue;
    const moment = known?.moment ?? Number((element as HTMLElement).dataset.moment);
    const text = timestampText(moment, "R", now, locale);
    if (element.textContent !== text) element.textContent = text;
    due.set(element, { moment, at: now + untilNext(Math.abs(moment - now)) - 0.5 });
  }
};
