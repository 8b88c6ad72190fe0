import { expect, test } from "vitest";
import { createServerClock } from "../../src/remote/client/serverClock.ts";
import { throttle } from "../../src/remote/client/throttle.ts";

test("two pages whose networks are slow and uneven agree on the moment to 100 ms", () => {
  const ahead = 4_000_000;
  const page = (delays: readonly (readonly [there: number, back: number])[]) => {
    const clock = createServerClock();
    for (const [index, [there, back]] of delays.entries()) {
      const sent = index * 300;
      clock.answered(sent, sent + there + back, sent + there + ahead);
    }
    return clock.now(5_000);
  };
  const [one, other] = [
    page([
      [400, 90],
      [60, 20],
      [700, 30],
    ]),
    page([
      [20, 900],
      [15, 95],
      [30, 400],
    ]),
  ];
  expect(Math.abs(one - other)).toBeLessThan(100);
  expect(Math.abs(one - ahead - 5_000)).toBeLessThan(50);
});

test("a slider that is moved sends its last value, and not each one", async () => {
  let value = 0;
  const sent: number[] = [];
  const done = new Promise<void>((resolve) => {
    const send = throttle(5, () => {
      sent.push(value);
      if (value === 9) resolve();
    });
    for (; value < 9; value++) send();
    send();
  });
  await done;
  expect(sent).toEqual([0, 9]);
});
