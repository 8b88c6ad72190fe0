import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import type { ScaleBotLine } from "../players/scaleBot.ts";
import { guildOf, OFFERED, openGateway } from "./gateway.ts";
import { makeMaterial } from "./material.ts";
import { openPacketWatch } from "./packetWatch.ts";
import { openShardStub } from "./shardStub.ts";

const LIMIT: Millis = minutes(6);
/** Packets that were on their way when the fault happened. */
const IN_FLIGHT: Millis = 150;
/** For the send budget of the last minute to be free again. */
const REST: Millis = seconds(76);

/** The heads of the table, after what is in its first column. */
export const FAULT_HEADS = [
  "heard again",
  "first 100, s",
  "last, s",
  "joins",
  "twice",
  "leaves",
  "sends/min",
  "4008",
  "given up",
  "others' gap, ms",
  "replaced, s",
] as const;

/** The faults that can be chosen. */
export const FAULT_WORDS = ["killed", "hangs", "restart", "session"] as const;
type FaultWord = (typeof FAULT_WORDS)[number];

/** What was measured of the faults. */
export interface FaultResult {
  /** A row per fault, as `FAULT_HEADS` says. */
  readonly rows: readonly (readonly string[])[];
  /** Each of the faults in a sentence. */
  readonly sentences: ReadonlyMap<FaultWord, string>;
}

const sentenceOf = (row: readonly string[]): string => {
  const [, heard, first, last, joins, twice, leaves, sends, closes, givenUp, gap, replaced] = row;
  const gaps = gap === "–" ? "" : `; the others’ longest gap ${gap} ms`;
  const noticed = replaced === "–" ? "" : `noticed and replaced after ${replaced} s; `;
  return (
    `${noticed}${heard} heard again, 100 after ${first} s, the last after ${last} s; ${joins} joins (${twice} twice), ` +
    `${leaves} leaves, ${givenUp} given up; ${sends} of 120 sends a minute, ${closes} × 4008${gaps}`
  );
};

/**
 * How many guilds come back after a fault, and how fast, while the gateway takes 120 sends a minute
 * and closes with 4008 what sends more.
 * @param guilds how many are on the one shard
 * @param chosen faults, of `FAULT_WORDS`
 */
