import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCatalogue } from "../../src/render/openCatalogue.ts";

const shipped = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../sounds/catalogue.json"), "utf8"));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lull-catalogue-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Opens the catalogue that is shipped, with one entry changed. */
const openChanged = (id: string, change: Record<string, unknown>) => {
  const manifest = join(folder, "catalogue.json");
  const changed = (entry: { id: string }) => (entry.id === id ? { ...entry, ...change } : entry);
  writeFileSync(manifest, JSON.stringify({ ...shipped, sounds: shipped.sounds.map(changed) }));
  return () => openCatalogue({ manifest, scripts: [] });
};

test("what its recipe does not know is named by its place, before anything is rendered", () => {
  const variant = { name: "odd", title: "odd" };
  for (const [change, says] of [
    [{ recipe: "moonlight" }, "(ocean), recipe: there is no recipe moonlight"],
    [{ recipe: "__proto__" }, "(ocean), recipe: there is no recipe __proto__"],
    [
      { variants: [{ ...variant, settings: { moon: "full" } }] },
      "variants.0.settings.moon: the recipe ocean has no such",
    ],
  ] as const)
    expect(openChanged("ocean", change)).toThrow(expect.objectContaining({ message: expect.stringContaining(says) }));
  expect(openChanged("ocean", {})().find("ocean")?.origin).toMatchObject({ kind: "recipe", recipe: "ocean" });
});
