import { describe, expect, test } from "vitest";
import {
  findCommand,
  fitting,
  readField,
  readFields,
  runnableCommands,
  suggest,
} from "../src/page/client/commandLine.ts";
import { greetingAt } from "../src/page/client/greeting.ts";
import { createJitterBuffer } from "../src/page/client/jitterBuffer.ts";
import { parseInline, parseMarkdown } from "../src/page/client/markdown.ts";
import { timestampText } from "../src/page/client/timestamps.ts";

describe("markdown", () => {
  test("styles nest, and a backslash takes their meaning away", () => {
    expect(parseInline("**rain *and* wind** \\*not\\*")).toEqual([
      {
        type: "strong",
        children: [
          { type: "text", text: "rain " },
          { type: "em", children: [{ type: "text", text: "and" }] },
          { type: "text", text: " wind" },
        ],
      },
      { type: "text", text: " *not*" },
    ]);
  });

  test("mentions, moments and links are read; other addresses are words", () => {
    expect(parseInline("<@12> in <#34> <t:1000:R> </sleep in:56> [here](https://a.example/b)")).toEqual([
      { type: "person", id: "12" },
      { type: "text", text: " in " },
      { type: "channel", id: "34" },
      { type: "text", text: " " },
      { type: "time", seconds: 1000, style: "R" },
      { type: "text", text: " " },
      { type: "command", path: "sleep in" },
      { type: "text", text: " " },
      { type: "link", href: "https://a.example/b", children: [{ type: "text", text: "here" }] },
    ]);
    expect(parseInline("[x](javascript:alert(1))")).toEqual([{ type: "text", text: "[x](javascript:alert(1))" }]);
  });

  test("headings, small print, lists, quotes and fences are blocks of their own", () => {
    const blocks = parseMarkdown("### Sounds\n1. rain\n2. fire\n-# small\n> said\n```\n**as it is**\n```\nend");
    expect(blocks.map(({ type }) => type)).toEqual(["heading", "list", "small", "quote", "fence", "paragraph"]);
    expect(blocks[4]).toEqual({ type: "fence", text: "**as it is**" });
  });

  test("text that opens styles without end is read in no time", () => {
    const begun = performance.now();
    for (const sign of ["*", "_", "**", "~~", "||", "[", "`", "<t:"]) parseMarkdown(sign.repeat(1_300));
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

test("a greeting is that of the hour, and the evening's lasts until the morning", () => {
  const greetings = { morning: "m", afternoon: "a", evening: "e" };
  const day = Array.from({ length: 24 }, (_, hour) => greetingAt(hour, greetings)).join("");
  expect(day).toBe("eeeeemmmmmmmaaaaaaeeeeee");
});

describe("moments", () => {
  test("a relative one counts in the largest unit that fits", () => {
    expect(timestampText(1_000 + 1_800, "R", 1_000)).toBe("in 30 minutes");
    expect(timestampText(1_000 - 2, "R", 1_000)).toBe("2 seconds ago");
    expect(timestampText(1_000 + 7_300, "R", 1_000)).toBe("in 2 hours");
  });
});

describe("the command line", () => {
  const sound = { type: 3, name: "sound", description: "", required: true, autocomplete: true };
  const minutes = { type: 4, name: "minutes", description: "", min_value: 1, max_value: 720 };
  const when = { type: 3, name: "when", description: "", choices: [{ name: "Next", value: "n" }] };
  const all = runnableCommands([
    { name: "sleep", description: "", options: [{ type: 1, name: "in", description: "", options: [minutes] }] },
    { name: "play", description: "", options: [sound, when] },
    { name: "Speak", description: "", type: 2 },
  ]);

  test("subcommands are commands of their own; what is not a slash command is left out", () => {
    expect(all.map(({ path }) => path)).toEqual(["play", "sleep in"]);
    expect(suggest(all, "/in").map(({ path }) => path)).toEqual(["sleep in"]);
    expect(findCommand(all, "/sleep ")).toBeUndefined();
    expect(findCommand(all, "/sleep in ")?.path).toBe("sleep in");
  });

  test("names are those of the visitor's language, are found by the others too, and are sent as they are registered", () => {
    const duration = { type: 3, name: "duration", description: "How long", name_localizations: { de: "dauer" } };
    const inside = { type: 1, name: "in", description: "", name_localizations: { de: "nach" }, options: [duration] };
    const sleep = { name: "sleep", description: "", name_localizations: { de: "schlafen" }, options: [inside] };
    const [spoken] = runnableCommands([sleep], "de");
    expect(spoken).toMatchObject({ path: "schlafen nach", sent: "sleep in", options: [{ name: "dauer" }] });
    expect(suggest([spoken!], "/schl")).toEqual([spoken]);
    expect(suggest([spoken!], "/sle")).toEqual([spoken]);
    expect([findCommand([spoken!], "/schlafen nach "), findCommand([spoken!], "/sleep in ")]).toEqual([spoken, spoken]);
    const [option] = spoken!.options;
    expect(readFields([{ option: option!, typed: "30m" }])).toEqual({ options: { duration: "30m" } });
    expect(runnableCommands([sleep], "fr")[0]?.path).toBe("sleep in");
  });

  test("what was typed becomes what Discord would be sent, or a sentence that names the option", () => {
    expect(readField({ option: minutes, typed: "30" })).toEqual({ value: 30 });
    expect(readField({ option: minutes, typed: "1e309" })).toEqual({ why: "minutes is a number." });
    expect(readField({ option: minutes, typed: "0" })).toEqual({ why: "minutes is 1 or more." });
    expect(readField({ option: when, typed: "next" })).toEqual({ value: "n" });
    expect(readField({ option: when, typed: "never" })).toEqual({ why: "Pick one of the options for “when”." });
    expect(readFields([{ option: sound, typed: "" }])).toEqual({ why: "sound is needed.", field: "sound" });
    expect(
      readFields([
        { option: sound, typed: "Rain", chosen: "rain" },
        { option: when, typed: "" },
      ]),
    ).toEqual({
      options: { sound: "rain" },
    });
  });

  test("a list shows no more than Discord does", () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ name: `Sound ${i}`, value: i }));
    expect(fitting(many, "sound")).toHaveLength(25);
  });
});

