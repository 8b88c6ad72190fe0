import { expect, test } from "vitest";
import { customId, parseCustomId } from "../../src/commands/customId.ts";
import { minutes } from "../../src/kernel/units.ts";
import { bo, lounge } from "../session/sessionFixture.ts";
import { openCommandHarness } from "./commandHarness.ts";

const listening = async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window" });
  const panel = (action: string) => customId(action, harness.view()?.id ?? "none");
  return { ...harness, panel };
};

test("the panel's buttons do what they say, and the panel shows it", async () => {
  const harness = await listening();
  const pause = await harness.press(harness.panel("pause"));
  expect(pause.steps).toEqual(["acknowledged"]);
  expect(harness.view()?.status).toBe("paused");
  await harness.press(harness.panel("resume"));
  expect(harness.view()?.status).toBe("playing");
  await harness.press(harness.panel("sleep"));
  const endsAt = harness.clock.now() + minutes(30);
  expect(harness.view()?.sleepTimer?.endsAt).toBe(endsAt);
  await harness.press(harness.panel("extend"));
  expect(harness.view()?.sleepTimer?.endsAt).toBe(endsAt + minutes(15));
  expect((await harness.press(harness.panel("favourite"))).text).toContain("to favourites");
});

test("a stranger's button says where to go", async () => {
  const harness = await listening();
  const { text } = await harness.press(harness.panel("pause"), bo);
  expect(text).toContain(`<#${lounge}>`);
  expect(harness.view()?.status).toBe("playing");
});

test("a button of last night does nothing but say so", async () => {
  const harness = await listening();
  const { text } = await harness.press("lull:pause:0123456789ab");
  expect(text).toContain("earlier session");
  expect(harness.view()?.status).toBe("playing");
  const pause = harness.panel("pause");
  await harness.slash("stop");
  expect((await harness.press(pause)).text).toContain("earlier session");
});

test.each([
  "",
  "lull",
  "lull:",
  "lull:pause:",
  "lull:__proto__:x",
  "pause:1",
  "lull:pause:a:b:c:d",
  "lull:pause:\u202e",
  `lull:pause:${"x".repeat(60)}`,
])("the forged custom id %j is refused", async (forged) => {
  const harness = await listening();
  const { text } = await harness.press(forged);
  expect(text).toMatch(/no longer works|earlier session/);
  expect(harness.view()?.status).toBe("playing");
  expect(harness.complaints).toEqual([]);
});

test("a custom id is read as it was written, and only then", () => {
  expect(parseCustomId(customId("sounds", "personal-attention", 3))).toEqual({
    action: "sounds",
    parts: ["personal-attention", "3"],
  });
  expect(() => customId("sounds", "two words")).toThrow();
});

test("a hundred presses at once skip one sound", async () => {
  const harness = await listening();
  for (const name of ["ocean", "fire", "scissors"]) await harness.slash("play", { sound: name });
  const skip = harness.panel("skip");
  const presses = await Promise.all(Array.from({ length: 100 }, () => harness.press(skip)));
  expect(harness.view()?.now?.title).toBe("Slow Shore");
  expect(presses.every(({ steps }) => steps.join() === "acknowledged")).toBe(true);
  await harness.clock.advance(1_000);
  await harness.press(skip);
  expect(harness.view()?.now?.title).toBe("Hearth");
});

test("a stranger who presses all the time keeps nobody from pressing", async () => {
  const harness = await listening();
  for (let i = 0; i < 20; i++) await harness.press(harness.panel("pause"), bo);
  await harness.press(harness.panel("pause"));
  expect(harness.view()?.status).toBe("paused");
});

test("/sounds browse goes by kind, in place, and queues what is picked", async () => {
  const harness = await openCommandHarness();
  const { text, replies } = await harness.slash("sounds browse");
  expect(text).toContain("**Rain on Glass**");
  expect(text).toContain("May bother some: sudden sounds");
  expect(replies[0]).not.toMatchObject({ inPlace: true });
  const care = await harness.press("lull:sounds-trigger", undefined, ["personal-attention"]);
  expect(care.text).toContain("**Haircut**");
  expect(care.text).not.toContain("**Hearth**");
  expect(care.replies[0]).toMatchObject({ inPlace: true });
  await harness.press("lull:sounds-play", undefined, ["scissors"]);
  expect(harness.view()?.now?.title).toBe("Haircut");
  expect((await harness.press("lull:sounds-play", undefined, ["gone"])).text).toContain("find a sound called");
  expect((await harness.press("lull:sounds:rain:99")).text).toContain("Rain on Glass");
});
