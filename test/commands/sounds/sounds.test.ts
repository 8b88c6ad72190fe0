import { beforeEach, expect, test } from "vitest";
import { id, type SoundId } from "../../../src/kernel/ids.ts";
import { seconds } from "../../../src/kernel/units.ts";
import type { GuildSound, UploadRequest, UploadResult, Uploads } from "../../../src/ports/sounds.ts";
import { guild } from "../../runtime/sessionsHarness.ts";
import { ana, bo } from "../../session/sessionFixture.ts";
import { noUploads } from "../../support/noUploads.ts";
import { openCommandHarness, SOUNDS, sound } from "../commandHarness.ts";

const gutter: GuildSound = {
  id: id<SoundId>("up-1"),
  guild,
  title: "Our **gutter**",
  trigger: "rain",
  risks: [],
  licence: "CC0-1.0",
  origin: "MP3",
  addedBy: ana,
  addedAt: 0,
  hash: "a",
  bytes: 1,
  length: 3_600,
  shared: false,
  removedAt: undefined,
};
const found: UploadResult = {
  sound: gutter,
  format: "MP3",
  suddenAt: [seconds(41), seconds(70)],
  softened: true,
  inputLoudness: -18.2,
  outputLoudness: -30,
};
/** What the file contains; the test's own importer reads it. */
const file = "ID3";

let requests: UploadRequest[] = [];
let changes: unknown[] = [];
let packs: unknown[] = [];
beforeEach(() => {
  [requests, changes, packs] = [[], [], []];
});

const uploads: Uploads = {
  ...noUploads,
  add: async (request) => {
    requests.push(request);
    return found;
  },
  reprocess: async (_guild, _id, soften) => ({ ...found, softened: soften }),
  change: async (_guild, _id, change) => {
    changes.push(change);
    return { ...gutter, ...change };
  },
  exportPack: async ({ sounds, name, authors, most }) => {
    packs.push({ sounds, name, authors, most });
    return { zip: new Uint8Array(9), packed: 1, unlicensed: [{ ...gutter, title: "A *film*" }], noRoom: [] };
  },
  remove: async () => ({ ...gutter, removedAt: 1 }),
  find: (_guild, wanted) => (wanted === gutter.id ? gutter : undefined),
};

const own = sound("up-1", "Our **gutter**", "rain", {
  added: { by: ana, at: 0, guild },
  origin: { kind: "upload", path: "" },
});
const openWithOwnSound = async () => {
  const harness = await openCommandHarness({ uploads, sounds: [...SOUNDS, own] });
  harness.appoint(ana);
  return harness;
};

test("/sounds add says what was found, and lets it be kept, softened or taken away", async () => {
  const harness = await openWithOwnSound();
  const { text } = await harness.slash("sounds add", {
    file,
    title: "Our gutter",
    trigger: "Regen",
    flags: "wet, bright, loud",
  });
  expect(requests).toMatchObject([
    { by: ana, guild, title: "Our gutter", trigger: "rain", risks: ["wet", "bright"], loop: true },
  ]);
  expect(text).toContain("Added **Our \\*\\*gutter\\*\\*** to this server’s sounds");
  expect(text).toContain("MP3 · 1:12 · −18.2 LUFS, adjusted to −30.0 LUFS");
  expect(text).toContain("Softened 2 sudden sounds at 0:41 and 1:10.");
  expect((await harness.press("lull:upload:up-1:keep")).text).toContain("left as they are, with a content warning");
  expect((await harness.press("lull:upload:up-1:soften")).text).toContain("Softened");
  expect((await harness.press("lull:upload:up-1:reject")).text).toContain("Deleted **");
});

test("who may not is told who may, by command and by button", async () => {
  const harness = await openWithOwnSound();
  const refused = /members who can manage this server, or who have its host role/;
  for (const path of ["sounds add", "sounds edit", "sounds remove"])
    expect((await harness.slash(path, { file, sound: "up-1" }, bo)).text).toMatch(refused);
  expect((await harness.press("lull:upload:up-1:reject", bo)).text).toMatch(refused);
  expect(requests).toEqual([]);
});