describe("the jitter buffer", () => {
  const frame = (value: number) => new Float32Array(960).fill(value);
  const read = (buffer: ReturnType<typeof createJitterBuffer>, samples: number) => {
    const [left, right] = [new Float32Array(samples), new Float32Array(samples)];
    buffer.read(left, right);
    return left;
  };

  test("it waits until enough has come, then plays it in order and without a click", () => {
    const buffer = createJitterBuffer(1_920);
    buffer.push(frame(0.5), frame(0.5));
    expect(read(buffer, 128).every((sample) => sample === 0)).toBe(true);
    buffer.push(frame(0.5), frame(0.5));
    const heard = read(buffer, 1_920);
    const steps = heard.slice(1).map((sample, i) => Math.abs(sample - heard[i]!));
    expect(Math.max(...steps)).toBeLessThan(0.01);
    expect(heard.at(-1)).toBeCloseTo(0.5);
  });

  test("run dry, it fades instead of breaking off, and waits again", () => {
    const buffer = createJitterBuffer(960);
    buffer.push(frame(0.5), frame(0.5));
    const heard = read(buffer, 2_000);
    const steps = heard.slice(1).map((sample, i) => Math.abs(sample - heard[i]!));
    expect(Math.max(...steps)).toBeLessThan(0.01);
    expect(heard.at(-1)).toBe(0);
  });

  test("a sender whose clock runs fast does not make it later and later", () => {
    const buffer = createJitterBuffer(9_600);
    for (let i = 0; i < 1_000; i++) {
      buffer.push(frame(0.1), frame(0.1));
      read(buffer, 900);
    }
    expect(buffer.waiting).toBeLessThanOrEqual(3 * 9_600);
  });
});
