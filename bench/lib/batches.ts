const AT_ONCE = 20;

/** Runs a few at a time: a handshake that waits for too many others runs into its own deadline. */
export const inBatches = async <Item>(items: readonly Item[], run: (item: Item) => Promise<unknown>): Promise<void> => {
  for (let from = 0; from < items.length; from += AT_ONCE)
    await Promise.all(items.slice(from, from + AT_ONCE).map(run));
};
