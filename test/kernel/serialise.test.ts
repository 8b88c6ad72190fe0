import { describe, expect, test } from "vitest";
import { createKeyedQueue, createLimit } from "../../src/kernel/serialise.ts";
import { settle } from "../support/fakeClock.ts";

describe("tasks of one key", () => {
  test("run one after the other, those of others beside them, and a failure holds nobody up", async () => {
    const queue = createKeyedQueue<string>();
    const order: string[] = [];
    const first = Promise.withResolvers<void>();
    const failed = queue.run("a", async () => {
      await first.promise;
      throw new Error("No");
    });
    const second = queue.run("a", async () => order.push("a2"));
    await queue.run("b", async () => order.push("b1"));
    expect(order).toEqual(["b1"]);
    first.resolve();
    await expect(failed).rejects.toThrow("No");
    await second;
    expect(order).toEqual(["b1", "a2"]);
  });
});

describe("a limit", () => {
  test("lets so many run at a time, the others in order, whatever fails", async () => {
    const limit = createLimit(2);
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    const started: number[] = [];
    const all = gates.map(({ promise }, index) =>
      limit(async () => {
        started.push(index);
        await promise;
        if (index === 0) throw new Error("No");
      }).catch(() => {}),
    );
    await settle();
    expect(started).toEqual([0, 1]);
    gates[0]?.resolve();
    await settle();
    expect(started).toEqual([0, 1, 2]);
    for (const { resolve } of gates) resolve();
    await Promise.all(all);
    expect(started).toEqual([0, 1, 2, 3, 4]);
  });
});
