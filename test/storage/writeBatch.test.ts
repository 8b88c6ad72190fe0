import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/storage/database.ts";
import { createWriteBatch } from "../../src/storage/writeBatch.ts";

test("hundreds of writes take a few commits, and between two of them the thread does other work", async () => {
  const db = await openDatabase(":memory:");
  const batched = createWriteBatch(db);
  const turns: number[] = [];
  let turn = 0;
  let isDone = false;
  const writes = Array.from({ length: 200 }, (_, index) =>
    batched(async (change) => {
      turns.push(turn);
      await change
        .insertInto("heard")
        .values({ guild: "1", sound: `sound-${index}`, evening: "2026-11-29", minutes: 1 })
        .execute();
      return index;
    }),
  );
  const settled = Promise.all(writes).finally(() => (isDone = true));
  for (; !isDone; turn++) await nextTurn();
  expect(await settled).toEqual(Array.from({ length: 200 }, (_, index) => index));
  expect(await db.selectFrom("heard").select("sound").execute()).toHaveLength(200);
  for (const each of new Set(turns)) expect(turns.filter((one) => one === each).length).toBeLessThanOrEqual(20);
  await db.destroy();
});
