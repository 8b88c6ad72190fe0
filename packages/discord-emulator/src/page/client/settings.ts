import type { PageSettings } from "../settings.ts";

/** What the page says and offers for this bot; the server has written it into the page. */
export const settings = JSON.parse(document.getElementById("settings")?.textContent ?? "{}") as PageSettings;

const inLocale = new Map<string, PageSettings>();

/** The settings with the texts of a locale of Discord's, or else of its language, where the bot has brought them. */
export const settingsIn = (locale: string): PageSettings => {
  const known = inLocale.get(locale);
  if (known !== undefined) return known;
  const { translations = {} } = settings;
  const found = translations[locale] ?? translations[locale.slice(0, 2)];
  const localised = found === undefined ? settings : { ...settings, ...found };
  inLocale.set(locale, localised);
  return localised;
};
