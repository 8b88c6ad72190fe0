import type { Actions } from "./actions.ts";
import { settings } from "./settings.ts";

const KEY = "discord-emulator-locale";

/** The locale that fits what the browser asks for: the very one, or else one of the same language. */
const fitting = (wanted: string): string | undefined => {
  const locales = settings.locales.map(({ locale }) => locale);
  return (
    locales.find((locale) => locale === wanted) ?? locales.find((locale) => locale.slice(0, 2) === wanted.slice(0, 2))
  );
};

/** Sets the user's locale, in this browser from now on. */
export const chooseLocale = (locale: string, actions: Pick<Actions, "setLocale">): void => {
  localStorage.setItem(KEY, locale);
  actions.setLocale(locale);
};

/** The locale that the user has chosen in this browser before, or else what the browser asks for. */
export const firstLocale = (): string =>
  localStorage.getItem(KEY) ??
  navigator.languages.map(fitting).find((found) => found !== undefined) ??
  settings.locales[0]?.locale ??
  "en-US";
