import { expect, test } from "vitest";
import { customId } from "../../../src/commands/customId.ts";
import { id, type RoleId, type UserId } from "../../../src/kernel/ids.ts";
import { rawText } from "../../../src/kernel/memberText.ts";
import { ana, bo } from "../../session/sessionFixture.ts";
import { CLOCK, openCommandHarness } from "../commandHarness.ts";

const [cy, dee] = ["300", "400"].map((user) => id<UserId>(user)) as [UserId, UserId];
const SELECT = customId("sounds-optional");
const TITLE = rawText(CLOCK.title);
const OFF = `“${TITLE}” is off on this server`;

const openOff = async () => {
  const harness = await openCommandHarness();
  harness.appoint(ana);
  return harness;
};

/** Everywhere that a member might come across a sound. */
const everywhere = async (harness: Awaited<ReturnType<typeof openOff>>) => [
  (await harness.slash("sounds browse")).text,
  JSON.stringify(await harness.complete("play", "sound", "tick")),
  JSON.stringify(await harness.complete("play", "sound", "")),
  JSON.stringify(await harness.complete("favourites add", "sound", "clock")),
  (await harness.slash("discover")).text,
];

test("a sound that many can't bear is nowhere to be found until it is turned on", async () => {
  const harness = await openOff();
  for (const shown of await everywhere(harness)) expect(shown).not.toContain(TITLE);
  await harness.press(SELECT, ana, [CLOCK.id]);
  const [browse, typed, all] = await everywhere(harness);
  for (const shown of [browse, typed, all]) expect(shown).toContain(TITLE);
  await harness.press(SELECT, ana, []);
  for (const shown of await everywhere(harness)) expect(shown).not.toContain(TITLE);
});

test.each(["clock", "Ticking Clock", "tick", "ticking clock"])(
  "who asks for “%s” while it is off is told how it is turned on",
  async (name) => {
    const harness = await openOff();
    for (const path of ["play", "mix add", "sounds show", "sample sound"]) {
      const { text } = await harness.slash(path, { sound: name });
      expect(text, path).toContain(OFF);
      expect(text, path).toContain("/sounds optional");
    }
    expect(harness.view()).toBeUndefined();
    expect((await harness.slash("play", { sound: "fire" })).text).toContain("Hearth");
    await harness.press(SELECT, ana, [CLOCK.id]);
    expect((await harness.slash("play", { sound: name, when: "now" })).text).toContain(TITLE);
  },
);

test("a button from before it was turned off says so, too", async () => {
  const harness = await openOff();
  await harness.press(SELECT, ana, [CLOCK.id]);
  await harness.press(SELECT, ana, []);
  expect((await harness.press(customId("sounds-this", CLOCK.id))).text).toContain(OFF);
  expect((await harness.press(customId("sounds-play"), ana, [CLOCK.id])).text).toContain(OFF);
});

test("only those who may manage sounds turn it on, and see which are on", async () => {
  const host = id<RoleId>("9");
  const harness = await openCommandHarness({
    hasPermission: (user) => user === ana,
    rolesOf: (user) => (user === bo ? [host] : []),
  });
  expect((await harness.slash("sounds optional", {}, bo)).text).toContain("can add or edit sounds");
  await harness.press(SELECT, bo, [CLOCK.id]);
  expect(harness.catalogue().find(CLOCK.id)).toBeUndefined();
  await harness.storage.settings.change(harness.guild, { hostRole: host });
  const { text } = await harness.slash("sounds optional", {}, bo);
  expect(text).toContain("Many people can’t bear these");
  expect(text).toContain("May bother some: ticking");
  const { replies } = await harness.press(SELECT, bo, [CLOCK.id]);
  expect(JSON.stringify(replies)).toContain('"default":true');
  expect(harness.catalogue().find(CLOCK.id)?.title).toBe(CLOCK.title);
});

test("avoid lists work on it as on any other sound", async () => {
  const harness = await openOff();
  await harness.press(SELECT, ana, [CLOCK.id]);
  await harness.slash("play", { sound: "rain-window" });
  harness.seat(ana, bo, cy, dee);
  await harness.storage.avoidLists.set(cy, { triggers: [], risks: ["ticking"], mode: "skip" });
  const { text } = await harness.slash("play", { sound: "clock" });
  expect(text).toContain("isn’t a good fit for everyone here tonight");
  expect(harness.view()?.queue).toEqual([]);
});
