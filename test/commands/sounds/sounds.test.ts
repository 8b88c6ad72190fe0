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
beforeEach(() => {
  [requests, changes] = [[], []];
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

test("a favourite of a sound that is gone says what was there", async () => {
  const harness = await openWithOwnSound();
  await harness.slash("favourites add", { sound: "up-1", name: "Sunday" });
  harness.stock(SOUNDS);
  expect((await harness.slash("favourites list")).text).toContain("Our \\*\\*gutter\\*\\*: no longer in the library");
});
