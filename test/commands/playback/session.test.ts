import { expect, test } from "vitest";
import { commands } from "../../../src/commands/all.ts";
import { minutes } from "../../../src/kernel/units.ts";
import { openCatalogue } from "../../../src/render/openCatalogue.ts";
import { attic, bo, lounge } from "../../session/sessionFixture.ts";
import { openCommandHarness } from "../commandHarness.ts";

const listening = async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window" });
  return harness;
};

test("/skip and /back go through the sounds", async () => {
  const harness = await listening();
  await harness.slash("play", { sound: "ocean" });
  expect((await harness.slash("skip")).text).toBe("Skipped to **Slow Shore**.");
  expect((await harness.slash("back")).text).toBe("Back to **Rain on Glass**.");
});

test("/pause and /resume hold the sound and bring it back", async () => {
  const harness = await listening();
  expect((await harness.slash("pause")).text).toContain("Paused");
  expect(harness.view()?.status).toBe("paused");
  expect((await harness.slash("resume")).text).toContain("coming back");
  expect(harness.view()?.status).toBe("playing");
});

test("/stop ends the session", async () => {
  const harness = await listening();
  expect((await harness.slash("stop")).text).toContain("Good night");
  expect(harness.view()).toBeUndefined();
});

test("/loudness goes in plain steps", async () => {
  const harness = await listening();
  expect((await harness.slash("loudness", { step: "quiet" })).text).toBe("Volume is fading to “quiet”.");
  expect(harness.view()?.volume).toBe("quiet");
});

test("/now says what plays, for whom, and what comes next", async () => {
  const harness = await listening();
  await harness.slash("play", { sound: "ocean" });
  await harness.slash("sleep in", { duration: "30m" });
  const { text } = await harness.slash("now");
  expect(text).toContain("**Rain on Glass** is playing in <#10>, queued by <@100>.");
  expect(text).toContain("**Slow Shore** is next.");
  expect(text).toMatch(/silent at <t:\d+:t>/);
});

test("nothing says that a sound plays before a packet of it has gone out, or while the connection is lost", async () => {
  const harness = await openCommandHarness();
  harness.silence();
  const { text } = await harness.slash("play", { sound: "rain-window" });
  expect(text).toContain("Getting **");
  const said = async () => (await harness.slash("now")).text;
  expect(await said()).toContain("Getting **Rain on Glass** ready for <#10>");
  expect((await harness.slash("play", { sound: "ocean", when: "now" })).text).toContain("Getting **");
  harness.report({ type: "soundStarted", entry: harness.view()!.now!.entry });
  expect(await said()).toContain("**Slow Shore** is playing in <#10>");
  harness.report({ type: "interrupted", why: "reconnecting" });
  expect(await said()).toContain("Getting **Slow Shore** ready for <#10>");
  harness.report({ type: "connected", channel: harness.view()!.channel });
  expect(await said()).toContain("Getting **Slow Shore** ready for <#10>");
  harness.report({ type: "soundStarted", entry: harness.view()!.now!.entry });
  expect(await said()).toContain("**Slow Shore** is playing in <#10>");
});

test("/queue shows, moves, removes, shuffles, clears and loops", async () => {
  const harness = await listening();
  for (const name of ["ocean", "fire", "scissors"]) await harness.slash("play", { sound: name });
  expect((await harness.slash("queue show")).text).toContain("1. **Slow Shore**");
  expect((await harness.slash("queue move", { from: 3, to: 1 })).text).toBe(
    "**Haircut** is now number 1 in the queue.",
  );
  expect((await harness.slash("queue remove", { place: 2 })).text).toBe("Removed **Slow Shore** from the queue.");
  expect(harness.view()?.queue.map(({ title }) => title)).toEqual(["Haircut", "Hearth"]);
  expect((await harness.slash("queue shuffle")).text).toContain("shuffled");
  expect((await harness.slash("queue loop", { mode: "all" })).text).toContain("Repeating the whole queue");
  expect((await harness.slash("queue clear")).text).toContain("Queue cleared");
  expect((await harness.slash("queue clear")).text).toContain("/play");
});

test("a long queue has pages", async () => {
  const harness = await listening();
  for (let i = 0; i < 20; i++) await harness.slash("play", { sound: "ocean" });
  const first = await harness.slash("queue show");
  expect(first.text).toContain("Page 1 of 2");
  const second = await harness.press("lull:queue:1");
  expect(second.text).toContain("16. **Slow Shore**");
  expect(second.replies[0]).toMatchObject({ inPlace: true });
});