test("without a file, a form asks for it", async () => {
  const harness = await openWithOwnSound();
  const { replies } = await harness.slash("sounds add");
  expect(replies).toMatchObject([{ modal: { title: "Add a recording" } }]);
});

test("/sounds edit changes what is named, and only of this server's own", async () => {
  const harness = await openWithOwnSound();
  await harness.slash("sounds edit", { sound: "up-1", trigger: "water", flags: "" });
  await harness.slash("sounds edit", { sound: "our **GUTTER**", "heard-by": "everybody" });
  expect(changes).toEqual([{ trigger: "water", risks: [] }, { shared: true }]);
  expect((await harness.slash("sounds edit", { sound: "ocean", title: "Mine" })).text).toMatch(
    /isn’t one of this server’s own/,
  );
  expect((await harness.slash("sounds edit", { sound: "up-1" })).text).toMatch(/Choose what to change/);
  expect(await harness.complete("sounds edit", "sound", "")).toMatchObject([{ value: "up-1" }]);
  expect(await harness.complete("sounds add", "flags", "wet, br")).toMatchObject([
    { value: "wet, breath" },
    { value: "wet, bright" },
  ]);
});

test("a sound's card has its flags in words, its length, its licence and who added it", async () => {
  const harness = await openWithOwnSound();
  const { text } = await harness.slash("sounds show", { sound: "up-1" });
  expect(text).toContain("### **Our \\*\\*gutter\\*\\***");
  expect(text).toContain("1:12, loops");
  expect(text).toContain("Licence: CC0-1.0");
  expect(text).toContain(`Added by <@${ana}>`);
  expect((await harness.slash("sounds show", { sound: "fire" })).text).toContain("May bother some: sudden sounds");
});

test("/sounds export sends the server's own sounds as a pack, and says what is not in it", async () => {
  const harness = await openWithOwnSound();
  const { text, replies } = await harness.slash("sounds export", { name: "Our House", authors: "Ana, , Bo" });
  expect(packs).toMatchObject([{ sounds: ["up-1"], name: "Our House", authors: ["Ana", "Bo"] }]);
  expect(replies).toMatchObject([{ files: [{ name: "our-house.zip" }] }]);
  expect(text).toContain("1 sound of this server is in this pack.");
  expect(text).toContain("Left out, because their licence doesn’t allow it or isn’t known: **A \\*film\\***");
  const one = { name: "Our House", authors: "Ana", sound: "ocean" };
  expect((await harness.slash("sounds export", one)).text).toMatch(/isn’t one of this server’s own/);
  expect((await harness.slash("sounds export", { name: " ", authors: "Ana" })).text).toMatch(/Give the pack a name/);
  expect((await harness.slash("sounds export", { name: "Ours", authors: "Bo" }, bo)).text).toMatch(/host role/);
});

test("who made a pack's sounds, and under which licence, is on their cards and in /about sounds", async () => {
  const attic = (name: string) =>
    sound(name, `Attic ${name}`, "rain", {
      licence: "CC-BY-4.0",
      authors: ["Ana *A*", "Bo"],
      pack: "Rainy Attic",
      origin: { kind: "file", path: "" },
    });
  const harness = await openCommandHarness({ sounds: [...SOUNDS, attic("own-1"), attic("own-2")] });
  const { text: card } = await harness.slash("sounds show", { sound: "own-1" });
  expect(card).toContain("Licence: CC-BY-4.0");
  expect(card).toContain("By Ana \\*A\\* and Bo");
  expect(card).toContain("From the pack **Rainy Attic**");
  const { text } = await harness.slash("about sounds");
  expect(text).toContain("**Rainy Attic**, a pack of 2 sounds, by Ana \\*A\\* and Bo (CC-BY-4.0)");
});

test("a favourite of a sound that is gone says what was there", async () => {
  const harness = await openWithOwnSound();
  await harness.slash("favourites add", { sound: "up-1", name: "Sunday" });
  harness.stock(SOUNDS);
  expect((await harness.slash("favourites list")).text).toContain("Our \\*\\*gutter\\*\\*: no longer in the library");
});
