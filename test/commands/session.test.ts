import { expect, test } from "vitest";
import { commands } from "../../src/commands/all.ts";
import { minutes } from "../../src/kernel/units.ts";
import { attic, bo, lounge } from "../session/evening.ts";
import { openDesk } from "./desk.ts";

const listening = async () => {
  const desk = await openDesk();
  await desk.slash("play", { sound: "rain-window" });
  return desk;
};

test("/skip and /back go through the sounds", async () => {
  const desk = await listening();
  await desk.slash("play", { sound: "ocean" });
  expect((await desk.slash("skip")).text).toBe("Going on to **Slow Shore**.");
  expect((await desk.slash("back")).text).toBe("Back to **Rain on Glass**.");
});

test("/pause and /resume hold the sound and bring it back", async () => {
  const desk = await listening();
  expect((await desk.slash("pause")).text).toContain("Paused");
  expect(desk.view()?.status).toBe("paused");
  expect((await desk.slash("resume")).text).toContain("coming back");
  expect(desk.view()?.status).toBe("playing");
});

test("/stop ends the session", async () => {
  const desk = await listening();
  expect((await desk.slash("stop")).text).toContain("Good night");
  expect(desk.view()).toBeUndefined();
});

test("/loudness goes in plain steps", async () => {
  const desk = await listening();
  expect((await desk.slash("loudness", { step: "quiet" })).text).toBe("The loudness goes to “quiet”.");
  expect(desk.view()?.loudness).toBe("quiet");
});

test("/now says what plays, for whom, and what comes next", async () => {
  const desk = await listening();
  await desk.slash("play", { sound: "ocean" });
  await desk.slash("sleep in", { duration: "30m" });
  const { text } = await desk.slash("now");
  expect(text).toContain("**Rain on Glass** plays in <#10>, queued by <@100>.");
  expect(text).toContain("**Slow Shore** comes next.");
  expect(text).toMatch(/<t:\d+:R>/);
});

test("/queue shows, moves, removes, shuffles, clears and loops", async () => {
  const desk = await listening();
  for (const name of ["ocean", "fire", "scissors"]) await desk.slash("play", { sound: name });
  expect((await desk.slash("queue show")).text).toContain("1. **Slow Shore**");
  expect((await desk.slash("queue move", { from: 3, to: 1 })).text).toBe("**Haircut** is now number 1.");
  expect((await desk.slash("queue remove", { place: 2 })).text).toBe("**Slow Shore** is off the queue.");
  expect(desk.view()?.queue.map(({ title }) => title)).toEqual(["Haircut", "Hearth"]);
  expect((await desk.slash("queue shuffle")).text).toContain("Shuffled");
  expect((await desk.slash("queue loop", { mode: "all" })).text).toContain("goes round");
  expect((await desk.slash("queue clear")).text).toContain("empty now");
  expect((await desk.slash("queue clear")).text).toContain("/play");
});

test("a long queue has pages", async () => {
  const desk = await listening();
  for (let i = 0; i < 20; i++) await desk.slash("play", { sound: "ocean" });
  const first = await desk.slash("queue show");
  expect(first.text).toContain("Page 1 of 2");
  const second = await desk.press("lull:queue:1");
  expect(second.text).toContain("16. **Slow Shore**");
  expect(second.replies[0]).toMatchObject({ inPlace: true });
});

test("places in the queue are offered by what waits there", async () => {
  const desk = await listening();
  for (const name of ["ocean", "fire"]) await desk.slash("play", { sound: name });
  expect(await desk.complete("queue remove", "place", "hea")).toEqual([{ name: "2 · Hearth", value: 2 }]);
});

test("/sleep sets one timer for the room, extends it, shows it and takes it off", async () => {
  const desk = await listening();
  const now = desk.clock.now();
  expect((await desk.slash("sleep in", { duration: "1h15" })).text).toMatch(/<t:\d+:R>/);
  expect(desk.view()?.sleep?.endsAt).toBe(now + minutes(75));
  await desk.slash("sleep extend");
  expect(desk.view()?.sleep?.endsAt).toBe(now + minutes(90));
  await desk.slash("sleep extend", { by: "5m" });
  expect(desk.view()?.sleep?.endsAt).toBe(now + minutes(95));
  expect((await desk.slash("sleep show")).text).toContain("Quiet at");
  expect((await desk.slash("sleep cancel")).text).toContain("timer is off");
  expect((await desk.slash("sleep cancel")).text).toContain("No sleep timer");
});

test("/sleep at reads the clock of the host's zone", async () => {
  const desk = await listening();
  // 1,000,000,000 ms after the epoch, Berlin shows 14:46 on the 12th of January 1970.
  desk.clock.set(1_000_000_000);
  await desk.slash("sleep at", { time: "23:30" });
  expect(new Date(desk.view()?.sleep?.endsAt ?? 0).toISOString()).toBe("1970-01-12T22:30:00.000Z");
  expect((await desk.complete("sleep at", "time", ""))[0]).toEqual({ name: "15:00", value: "15:00" });
});

test("/sleep after-this ends with the sound", async () => {
  const desk = await listening();
  expect((await desk.slash("sleep after-this")).text).toContain("fades to its end");
});

test("what was not understood is refused with an example", async () => {
  const desk = await listening();
  expect((await desk.slash("sleep in", { duration: "a while" })).text).toContain("30m");
  expect((await desk.slash("sleep at", { time: "25:99" })).text).toContain("23:30");
});

test("durations are offered as they are typed", async () => {
  const desk = await openDesk();
  expect((await desk.complete("sleep in", "duration", "1h20"))[0]?.name).toBe("1 h 20 min");
  expect((await desk.complete("sleep in", "duration", "")).length).toBeGreaterThan(4);
});

const CONTROLLING = [
  "skip",
  "back",
  "pause",
  "resume",
  "stop",
  "queue shuffle",
  "queue clear",
  "sleep after-this",
  "sleep cancel",
];

test.each(CONTROLLING)("/%s is refused where nothing plays", async (path) => {
  const desk = await openDesk();
  expect((await desk.slash(path)).text).toBe("Nothing is playing yet. Start with /play.");
});

test.each(CONTROLLING)("/%s is refused to who sits in another channel, or in none", async (path) => {
  const desk = await listening();
  const before = JSON.stringify(desk.view());
  expect((await desk.slash(path, {}, bo)).text).toContain(`<#${lounge}>`);
  desk.sit(bo, attic);
  expect((await desk.slash(path, {}, bo)).text).toContain("Join them there");
  expect(JSON.stringify(desk.view())).toBe(before);
});

test("/help says what to do first, and promises nothing about health", async () => {
  const desk = await openDesk();
  const { text } = await desk.slash("help");
  expect(text).toContain("/play");
  expect(text).toContain("cannot be known from here");
  expect(text).toContain("World Health Organization");
  expect(text).not.toMatch(/treat|cure|insomnia|anxiety|therap/i);
  expect(commands.length).toBeGreaterThan(12);
});
