import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCatalogue } from "../../src/render/openCatalogue.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/sounds-each.md"), "utf8");
/** Three cells; the first has the sounds. */
const ROW = /^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gmu;

test("each built-in sound has one line that says what gives it away and what was done", () => {
  const lines = [...PAGE.matchAll(ROW)].filter(([, first]) => first !== "Sound" && first !== "---");
  for (const [line, , givesAway = "", done = ""] of lines) {
    expect(givesAway.trim().length, line).toBeGreaterThan(5);
    expect(done.trim().length, line).toBeGreaterThan(5);
  }
  const named = lines.flatMap(([, sounds = ""]) => sounds.split(",").map((sound) => sound.trim()));
  expect(named.toSorted()).toEqual(
    openCatalogue()
      .sounds.map(({ id }) => `${id}`)
      .toSorted(),
  );
});
