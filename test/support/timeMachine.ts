import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BotProcess } from "discord-emulator";
import type { Millis } from "../../src/kernel/units.ts";

/**
 * Runs in the bot's process before anything else: the clock of its main thread is ahead, and jumps
 * on command. The bot's own timers fall due with it; those of the libraries and the engine are not
 * affected.
 */
const preloaded = (ahead: Millis, file: string) => `
import { readFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
if (isMainThread && process.argv[1]?.endsWith("main.ts")) {
  const now = Date.now, set = setTimeout, clear = clearTimeout, waiting = new Map();
  let ahead = ${ahead};
  Date.now = () => now() + ahead;
  globalThis.setTimeout = (run, delay, ...rest) => {
    if (!new Error().stack.includes("kernel/clock.ts")) return set(run, delay, ...rest);
    const timer = set(() => { waiting.delete(timer); run(); }, delay);
    waiting.set(timer, { run, due: Date.now() + delay });
    return timer;
  };
  globalThis.clearTimeout = (timer) => { waiting.delete(timer); clear(timer); };
  process.on("SIGUSR2", () => {
    ahead += Number(readFileSync(${JSON.stringify(file)}, "utf8"));
    for (const [timer, { run, due }] of [...waiting]) {
      if (due > Date.now() || !waiting.delete(timer)) continue;
      clear(timer);
      run();
    }
    console.log("jumped");
  });
  console.log("process " + process.pid);
}`;

/** Lets hours pass for an unmodified bot. */
export const openTimeMachine = async (ahead: Millis) => {
  const folder = await mkdtemp(join(tmpdir(), "lull-time-"));
  const file = join(folder, "jump");
  let passed = ahead;
  const module = Buffer.from(preloaded(ahead, file)).toString("base64");
  return {
    /** For the bot's environment. */
    environment: { NODE_OPTIONS: `--import data:text/javascript;base64,${module}` },
    /** The bot's idea of now. */
    now: (): Millis => Date.now() + passed,
    /** Resolves when the bot's clock has jumped, and what fell due with it has run. */
    async jump(bot: BotProcess, by: Millis) {
      const jumps = () => bot.lines.filter((line) => line === "jumped").length;
      const before = jumps();
      passed += by;
      await writeFile(file, String(by));
      const said = bot.lines.find((line) => line.startsWith("process "));
      process.kill(Number(said?.split(" ")[1]), "SIGUSR2");
      // A command that comes before it would be one of before the jump.
      while (jumps() === before) await sleep(5);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
};
