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

/** A waiting job: runs it, and returns how to answer the caller. */
type Waiting = () => Promise<() => void>;

/** Creates a queue that serves keys in turn. */
export const createFairQueue = (): FairQueue => {
  /** Waiting jobs by key; the order of the keys is the order of their turns. */
  const waiting = new Map<string, readonly Waiting[]>();
  let running: string | undefined;

  const toTheBack = (key: string, jobs: readonly Waiting[]): void => {
    waiting.delete(key);
    if (jobs.length > 0) waiting.set(key, jobs);
  };

  const next = (): void => {
    if (running !== undefined) return;
    const [turn] = waiting;
    const [key = "", [job, ...rest] = []] = turn ?? [];
    if (job === undefined) return;
    toTheBack(key, rest);
    running = key;
    void job().then((answer) => {
      running = undefined;
      // Keys that came while it ran go before its own next job.
      toTheBack(key, waiting.get(key) ?? []);
      answer();
      next();
    });
  };

  return {
    run: (key, job) =>
      new Promise((resolve, reject) => {
        const start: Waiting = async () => {
          try {
            const result = await job();
            return () => resolve(result);
          } catch (error) {
            return () => reject(error);
          }
        };
        waiting.set(key, [...(waiting.get(key) ?? []), start]);
        next();
      }),
    countOf: (key) => (waiting.get(key)?.length ?? 0) + (running === key ? 1 : 0),
  };
};
