import type { Clock } from "../kernel/clock.ts";
import type { SessionId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { Panels } from "../ports/guild.ts";
import type { PanelMessage } from "../session/session.ts";
import { timeLeftParts } from "../session/timeLeft.ts";
import type { SessionView } from "../session/view.ts";

/**
 * Discord takes about five edits in five seconds a channel; the panel leaves most of them to
 * others.
 */
const MIN_EDIT_INTERVAL: Millis = seconds(1.2);

/**
 * One request causes several changes at once, such as a sound that is queued and, being there
 * already, plays.
 */
const DEBOUNCE: Millis = 100;

/**
 * What a panel shows; the position and the listeners change all the time and are not part of it.
 */
const contentKey = ({ now, listeners: _, guests: _guests, posted: _posted, ...view }: SessionView): string =>
  JSON.stringify({ ...view, now: now && { ...now, position: 0, elapsed: 0, at: 0, takes: undefined } });

/** What may be shown late: how many listen, and how much is left. */
const SLOW_INTERVAL: Millis = seconds(30);
const slowKey = (view: SessionView, now: Millis): string =>
  JSON.stringify([view.listeners.length, timeLeftParts(view, now)]);

/** How long a panel that could not be shown is left before each further try. */
const RETRY_DELAYS: readonly Millis[] = [seconds(5), seconds(15), seconds(60)];

/** Updates the panel to this view, or to a later one. */
export type UpdatePanel = (view: SessionView) => void;

/**
 * Updates one guild's panels: one change at a time, the latest wins, and a failure is only logged.
 * The end of a session is shown at once, and before the next session.
 * @param posted is called with a panel's place whenever it is posted again
 */
export const createPanelUpdater = (
  panels: Panels,
  posted: (session: SessionId, where: PanelMessage) => void,
  clock: Clock,
  log: Log,
): UpdatePanel => {
  /** At most one view of each session, in order. */
  let unsaid: readonly SessionView[] = [];
  let said = "";
  let saidSlowly = "";
  let slowUntil: Millis = 0;
  let showing = false;
  let failures = 0;
  /** The panel that comes next has failed before: it waits its time, even if it is a session's last. */
  let retrying = false;
  let stopResting: (() => void) | undefined;

  const rest = (time: Millis) => {
    stopResting = clock.after(time, () => {
      stopResting = undefined;
      pump();
    });
  };

  const show = async (view: SessionView): Promise<void> => {
    showing = true;
    let retryIn: Millis | undefined;
    try {
      const where = await panels.show(view);
      if (where !== undefined) posted(view.id, where);
      failures = 0;
    } catch (error) {
      log.warn("The panel could not be shown", { guild: view.guild, error });
      retryIn = RETRY_DELAYS[failures];
      failures += 1;
    }
    showing = false;
    retrying = retryIn !== undefined && !unsaid.some(({ id }) => id === view.id);
    if (retrying) {
      said = "";
      unsaid = [view, ...unsaid];
    }
    rest(retryIn ?? MIN_EDIT_INTERVAL);
    pump();
  };

  const pump = () => {
    const [view, ...later] = unsaid;
    if (showing || view === undefined) return;
    if (view.status === "over" && !retrying) {
      stopResting?.();
      stopResting = undefined;
    }
    if (stopResting !== undefined) return;
    unsaid = later;
    const next = contentKey(view);
    const nextSlowly = slowKey(view, clock.now());
    // A sound that plays reports its position every few seconds, so that nothing waits for long.
    if (next === said && (nextSlowly === saidSlowly || clock.now() < slowUntil)) return pump();
    said = next;
    saidSlowly = nextSlowly;
    slowUntil = clock.now() + SLOW_INTERVAL;
    void show(view);
  };

  return (view) => {
    if (retrying) {
      retrying = false;
      stopResting?.();
      stopResting = undefined;
    }
    unsaid = [...unsaid.filter(({ id }) => id !== view.id), view];
    if (!showing && stopResting === undefined) rest(DEBOUNCE);
    pump();
  };
};
