import { link, mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { prng } from "../../src/kernel/random.ts";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { renderJobOf } from "../../src/render/renderJob.ts";
import { openRehearsal } from "../e2e/openRehearsal.ts";
import { RENDERED, renderSound } from "../support/renderSounds.ts";
import { createEmulatedGuild } from "./emulatedGuild.ts";
import { createPace } from "./pace.ts";
import { openStoredState } from "./storedState.ts";

/** Has the bot's process collect its garbage and say what is left, when it is asked by a signal. */
const HEAP_REPORT = `
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread } from "node:worker_threads";
if (isMainThread && process.argv[1]?.endsWith("main.ts")) {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  process.on("SIGUSR2", () => { gc(); console.log("heap " + process.memoryUsage().heapUsed); });
  console.log("process " + process.pid);
}`;

type FuzzedGuild = ReturnType<typeof createEmulatedGuild>;

/** What is not answered in time while the machine itself stands still. */
const HELD_UP = "held up";

/** At more than this for each core, a sandboxed process may come to its limit on the clock without any fault of its own. */
const MOST_LOAD = 3;

/** How often members come and go, in actions. */
const LIVE_EVERY = 12;

/** What came of it. */
export interface WholeBotOutcome {
  readonly actions: number;
  readonly kinds: ReadonlyMap<string, number>;
  /** What must not happen: what was not answered, what the bot logged, what Discord would refuse, escalations. */
  readonly faults: readonly string[];
  /** Bytes of the heap in use after the first fifth, and at the end. */
  readonly heap: readonly [number, number];
  /** Milliseconds until an action was answered. */
  readonly answered: { readonly p50: Millis; readonly p99: Millis; readonly max: Millis };
}

/** A cache in which every built-in sound is there, as a link to one that is: rendering them all takes minutes. */
const linkAllSounds = async (): Promise<string> => {
  const { path } = await renderSound("pink-noise");
  const folder = await mkdtemp(resolve(RENDERED, "../fuzz-"));
  for (const sound of openCatalogue().sounds) {
    const job = renderJobOf(sound, folder);
    if (job !== undefined) await link(path, job.path);
  }
  return folder;
};

const quantile = (sorted: readonly number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;

/**
 * Random interactions by random members with random rights, on the whole bot: its own process, discord.js, engine and
 * database, against the emulator, in several guilds at once.
 */
export const fuzzWholeBot = async (options: {
  readonly actions: number;
  readonly guilds: number;
  readonly seed: number;
  readonly onDone?: (done: number) => void;
}): Promise<WholeBotOutcome> => {
  const { actions, seed, onDone = () => {} } = options;
  const cache = await linkAllSounds();
  const rehearsal = await openRehearsal({
    environment: { LULL_CACHE: cache, LULL_LOG: "-", LULL_LOG_LEVEL: "warn", LULL_UPDATE_CHECK: "off" },
    nodeOptions: ["--import", `data:text/javascript;base64,${Buffer.from(HEAP_REPORT).toString("base64")}`],
  });
  const lines = () => rehearsal.bot().lines;
  const pid = Number(/^process (\d+)$/m.exec(lines().join("\n"))?.[1]);
  const said = () => lines().filter((line) => line.startsWith("heap "));
  const heap = async (): Promise<number> => {
    const before = said().length;
    process.kill(pid, "SIGUSR2");
    await rehearsal.waitUntil("the heap is told", () => said().length > before, seconds(30));
    return Number(said().at(-1)?.slice("heap ".length));
  };
  const greeting = lines().length;
  const stored = openStoredState(join(rehearsal.data, "lull.sqlite"));
  const kinds = new Map<string, number>();
  const faults: string[] = [];
  const times: Millis[] = [];
  let ended: number | null | undefined;
  void rehearsal.bot().ended.then((code) => {
    ended = code;
  });
  const pace = createPace(options.guilds);
  let begun = 0;
  let early: Promise<number> | undefined;

  const guilds: FuzzedGuild[] = [];
  for (let number = 0; number < options.guilds; number++) {
    const place = number === 0 ? rehearsal : rehearsal.createGuild(`Guild ${number}`);
    const guild = createEmulatedGuild(place, stored.of, rehearsal.commands, prng(seed * 1_000 + number), pace);
    await guild.open();
    guilds.push(guild);
  }
  const live = async (guild: FuzzedGuild) => {
    for (let own = 0; begun < actions && ended === undefined; own++) {
      begun += 1;
      if (begun === Math.ceil(actions / 5)) early = heap();
      if (own % LIVE_EVERY === 0) await guild.live();
      const { kind, faults: found, took } = await guild.act();
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      faults.push(...found);
      times.push(took);
      onDone(times.length);
    }
  };
  await Promise.all(guilds.map(live));
  if (ended !== undefined) faults.push(`the bot has ended with ${ended}`);
  // What is still on its way: edits of panels, scheduled events.
  await sleep(seconds(2));
  const late = ended === undefined ? await heap() : Infinity;
  pace.close();
  const isOverloaded = loadavg()[1]! > MOST_LOAD * availableParallelism();
  const isExcused = (fault: string) =>
    (kinds.has(HELD_UP) && /\b10062\b|no answer within 3 s/.test(fault)) ||
    (isOverloaded && /ended with SIGKILL/.test(fault));
  const logged = lines()
    .slice(greeting)
    .filter((line) => line.startsWith("{"));
  faults.push(...[...logged, ...rehearsal.violations].filter((fault) => !isExcused(fault)));
  stored.close();
  await rehearsal.close().catch(() => {});
  await rm(cache, { recursive: true });
  times.sort((a, b) => a - b);
  return {
    actions: times.length,
    kinds,
    faults,
    heap: [(await early) ?? Infinity, late],
    answered: { p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: times.at(-1) ?? 0 },
  };
};
