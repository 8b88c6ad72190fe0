/** Things that are dear to make and used by turns. */
export interface Pool<T> {
  acquire(): T;
  release(thing: T): void;
}

/** What is given back is kept for the next one who takes; more than `spare` are dropped. */
export const createPool = <T>(create: () => T, spare: number): Pool<T> => {
  const waiting: T[] = [];
  return {
    acquire: () => waiting.pop() ?? create(),
    release(thing) {
      if (waiting.length < spare) waiting.push(thing);
    },
  };
};
