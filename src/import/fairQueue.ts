/** Jobs that wait for one another; each key takes its turn. */
export interface FairQueue {
  /**
   * Runs a job once its turn has come: one at a time, round robin over the keys, so that a key
   * waits for one job of every other key at most, however many those have.
   * @param key whose job it is: a guild's ID
   * @returns what the job returns; rejects with its error
   */
  run<T>(key: string, job: () => Promise<T>): Promise<T>;
  /** Jobs of a key that run or wait. */
  countOf(key: string): number;
}

/** Creates a queue that serves keys in turn. */
export const createFairQueue = (): FairQueue => {
  /** Waiting jobs by key; the order of the keys is the order of their turns. */
  const waiting = new Map<string, (() => Promise<void>)[]>();
  let running: string | undefined;

  const next = (): void => {
    if (running !== undefined) return;
    const [turn] = waiting;
    const [key = "", [job, ...rest] = []] = turn ?? [];
    if (job === undefined) return;
    waiting.delete(key);
    // A key with more jobs goes to the back.
    if (rest.length > 0) waiting.set(key, rest);
    running = key;
    void job().then(() => {
      running = undefined;
      next();
    });
  };

  return {
    run: (key, job) =>
      new Promise((resolve, reject) => {
        // `then` starts the job in a promise, so that one that throws at once ends nothing else.
        const start = () => Promise.resolve().then(job).then(resolve, reject);
        waiting.set(key, [...(waiting.get(key) ?? []), start]);
        next();
      }),
    countOf: (key) => (waiting.get(key)?.length ?? 0) + (running === key ? 1 : 0),
  };
};
