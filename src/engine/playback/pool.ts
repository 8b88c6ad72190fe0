/** Pool of expensive objects, each used by one stream at a time. */
export interface Pool<T> {
  acquire(): T;
  release(object: T): void;
}

/** @param spare how many released objects are kept for reuse; further ones are dropped */
export const createPool = <T>(create: () => T, spare: number): Pool<T> => {
  const waiting: T[] = [];
  return {
    acquire: () => waiting.pop() ?? create(),
    release(object) {
      if (waiting.length < spare) waiting.push(object);
    },
  };
};
