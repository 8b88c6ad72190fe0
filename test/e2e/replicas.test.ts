import type { EmulatedGuild } from "discord-emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { createChaos } from "../chaos/chaos.ts";
import { whyNoPostgres } from "../support/postgresServer.ts";
import { openReplicas, playIn, type ReplicaProcess, type Replicas } from "./openReplicas.ts";

/** Of two shards, the first carries this guild; the emulator's own is on the second. */
const ON_FIRST = String(2n << 22n);
const ON_FIRST_TOO = String(4n << 22n);
/** This one on the second; it has sound in two channels, of which a helper speaks in one. */
const WITH_HELPER = String(3n << 22n);
/** A tired machine takes as long again for what a host waits for. */
const SLOWNESS = 2;
const noPostgres = whyNoPostgres();
/** Of `npm run chaos`, in small: this one kills a replica and cuts the other off from the database. */
const CHAOS_SEED = 4;

const isHeard = async (guild: EmulatedGuild, as = "ana", channel = "lounge"): Promise<boolean> =>
  (await guild.listen(200, { as, channel })).peak > 0.001;

const untilHeard = async (guild: EmulatedGuild, as?: string, channel?: string): Promise<void> => {
  const until = performance.now() + seconds(60);
  while (!(await isHeard(guild, as, channel))) if (performance.now() > until) throw new Error("Nothing is heard");
};

/** How long nothing was heard, at the longest. */
const longestGap = async (guild: EmulatedGuild, during: Promise<unknown>): Promise<Millis> => {
  let [isOver, longest, heardAt] = [false, 0, performance.now()];
  const end = during.then(() => {
    isOver = true;
  });
  while (!isOver) {
    if (await isHeard(guild)) heardAt = performance.now();
    longest = Math.max(longest, performance.now() - heardAt);
  }
  await end;
  return longest;
};

/** What a member is answered who keeps asking. @returns texts, the empty one for no answer */
const answersDuring = async (guild: EmulatedGuild, during: Promise<unknown>): Promise<readonly string[]> => {
  const asked: Promise<string>[] = [];
  const bo = await guild.member("bo").join("lounge");
  const asking = setInterval(() => {
    const answer = bo.slash("now").then(({ text }) => text);
    asked.push(answer.catch(() => ""));
  }, 250);
  await during;
  clearInterval(asking);
  return Promise.all(asked);
};

describe.skipIf(noPostgres !== undefined)(noPostgres ?? "replicas", () => {
  let replicas: Replicas;
  let rooms: readonly EmulatedGuild[];
  let withHelper: EmulatedGuild;
  let first: ReplicaProcess;
  let second: ReplicaProcess;
  let third: ReplicaProcess;
  const servedBy = ({ bot }: ReplicaProcess) => bot().lines.filter((line) => line.includes("A shard is served")).length;

  /** The bot in one channel and its helper in the other, each with its own voice. */
  const untilBothAreHeard = async () => {
    await untilHeard(withHelper);
    await untilHeard(withHelper, "bo", "loft");
    const helper = replicas.emulator.helpers[0]?.name;
    expect([withHelper.botChannel(), withHelper.botChannel(helper)]).toEqual(["lounge", "loft"]);
  };

  beforeAll(async () => {
    replicas = await openReplicas({
      gateway: { shards: 2, maxConcurrency: 16 },
      helpers: 1,
    });
    rooms = [replicas.emulator.createGuild("First", { id: ON_FIRST }), replicas.emulator];
    first = await replicas.open();
    await replicas.emulator.waitUntil("the first serves both shards", () => servedBy(first) === 2, seconds(30));
    for (const guild of rooms) await playIn(guild);
    withHelper = replicas.emulator.createGuild("Two channels", { id: WITH_HELPER });
    await playIn(withHelper);
    await playIn(withHelper, { name: "bo", channel: "loft" });
    for (const guild of rooms) await untilHeard(guild);
    await untilBothAreHeard();
  }, 180_000);
  // What was answered too late is looked at by the test.
  afterAll(() => replicas.close().catch(() => {}));

  test("a new one takes its share, and the room that moves is silent for a moment", async () => {
    const joined = replicas.open().then(async (started) => {
      second = started;
      await replicas.emulator.waitUntil("it serves a shard", () => servedBy(second) === 1, seconds(30));
      for (const guild of rooms) await untilHeard(guild);
    });
    const gaps = await Promise.all(rooms.map((guild) => longestGap(guild, joined)));
    expect(Math.max(...gaps)).toBeLessThan(seconds(4) * SLOWNESS);
    expect(Math.min(...gaps)).toBeLessThan(seconds(1) * SLOWNESS);
    // Each shard has one session.
    await replicas.emulator.waitUntil("the old session is closed", () => replicas.emulator.shards().length === 2);
  });

  test("when one is killed, the other plays on in its rooms and answers there, once", async () => {
    const killedAt = performance.now();
    await first.bot().kill();
    for (const guild of rooms) await untilHeard(guild);
    expect(performance.now() - killedAt).toBeLessThan(seconds(20) * SLOWNESS);
    for (const guild of rooms) {
      const answer = await guild.member("ana").slash("now");
      expect(answer.text).toContain("Brown");
      expect(guild.messages().filter(({ text }) => text.includes("Brown"))).toHaveLength(1);
    }
    await untilBothAreHeard();
    expect(replicas.emulator.violations).toEqual([]);
  });

  test("one that is asked to end hands its shards over first, and every command meanwhile is answered", async () => {
    third = await replicas.open();
    await replicas.emulator.waitUntil("it serves a shard", () => servedBy(third) === 1, seconds(30));
    for (const guild of rooms) await untilHeard(guild);
    const ended = second.bot().stop(seconds(30));
    const answers = rooms.map((guild) => answersDuring(guild, ended));
    const gaps = await Promise.all(rooms.map((guild) => longestGap(guild, ended)));
    const texts = (await Promise.all(answers)).flat();
    // On a machine that is too busy, one may take longer than Discord's 3 s.
    expect(texts.filter((text) => text === "").length).toBeLessThan(Math.max(2, texts.length / 10));
    expect(replicas.emulator.violations.filter((text) => !/no answer within 3 s|10062/.test(text))).toEqual([]);
    expect(await ended).toBe(0);
    expect(Math.max(...gaps)).toBeLessThan(seconds(4) * SLOWNESS);
    for (const guild of rooms) await untilHeard(guild);
    await untilBothAreHeard();
    expect(servedBy(third)).toBe(2);
  });

  test("one is killed and one cut off from the database: an evening begins once, and what members were told is kept is there", async () => {
    const { emulator } = replicas;
    await second.start();
    const chaos = await createChaos(replicas, [third, second], {
      guilds: rooms,
      eveningGuilds: [emulator.createGuild("Evening", { id: ON_FIRST_TOO })],
      faults: { begin: seconds(3), longest: seconds(6), most: 2 },
    });
    expect(await chaos.run(CHAOS_SEED)).toMatchObject({ violations: [], evenings: 1 });
    await chaos.close();
  }, 600_000);
});
