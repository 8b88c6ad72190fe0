import { expect, test } from "vitest";
import { customId, parseCustomId } from "../../src/commands/customId.ts";
import { minutes } from "../../src/kernel/units.ts";
import { bo, lounge } from "../session/evening.ts";
import { openDesk } from "./desk.ts";

const listening = async () => {
  const desk = await openDesk();
  await desk.slash("play", { sound: "rain-window" });
  const panel = (action: string) => customId(action, desk.view()?.id ?? "none");
  return { ...desk, panel };
};

test("the panel's buttons do what they say, and the panel shows it", async () => {
  const desk = await listening();
  const pause = await desk.press(desk.panel("pause"));
  expect(pause.steps).toEqual(["acknowledged"]);
  expect(desk.view()?.status).toBe("paused");
  await desk.press(desk.panel("resume"));
  expect(desk.view()?.status).toBe("playing");
  await desk.press(desk.panel("sleep"));
  const endsAt = desk.clock.now() + minutes(30);
  expect(desk.view()?.sleep?.endsAt).toBe(endsAt);
  await desk.press(desk.panel("extend"));
  expect(desk.view()?.sleep?.endsAt).toBe(endsAt + minutes(15));
  expect((await desk.press(desk.panel("favourite"))).text).toContain("is a favourite now");
});

test("a stranger's button says where to go", async () => {
  const desk = await listening();
  const { text } = await desk.press(desk.panel("pause"), bo);
  expect(text).toContain(`<#${lounge}>`);
  expect(desk.view()?.status).toBe("playing");
});

test("a button of last night does nothing but say so", async () => {
  const desk = await listening();
  const { text } = await desk.press("lull:pause:0123456789ab");
  expect(text).toContain("earlier session");
  expect(desk.view()?.status).toBe("playing");
  const pause = desk.panel("pause");
  await desk.slash("stop");
  expect((await desk.press(pause)).text).toContain("earlier session");
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
  const desk = await listening();
  const { text } = await desk.press(forged);
  expect(text).toMatch(/no longer works|earlier session/);
  expect(desk.view()?.status).toBe("playing");
  expect(desk.complaints).toEqual([]);
});

test("a custom id is read as it was written, and only then", () => {
  expect(parseCustomId(customId("sounds", "personal-attention", 3))).toEqual({
    action: "sounds",
    parts: ["personal-attention", "3"],
  });
  expect(() => customId("sounds", "two words")).toThrow();
});

test("a hundred presses at once skip one sound", async () => {
  const desk = await listening();
  for (const name of ["ocean", "fire", "scissors"]) await desk.slash("play", { sound: name });
  const skip = desk.panel("skip");
  const presses = await Promise.all(Array.from({ length: 100 }, () => desk.press(skip)));
  expect(desk.view()?.now?.title).toBe("Slow Shore");
  expect(presses.every(({ steps }) => steps.join() === "acknowledged")).toBe(true);
  await desk.clock.advance(1_000);
  await desk.press(skip);
  expect(desk.view()?.now?.title).toBe("Hearth");
});

test("a stranger who presses all the time keeps nobody from pressing", async () => {
  const desk = await listening();
  for (let i = 0; i < 20; i++) await desk.press(desk.panel("pause"), bo);
  await desk.press(desk.panel("pause"));
  expect(desk.view()?.status).toBe("paused");
});

test("/sounds browse goes by kind, in place, and queues what is picked", async () => {
  const desk = await openDesk();
  const { text, replies } = await desk.slash("sounds browse");
  expect(text).toContain("**Rain on Glass**");
  expect(text).toContain("Has: sharp onset");
  expect(replies[0]).not.toMatchObject({ inPlace: true });
  const care = await desk.press("lull:sounds-trigger", undefined, ["personal-attention"]);
  expect(care.text).toContain("**Haircut**");
  expect(care.text).not.toContain("**Hearth**");
  expect(care.replies[0]).toMatchObject({ inPlace: true });
  await desk.press("lull:sounds-play", undefined, ["scissors"]);
  expect(desk.view()?.now?.title).toBe("Haircut");
  expect((await desk.press("lull:sounds-play", undefined, ["gone"])).text).toContain("no sound called");
  expect((await desk.press("lull:sounds:rain:99")).text).toContain("Rain on Glass");
});
