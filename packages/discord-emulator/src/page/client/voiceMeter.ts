import { FLOOR, METER_ID } from "./voicePanelView.ts";

/** Ten times a second. */
const PERIOD = 100;

/**
 * Moves the level meter, outside of all drawing, and only when the level has changed.
 * @param level what is heard now, in dBFS
 */
export const createMeter = (level: () => number) => {
  let shown: HTMLElement | null = null;
  let last: number | undefined;
  let flows = false;
  let timer: ReturnType<typeof setInterval> | undefined;

  const show = () => {
    const meter = document.getElementById(METER_ID);
    if (document.hidden) return;
    if (meter !== shown) last = undefined;
    shown = meter;
    const now = Math.round(Math.max(FLOOR, Math.min(0, level())));
    if (now !== last && meter !== null) {
      meter.style.setProperty("--level", String(1 - now / FLOOR));
      meter.setAttribute("aria-valuenow", String(now));
    }
    last = now;
    if (flows || now !== FLOOR) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    /** Where nothing flows, the meter falls to its floor and stays there without a timer. */
    follow(isHeard: boolean): void {
      flows = isHeard;
      if (flows) timer ??= setInterval(show, PERIOD);
    },
  };
};
