import { expect, test } from "vitest";
import { id, type SoundId } from "../../../src/kernel/ids.ts";
import { minutes } from "../../../src/kernel/units.ts";
import { guild } from "../../runtime/sessionsHarness.ts";
import { attic, bo, lounge } from "../../session/sessionFixture.ts";
import { openCommandHarness, SOUNDS, sound } from "../commandHarness.ts";

test("/play starts a sound in the caller's channel", async () => {
  const harness = await openCommandHarness();
  const { text } = await harness.slash("play", { sound: "rain-window" });
  expect(text).toContain("**Rain on Glass**");
  expect(text).toContain(`<#${lounge}>`);
  expect(harness.view()).toMatchObject({ status: "playing", now: { layers: [{ sound: "rain-window" }] } });
});

test("/play finds what was typed without a choice", async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain" });
  expect(harness.view()?.now?.title).toBe("Rain on Glass");
});

test("/play puts further sounds where they are wanted", async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window" });
  expect((await harness.slash("play", { sound: "ocean" })).text).toBe("**Slow Shore** is next.");
  expect((await harness.slash("play", { sound: "fire" })).text).toBe("**Hearth** is number 2 in the queue.");
  expect((await harness.slash("play", { sound: "scissors", when: "next" })).text).toBe("**Haircut** is next.");
  expect(harness.view()?.queue.map(({ title }) => title)).toEqual(["Haircut", "Slow Shore", "Hearth"]);
  await harness.slash("play", { sound: "ocean", when: "now" });
  expect(harness.view()?.now?.title).toBe("Slow Shore");
});

test("/play offers this guild's favourites before the sounds", async () => {
  const harness = await openCommandHarness();
  await harness.slash("favourites add", { sound: "ocean", name: "Sunday rain" });
  const choices = await harness.complete("play", "sound", "rain");
  expect(choices.map(({ name }) => name)).toEqual(["★ Sunday rain", "Rain on Glass · rain"]);
  await harness.slash("play", { sound: String(choices[0]?.value) });
  expect(harness.view()?.now?.title).toBe("Slow Shore");
});

test("what the room has heard most comes first among what fits as well, in the choices and in what is played", async () => {
  const harness = await openCommandHarness({
    sounds: ["glass", "canvas", "tin"].map((name) => sound(`rain-${name}`, `Rain on ${name}`, "rain")),
  });
  const offered = async () => (await harness.complete("play", "sound", "rain on")).map(({ value }) => value);
  expect(await offered()).toEqual(["rain-glass", "rain-canvas", "rain-tin"]);
  for (const date of ["2026-01-01", "2026-01-02", "2026-01-03"])
    await harness.storage.listeningHistory.add(guild, { sound: id<SoundId>("rain-tin"), date, minutes: 30 });
  await harness.clock.advance(minutes(2));
  expect(await offered()).toEqual(["rain-tin", "rain-glass", "rain-canvas"]);
  expect((await harness.complete("play", "sound", ""))[0]?.value).toBe("rain-tin");
  await harness.slash("play", { sound: "rain on" });
  expect(harness.view()?.now?.title).toBe("Rain on tin");
});

test("/play plays a favourite by its name", async () => {
  const harness = await openCommandHarness();
  await harness.slash("favourites add", { sound: "fire", name: "Grandma's hut" });
  await harness.slash("play", { sound: "grandma's HUT" });
  expect(harness.view()?.now?.title).toBe("Hearth");
});

test("a choice of sounds never has more than 25", async () => {
  const many = Array.from({ length: 60 }, (_, i) => sound(`rain-${i}`, `Rain ${i}`, "rain"));
  const harness = await openCommandHarness({ sounds: many });
  expect(await harness.complete("play", "sound", "")).toHaveLength(25);
});

test.each([
  ["no-view", "View Channel"],
  ["no-connect", "Connect"],
  ["no-speak", "Speak"],
  ["full", "full"],
] as const)("/play says what to do when the channel is %s", async (obstacle, words) => {
  const harness = await openCommandHarness({ obstacle });
  const { text } = await harness.slash("play", { sound: "rain-window" });
  expect(text).toContain(words);
  expect(harness.view()).toBeUndefined();
});

test("a channel that is full does not keep those out who listen in it already", async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window" });
  harness.block("full");
  expect((await harness.slash("play", { sound: "ocean" })).text).toContain("is next");
});

test("/play refuses who sits nowhere, and an unknown sound", async () => {
  const harness = await openCommandHarness();
  expect((await harness.slash("play", { sound: "rain" }, bo)).text).toBe("Join a voice channel first, then try again.");
  const { text } = await harness.slash("play", { sound: "**vuvuzela** @everyone" });
  expect(text).toContain("\\*\\*vuvuzela\\*\\* \\@everyone");
  expect(text).toContain("/sounds");
});

test("/play from another channel says where the room is", async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window" });
  harness.sit(bo, attic);
  expect((await harness.slash("play", { sound: "ocean" }, bo)).text).toContain(`<#${lounge}>`);
});

test("a favourite whose sound is gone is kept, marked, and explained", async () => {
  const harness = await openCommandHarness();
  await harness.slash("favourites add", { sound: "fire" });
  harness.stock(SOUNDS.slice(0, 2));
  expect((await harness.slash("favourites list")).text).toContain("**Hearth**\n-# no longer in the library");
  expect((await harness.slash("favourites play", { name: "Hearth" })).text).toContain("no longer in the library");
  expect((await harness.complete("play", "sound", "hearth")).map(({ name }) => name)).not.toContain("★ Hearth");
});
