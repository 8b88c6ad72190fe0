import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createGuildCatalogue } from "../../src/catalogue/guildCatalogue.ts";
import { builtIn } from "../../src/catalogue/programmes.ts";
import type { Sound } from "../../src/catalogue/sound.ts";
import type { Reply } from "../../src/commands/command.ts";
import { english } from "../../src/i18n/english.ts";
import { message, named, titled } from "../../src/i18n/message.ts";
import { openImporter } from "../../src/import/importer.ts";
import { openUploads } from "../../src/import/uploads/uploads.ts";
import { type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { escapeMarkdown } from "../../src/kernel/markdown.ts";
import { type MemberText, rawText } from "../../src/kernel/memberText.ts";
import { panelOf } from "../../src/panel/panelView.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { openCommandHarness, sound } from "../commands/commandHarness.ts";
import { ana } from "../session/sessionFixture.ts";
import { noSources } from "../support/noUploads.ts";

const LINK = "[free](https://evil.example) @everyone";
const ESCAPED = "\\[free\\](https\\://evil.example) \\@everyone";
/** Anything in which Discord would show a link of a member's making. */
const MASKED = /(?<!\\)\[free|(?<!\\)@everyone/;

test("the compiler refuses members' words where text is expected", () => {
  const notText = ({ title }: Sound, say: (text: string) => void): Reply => {
    // @ts-expect-error in a template
    say(`Removed ${title}.`);
    // @ts-expect-error where a string is expected
    say(title);
    // @ts-expect-error as the argument of a message
    message("sounds.removedSound", { title });
    // @ts-expect-error as a reply
    return { text: title };
  };
  expect(notText).toBeTypeOf("function");
});

test("members' words become text only through what escapes them, or is called raw", () => {
  const title: MemberText = LINK;
  expect(escapeMarkdown(title)).toBe(ESCAPED);
  expect(english.of(named(title))).toBe(ESCAPED);
  expect(english.of(titled(title))).toBe(`**${ESCAPED}**`);
  expect(rawText(title)).toBe(LINK);
});

/** All texts that Discord reads markdown in; buttons, choices and alternative texts have none. */
const markdownOf = (shown: unknown): readonly string[] => {
  if (Array.isArray(shown)) return shown.flatMap(markdownOf);
  if (typeof shown !== "object" || shown === null) return [];
  const { text, content, components, accessory } = shown as Record<string, unknown>;
  return [
    ...[text, content].filter((one) => typeof one === "string"),
    ...markdownOf(components),
    ...markdownOf(accessory),
  ];
};

/** Commands as members use them, where every sound, favourite and programme is named by a masked link. */
const STEPS: readonly (readonly [command: string, options?: Readonly<Record<string, string | number>>])[] = [
  ["play", { sound: "hostile" }],
  ["mix add", { sound: "also-hostile" }],
  ["mix show"],
  ["mix change", { layer: "also-hostile", level: "soft" }],
  ["favourites add", { name: LINK }],
  ["favourites add", { name: LINK }],
  ["favourites list"],
  ["favourites rename", { name: LINK, to: `${LINK}!` }],
  ["favourites play", { name: `${LINK}!` }],
  ["favourites export", { name: `${LINK}!` }],
  ["favourites remove", { name: `${LINK}!` }],
  ["favourites remove", { name: LINK }],
  ["favourites restore"],
  ["play", { sound: "hostile", when: "next" }],
  ["play", { sound: LINK.slice(0, 90) }],
  ["play", { sound: `${LINK} missing` }],
  ["queue show"],
  ["queue remove", { position: 1 }],
  ["now"],
  ["skip"],
  ["back"],
  ["mix remove", { layer: LINK }],
  ["sounds browse"],
  ["sounds show", { sound: "hostile" }],
  ["sounds edit", { sound: LINK }],
  ["sounds remove", { sound: LINK }],
  ["sample sound", { sound: "hostile" }],
  ["discover"],
  ["tingles"],
  ["evening start", { programme: LINK }],
  ["evening schedule", { programme: LINK, at: "22:30", channel: "10" }],
  ["evening schedule", { programme: LINK, at: LINK, channel: "10" }],
  ["evening schedule", { programme: LINK, at: "22:30", channel: "10", days: LINK, zone: LINK }],
  ["evening start", { programme: `${LINK} missing` }],
  ["evening list"],
  ["sleep in", { duration: LINK }],
  ["sleep at", { time: LINK }],
];

describe("a masked link in a name is shown as it was typed", () => {
  test("in every answer, on the panel, and in what is announced", async () => {
    const harness = await openCommandHarness({
      sounds: [
        sound("hostile", LINK, "rain", { description: LINK, licence: LINK }),
        sound("also-hostile", `${LINK} too`, "water"),
      ],
    });
    harness.appoint(ana);
    const { id: _, ...calm } = builtIn("calm")!;
    const mix = [{ sound: id<SoundId>("hostile"), gainDb: 0, place: "centre" as const }];
    const phases = [{ name: "settle" as const, minutes: 20, fromDb: 0, toDb: 0, mix }];
    await harness.storage.programmes.save(id<GuildId>("1"), { ...calm, title: LINK, phases }, ana);
    const shown: string[] = [];
    const look = () => {
      for (const view of harness.panels()) shown.push(...markdownOf(panelOf(view, english, { now: 0 })));
      shown.push(...harness.told.splice(0));
    };
    for (const [command, options] of STEPS) {
      shown.push(...markdownOf((await harness.slash(command, options)).replies));
      if (command === "play") await harness.press("tingle");
      look();
    }
    const { entry, layers } = harness.view()?.now ?? {};
    harness.report({ type: "layerFailed", entry: entry!, sound: layers![0]!.sound, reason: LINK });
    harness.report({ type: "soundFailed", entry: entry!, reason: LINK });
    await harness.clock.advance(1_000);
    look();
    expect(shown.filter((text) => MASKED.test(text))).toEqual([]);
    expect(shown.filter((text) => text.includes(ESCAPED)).length).toBeGreaterThan(15);
  });

  test("in what becomes of an upload that is queued, and in what storage refuses", async () => {
    const guild = id<GuildId>("1");
    const storage = await openStorage({ path: ":memory:" });
    const record = {
      guild,
      title: LINK,
      trigger: "rain" as const,
      risks: [],
      licence: "CC0-1.0",
      origin: "fan.wav",
      addedBy: ana,
      hash: "abc",
      bytes: 1,
      length: 50,
    };
    const added = await storage.guildSounds.add(record);
    const uploads = await openUploads({
      folder: mkdtempSync(join(tmpdir(), "h11-names-")),
      sounds: storage.guildSounds,
      importer: openImporter(),
      quota: { total: 1e9, perGuild: 1e9 },
      sources: noSources,
      clock: { now: Date.now, after: () => () => {} },
      log: silentLog,
      onChange: createGuildCatalogue([]).setUploads,
    });
    const says = (attempt: Promise<unknown>) => expect(attempt).rejects.toThrow(ESCAPED);
    await says(storage.guildSounds.add(record));
    await says(uploads.prepare(added.id));
    await uploads.remove(guild, added.id);
    await says(uploads.prepare(id<SoundId>(added.id)));
    await says(storage.programmes.remove(guild, LINK));
    await says(storage.favourites.remove(guild, LINK));
    await uploads.close();
    await storage.close();
  });
});
