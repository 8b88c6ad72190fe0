import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest, on a clone that has not measured it yet: it starts first, so that nothing long ends alone. */
const LONGEST = [
  "e2e/storm",
  "e2e/wholeNight",
  "e2e/night",
  "e2e/heard",
  "e2e/faults",
  "e2e/commands",
  "e2e/start",
  "e2e/processes",
  "rehearsal/misfortunes",
  "rehearsal/twoMinuteNight",
  "e2e/misfortunes",
  "e2e/radio",
  "e2e/remote",
  "e2e/uploads",
  "e2e/quietChannel",
  "e2e/severalChannels",
  "e2e/activity",
  "rehearsal/engineRestart",
  "e2e/replicas",
  "e2e/evening",
  "e2e/fullDisk",
  "container/image",
  "render/gates",
  "fuzz/fuzz",
  "listeners/anonymity.property",
  "import/corpus",
];

/**
 * The emulator's voice server, whose certificates and clocks are a process's own, what a browser or a bundle needs, and
 * the image: what nobody listens to for minutes.
 */
const APART = [
  "packages/discord-emulator/test/{voice*,listen,recording,page,pageVisit,pageUploads,publishing}.test.ts",
  "test/container/**/*.test.ts",
  "test/demo/demo.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** How much memory is used depends on what else a process has compiled: each has one of its own. */
const MEASURED = "test/{audio/allocation,engine/playback/hour}.test.ts";

/** The same tests on SQLite and on PostgreSQL, whose server starts once for all of them. */
const STORAGE = "test/storage/**/*.test.ts";

/**
 * The engine or its voice connection in the test's own process, whose clock and certificates they set. The storm waits a
 * real minute for the gateway's send budget, and would keep an evening's worker busy with nothing.
 */
const ENGINE = ["test/e2e/storm.test.ts", "test/rehearsal/{misfortunes,engineLink,engineRestart}.test.ts"];

/** Each mostly waits for sound. Beside the unit tests, four at once lost a packet of 20 ms in one run of three. */
const EVENINGS = 3;

/** How long a test waits for what shall come, in milliseconds: far longer than it takes, since speed is no test's matter. */
const PATIENCE = { poll: { timeout: 30_000 } };

/** They run when the unit tests are through, and mostly wait as well. */
const AFTER_UNITS = 3;

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Node runs the sources as it runs the bot, and keeps what it has made of them; nothing here needs Vite's own loader.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // `npm test` runs them side by side in several vitests (scripts/test.mjs); in one vitest, one after the other.
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{e2e,rehearsal,container,discord}/**", "test/demo/demo.test.ts", MEASURED, STORAGE],
          maxWorkers: "100%",
          expect: PATIENCE,
          // Modules have no state, so files share them: loading them for each file takes as long as the tests.
          isolate: false,
          // They run beside evenings, at a lower priority.
          testTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "storage",
          include: [STORAGE],
          maxWorkers: "100%",
          expect: PATIENCE,
          isolate: false,
          globalSetup: ["test/support/sharedPostgres.ts"],
          testTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "memory",
          include: [MEASURED],
          maxWorkers: "100%",
          expect: PATIENCE,
          testTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "evenings",
          include: ["test/{e2e,rehearsal}/**/*.test.ts"],
          exclude: ENGINE,
          maxWorkers: EVENINGS,
          expect: PATIENCE,
          // Emulator and bot are each file's own. Loading the emulator takes as much of the processor as starting the bot.
          isolate: false,
          globalSetup: ["test/support/unpackChromium.ts", "test/support/renderSounds.ts"],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "discord",
          include: ["test/discord/**/*.test.ts", "packages/discord-emulator/test/**/*.test.ts"],
          exclude: APART,
          maxWorkers: AFTER_UNITS,
          expect: PATIENCE,
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: "apart",
          include: APART,
          maxWorkers: AFTER_UNITS,
          expect: PATIENCE,
          globalSetup: ["test/support/unpackChromium.ts"],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: "engine",
          include: ENGINE,
          maxWorkers: 1,
          expect: PATIENCE,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
