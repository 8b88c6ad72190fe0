import { expect, test } from "vitest";
import { minutes, seconds } from "../../../src/kernel/units.ts";
import { ana, bo, lounge } from "../../session/sessionFixture.ts";
import { openCommandHarness, SOUNDS, sound } from "../commandHarness.ts";

test("/mix add plays where nothing does, and layers over what plays", async () => {
  const harness = await openCommandHarness();
  expect((await harness.slash("mix add", { sound: "rain-window" })).text).toContain("**Rain on Glass**");
  const { text } = await harness.slash("mix add", { sound: "ocean", level: "quiet", place: "far" });
  expect(text).toBe("Added **Slow Shore** to the mix: quiet, far away.");
  expect(harness.view()?.now?.layers).toMatchObject([
    { sound: "rain-window" },
    { sound: "ocean", gainDb: -12, place: "far" },
  ]);
});

test("/mix change and remove go by what the member sees", async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window" });
  await harness.slash("mix add", { sound: "ocean" });
  expect((await harness.complete("mix change", "layer", "shore")).map(({ name }) => name)).toEqual(["Slow Shore"]);
  expect((await harness.slash("mix change", { layer: "slow shore", place: "left", level: "soft" })).text).toBe(
    "**Slow Shore** is now soft, left.",
  );
  await harness.slash("mix remove", { layer: "ocean" });
  expect(harness.view()?.now?.layers).toHaveLength(1);
  expect((await harness.slash("mix remove", { layer: "rain-window" })).text).toMatch(/only sound left/);
  expect((await harness.slash("mix change", { layer: "@everyone" })).text).toMatch(/isn’t in the mix/);
});

test("the mixer shows each layer, and its selects change what plays", async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window" });
  const mixer = await harness.slash("mix show");
  expect(mixer.text).toContain("Rain on Glass");
  const { id } = harness.view()!;
  expect((await harness.press(`lull:mix-add:${id}`, ana, ["fire"])).text).toContain("Hearth");
  expect((await harness.press(`lull:mix-place:${id}:fire`, ana, ["orbit"])).text).toContain("circling slowly");
  expect((await harness.press(`lull:mix-level:${id}:fire`, ana, ["faint"])).text).toContain("faint");
  expect(harness.view()?.now?.layers[1]).toMatchObject({ sound: "fire", gainDb: -18, place: "orbit" });
  expect((await harness.press(`lull:mix-remove:${id}:fire`)).text).not.toContain("2. **Hearth**");
  expect((await harness.press("lull:mix-add:yesterday", ana, ["fire"])).text).toMatch(/earlier session/);
});

test("a mix is kept under a name, and /play plays it as it was", async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window" });
  await harness.slash("mix add", { sound: "fire", level: "soft", place: "near" });
  await harness.slash("mix save", { name: "Hut in the rain" });
  await harness.slash("play", { sound: "ocean", when: "now" });
  await harness.slash("play", { sound: "hut in the rain", when: "now" });
  expect(harness.view()?.now).toMatchObject({
    title: "Hut in the rain",
    layers: [{ sound: "rain-window" }, { sound: "fire", gainDb: -6, place: "near" }],
  });
  expect((await harness.favourites.list(harness.view()!.guild))[0]).toMatchObject({ name: "Hut in the rain", uses: 1 });
});

test("/play for lets the queue go on after a while", async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window", for: "20m" });
  await harness.slash("play", { sound: "ocean" });
  await harness.clock.advance(minutes(19));
  expect(harness.view()?.now).toMatchObject({ title: "Rain on Glass", lasts: minutes(20) });
  await harness.clock.advance(minutes(2));
  expect(harness.view()?.now?.title).toBe("Slow Shore");
  expect((await harness.slash("play", { sound: "fire", for: "soon" })).text).toMatch(/30m/);
});

test("/sleep me is the member's own, and off takes it back", async () => {
  const harness = await openCommandHarness();
  harness.sit(bo, lounge);
  await harness.slash("play", { sound: "rain-window" });
  expect((await harness.slash("sleep me", { duration: "40m" }, bo)).text).toMatch(/disconnect you at <t:\d+:t>/);
  expect(harness.view()?.departures).toMatchObject([{ user: bo }]);
  expect((await harness.slash("sleep me", { duration: "off" }, bo)).text).toBe("Your personal timer is off.");
  expect((await harness.slash("sleep me", { duration: "off" }, bo)).text).toMatch(/don’t have a personal timer/);
});

test("/mix surprise plays two or three sounds that go together, for the goal, and nothing that somebody avoids", async () => {
  const harness = await openCommandHarness({
    sounds: [
      ...SOUNDS,
      sound("purr", "Purr", "animal", { goals: ["mood"] }),
      sound("gale", "Gale", "wind", { goals: ["mood", "sleep"] }),
    ],
  });
  await harness.storage.avoidLists.set(ana, { triggers: ["water", "fire"], risks: [], mode: "always" });
  await harness.slash("mix surprise", { goal: "mood" });
  expect(harness.view()?.now?.layers.map((layer) => layer.sound)).toEqual(["gale", "purr"]);
  expect((await harness.slash("mix surprise", { goal: "focus" })).text).toContain("go together");
  expect(harness.complaints).toEqual([]);
});

test("/mix once lays a sound over what plays, which then leaves; it is in no favourite", async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window" });
  expect((await harness.slash("mix once", { sound: "fire", level: "soft", place: "left" })).text).toBe(
    "**Hearth** plays once over what’s on: soft, left.",
  );
  await harness.slash("mix save", { name: "Only rain", mine: "true" });
  expect(await harness.storage.personalFavourites.list(ana)).toMatchObject([
    { name: "Only rain", mix: [{ sound: "rain-window" }] },
  ]);
  await harness.clock.advance(seconds(30));
  expect(harness.view()?.now?.layers).toHaveLength(1);
});
