import { expect, test } from "vitest";
import { source, translations } from "../../src/i18n/catalogue.ts";
import { english } from "../../src/i18n/english.ts";
import { LANGUAGES, languageNamed, languageOf, sayIn } from "../../src/i18n/languages.ts";
import { message, named, titled } from "../../src/i18n/message.ts";
import { StoredMessage } from "../../src/i18n/storedMessage.ts";

const say = (locale: string) => sayIn(languageOf(locale));

test("each of Discord's locales has a language, and what is not written has English", () => {
  const locales = ["de", "en-GB", "en-US", "es-ES", "es-419", "fr", "ja", "pt-BR"];
  expect(locales.map(languageOf)).toEqual(["de", "en", "en-US", "es", "es", "fr", "ja", "en"]);
});

test("a community chooses among the languages by their own names, and what is chosen is found again", () => {
  const catalogues = [source, ...translations.values()];
  expect(LANGUAGES.map(({ name }) => name)).toEqual(catalogues.map(({ language }) => language.name));
  expect(LANGUAGES.map(({ name }) => name)).toEqual(expect.arrayContaining(["English", "日本語"]));
  expect(LANGUAGES.map(({ language }) => languageNamed(language))).toEqual(LANGUAGES.map(({ language }) => language));
  expect([languageNamed("tlh"), languageNamed(null)]).toEqual([undefined, undefined]);
});

test("a message for later is said in any language, with what it holds in that language too", () => {
  const later = message("play.isNext", { title: titled("Brook") });
  expect(["en-GB", "en-US", "de", "es-ES", "fr", "ja"].map((locale) => say(locale).of(later))).toEqual([
    "**Brook** is next.",
    "**Brook** is next.",
    "**Bach** kommt als Nächstes.",
    "A continuación, **Arroyo**.",
    "**Ruisseau** vient ensuite.",
    "次は**小川**です。",
  ]);
});

test("commands are mentioned as Discord names them in that language", () => {
  expect(say("de")("play.nothingPlayingYet")).toContain("/abspielen");
  expect(say("ja")("play.nothingPlayingYet")).toContain("/再生");
  expect(say("en-US")("favourites.none")).toBe("No favorites yet. Add what’s playing with /favorites add.");
  expect(say("de")("privacy.noAvoidList")).not.toContain("/avoid");
});

test("French does not break a line before its signs", () => {
  expect(say("fr")("sounds.licenceIs", { licence: "CC0" })).toBe("Licence\u00a0: CC0");
});

test("a variant has the words of both its parts; a name of somebody's stays as it is, and cannot style anything", () => {
  const german = say("de");
  expect(german.word("Garden Rain · heavy")).toBe("Gartenregen · stark");
  expect(german.word("Rain on Glass, Brook")).toBe("Regen auf Glas, Bach");
  expect(german.word("Whisper: Sleep well, Ana")).toBe("Geflüstert: Sleep well, Ana");
  expect(german.word("Our gutter")).toBe("Our gutter");
  expect(german("play.isNext", { title: named("**loud**") })).toBe("\\*\\*loud\\*\\* kommt als Nächstes.");
});

test("what somebody writes fills a message as it is, whatever it means in ICU MessageFormat", () => {
  expect(english("play.isNext", { title: "{count, plural, '<b>' it's #" })).toBe(
    "{count, plural, '<b>' it's # is next.",
  );
});

test("a message that was stored is said again, as are those of earlier versions", () => {
  const stored = (value: unknown) => StoredMessage.safeParse(JSON.parse(JSON.stringify(value))).data;
  const said = (value: unknown) => say("de").of(stored(value)!);
  expect(said(message("play.isNext", { title: titled("Brook") }))).toBe("**Bach** kommt als Nächstes.");
  expect(said({ template: "{0} was left out.", values: [{ name: "Brook" }] })).toBe("Bach was left out.");
  expect(said("Brook was left out.")).toBe("Brook was left out.");
  expect(said({ key: "queue.longGone", values: {} })).toBe("…");
  expect(said({ key: "play.isNext", values: { name: "Brook" } })).toBe("…");
  expect([stored(5), stored({ text: "?" }), stored(null)]).toEqual([undefined, undefined, undefined]);
});

test("a key that is not there, and an argument too few or too many, are errors of type", () => {
  // @ts-expect-error no such message
  const unknown = message("queue.nowhere");
  // @ts-expect-error it takes a title
  const empty = message("play.isNext");
  // @ts-expect-error it takes a title by another name
  const wrong = message("play.isNext", { sound: "Brook" });
  // @ts-expect-error it takes nothing
  const full = message("play.nothingPlayingYet", { title: "Brook" });
  expect([unknown, empty, wrong, full].map(english.of)).toEqual(["…", "…", "…", english("play.nothingPlayingYet")]);
});
