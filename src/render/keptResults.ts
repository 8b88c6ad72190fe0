/** Results that take a process to make, by what they are made from. */
export interface KeptResults<T> {
  /** The result that is kept, or on its way, or is made now; one that fails is not kept. */
  of(key: string, make: () => Promise<T>): Promise<T>;
}

/** @param most how many are kept, the least recently used going first */
export const createKeptResults = <T>(most: number): KeptResults<T> => {
  const kept = new Map<string, Promise<T>>();
  return {
    of(key, make) {
      const result = kept.get(key) ?? make();
      kept.delete(key);
      kept.set(key, result);
      for (const [oldest] of kept) if (kept.size > most) kept.delete(oldest);
      const forget = () => {
        if (kept.get(key) === result) kept.delete(key);
      };
      return result.catch((error: unknown) => {
        forget();
        throw error;
      });
    },
  };
};
