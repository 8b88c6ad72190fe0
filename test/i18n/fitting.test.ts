import { expect, test } from "vitest";
import { translations } from "../../src/i18n/catalogue.ts";
import { languageOf, sayIn } from "../../src/i18n/languages.ts";
import { panelOf } from "../../src/panel/panelView.ts";
import { openCommandHarness } from "../commands/commandHarness.ts";
import { ana } from "../session/sessionFixture.ts";

/** Discord's limits, in characters: of a form's title and labels, of what can be pressed or chosen, of a message. */
const LIMITS: Readonly<Record<string, number>> = {
  title: 45,
  placeholder: 150,
  description: 100,
  content: 4_000,
  text: 2_000,
};
const LABEL_OF_A_FIELD = 18;

/** What is longer than Discord takes it, wherever it is in a reply. */
const tooLong = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(tooLong);
  if (typeof value !== "object" || value === null) return [];
  const limits = { ...LIMITS, label: "type" in value && value.type === LABEL_OF_A_FIELD ? 45 : 80 };
  return Object.entries(value).flatMap(([key, own]) => {
    if (typeof own !== "string") return tooLong(own);
    const limit = Object.hasOwn(limits, key) ? limits[key as keyof typeof limits] : undefined;
    return limit !== undefined && own.length > limit ? [`${key}: ${own}`] : [];
  });
};

const COMMANDS = [
  "help",
  "about asmr",
  "avoid",
  "settings",
  "evening design",
  "sounds browse",
  "sounds add",
  "privacy show",
  "queue show",
  "mix show",
  "discover",
];

test.each([...translations.values()].flatMap(({ language }) => language.discord))(
  "in %s every form, page and panel is as short as Discord wants it",
  async (locale) => {
    const desk = await openCommandHarness({ locale });
    desk.appoint(ana);
    await desk.slash("play", { sound: "rain-window" });
    const replies: unknown[] = [];
    for (const command of COMMANDS) replies.push(...(await desk.slash(command)).replies);
    replies.push(...(await desk.press("lull:settings:quiet")).replies);
    replies.push(panelOf(desk.view()!, sayIn(languageOf(locale)), { now: 0 }));
    expect(replies).toHaveLength(COMMANDS.length + 2);
    expect(tooLong(replies)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  },
);
