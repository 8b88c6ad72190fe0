/** Handles events one at a time, in the order in which they arrive. */
export interface Inbox<Event> {
  /** Handles an event at once, or after those that are being handled. Never throws. */
  take(event: Event): void;
  /** Does something before every event that it brings about. @throws what it throws */
  before(work: () => void): void;
}

/**
 * Creates an inbox: what handles an event may bring about others.
 * @param onLost called with an event whose handling threw
 */
export const createInbox = <Event>(
  handle: (event: Event) => void,
  onLost: (event: Event, error: unknown) => void,
): Inbox<Event> => {
  const waiting: Event[] = [];
  let isBusy = false;

  const before = (work: () => void) => {
    isBusy = true;
    try {
      work();
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) handle(next);
    } finally {
      isBusy = false;
    }
  };

  return {
    take(event) {
      if (isBusy) {
        waiting.push(event);
        return;
      }
      try {
        before(() => handle(event));
      } catch (error) {
        onLost(event, error);
      }
    },
    before,
  };
};
