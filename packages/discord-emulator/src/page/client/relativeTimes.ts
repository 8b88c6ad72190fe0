import { timestampText } from "./timestamps.ts";

/** Class of the elements whose text is true for a while only; `data-moment` is in seconds since the epoch. */
export const RELATIVE_CLASS = "relative";

const MINUTE = 60;
/** A text in minutes or more is looked at six times per unit: it is wrong for ten seconds in a minute at most. */
const LOOKS = 6;

const untilNext = (distance: number): number => {
  if (distance < MINUTE) return 1;
  const unit = distance < 60 * MINUTE ? MINUTE : 60 * MINUTE;
  return Math.max(1, Math.min(unit / LOOKS, distance - MINUTE));
};

const shownIn = (message: string) =>
  document.querySelectorAll<HTMLElement>(`[data-message="${CSS.escape(message)}"] .${RELATIVE_CLASS}`);

/**
 * Keeps texts such as "in 5 minutes" up to date while they are in view, and touches nothing else; a text that comes into
 * view is brought up to date then.
 * @param locale the reader's
 */
export const createRelativeTimes = (locale: () => string) => {
  /** When each text has to be looked at again, in seconds since the epoch. */
  const due = new WeakMap<Element, { readonly moment: string | undefined; readonly at: number }>();
  const inView = new Set<HTMLElement>();

  const refresh = (element: HTMLElement, now: number) => {
    const { moment } = element.dataset;
    const known = due.get(element);
    if (known?.moment === moment && known !== undefined && known.at > now && known.at - now < 60 * MINUTE) return;
    const text = timestampText(Number(moment), "R", now, locale());
    if (element.textContent !== text) element.textContent = text;
    due.set(element, { moment, at: now + untilNext(Math.abs(Number(moment) - now)) - 0.5 });
  };
  const observer = new IntersectionObserver((entries) => {
    const now = Date.now() / 1_000;
    for (const { target, isIntersecting } of entries) {
      if (!(target instanceof HTMLElement)) continue;
      if (isIntersecting) {
        inView.add(target);
        refresh(target, now);
      } else inView.delete(target);
    }
  });

  return {
    /** @param drawn ids of messages that have been drawn, whose texts may be new */
    watch(drawn: Iterable<string>): void {
      for (const message of drawn) for (const element of shownIn(message)) observer.observe(element);
    },
    /** Once a second is often enough. */
    refresh(): void {
      const now = Date.now() / 1_000;
      for (const element of inView) refresh(element, now);
    },
  };
};