test("places in the queue are offered by what waits there", async () => {
  const harness = await listening();
  for (const name of ["ocean", "fire"]) await harness.slash("play", { sound: name });
  expect(await harness.complete("queue remove", "place", "hea")).toEqual([{ name: "2 · Hearth", value: 2 }]);
});

test("/sleep sets one timer for the room, extends it, shows it and takes it off", async () => {
  const harness = await listening();
  const now = harness.clock.now();
  expect((await harness.slash("sleep in", { duration: "1h15" })).text).toMatch(/silent at <t:\d+:t>/);
  expect(harness.view()?.sleepTimer?.endsAt).toBe(now + minutes(75));
  await harness.slash("sleep extend");
  expect(harness.view()?.sleepTimer?.endsAt).toBe(now + minutes(90));
  await harness.slash("sleep extend", { by: "5m" });
  expect(harness.view()?.sleepTimer?.endsAt).toBe(now + minutes(95));
  expect((await harness.slash("sleep show")).text).toContain("silent at");
  expect((await harness.slash("sleep cancel")).text).toContain("timer is off");
  expect((await harness.slash("sleep cancel")).text).toContain("No sleep timer");
});

test("/sleep at reads the clock of the host's zone", async () => {
  const harness = await listening();
  // 1,000,000,000 ms after the epoch, Berlin shows 14:46 on the 12th of January 1970.
  harness.clock.set(1_000_000_000);
  await harness.slash("sleep at", { time: "23:30" });
  expect(new Date(harness.view()?.sleepTimer?.endsAt ?? 0).toISOString()).toBe("1970-01-12T22:30:00.000Z");
  expect((await harness.complete("sleep at", "time", ""))[0]).toEqual({ name: "15:00", value: "15:00" });
});

test("/sleep after-this ends with the sound", async () => {
  const harness = await listening();
  expect((await harness.slash("sleep after-this")).text).toContain("Fading out as this sound ends");
});

test("what was not understood is refused with an example", async () => {
  const harness = await listening();
  expect((await harness.slash("sleep in", { duration: "a while" })).text).toContain("30m");
  expect((await harness.slash("sleep at", { time: "25:99" })).text).toContain("16:00 or 4:00 pm");
});

test("durations are offered as they are typed", async () => {
  const harness = await openCommandHarness();
  expect((await harness.complete("sleep in", "duration", "1h20"))[0]?.name).toBe("1 h 20 min");
  expect((await harness.complete("sleep in", "duration", "")).length).toBeGreaterThan(4);
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
  const harness = await openCommandHarness();
  expect((await harness.slash(path)).text).toBe("Nothing is playing yet. Start with /play.");
});

test.each(CONTROLLING)("/%s is refused to who sits in another channel, or in none", async (path) => {
  const harness = await listening();
  const before = JSON.stringify(harness.view());
  expect((await harness.slash(path, {}, bo)).text).toContain(`<#${lounge}>`);
  harness.sit(bo, attic);
  expect((await harness.slash(path, {}, bo)).text).toContain("Join them, then");
  expect(JSON.stringify(harness.view())).toBe(before);
});

test("/help says what to do first, and promises nothing about health", async () => {
  const harness = await openCommandHarness();
  const { text } = await harness.slash("help");
  expect(text).toContain("/play");
  expect(text).toContain("Start with your device turned low");
  expect(text).toContain("World Health Organization");
  expect(text).not.toMatch(/treat|cure|insomnia|anxiety|therap/i);
  expect(commands.length).toBeGreaterThan(12);
});

test("the sounds of /help's buttons are built in", async () => {
  const { replies } = await (await openCommandHarness()).slash("help");
  const ids = [...JSON.stringify(replies).matchAll(/lull:start-with:([\w-]+)/g)].map(([, name]) => name!);
  expect(ids).toHaveLength(4);
  for (const name of ids) expect(openCatalogue().find(name)?.id).toBe(name);
});

test("a button of /help plays a sound in the presser's channel, and says what to do where there is none", async () => {
  const harness = await openCommandHarness();
  expect((await harness.press("lull:start-with:rain-window", bo)).text).toMatch(/Join a voice channel/);
  harness.sit(bo, attic);
  expect((await harness.press("lull:start-with:rain-window", bo)).text).toMatch(/Rain on Glass/);
  expect(harness.view()).toMatchObject({ channel: attic });
});
