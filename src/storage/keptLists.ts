import type { Clock } from "../kernel/clock.ts";
import { createTimeSlices } from "../kernel/timeSlices.ts";

/** An item, and the row that it was read from. */
interface Read<Row, Item> {
  readonly row: Row;
  readonly item: Item;
}

/** Owners' lists, kept until they change. */
export interface KeptLists<Owner, Item> {
  of(owner: Owner): Promise<readonly Item[]>;
  /** Has an owner's list read again; absent: everyone's. */
  changed(owner?: Owner): void;
}

/**
 * Keeps the lists that were asked for last, since each keystroke of an autocomplete asks for one.
 * Of a list that has changed, only the rows that differ are parsed, in slices between other work.
 * @param options.rowsOf an owner's rows, in order
 * @param options.parse makes an item of a row
 * @param options.refresh an item with what may change of a row and is cheap to read; undefined where
 * the row has to be parsed again
 * @param options.most how many owners' lists are kept
 * @param options.clock measures the slices
 */
export const createKeptLists = <Owner, Row extends { readonly id: string }, Item>(options: {
  rowsOf(owner: Owner): Promise<readonly Row[]>;
  parse(row: Row): Item;
  refresh(read: Read<Row, Item>, row: Row): Item | undefined;
  readonly most: number;
  readonly clock: Pick<Clock, "elapsed">;
}): KeptLists<Owner, Item> => {
  const { rowsOf, parse, refresh, most, clock } = options;
  const lists = new Map<Owner, Promise<readonly Item[]>>();
  const known = new Map<Owner, ReadonlyMap<string, Read<Row, Item>>>();

  const forgetOldest = (): void => {
    for (const [owner] of known) {
      if (known.size <= most) return;
      known.delete(owner);
      lists.delete(owner);
    }
  };

  const load = async (owner: Owner): Promise<readonly Item[]> => {
    const rows = await rowsOf(owner);
    const former = known.get(owner);
    const read = new Map<string, Read<Row, Item>>();
    const pause = createTimeSlices(clock);
    for (const row of rows) {
      const before = former?.get(row.id);
      const refreshed = before && refresh(before, row);
      read.set(row.id, { row, item: refreshed ?? parse(row) });
      if (refreshed === undefined) await pause();
    }
    // The latest last, so that the list that was changed or asked for first goes first.
    known.delete(owner);
    known.set(owner, read);
    forgetOldest();
    return [...read.values()].map(({ item }) => item);
  };

  return {
    async of(owner) {
      const list = lists.get(owner) ?? load(owner);
      lists.set(owner, list);
      try {
        return await list;
      } catch (error) {
        // A list that could not be read is read again.
        if (lists.get(owner) === list) lists.delete(owner);
        throw error;
      }
    },
    changed(owner) {
      if (owner === undefined) lists.clear();
      else lists.delete(owner);
    },
  };
};
