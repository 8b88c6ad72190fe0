/** Runs tasks one after the other for each key, and side by side for different keys. */
export interface KeyedQueue<Key> {
  /**
   * Runs a task once every earlier task of its key has settled, whether it was fulfilled or rejected.
   * @returns what the task returns, or its rejection
   */
  run<Result>(key: Key, task: () => Promise<Result>): Promise<Result>;
}

/** Creates a queue per key; a key takes no memory once its last task has settled. */
export const createKeyedQueue = <Key>(): KeyedQueue<Key> => {
  const last = new Map<Key, Promise<unknown>>();

  return {
    run(key, task) {
      const turn = (last.get(key) ?? Promise.resolve()).then(task, task);
      last.set(key, turn);
      const forget = () => {
        if (last.get(key) === turn) last.delete(key);
      };
      turn.then(forget, forget);
      return turn;
    },
  };
};

/** Runs a task when fewer than the allowed number are running. */
export type Limit = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** Creates a limit on how many tasks run at a time; the others wait in the order in which they came. */
export const createLimit = (most: number): Limit => {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async (task) => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      // A task that waited takes the place of this one.
      if (next === undefined) running -= 1;
      else next();
    }
  };
};
