import { expect, test } from "vitest";
import { builtIn } from "../../src/catalogue/programmes.ts";
import { languageOf, sayIn } from "../../src/i18n/languages.ts";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { panelOf } from "../../src/panel/panelView.ts";
import { createGuildProgrammes } from "../../src/programmes/guildProgrammes.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import type { ProgrammeStarted } from "../../src/session/programme.ts";
import { parseStoredSession } from "../../src/storage/storedSession.ts";
import { readableText } from "../commands/commandHarness.ts";
import { ana, chat, lounge, sessionFixture } from "../session/sessionFixture.ts";

const catalogue = openCatalogue();

/** What a guild whose Discord is in this language sees and hears of the programme. */
const started = async (locale: string) => {
  const say = sayIn(languageOf(locale));
  const room = sessionFixture();
  const { start } = createGuildProgrammes({
    sessions: { dispatch: async (_guild, event) => room.dispatch(event as ProgrammeStarted) },
    catalogueOf: () => catalogue,
    programmes: { of: async () => [] },
    listenerService: { heardSounds: async () => [], soundFilter: async () => () => true },
    sayInGuild: async () => say,
  });
  await start(id<GuildId>("1"), builtIn("wind-down")!, { by: ana, channel: lounge, panel: chat });
  return { room, panel: () => readableText(panelOf(room.view(), say, { now: room.now() })) };
};

test("in English it is whispered; the panel shows the line of each phase, and how to breathe", async () => {
  const { room, panel } = await started("en-GB");
  expect(room.view().now?.layers.map(({ sound }) => sound)).toEqual(["whisper-stretch", "stream"]);
  expect(panel()).toContain("Wind Down, part 1 of 5: water and a stretch\nA glass of water, and one slow stretch");
  room.pass(minutes(2) + seconds(1));
  expect(panel()).toContain("Breathe in while the sound swells, and out while it ebbs.\nBreath: in 4 s · out 6 s");
  expect(room.view().now?.layers.map(({ sound }) => sound)).toEqual(["breath-swell", "whisper-breathe"]);
  room.pass(minutes(4));
  expect(room.view().now?.layers[0]?.sound).toBe("whisper-body-scan");
});

test("in another language nothing is said that nobody would understand, and the panel guides in that language", async () => {
  const { room, panel } = await started("de");
  expect(room.view().now?.layers.map(({ sound }) => sound)).toEqual(["stream"]);
  expect(panel()).toContain("Ein Glas Wasser und einmal langsam strecken");
  room.pass(minutes(2) + seconds(1));
  expect(room.view().now?.layers.map(({ sound }) => sound)).toEqual(["breath-swell"]);
  expect(panel()).toMatch(/Atme ein, während der Klang anschwillt.*\nAtem: ein 4 s · aus 6 s/);
});

test("the lines survive a restart, and are shown only while their phase plays", async () => {
  const { room, panel } = await started("en-GB");
  const stored = parseStoredSession(JSON.stringify(room.session()));
  expect(stored.programme?.phases[0]?.line).toMatch(/glass of water/);
  room.dispatch({ type: "skipped", asHost: true });
  room.dispatch({ type: "skipped", asHost: true });
  expect(panel()).not.toMatch(/glass of water|Breathe in/);
  expect(panel()).toContain("Let one part after the other grow heavy");
});
