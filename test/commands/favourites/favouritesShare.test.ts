import { expect, test } from "vitest";
import { fromShareCode, toShareCode } from "../../../src/catalogue/shareCode.ts";
import { openCommandHarness } from "../commandHarness.ts";

const mixed = async () => {
  const harness = await openCommandHarness();
  await harness.slash("play", { sound: "rain-window" });
  await harness.slash("mix add", { sound: "fire", level: "soft", place: "near" });
  await harness.slash("mix save", { name: "Hut" });
  return harness;
};
const codeIn = (text: string) => /lull1\.[\w-]+/.exec(text)?.[0] ?? "";

test("a mix arrives on another server as it was", async () => {
  const here = await mixed();
  const code = codeIn((await here.slash("favourites export", { name: "Hut" })).text);
  const there = await openCommandHarness();
  expect((await there.slash("favourites import", { code })).text).toMatch(/Added \*\*Hut\*\* to favourites/);
  await there.slash("play", { sound: "Hut" });
  expect(there.view()?.now).toMatchObject({
    title: "Hut",
    layers: [{ sound: "rain-window" }, { sound: "fire", gainDb: -6, place: "near" }],
  });
  expect((await there.slash("favourites import", { code })).text).toContain("**Hut 2**");
});

test("all favourites go as a file", async () => {
  const here = await mixed();
  await here.slash("favourites add", { sound: "ocean" });
  const { replies } = await here.slash("favourites export");
  const [file] = (replies[0] as unknown as { files: { data: Uint8Array }[] }).files;
  const there = await openCommandHarness();
  const { text } = await there.slash("favourites import", { file: new TextDecoder().decode(file!.data) });
  expect(text).toContain("Added 2 favourites");
  expect((await there.slash("favourites list")).text).toContain("Rain on Glass + Hearth");
});

test("what the server does not have is said, and left out when it is played", async () => {
  const there = await openCommandHarness();
  const code = toShareCode({
    name: "Two",
    mix: [
      { sound: "ocean" as never, gainDb: 0, place: "centre" },
      { sound: "their-own" as never, gainDb: 0, place: "left" },
    ],
  });
  expect((await there.slash("favourites import", { code })).text).toContain("doesn’t have");
  await there.slash("play", { sound: "Two" });
  expect(there.view()?.now?.layers).toHaveLength(1);
});

test.each(["", "lull1.", "lull1.AAAA", "hello", `lull1.${"A".repeat(5_000)}`, "lull1.@everyone"])(
  "%s is refused with what to do",
  async (code) => {
    const { text } = await (await openCommandHarness()).slash("favourites import", code === "" ? {} : { code });
    expect(text).toMatch(/\/favourites export/);
  },
);

test.each([
  "",
  "{",
  "[]",
  '{"lull":1,"favourites":[{"name":"x","mix":[]}]}',
  '{"lull":1,"favourites":[{"name":"__proto__","mix":[{"sound":"../x"}]}]}',
])("a file with %s is refused, and nothing is kept", async (file) => {
  const harness = await openCommandHarness();
  expect((await harness.slash("favourites import", { file })).text).toMatch(/doesn’t contain any Lull favourites/);
  expect((await harness.slash("favourites list")).text).toContain("No favourites yet");
});

test("a code that unfolds without end is given up on", () => {
  const bomb = toShareCode({ name: "x".repeat(300_000), mix: [] });
  expect(() => fromShareCode(bomb)).toThrow(/share code/);
});
