import fc from "fast-check";
import { expect, test } from "vitest";
import { createDeadlineHeap } from "../../src/kernel/deadlineHeap.ts";

const change = fc.record({ key: fc.nat(20), at: fc.option(fc.nat(1_000), { nil: undefined }) });

test("the earliest deadline comes first, whatever was set, replaced and deleted", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
      const heap = createDeadlineHeap<number>();
      const all = new Map<number, number>();
      for (const { key, at } of changes) {
        if (at === undefined) heap.delete(key);
        else heap.set(key, at);
        if (at === undefined) all.delete(key);
        else all.set(key, at);
        expect(heap.first()?.at).toBe(all.size === 0 ? undefined : Math.min(...all.values()));
      }
      const order: number[] = [];
      for (let first = heap.first(); first !== undefined; first = heap.first()) {
        order.push(first.at);
        expect(all.get(first.key)).toBe(first.at);
        heap.delete(first.key);
      }
      expect(order).toEqual([...all.values()].toSorted((a, b) => a - b));
    }),
  );
});
