import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest, on a clone that has not measured it yet: it starts first, so that nothing long ends alone. */
const LONGEST = ["e2e/storm", "e2e/faults", "e2e/heard", "rehearsal/misfortunes", "render/gates"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // `npm test` runs both at the same time (scripts/test.mjs); in one vitest, one after the other.
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{e2e,rehearsal,container,discord}/**"],
          maxWorkers: "100%",
          // They run beside evenings, at a lower priority.
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "evenings",
          include: [
            "test/{e2e,rehearsal,container,discord}/**/*.test.ts",
            "packages/discord-emulator/test/**/*.test.ts",
          ],
          // Each mostly waits for sound. Beside the unit tests, four at once lost a packet of 20 ms in one run of three.
          maxWorkers: 3,
          globalSetup: ["test/support/unpackChromium.ts", "test/support/renderSounds.ts"],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
