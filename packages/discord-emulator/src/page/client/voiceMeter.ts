import { FLOOR, METER_ID } from "./voicePanelView.ts";

/** Ten times a second. */
const PERIOD = 100;

/**
 * Moves the level meter, outside of all drawing, and only when the level has changed.
 * @param level what is heard now, in dBFS
 */
export const runMeter = (level: () => number): void => {
  let shown: HTMLElement | null = null;
  let last: number | undefined;
  setInterval(() => {
    const meter = document.getElementById(METER_ID);
    if (meter === null || document.hidden) return;
    if (meter !== shown) last = undefined;
    shown = meter;
    const now = Math.round(Math.max(FLOOR, Math.min(0, level())));
    if (now === last) return;
    last = now;
    meter.style.setProperty("--level", String(1 - now / FLOOR));
    meter.setAttribute("aria-valuenow", String(now));
  }, PERIOD);
};