export const measureFaults = async (guilds: number, chosen: readonly FaultWord[]): Promise<FaultResult> => {
  const first = Math.min(100, guilds);
  const material = makeMaterial();
  const watch = await openPacketWatch();
  const voice = await openGateway(watch.port, OFFERED);
  const shard = await openShardStub(guilds, voice.endpoint);
  const all = Array.from({ length: guilds }, (_, index) => index + 1);
  /** Guilds go to the engine with the fewest, so that they alternate. */
  const onEngine = (index: number) => all.filter((ssrc) => (ssrc - 1) % 2 === index);

  /** The bot as a process of its own. */
  const startBot = () => {
    const file = fileURLToPath(new URL("../players/scaleBot.ts", import.meta.url));
    const child: ChildProcess = spawn(process.execPath, [file, shard.apiBase, String(guilds), material.opus], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: voice.authority },
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    /** With when each was told. */
    const lines: (ScaleBotLine & { readonly at: Millis })[] = [];
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on("line", (line) =>
        lines.push({ ...(JSON.parse(line) as ScaleBotLine), at: performance.now() }),
      );
    return {
      lines,
      kill: () => void child.kill("SIGKILL"),
      /** The process of the engine that runs now. */
      pidOf: (index: number) => {
        const started = lines.findLast((line) => line.type === "engine" && line.index === index);
        return started?.type === "engine" ? started.pid : undefined;
      },
    };
  };

  let bot = startBot();

  /** When the bot last asked to join the guild's channel since `reset`. */
  const joinedAt = () =>
    new Map(shard.sends().flatMap(({ guild, channel, at }) => (channel === null ? [] : [[guild, at] as const])));

  /**
   * Waits until every one of the guilds is heard again.
   * @param rejoins whether only what is heard after a join of its own counts
   * @returns when each was, to a tenth of a second
   */
  const untilHeard = async (guilds: readonly number[], from: Millis, rejoins: boolean): Promise<readonly Millis[]> => {
    const back = new Map<number, Millis>();
    const until = performance.now() + LIMIT;
    while (back.size < guilds.length && performance.now() < until) {
      await pause(100);
      const joins = joinedAt();
      for (const ssrc of guilds) {
        const since = rejoins ? joins.get(guildOf(ssrc)) : from;
        if (since === undefined || back.has(ssrc)) continue;
        if (watch.lastHeard(ssrc) >= since + IN_FLIGHT) back.set(ssrc, performance.now());
      }
    }
    return [...back.values()];
  };

  /** Causes a fault, and measures how its guilds come back. */
  const measure = async (
    name: string,
    hit: readonly number[],
    fault: () => void,
    rejoins: boolean,
  ): Promise<readonly string[]> => {
    shard.reset();
    bot.lines.length = Math.min(bot.lines.length, bot.lines.findLastIndex(({ type }) => type === "engine") + 1);
    const from = performance.now();
    fault();
    watch.watchFrom(from + IN_FLIGHT);
    const times = (await untilHeard(hit, from, rejoins)).map((at) => at - from);
    const ordered = times.toSorted((a, b) => a - b);
    const secondsAt = (index: number) => (index < ordered.length ? ((ordered[index] ?? 0) / 1_000).toFixed(1) : "–");
    const others = all.filter((ssrc) => !hit.includes(ssrc));
    const joins = shard.sends().filter(({ channel }) => channel !== null);
    // Another engine is started as soon as it is noticed that one has ended or hangs.
    const replacement = bot.lines.find(({ type, at }) => type === "engine" && at > from);
    const twice = joins.length - new Set(joins.map(({ guild }) => guild)).size;
    return [
      name,
      `${times.length} of ${hit.length}`,
      secondsAt(Math.min(first, hit.length) - 1),
      secondsAt(hit.length - 1),
      String(joins.length),
      String(twice),
      String(shard.sends().length - joins.length),
      String(shard.busiestMinute()),
      String(shard.rateLimited()),
      String(bot.lines.filter(({ type }) => type === "left").length),
      others.length === 0 ? "–" : Math.max(...others.map((ssrc) => watch.longestGap(ssrc))).toFixed(0),
      others.length === 0 || replacement === undefined ? "–" : ((replacement.at - from) / 1_000).toFixed(1),
    ];
  };

  const signalEngine = (signal: "SIGKILL" | "SIGSTOP") => () => {
    const pid = bot.pidOf(1);
    if (pid === undefined) throw new Error("The engine has no process of its own");
    process.kill(pid, signal);
  };

  const rows: (readonly string[])[] = [];
  const sentences = new Map<FaultWord, string>();
  process.stderr.write(`Starting in ${guilds} guilds …\n`);
  rows.push(await measure("start in all of them", all, () => {}, true));

  interface Fault {
    readonly word: FaultWord;
    readonly name: string;
    readonly hit: readonly number[];
    cause(): void;
  }
  const faults: readonly Fault[] = [
    { word: "killed", name: "one of two engines killed", hit: onEngine(1), cause: signalEngine("SIGKILL") },
    { word: "hangs", name: "one of two engines hangs (SIGSTOP)", hit: onEngine(1), cause: signalEngine("SIGSTOP") },
    {
      word: "restart",
      name: "kill -9, started again",
      hit: all,
      cause() {
        bot.kill();
        bot = startBot();
      },
    },
    {
      word: "session",
      name: "gateway session invalidated",
      hit: all,
      cause() {
        shard.invalidate();
        voice.disconnectAll();
      },
    },
  ];
  for (const { word, name, hit, cause } of faults) {
    if (!chosen.includes(word)) continue;
    // A fault of one engine needs no send; before the others, the budget of the last minute is free again.
    if (hit === all) await pause(REST);
    process.stderr.write(`${name} …\n`);
    const row = await measure(name, hit, cause, hit === all);
    rows.push(row);
    sentences.set(word, sentenceOf(row));
  }

  bot.kill();
  watch.close();
  await voice.close();
  await shard.close();
  return { rows, sentences };
};
