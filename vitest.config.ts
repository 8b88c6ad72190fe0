import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // What listens to sound in real time runs after what keeps the processor busy, so that nothing makes it late.
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{e2e,rehearsal,container,discord}/**"],
          testTimeout: 30_000,
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
          // Each mostly waits for sound: three at once leave two cores the time that their sound needs.
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
