import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FAMILIES, type Golden, goldenOf } from "../../src/render/golden.ts";

// Changed on purpose? Raise the recipe's version, and agree to it with `npm run sounds -- --golden`.
const golden: Readonly<Record<string, Golden>> = JSON.parse(
  readFileSync(new URL("golden.json", import.meta.url), "utf8"),
);

test.each(FAMILIES)(
  "%s sounds as it was agreed: its loudness, and its octaves where there is something",
  async (name) => {
    const [now, then] = [await goldenOf(name), golden[name]!];
    expect(Math.abs(now.loudness - then.loudness)).toBeLessThan(0.5);
    for (const [octave, level] of then.octaves.entries()) {
      if (level > -35) expect(Math.abs(now.octaves[octave]! - level), `octave ${octave}`).toBeLessThan(1);
    }
  },
);
