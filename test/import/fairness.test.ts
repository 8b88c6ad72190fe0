import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createCpuBudget } from "../../src/import/cpuBudget.ts";
import { openImporter } from "../../src/import/importer.ts";
import { checkSpace } from "../../src/import/uploads/uploadSpace.ts";
import { createUploadTurns } from "../../src/import/uploads/uploadTurns.ts";
import { createFairQueue } from "../../src/kernel/fairQueue.ts";
import { type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { framesIn, hours } from "../../src/kernel/units.ts";
import { noise, wav } from "../support/soundFiles.ts";

const [here, elsewhere] = [id<GuildId>("1"), id<GuildId>("2")];
const folder = mkdtempSync(join(tmpdir(), "lull-fair-"));
const importers: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(importers.map((importer) => importer.close())));

test("guilds take turns, however much one of them has waiting", async () => {
  const queue = createFairQueue();
  const done: string[] = [];
  const job = (name: string) => async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    done.push(name);
  };
  await Promise.all([
    ...["a1", "a2", "a3", "a4"].map((name) => queue.run("a", job(name))),
    ...["b1", "b2"].map((name) => queue.run("b", job(name))),
    queue.run("c", job("c1")),
  ]);
  expect(done).toEqual(["a1", "b1", "c1", "a2", "b2", "a3", "a4"]);
});

test("a job that fails, at once or later, holds up nobody", async () => {
  const queue = createFairQueue();
  const failing = queue.run("a", () => {
    throw new Error("at once");
  });
  await expect(failing).rejects.toThrow("at once");
  await expect(queue.run("a", () => Promise.reject(new Error("later")))).rejects.toThrow("later");
  expect(await queue.run("b", async () => "done")).toBe("done");
  expect([queue.countOf("a"), queue.countOf("b")]).toEqual([0, 0]);
});

const jobOf = (name: string, seconds: number) => {
  const source = join(folder, name);
  writeFileSync(source, wav(noise(seconds)));
  const limits = { longest: framesIn(hours(3)), seconds: 60, memory: 512 * 2 ** 20 };
  const made = { title: "Sound", licence: "CC0-1.0", serial: 1, soften: true, loop: true };
  return { source, path: `${source}.opus`, ...made, limits };
};

test("three long files of one guild hold up three seconds of another by one of them at most", async () => {
  const importer = openImporter();
  importers.push(importer);
  const done: string[] = [];
  const run = async (owner: string, name: string, seconds: number) => {
    await importer.run(jobOf(name, seconds), { owner });
    done.push(name);
  };
  const long = ["long 1", "long 2", "long 3"].map((name) => run("1", name, 20));
  await Promise.all([...long, run("2", "short", 3)]);
  expect(done).toEqual(["long 1", "short", "long 2", "long 3"]);
});

test("a guild that has used its hour is refused until it is over, and others are not", async () => {
  let now = 0;
  const budget = createCpuBudget({ seconds: 0.1, now: () => now });
  const importer = openImporter({ budget });
  importers.push(importer);
  await importer.run(jobOf("first", 10), { owner: "1" });
  now = 20 * 60_000;
  await expect(importer.run(jobOf("second", 3), { owner: "1" })).rejects.toThrow(
    /used up its processing time for this hour. Try again in 40 minutes/,
  );
  await importer.run(jobOf("another's", 3), { owner: "2" });
  now = 61 * 60_000;
  await importer.run(jobOf("third", 3), { owner: "1" });
});

test("a budget counts the hour before now", () => {
  let now = 0;
  const budget = createCpuBudget({ seconds: 100, now: () => now });
  const refused = () => {
    try {
      budget.check("1");
      return false;
    } catch {
      return true;
    }
  };
  budget.charge("1", 60);
  now += 30 * 60_000;
  expect(refused()).toBe(false);
  budget.charge("1", 60);
  expect(refused()).toBe(true);
  now += 31 * 60_000;
  expect(refused()).toBe(false);
});

test("a member has two files under way, a guild three", async () => {
  const turns = createUploadTurns();
  const [ana, bo, cy] = ["3", "4", "5"].map((name) => id<UserId>(name));
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const hold = () => held;
  const running = [turns.run(here, ana, hold), turns.run(here, ana, hold)];
  await expect(turns.run(elsewhere, ana, hold)).rejects.toThrow(/Your last files are still being read/);
  running.push(turns.run(here, bo, hold));
  await expect(turns.run(here, cy, hold)).rejects.toThrow(/Some of this server’s files are still being processed/);
  running.push(turns.run(elsewhere, cy, hold));
  release();
  await Promise.all(running);
  await turns.run(here, ana, async () => {});
});

test("all bytes count, those of originals too, and no guild has more than its share", () => {
  const quota = { total: 100, perGuild: 40 };
  const file = (name: string, guild: GuildId, bytes: number) => ({ name, guild, bytes });
  const stored = [file("sound", here, 20), file("original", here, 15), file("sound", elsewhere, 20)];
  expect(() => checkSpace(stored, here, 5, quota)).not.toThrow();
  expect(() => checkSpace(stored, here, 6, quota)).toThrow(/all the room that one server can have/);
  expect(() => checkSpace(stored, elsewhere, 20, quota)).not.toThrow();
  const full = [...stored, file("more", id<GuildId>("6"), 40), file("most", id<GuildId>("7"), 20)];
  expect(() => checkSpace(full, elsewhere, 6, quota)).toThrow(/no storage left for new sounds/);
});

test("a file that is read, and one that waits, as the bot closes are refused in words, and nothing is left of them", async () => {
  const importer = openImporter();
  const started = Promise.withResolvers<void>();
  const results = Promise.allSettled([
    importer.run(jobOf("interrupted.wav", 120), { owner: here, onProgress: () => started.resolve() }),
    importer.run(jobOf("never-begun.wav", 3), { owner: elsewhere }),
  ]);
  await started.promise;
  await importer.close();
  for (const result of await results)
    expect(result).toMatchObject({ reason: { message: "Lull is restarting. Try again in a minute." } });
  expect(readdirSync(folder).filter((name) => /^(interrupted|never-begun)\.wav\./.test(name))).toEqual([]);
});
