import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // What hears real sound in real time comes after what keeps the processor busy, so that nothing makes it late.
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/rehearsal/**", "test/container/**"],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "evenings",
          include: ["test/{e2e,rehearsal,container}/**/*.test.ts", "packages/discord-emulator/test/**/*.test.ts"],
          // An evening mostly waits for sound in real time: each keeps a tenth of a core busy.
          maxWorkers: 6,
          globalSetup: ["test/support/unpackChromium.ts", "test/support/renderSounds.ts"],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
