import { expect, test } from "vitest";
import { createLastResort } from "../src/lastResort.ts";

const open = () => {
  const logged: string[] = [];
  const printed: string[] = [];
  let hopeless = 0;
  const take = createLastResort({
    log: { info() {}, warn() {}, error: (message) => logged.push(message) },
    print: (line) => printed.push(line),
    onHopeless: () => hopeless++,
  });
  return { take, logged, printed, hopeless: () => hopeless };
};

test("an error that nothing caught is logged each time, and the operator is told of the first", () => {
  const { take, logged, printed, hopeless } = open();
  for (let i = 0; i < 5; i++) take(new TypeError("x is not a function"));
  take(undefined);
  expect(logged).toHaveLength(6);
  expect(printed).toEqual([expect.stringMatching(/^An error was not caught \(TypeError: x is not a function\)/)]);
  expect(hopeless()).toBe(0);
});

test("errors that come faster than any accident end the bot, once", () => {
  const { take, hopeless } = open();
  for (let i = 0; i < 100; i++) take(new Error("again"));
  expect(hopeless()).toBe(1);
});
