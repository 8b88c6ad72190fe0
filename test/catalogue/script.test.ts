import { expect, test } from "vitest";
import { parseScript, soundOfScript } from "../../src/catalogue/script.ts";
import { LONGEST_WHISPER, whisperScriptOf } from "../../src/catalogue/whisper.ts";

const head = "title: Good night\nabout: A few words.\n\n";

test("a script says its lines from where the directions put the whisperer, with hands and rests", () => {
  const { voice, pace, steps } = parseScript(
    "a.txt",
    `# a remark\n${head}Hello.\n\n[left, close] Ten. [pause 2.5]\n[scissors 8 s]\nNine.\n`,
  );
  expect([voice, pace]).toEqual(["awb", 1.35]);
  expect(steps).toEqual([
    { type: "say", text: "Hello.", stand: { side: "centre", distance: "near" } },
    { type: "rest", seconds: 0.9 },
    { type: "rest", seconds: 1.6 },
    { type: "say", text: "Ten.", stand: { side: "left", distance: "close" } },
    { type: "rest", seconds: 0.9 },
    { type: "rest", seconds: 2.5 },
    { type: "foley", foley: "scissors", seconds: 8, stand: { side: "left", distance: "close" } },
    { type: "say", text: "Nine.", stand: { side: "left", distance: "close" } },
    { type: "rest", seconds: 0.9 },
    { type: "rest", seconds: 1.6 },
  ]);
});

test.each([
  [`${head}[lft] Hello.`, "line 4: “lft” is no direction. Known: left"],
  [`${head}Hello.\n[pause]`, "line 5: “pause” needs its seconds, 1 to 40"],
  [`${head}[scissors 900]`, "line 4: “scissors” needs its seconds"],
  [`${head}[left Hello.`, "line 4: a bracket is open"],
  [`${head}...`, "line 4: there is nothing to be said"],
  [`${head}${"word ".repeat(100)}`, "line 4: is longer than 400 letters"],
  [head, "nothing is said"],
  ["title: A\n\nHello.", "line 1: “about” is missing"],
  ["title: A\nabout: B\nvoice: tom\n\nHello.", "line 3: “voice”"],
  ["title: A\nabout: B\ntempo: 2\n\nHello.", "line 3: “tempo” is not known. Known: title, about, voice"],
  ["title: A\ntitle: B\n\nHello.", "line 2: “title” was said on line 1 already"],
  ["Hello there\n\nHello.", "line 1: above the first empty line"],
  ["a".repeat(20_001), "longer than 20000 letters"],
])("what is wrong in a script is named by its line (%#)", (text, says) => {
  expect(() => parseScript("a.txt", text)).toThrow(expect.objectContaining({ name: "UserError", code: "bad-script" }));
  expect(() => parseScript("a.txt", text)).toThrow(`a.txt, line`);
  expect(() => parseScript("a.txt", text)).toThrow(says);
});

test("a script's sound tells what some ears cannot bear, from its words and its hands", () => {
  expect(soundOfScript("/host/scripts/hair-cut.txt", `${head}[scissors 4] Hello.`)).toMatchObject({
    id: "whisper-hair-cut",
    title: "Good night",
    trigger: "whisper",
    risks: ["whisper", "breath", "sharp onset", "bright"],
  });
  expect(() => soundOfScript("Hair Cut.txt", `${head}Hello.`)).toThrow("must be lower-case words joined by hyphens");
});

test("what a member types is whispered without mentions, links, emoji and directions", () => {
  const said = (text: string) =>
    parseScript("it", whisperScriptOf(text)).steps.flatMap((step) => (step.type === "say" ? step.text : []));
  expect(
    said("Good night, <@123> and <@&9>! @everyone sleep **well**. See https://evil.example/x or discord.gg/abc"),
  ).toEqual(["Good night, and !", "sleep well .", "See or"]);
  expect(said("[scissors 60] Hello <:wave:12> there")).toEqual(["scissors 60 Hello there"]);
  expect(said("title: Me\nabout: You\n# no remark")).toEqual(["title:", "Me", "about:", "You", "no remark"]);
  expect(said("word ".repeat(100)).every((line) => line.length <= 201)).toBe(true);
});

test("a whisper that is too long or empty is refused with what to do", () => {
  expect(() => whisperScriptOf("a".repeat(LONGEST_WHISPER + 1))).toThrow("up to 600 characters");
  for (const nothing of ["", "  ", "<@123>", "https://a.example", "[]{}", "😀"]) {
    expect(() => whisperScriptOf(nothing)).toThrow("There’s nothing to whisper");
  }
});
