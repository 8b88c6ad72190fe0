import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { SessionView } from "../session/view.ts";
import type { Panels } from "./ports.ts";

/** Discord takes about five edits in five seconds a channel; the panel leaves most of them to others. */
const SHORTEST_INTERVAL: Millis = seconds(1.2);

/** What a panel says; where the sound is and who listens change all the time, and are not part of it. */
const saying = ({ now, listeners: _, ...view }: SessionView): string =>
  JSON.stringify({ ...view, now: now && { ...now, position: 0, at: 0 } });

/** Lets the panel say this, or what comes after it. */
export type PanelPump = (view: SessionView) => void;

/** Shows one guild's panel: one change at a time, the latest wins, and a failure is no more than a line in the log. */
export const createPanelPump = (panels: Panels, clock: Clock, log: Log): PanelPump => {
  let latest: SessionView | undefined;
  let said = "";
  let busy = false;

  const show = async (view: SessionView): Promise<void> => {
    try {
      await panels.show(view);
    } catch (error) {
      log.warn("The panel could not be shown", { guild: view.guild, error });
    }
    clock.after(SHORTEST_INTERVAL, () => {
      busy = false;
      pump();
    });
  };

  const pump = () => {
    if (busy || latest === undefined) return;
    const view = latest;
    latest = undefined;
    const next = saying(view);
    if (next === said) return;
    said = next;
    busy = true;
    void show(view);
  };

  return (view) => {
    latest = view;
    pump();
  };
};
