/** The server's clock, as far as the page can tell. */
export interface ServerClock {
  /**
   * Takes an answer to a question for the time. The time was read about halfway between question and answer, so the
   * quickest answer of the last ones is the most exact: its error is half of what it took at most.
   * @param sent when it was asked, in milliseconds of the page's own clock
   * @param received when it was answered, on the same clock
   * @param now the server's time in the answer
   */
  answered(sent: number, received: number, now: number): void;
  /** The server's time. @param own the page's own clock */
  now(own: number): number;
}

/** How many answers are compared: clocks drift, so old ones do not count. */
const KEPT = 8;

/** Until the first answer, the machine's own time holds. */
export const createServerClock = (): ServerClock => {
  let answers: readonly { readonly took: number; readonly offset: number }[] = [];
  return {
    answered(sent, received, now) {
      const took = received - sent;
      answers = [{ took, offset: now - (sent + took / 2) }, ...answers].slice(0, KEPT);
    },
    now(own) {
      const [best] = answers.toSorted((a, b) => a.took - b.took);
      return best === undefined ? Date.now() : own + best.offset;
    },
  };
};
