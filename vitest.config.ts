import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/rehearsal/**"],
          testTimeout: 30_000,
        },
      },
      {
        // These hear real sound in real time: one file after another, so that none makes another late.
        test: {
          name: "evenings",
          include: ["test/e2e/**/*.test.ts", "test/rehearsal/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
