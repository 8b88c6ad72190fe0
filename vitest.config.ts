import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import Interleaved from "./test/support/interleaved.ts";

export default defineConfig({
  test: {
    sequence: { sequencer: Interleaved },
    // Most of them wait for sound in real time, which keeps a sixth of a core busy each.
    maxWorkers: Math.max(8, availableParallelism()),
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{e2e,rehearsal,container,discord}/**"],
          setupFiles: "test/support/lowPriority.ts",
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "evenings",
          include: [
            "test/{e2e,rehearsal,container,discord}/**/*.test.ts",
            "packages/discord-emulator/test/**/*.test.ts",
          ],
          globalSetup: ["test/support/unpackChromium.ts", "test/support/renderSounds.ts"],
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
