import type { Actions } from "./actions.ts";

/** The languages that Lull speaks, as Discord names them. */
export const LANGUAGES = [
  ["en-US", "English"],
  ["de", "Deutsch"],
  ["es-ES", "Español"],
  ["fr", "Français"],
  ["ja", "日本語"],
] as const;

const KEY = "lull-language";

const ofBrowser = (): string | undefined =>
  navigator.languages
    .map((wanted) => LANGUAGES.find(([locale]) => locale.slice(0, 2) === wanted.slice(0, 2))?.[0])
    .find((found) => found !== undefined);

/** Speaks in this language from now on, in this browser. */
export const chooseLanguage = (locale: string, actions: Pick<Actions, "speakIn">): void => {
  localStorage.setItem(KEY, locale);
  actions.speakIn(locale);
};

/** What the visitor chose here before, or else what their browser is set to. */
export const firstLanguage = (): string => localStorage.getItem(KEY) ?? ofBrowser() ?? LANGUAGES[0][0];
