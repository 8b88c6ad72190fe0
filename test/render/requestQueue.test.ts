import { expect, test } from "vitest";
import { type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { createKeptResults } from "../../src/render/keptResults.ts";
import { createRequestQueue } from "../../src/render/requestQueue.ts";

const by = (guild: number, user: number) => ({ guild: id<GuildId>(`${guild}`), user: id<UserId>(`${user}`) });

test("requests run one at a time, guilds by turns, six of a guild and two of a member at most", async () => {
  const queue = createRequestQueue();
  const ran: string[] = [];
  let [running, most] = [0, 0];
  const ask = (guild: number, user: number) =>
    queue.run(by(guild, user), async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      ran.push(`${guild}:${user}`);
      running--;
    });
  const outcomes = await Promise.allSettled([
    ...[1, 1, 1, 2, 2, 3, 3, 4].map((user) => ask(1, user)),
    ask(2, 9),
    // A member of two guilds is one member.
    ask(2, 1),
  ]);
  expect(outcomes.map(({ status }) => status === "fulfilled")).toEqual([
    ...[true, true, false, true, true, true, true, false],
    true,
    false,
  ]);
  expect(most).toBe(1);
  expect(ran.slice(0, 2)).toEqual(["1:1", "2:9"]);
  await ask(1, 1);
});

test("results are kept, the least recently used going first, and failures are not", async () => {
  const kept = createKeptResults<string>(2);
  const made: string[] = [];
  const of = (key: string) =>
    kept.of(key, async () => {
      made.push(key);
      if (key === "bad") throw new Error("bad");
      return key;
    });
  await Promise.all([of("a"), of("a"), of("b")]);
  await of("a");
  await of("c");
  await of("a");
  await of("b");
  expect(made).toEqual(["a", "b", "c", "b"]);
  await expect(of("bad")).rejects.toThrow("bad");
  await expect(of("bad")).rejects.toThrow("bad");
  expect(made.filter((key) => key === "bad")).toHaveLength(2);
});
