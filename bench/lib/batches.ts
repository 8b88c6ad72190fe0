const AT_ONCE = 20;

/**
 * Runs a few tasks at a time: a handshake that waits for too many others reaches its own timeout.
 */
export const inBatches = async <Item>(items: readonly Item[], run: (item: Item) => Promise<unknown>): Promise<void> => {
  for (let from = 0; from < items.length; from += AT_ONCE)
    await Promise.all(items.slice(from, from + AT_ONCE).map(run));
};
