import type { RichText } from "discord-emulator";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/commands/all.ts";
import { languageOf, sayIn } from "../../src/i18n/languages.ts";
import { lullPage } from "../../src/rehearsal/lullPage.ts";
import { pageTexts, richText } from "../../src/rehearsal/pageTexts.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";

const { settings = {}, files = async () => undefined } = lullPage("/nowhere");
/** Commands and their subcommands, as they are registered. */
const paths = new Set(
  commands.flatMap(({ definition }) => {
    const { name, options = [] } = definition.toJSON();
    return [name, ...options.map((option) => `${name} ${option.name}`)];
  }),
);
const english = pageTexts(sayIn(languageOf("en-US")));

const words = (text: RichText): string =>
  text.map((part) => (typeof part === "string" ? part : Object.values(part).join(" "))).join("");

test("a message's marks become parts of the page's text, and the rest stays as it is", () => {
  expect(richText("Join **lounge**, type `/play`, or [look](/visuals/de).")).toEqual([
    "Join ",
    { strong: "lounge" },
    ", type ",
    { keys: "/play" },
    ", or ",
    { link: "/visuals/de", text: "look" },
    ".",
  ]);
  expect(richText("")).toEqual([]);
});

test("the list of commands begins with what a night takes", () => {
  expect(settings.firstCommands?.filter((path) => !paths.has(path))).toEqual([]);
  expect(settings.firstCommands?.slice(0, 3)).toEqual(["play", "sleep in", "stop"]);
});

describe.each((settings.locales ?? []).map(({ locale }) => locale))("the page in %s", (locale) => {
  const texts = settings.translations?.[locale];
  const welcome = texts?.welcome ?? english.welcome;

  test("says everything in that language", () => {
    const said = (of: typeof english) => [
      of.heading,
      ...(typeof of.welcome.heading === "string" ? [] : Object.values(of.welcome.heading)),
      ...[of.welcome.text, of.welcome.closing, of.welcome.shortcuts?.text ?? []].map(words),
      ...of.welcome.steps.flatMap(({ text, label }) => [words(text), label]),
      ...(of.welcome.shortcuts?.buttons.map(({ label }) => label) ?? []),
      ...of.effects.map(({ label }) => label),
    ];
    const own = said({ ...english, ...texts });
    expect(own.filter((text) => /[`*[\]{}]/.test(text) || text.trim() === "")).toEqual([]);
    if (locale !== "en-US") expect(own.filter((text) => said(english).includes(text))).toEqual([]);
  });

  test("offers what there is", async () => {
    const { steps, shortcuts, text } = welcome;
    const asked = steps.flatMap(({ does }) => ("command" in does ? [does.command] : []));
    expect(asked.filter((path) => !paths.has(path))).toEqual([]);
    const sounds = shortcuts?.buttons.map(({ options }) => options.sound ?? "") ?? [];
    const catalogue = openCatalogue();
    expect(sounds.filter((sound) => catalogue.find(sound) === undefined)).toEqual([]);
    expect(sounds).toHaveLength(4);
    const links = text.flatMap((part) => (typeof part === "object" && "link" in part ? [part.link] : []));
    expect(await Promise.all(links.map(files))).toEqual([
      expect.objectContaining({ type: "text/html; charset=utf-8" }),
    ]);
  });
});
