import { describe, expect, test } from "vitest";
import { de } from "../../src/languages/de.ts";
import { es } from "../../src/languages/es.ts";
import { fr } from "../../src/languages/fr.ts";
import { ja } from "../../src/languages/ja.ts";
import { names } from "./names.ts";
import { templates, untagged, untranslatable } from "./templates.ts";

const CATALOGUES = Object.entries({ de, es, fr, ja });
const said = templates();
const known = names();

/** Signs and what they hold together are the same in every language. */
const hasWords = (template: string): boolean => /\p{L}/u.test(template.replace(/\{\d+\}/g, ""));

/** What a sentence is filled with, each as often as it comes. */
const places = (sentence: string): readonly string[] =>
  [...sentence.matchAll(/\{\d+\}/g)].map(([place]) => place).sort();

describe.each(CATALOGUES)("in %s", (_language, { sentences, names: words }) => {
  test("every sentence has its translation", () => {
    const lacking = [...said].filter(([template]) => hasWords(template) && !Object.hasOwn(sentences, template));
    expect(lacking.map(([template, place]) => `${place} ${template}`)).toEqual([]);
  });

  test("every name has its word, and no word is left over", () => {
    expect(Object.keys(words).filter((name) => !known.has(name))).toEqual([]);
    expect([...known].filter((name) => !Object.hasOwn(words, name))).toEqual([]);
  });

  test("every translation is one of a sentence that is there", () => {
    expect(Object.keys(sentences).filter((template) => !said.has(template))).toEqual([]);
  });

  test("no translation loses or invents what the sentence is filled with", () => {
    const wrong = Object.entries(sentences).filter(([template, own]) => `${places(template)}` !== `${places(own)}`);
    expect(wrong).toEqual([]);
  });
});

/** What the host of the bot reads in a terminal is English. */
const FOR_THE_OPERATOR =
  /^(bot|config)\.ts$|^discord\/(login|identifyLimit)\.ts$|^catalogue\/(manifest|script)\.ts$|^rehearsal\/|^storage\/database\.ts$|^render\/openCatalogue\.ts$/;

test("whatever is refused to a member can be said in every language", () => {
  expect(untranslatable().filter((file) => !FOR_THE_OPERATOR.test(file))).toEqual([]);
});

/** It is kept with a programme that members have made, and shown in other words. */
const KEPT = /^commands\/programmes\/eveningDesign\.ts:\d+ `From /;

test("whatever a member reads is a sentence that can be said in every language", () => {
  expect(untagged().filter((place) => !KEPT.test(place))).toEqual([]);
});
