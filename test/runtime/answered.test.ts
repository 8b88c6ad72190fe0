import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { viewOf } from "../../src/session/view.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { soundQueued } from "../session/sessionFixture.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";
import { guild, memoryStore, openSessionsHarness } from "./sessionsHarness.ts";
import { durable, WISHES } from "./wishes.ts";

const BOT = fileURLToPath(new URL("./answeringBot.ts", import.meta.url));
/** `LULL_KILLS=50` kills as often for each kind of wish, at 0 to 300 ms after the answer. */
const KILLS = Number(process.env.LULL_KILLS ?? 1);

/** The answer to a wish, and what a database has of the session after kill −9 so long after that. */
const killedAfter = async (kind: string, delay: number) => {
  const directory = await mkdtemp(join(tmpdir(), "lull-answered-"));
  const path = join(directory, "lull.sqlite");
  const bot = spawn(process.execPath, [BOT, path, kind], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(bot, "exit");
  let answer = "";
  for await (const line of createInterface({ input: bot.stdout })) {
    answer = line;
    if (delay > 0) await pause(delay);
    bot.kill("SIGKILL");
  }
  await ended;
  const storage = await openStorage({ path });
  const [kept] = await storage.sessions.all();
  await storage.close();
  await rm(directory, { recursive: true });
  return { answer: JSON.parse(answer) as unknown, kept: durable(kept && viewOf(kept.session)) };
};

test.each(Object.keys(WISHES))(
  "%s: what was answered survives kill −9 right after the answer",
  async (kind) => {
    for (let index = 0; index < KILLS; index++) {
      const { answer, kept } = await killedAfter(kind, Math.round((300 * index) / KILLS));
      expect(JSON.parse(JSON.stringify(kept))).toEqual(answer);
    }
  },
  20_000 + KILLS * 3_000,
);

test("wishes that arrive together share one commit", async () => {
  const store = memoryStore();
  let commits = 0;
  const write: typeof store.write = (changes, at) => {
    commits++;
    return store.write(changes, at);
  };
  const { sessions } = openSessionsHarness({ store: { ...store, write } });
  await sessions.dispatch(guild, soundQueued("rain"));
  await settle();
  commits = 0;
  await Promise.all(["ocean", "fire", "sea"].map((sound) => sessions.dispatch(guild, soundQueued(sound))));
  expect(commits).toBe(1);
});

test("what could not be written is written when there is room again, and nobody waited for that", async () => {
  const store = memoryStore();
  let isFull = true;
  const write: typeof store.write = (changes, at) =>
    isFull ? Promise.reject(new Error("database or disk is full")) : store.write(changes, at);
  const clock = fakeClock();
  const { sessions, complaints } = openSessionsHarness({ store: { ...store, write } }, clock);
  const { queue } = await sessions.dispatch(guild, soundQueued("rain"));
  expect(queue).toEqual([]);
  await sessions.dispatch(guild, soundQueued("ocean"));
  await clock.advance(60_000);
  expect(complaints).toEqual(["Sessions could not be saved; trying again"]);
  isFull = false;
  await clock.advance(5_000);
  expect(store.rows.get(guild)?.json).toContain("ocean");
});
