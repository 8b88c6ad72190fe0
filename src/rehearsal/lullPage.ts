import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PageOptions, PageSettings } from "discord-emulator";
import { languageOf, sayIn } from "../i18n/languages.ts";
import { pageTexts } from "./pageTexts.ts";
import { TWO_MINUTE_NIGHT } from "./twoMinuteNight.ts";
import { visualsPage } from "./visualsPage.ts";

const LOCALES = [
  { locale: "en-US", name: "English" },
  { locale: "de", name: "Deutsch" },
  { locale: "es-ES", name: "Español" },
  { locale: "fr", name: "Français" },
  { locale: "ja", name: "日本語" },
] as const;

/** The commands that a list of them begins with, as they are registered: what a night takes, in its order. */
const FIRST_COMMANDS = [
  "play",
  "sleep in",
  "stop",
  "skip",
  "pause",
  "mix add",
  "loudness",
  "sounds browse",
  "favourites add",
  "evening start",
  "discover",
  "help",
];

/** A font may lack them. */
const DRAWN_EMOJI = {
  "🌙": "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z",
  "♥": "M12 20 4.5 12.5a4.8 4.8 0 0 1 7.5-6 4.8 4.8 0 0 1 7.5 6Z",
  "★": "M12 3.5l2.6 5.5 6 .8-4.4 4.1 1.1 6-5.3-2.9-5.3 2.9 1.1-6L3.4 9.8l6-.8Z",
};

const textsIn = (locale: string) => pageTexts(sayIn(languageOf(locale)));

const settings: Partial<PageSettings> = {
  ...textsIn("en-US"),
  translations: Object.fromEntries(LOCALES.map(({ locale }) => [locale, textsIn(locale)])),
  locales: LOCALES,
  firstCommands: FIRST_COMMANDS,
  emoji: DRAWN_EMOJI,
};

/**
 * What Lull has the emulator's page say and show.
 * @param visuals directory in which the bot keeps the visuals that it has drawn; without one there is no page of them
 */
export const lullPage = (visuals?: string): Pick<PageOptions, "settings" | "icon" | "files" | "walkthrough"> => ({
  settings,
  walkthrough: Object.values(TWO_MINUTE_NIGHT),
  icon: readFileSync(join(import.meta.dirname, "icon.svg"), "utf8"),
  ...(visuals !== undefined && { files: visualsPage(visuals) }),
});
