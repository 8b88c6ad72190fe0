import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.ts";
import { createGuildCatalogue } from "../../src/catalogue/guildCatalogue.ts";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { openRenderer } from "../../src/render/renderer.ts";
import { createWhisperSource, type WhisperSource } from "../../src/render/whisperSource.ts";
import { openWhispers } from "../../src/render/whispers.ts";

const here = id<GuildId>("1");
const elsewhere = id<GuildId>("2");

test("when a guild is forgotten, no audio of its whispers is left, whether it was there or was being rendered", async () => {
  const root = mkdtempSync(join(tmpdir(), "lull-whispered-"));
  const cache = join(root, "cache");
  const renderer = openRenderer({ catalogue: createCatalogue([]), cache, log: silentLog, processes: 2 });
  const whispers = await openWhispers({
    folder: join(root, "whispers"),
    library: createGuildCatalogue([]),
    log: silentLog,
    onGone: () => source.sweep(),
  });
  const source: WhisperSource = createWhisperSource({ find: whispers.find, renderer, cache });
  const [first, kept, second] = [
    await whispers.say(here, "Hush."),
    await whispers.say(elsewhere, "Drift."),
    await whispers.say(here, "Soon."),
  ];
  const made = await Promise.all([source.prepare(first.id), source.prepare(kept.id)]);
  expect(readFileSync(made[0].path).toString("latin1")).toContain("TITLE=Whisper: Hush.");
  const late = source.prepare(second.id);
  await whispers.forgetGuild(here);
  expect(readdirSync(cache).filter((file) => file.endsWith(".opus"))).toEqual([
    expect.stringMatching(new RegExp(`^${kept.id}-`)),
  ]);
  await late;
  expect(readdirSync(cache)).toEqual([expect.stringMatching(new RegExp(`^${kept.id}-`))]);
  await renderer.close();
});
