/** Things that are dear to make and used by turns. */
export interface Pool<T> {
  take(): T;
  giveBack(thing: T): void;
}

/** What is given back is kept for the next one who takes; more than `spare` are dropped. */
export const createPool = <T>(create: () => T, spare: number): Pool<T> => {
  const waiting: T[] = [];
  return {
    take: () => waiting.pop() ?? create(),
    giveBack(thing) {
      if (waiting.length < spare) waiting.push(thing);
    },
  };
};
