import { expect, test } from "vitest";
import { id, type SoundId } from "../../src/kernel/ids.ts";
import { minutes } from "../../src/kernel/units.ts";
import { guild } from "../host/house.ts";
import { attic, bo, lounge } from "../session/evening.ts";
import { openDesk, SOUNDS, sound } from "./desk.ts";

test("/play starts a sound in the caller's channel", async () => {
  const desk = await openDesk();
  const { text } = await desk.slash("play", { sound: "rain-window" });
  expect(text).toContain("**Rain on Glass**");
  expect(text).toContain(`<#${lounge}>`);
  expect(desk.view()).toMatchObject({ status: "playing", now: { layers: [{ sound: "rain-window" }] } });
});

test("/play finds what was typed without a choice", async () => {
  const desk = await openDesk();
  await desk.slash("play", { sound: "rain" });
  expect(desk.view()?.now?.title).toBe("Rain on Glass");
});

test("/play puts further sounds where they are wanted", async () => {
  const desk = await openDesk();
  await desk.slash("play", { sound: "rain-window" });
  expect((await desk.slash("play", { sound: "ocean" })).text).toBe("**Slow Shore** comes next.");
  expect((await desk.slash("play", { sound: "fire" })).text).toBe("**Hearth** is number 2 in the queue.");
  expect((await desk.slash("play", { sound: "scissors", when: "next" })).text).toBe("**Haircut** comes next.");
  expect(desk.view()?.queue.map(({ title }) => title)).toEqual(["Haircut", "Slow Shore", "Hearth"]);
  await desk.slash("play", { sound: "ocean", when: "now" });
  expect(desk.view()?.now?.title).toBe("Slow Shore");
});

test("/play offers this guild's favourites before the sounds", async () => {
  const desk = await openDesk();
  await desk.slash("favourites add", { sound: "ocean", name: "Sunday rain" });
  const choices = await desk.complete("play", "sound", "rain");
  expect(choices.map(({ name }) => name)).toEqual(["★ Sunday rain", "Rain on Glass · rain"]);
  await desk.slash("play", { sound: String(choices[0]?.value) });
  expect(desk.view()?.now?.title).toBe("Slow Shore");
});

test("what the room has heard most comes first among what fits as well, in the choices and in what is played", async () => {
  const desk = await openDesk({
    sounds: ["glass", "canvas", "tin"].map((name) => sound(`rain-${name}`, `Rain on ${name}`, "rain")),
  });
  const offered = async () => (await desk.complete("play", "sound", "rain on")).map(({ value }) => value);
  expect(await offered()).toEqual(["rain-glass", "rain-canvas", "rain-tin"]);
  for (const evening of ["2026-01-01", "2026-01-02", "2026-01-03"])
    await desk.storage.heard.add(guild, { sound: id<SoundId>("rain-tin"), evening, minutes: 30 });
  await desk.clock.advance(minutes(2));
  expect(await offered()).toEqual(["rain-tin", "rain-glass", "rain-canvas"]);
  expect((await desk.complete("play", "sound", ""))[0]?.value).toBe("rain-tin");
  await desk.slash("play", { sound: "rain on" });
  expect(desk.view()?.now?.title).toBe("Rain on tin");
});

test("/play plays a favourite by its name", async () => {
  const desk = await openDesk();
  await desk.slash("favourites add", { sound: "fire", name: "Grandma's hut" });
  await desk.slash("play", { sound: "grandma's HUT" });
  expect(desk.view()?.now?.title).toBe("Hearth");
});

test("a choice of sounds never has more than 25", async () => {
  const many = Array.from({ length: 60 }, (_, i) => sound(`rain-${i}`, `Rain ${i}`, "rain"));
  const desk = await openDesk({ sounds: many });
  expect(await desk.complete("play", "sound", "")).toHaveLength(25);
});

test.each([
  ["unseen", "View Channel"],
  ["no-connect", "Connect"],
  ["no-speak", "Speak"],
  ["full", "full"],
] as const)("/play says what to do when the channel is %s", async (obstacle, words) => {
  const desk = await openDesk({ obstacle });
  const { text } = await desk.slash("play", { sound: "rain-window" });
  expect(text).toContain(words);
  expect(desk.view()).toBeUndefined();
});

test("a channel that is full does not keep those out who listen in it already", async () => {
  const desk = await openDesk();
  await desk.slash("play", { sound: "rain-window" });
  desk.block("full");
  expect((await desk.slash("play", { sound: "ocean" })).text).toContain("comes next");
});

test("/play refuses who sits nowhere, and an unknown sound", async () => {
  const desk = await openDesk();
  expect((await desk.slash("play", { sound: "rain" }, bo)).text).toBe("Join a voice channel first, then try again.");
  const { text } = await desk.slash("play", { sound: "**vuvuzela** @everyone" });
  expect(text).toContain("\\*\\*vuvuzela\\*\\* \\@everyone");
  expect(text).toContain("/sounds");
});

test("/play from another channel says where the room is", async () => {
  const desk = await openDesk();
  await desk.slash("play", { sound: "rain-window" });
  desk.sit(bo, attic);
  expect((await desk.slash("play", { sound: "ocean" }, bo)).text).toContain(`<#${lounge}>`);
});

test("a favourite whose sound is gone is kept, marked, and explained", async () => {
  const desk = await openDesk();
  await desk.slash("favourites add", { sound: "fire" });
  desk.stock(SOUNDS.slice(0, 2));
  expect((await desk.slash("favourites list")).text).toContain("**Hearth**\n-# no longer in the library");
  expect((await desk.slash("favourites play", { name: "Hearth" })).text).toContain("no longer in the library");
  expect((await desk.complete("play", "sound", "hearth")).map(({ name }) => name)).not.toContain("★ Hearth");
});
