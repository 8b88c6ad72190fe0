/**
 * Runs something at once, and again at most once in an interval, the last time included.
 * @param interval in milliseconds
 */
export const throttle = (interval: number, run: () => void): (() => void) => {
  let waiting = false;
  let again = false;
  const next = () => {
    waiting = again;
    if (!again) return;
    again = false;
    run();
    setTimeout(next, interval);
  };
  return () => {
    if (waiting) {
      again = true;
      return;
    }
    waiting = true;
    run();
    setTimeout(next, interval);
  };
};
