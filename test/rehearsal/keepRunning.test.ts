import { spawnBot } from "discord-emulator";
import { afterEach, expect, test } from "vitest";
import { keepRunning } from "../../src/rehearsal/keepRunning.ts";

const READY = "console.log('Lull is ready.');";
const ALIVE = "setInterval(() => {}, 1_000);";

/** Starts programs one after another, the last one for ever. */
const starter = (...programs: readonly string[]) => {
  const started: ReturnType<typeof spawnBot>[] = [];
  const start = () => {
    const program = programs[Math.min(started.length, programs.length - 1)] ?? "";
    const bot = spawnBot([process.execPath, "-e", program]);
    started.push(bot);
    return bot;
  };
  return { start, started };
};

const fate = () => {
  const told: string[] = [];
  return {
    told,
    onEnded: (pause: number) => void told.push(`ended ${pause}`),
    onBack: () => void told.push("back"),
    onGivenUp: () => void told.push("given up"),
  };
};

let running: { close(): Promise<void> } | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

test("a bot that is killed is started again, each time after twice the pause; after its close it is not", async () => {
  const { start, started } = starter(READY + ALIVE, "process.exit(1)", READY + ALIVE);
  const { told, ...on } = fate();
  running = await keepRunning(start, on, { firstPause: 5 });
  await started[0]?.kill();
  await expect.poll(() => told).toEqual(["ended 5", "ended 10", "back"]);
  await running.close();
  expect(told).toHaveLength(3);
  expect(started).toHaveLength(3);
});

test("a bot that ends on its configuration is left alone", async () => {
  const { start, started } = starter(`${READY} setTimeout(() => process.exit(78), 50)`);
  const { told, ...on } = fate();
  running = await keepRunning(start, on, { firstPause: 5 });
  await expect.poll(() => told).toEqual(["given up"]);
  expect(started).toHaveLength(1);
});

test("a bot that does not come up the first time is refused with what it said", async () => {
  const { start } = starter("console.log('No such folder.'); process.exit(78)");
  const { told, ...on } = fate();
  await expect(keepRunning(start, on)).rejects.toMatchObject({ code: "bad-config", message: "No such folder." });
  expect(told).toEqual([]);
});
