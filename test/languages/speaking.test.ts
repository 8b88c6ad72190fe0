import { expect, test } from "vitest";
import { LANGUAGES, named, text, titled } from "../../src/kernel/text.ts";
import { languageOf, sayIn } from "../../src/languages/languages.ts";

test("each of Discord's locales has a language, and what is not written has English", () => {
  const locales = ["de", "en-GB", "en-US", "es-ES", "es-419", "fr", "ja", "pt-BR"];
  expect(locales.map(languageOf)).toEqual(["de", "en", "en-US", "es", "es", "fr", "ja", "en"]);
});

test("a sentence for later is said in any language, with what it holds in that language too", () => {
  const later = text`${titled("Brook")} comes next.`;
  expect(LANGUAGES.map((language) => sayIn(language).of(later))).toEqual([
    "**Brook** comes next.",
    "**Brook** comes next.",
    "**Bach** kommt als Nächstes.",
    "**Arroyo** viene después.",
    "**Ruisseau** vient ensuite.",
    "次は**小川**です。",
  ]);
});

test("commands are mentioned as Discord names them in that language", () => {
  const say = (language: (typeof LANGUAGES)[number]) => sayIn(language)`Nothing is playing yet. Start with /play.`;
  expect(say("de")).toContain("/abspielen");
  expect(say("ja")).toContain("/再生");
  expect(sayIn("en-US")`There are no favourites yet. /favourites add keeps what plays now.`).toBe(
    "There are no favorites yet. /favorites add keeps what plays now.",
  );
  expect(sayIn("de")`You have no list of what you would rather not hear. /avoid makes one.`).not.toContain("/avoid");
});

test("a variant has the words of both its parts; a name of somebody's stays as it is, and cannot style anything", () => {
  const say = sayIn("de");
  expect(say.word("Garden Rain · heavy")).toBe("Gartenregen · stark");
  expect(say.word("Rain on Glass, Brook")).toBe("Regen auf Glas, Bach");
  expect(say.word("Whisper: Sleep well, Ana")).toBe("Geflüstert: Sleep well, Ana");
  expect(say.word("Our gutter")).toBe("Our gutter");
  expect(say`${named("**loud**")} comes next.`).toBe("\\*\\*loud\\*\\* kommt als Nächstes.");
});
