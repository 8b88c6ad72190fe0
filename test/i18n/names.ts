import { PROGRAMMES } from "../../src/catalogue/programmes.ts";
import { MADE_HERE, RISKS, TRIGGERS, UNKNOWN_LICENCE, WHISPERED } from "../../src/catalogue/sound.ts";
import { VISUALS } from "../../src/catalogue/visuals.ts";
import { LICENCES } from "../../src/commands/sounds/soundsAdd.ts";
import { rawText } from "../../src/kernel/memberText.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";

/** Everything of ours that has a name in each language: sounds, triggers, programmes, pictures, and what is said of them. */
export const names = (): ReadonlySet<string> => {
  const sounds = openCatalogue().sounds.flatMap(({ title, description, variants = [] }) => [
    title,
    description,
    ...variants.map((variant) => variant.title),
  ]);
  const programmes = PROGRAMMES.flatMap(({ title, description, goal, line, phases }) =>
    [title, description, goal, line ?? [], phases.flatMap((phase) => phase.line ?? [])].flat(),
  );
  const visuals = VISUALS.flatMap(({ title, alt }) => [title, alt]);
  const licences = [...LICENCES, "not said", UNKNOWN_LICENCE].filter((licence) => /^[a-z]/.test(licence));
  return new Set(
    [
      ...TRIGGERS,
      ...RISKS,
      ...programmes,
      ...visuals,
      ...licences,
      WHISPERED,
      ...Object.values(MADE_HERE),
      ...sounds,
    ].map(rawText),
  );
};
