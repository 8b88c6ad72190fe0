import { expect, test } from "vitest";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { createGuildCatalogue } from "../../src/catalogue/guildCatalogue.ts";
import type { Sound } from "../../src/catalogue/sound.ts";
import { type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";

const [here, there] = [id<GuildId>("1"), id<GuildId>("2")];

const sound = (name: string, title: string, guild?: GuildId): Sound & { shared: boolean } => ({
  id: id<SoundId>(name),
  title,
  description: "",
  trigger: "rain",
  goals: ["calm"],
  intensity: 2,
  risks: [],
  motion: "static",
  tags: [],
  licence: "CC0-1.0",
  origin: { kind: "file", path: "" },
  shared: false,
  ...(guild && { added: { by: undefined, at: 0, guild } }),
});

test.each([3, 700])("a guild sees and finds its own sounds beside %i of everybody's, and nobody else's", (count) => {
  const library = createGuildCatalogue([sound("rain-window", "Rain on Glass")]);
  library.setOperatorSounds(Array.from({ length: count }, (_, i) => sound(`own-${i}`, `Recording ${i}`)));
  library.setUploads([sound("up-1", "Gutter at Night", here), sound("up-2", "Attic", there)]);
  const titles = (guild: GuildId, text: string) =>
    library
      .of(guild)
      .search(text)
      .map(({ title }) => title);
  expect(titles(here, "gutter")[0]).toBe("Gutter at Night");
  expect(titles(here, "rain")[0]).toBe("Rain on Glass");
  expect(titles(here, "attic")).not.toContain("Attic");
  expect(titles(there, "gutter")).not.toContain("Gutter at Night");
  expect(library.of(there).find("up-1")).toBeUndefined();
  expect(library.of(here).find("up-1")?.title).toBe("Gutter at Night");
  expect(library.of(here).sounds).toHaveLength(count + 2);
});

test("what changes is seen at the next look", () => {
  const library = createGuildCatalogue([]);
  expect(library.of(here).sounds).toEqual([]);
  library.setUploads([{ ...sound("up-1", "Gutter", here), shared: true }]);
  expect(library.of(there).search("gutter")).toMatchObject([{ id: "up-1" }]);
  expect(library.catalogue.find("up-1")).toBeDefined();
  library.setUploads([]);
  expect(library.of(there).sounds).toEqual([]);
});

test("a guild's index is built again when its own sounds change, and not for what another has added", () => {
  const library = createGuildCatalogue([sound("rain-window", "Rain on Glass")]);
  const gutter = sound("up-1", "Gutter", here);
  library.setUploads([gutter]);
  const before = library.of(here);
  library.setUploads([gutter, sound("up-2", "Attic", there)]);
  expect(library.of(here)).toBe(before);
  library.setUploads([{ ...gutter, title: "Gutter at Night" }, sound("up-2", "Attic", there)]);
  expect(library.of(here).find("up-1")?.title).toBe("Gutter at Night");
});

test("the indexes of guilds that asked last are kept, and no more: each takes a megabyte", () => {
  const library = createGuildCatalogue([]);
  const guilds = Array.from({ length: 100 }, (_, i) => id<GuildId>(`${i + 10}`));
  library.setUploads([
    sound("up-1", "Gutter", here),
    ...guilds.map((guild, i) => sound(`up-${i + 2}`, "Attic", guild)),
  ]);
  const before = library.of(here);
  for (const guild of guilds.slice(0, 20)) library.of(guild);
  expect(library.of(here)).toBe(before);
  for (const guild of guilds) library.of(guild);
  expect(library.of(here)).not.toBe(before);
  expect(library.of(here).find("up-1")?.title).toBe("Gutter");
});

test("thousands of sounds are in the list at once and found in a moment, and until then what was there is found", async () => {
  const library = createGuildCatalogue([sound("rain-window", "Rain on Glass")]);
  const many = (named: string) => Array.from({ length: 1_500 }, (_, i) => sound(`own-${i}`, `${named} ${i}`));
  const titles = (text: string) => library.catalogue.search(text).map(({ title }) => title);
  library.setOperatorSounds(many("Recording"));
  expect(library.catalogue.sounds).toHaveLength(1_501);
  expect(titles("rain")).toEqual(["Rain on Glass"]);
  await expect.poll(() => titles("recording 1499")[0]).toBe("Recording 1499");
  library.setOperatorSounds(many("Cassette"));
  // The index is the one before; what it names is as it is now.
  expect(titles("recording 1499")[0]).toBe("Cassette 1499");
  library.setOperatorSounds(many("Reel").slice(0, 1_400));
  expect(titles("recording 1499")).not.toContain("Cassette 1499");
  await expect.poll(() => titles("reel 1399")[0]).toBe("Reel 1399");
  expect(library.of(here).search("cassette")).toEqual([]);
});

test("what is off at first is in the catalogue of the guild that has turned it on, and in no other", () => {
  const clock = { ...sound("clock", "Ticking Clock"), optIn: true } as const;
  const library = createGuildCatalogue([sound("rain-window", "Rain on Glass"), clock]);
  const has = (catalogue: Pick<Catalogue, "sounds" | "find" | "search" | "byTrigger">) => [
    catalogue.sounds.some(({ id }) => id === "clock"),
    catalogue.find("clock") !== undefined,
    catalogue.search("ticking").some(({ id }) => id === "clock"),
    catalogue.byTrigger("rain").some(({ id }) => id === "clock"),
  ];
  const [all, none] = [Array(4).fill(true), Array(4).fill(false)];
  library.setOptedIn(here, [clock.id, id<SoundId>("gone")]);
  expect([library.of(here), library.of(there), library.catalogue].map(has)).toEqual([all, none, none]);
  library.setOperatorSounds([sound("own", "Recording")]);
  expect([library.of(here), library.of(there)].map(has)).toEqual([all, none]);
  library.setOptedIn(here, []);
  expect(has(library.of(here))).toEqual(none);
});
