import { describe, expect, test } from "vitest";
import { fitting, runnableCommands } from "../src/page/client/commandLine.ts";
import { parseCommand } from "../src/page/client/pastedCommand.ts";
import type { CommandOption } from "../src/page/protocol.ts";

const option = (name: string, type: number, more: Partial<CommandOption> = {}): CommandOption => ({
  type,
  name,
  description: "",
  ...more,
});
const part = (name: string, ...options: CommandOption[]) => option(name, 1, { options });
const choices = (...names: string[]) => ({ choices: names.map((name) => ({ name, value: `${name}-value` })) });

const all = runnableCommands(
  [
    {
      name: "sleep",
      description: "",
      name_localizations: { de: "schlafen" },
      options: [
        { ...part("in", option("duration", 3, { required: true })), name_localizations: { de: "nach" } },
        part("me", option("duration", 3, { required: true })),
        part("after-this"),
      ],
    },
    {
      name: "play",
      description: "",
      options: [
        option("sound", 3, { required: true, autocomplete: true }),
        option("when", 3, choices("now", "next", "last")),
        option("for", 3),
      ],
    },
    {
      name: "queue",
      description: "",
      options: [
        part("move", option("from", 4, { required: true }), option("to", 4, { required: true })),
        part("loop", option("mode", 3, { required: true, choices: [{ name: "the whole queue", value: "all" }] })),
      ],
    },
    {
      name: "evening",
      description: "",
      options: [
        part(
          "schedule",
          option("programme", 3, { required: true }),
          option("at", 3, { required: true }),
          option("channel", 7, { required: true }),
        ),
      ],
    },
    { name: "tell", description: "", options: [option("who", 6, { required: true }), option("loud", 5)] },
  ],
  "de",
);

const read = (text: string) => {
  const found = parseCommand(all, text, { members: ["ana", "Jo Ann"], channels: ["general", "lounge"] });
  return found && [found.command.sent, found.values];
};

describe("a whole command as text", () => {
  test.each<[string, string, Record<string, string>]>([
    ["/sleep in 30m", "sleep in", { duration: "30m" }],
    ["/sleep  in  duration: 1h 15", "sleep in", { duration: "1h 15" }],
    ["/schlafen nach 30m", "sleep in", { duration: "30m" }],
    ["/SLEEP after-this", "sleep after-this", {}],
    ["/play rain on glass", "play", { sound: "rain on glass" }],
    ["/play rain on glass when:next for: 20m", "play", { sound: "rain on glass", when: "next", for: "20m" }],
    ["/play when:now sound:12:30 express", "play", { when: "now", sound: "12:30 express" }],
    ['/play "rain" next 20m', "play", { sound: "rain", when: "next", for: "20m" }],
    ["/queue move 3 1", "queue move", { from: "3", to: "1" }],
    ["/queue loop all", "queue loop", { mode: "all" }],
    ["/queue loop The whole queue", "queue loop", { mode: "The whole queue" }],
    [
      "/evening schedule Drift Off 22:30 #lounge",
      "evening schedule",
      { programme: "Drift Off", at: "22:30", channel: "lounge" },
    ],
    ["/tell @Jo Ann true", "tell", { who: "Jo Ann", loud: "true" }],
  ])("%s", (text, sent, values) => {
    expect(read(text)).toEqual([sent, values]);
  });

  test("a text that names no command is none", () => {
    expect([read("/snooze"), read("/sleep"), read("good night"), read("/playing rain")]).toEqual(
      Array(4).fill(undefined),
    );
  });

  test("a list finds a choice by what the bot is sent, too, and puts what fits exactly first", () => {
    const list = [
      { name: "small", value: "tall" },
      { name: "everything", value: "all" },
    ];
    expect(fitting(list, "all").map(({ name }) => name)).toEqual(["everything", "small"]);
  });
});
