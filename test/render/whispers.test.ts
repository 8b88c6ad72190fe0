import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGuildCatalogue } from "../../src/catalogue/guildCatalogue.ts";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { openWhispers } from "../../src/render/whispers.ts";

const here = id<GuildId>("1");
const elsewhere = id<GuildId>("2");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lull-whispers-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("what was whispered is the guild's alone, and is there after a restart", async () => {
  const library = createGuildCatalogue([]);
  const whispers = await openWhispers({ folder, library, log: silentLog });
  const sound = await whispers.say(here, "Sleep well, all of you.");
  expect(sound.title).toBe("Whisper: Sleep well, all of you.");
  expect(library.of(here).find(sound.id)).toMatchObject({ risks: expect.arrayContaining(["whisper"]) });
  expect(library.of(elsewhere).find(sound.id)).toBeUndefined();
  expect((await whispers.say(here, "Sleep well, all of you.")).id).toBe(sound.id);

  const after = createGuildCatalogue([]);
  await openWhispers({ folder, library: after, log: silentLog });
  expect(after.of(here).find(sound.id)?.title).toBe(sound.title);
});

test("of a guild that is to be forgotten no text is left", async () => {
  const library = createGuildCatalogue([]);
  const whispers = await openWhispers({ folder, library, log: silentLog });
  await whispers.say(here, "The tide goes out.");
  await whispers.forgetGuild(here);
  expect(library.of(here).sounds).toEqual([]);
  expect(await readdir(folder)).not.toContain(here);
});

test("the oldest make room, and what has no words is refused", async () => {
  const library = createGuildCatalogue([]);
  const whispers = await openWhispers({ folder, library, log: silentLog });
  for (let i = 0; i < 25; i++) await whispers.say(elsewhere, `Number ${i} drifts by.`);
  expect(library.of(elsewhere).sounds).toHaveLength(20);
  expect(await readdir(join(folder, "2"))).toHaveLength(20);
  await expect(whispers.say(here, "<@123> https://example.com")).rejects.toThrow(/nothing to whisper/);
});
