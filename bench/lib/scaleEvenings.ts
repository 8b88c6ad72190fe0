import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type GuildId, id, type ScheduleId, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hours, type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { openRenderer } from "../../src/render/renderer.ts";
import { openStorage, type Storage } from "../../src/storage/openStorage.ts";
import type { ProbeReport } from "../players/probe.ts";
import { askNow } from "./askNow.ts";
import { CHANNEL, guildOf, OFFERED, openGateway, shardOf } from "./gateway.ts";
import { TEXT_CHANNEL } from "./guildJson.ts";
import { openPacketWatch } from "./packetWatch.ts";
import { openShardStub } from "./shardStub.ts";
import { startWholeBot } from "./wholeBot.ts";

const MB = 2 ** 20;
const CACHE = resolve(import.meta.dirname, "../../.cache/sounds");
/** What the built-in programme `sleep` plays. */
const SOUNDS = ["rain-window", "brush-ears", "ocean", "brown-noise"];
/** What the machine needs before the evenings may begin, and how long the last of them may take. */
const LEAD = seconds(30);
const LEAD_PER_GUILD: Millis = 20;
/** Discord lets one shard in every five seconds. */
const LEAD_PER_SHARD: Millis = seconds(5.5);
const LIMIT = minutes(9);
const DAILY = [1, 2, 3, 4, 5, 6, 7] as const;
/** Commands that a member uses after the start. */
const COMMANDS = 20;

/** How many guilds with an evening each there are, on how many shards, and how many evenings begin in one minute. */
export interface EveningsScale {
  readonly guilds: number;
  readonly shards: number;
  readonly together: number;
}

const render = async (): Promise<void> => {
  const renderer = openRenderer({ catalogue: openCatalogue(), cache: CACHE, log: silentLog });
  // Its processes keep nobody waiting, not even this one.
  const staying = setInterval(() => {}, minutes(1));
  for (const sound of SOUNDS) await renderer.prepare(id<SoundId>(sound));
  clearInterval(staying);
  await renderer.close();
};

const plan = async ({ schedules }: Storage, { guilds, together }: EveningsScale, moment: Millis): Promise<void> => {
  for (let number = 1; number <= guilds; number++) {
    // The others are spread over the day, an hour or more away.
    const at = new Date(number <= together ? moment : moment + hours(1) + (number % 1_300) * minutes(1));
    await schedules.add({
      id: id<ScheduleId>(`schedule-${number}`),
      guild: id<GuildId>(guildOf(number)),
      programme: "sleep",
      days: DAILY,
      time: at.toISOString().slice(11, 16),
      zone: "UTC",
      channel: id(CHANNEL),
      panel: id(TEXT_CHANNEL),
      by: id("100"),
      createdAt: Date.now() - hours(1),
    });
  }
};

const loopCells = ({ delay, longestTurn, resident }: ProbeReport): readonly string[] => [
  delay.p999.toFixed(0),
  delay.max.toFixed(0),
  longestTurn.toFixed(0),
  (resident / MB).toFixed(0),
];

/** The heads of the table, after what is in its first column. */
export const EVENINGS_HEADS = [
  "heard",
  "last, s after",
  "started unheard",
  "sends/min",
  "4008",
  "429",
  "answers",
  "slowest, ms",
  "loop p99.9, ms",
  "max, ms",
  "longest turn CPU, ms",
  "MB",
] as const;

/** What a measurement adds to the tables. */
export interface EveningsResult {
  readonly rows: readonly (readonly string[])[];
  /** The start in a sentence. */
  readonly start: string;
  /** The evenings in a sentence. */
  readonly evenings: string;
}

const numbersUpTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

const inSeconds = (time: Millis) => (time / 1_000).toFixed(1);

const sayAnswers = (answers: readonly Millis[]) => ({
  count: `${answers.filter(Number.isFinite).length} of ${answers.length}`,
  slowest: Math.max(...answers).toFixed(0),
});

const sayLoop = ({ delay, longestTurn }: ProbeReport) =>
  `loop p99.9 ${delay.p999.toFixed(0)} ms, max ${delay.max.toFixed(0)} ms, longest turn ${longestTurn.toFixed(0)} ms of CPU`;

/** Waits until the evenings of one minute are heard, and looks at what is stored meanwhile. */
const watchEvenings = async (
  together: number,
  due: Millis,
  heard: () => number,
  settled: () => Promise<number>,
): Promise<{ readonly unheard: number; readonly lastAt: Millis }> => {
  let [unheard, lastAt] = [0, 0];
  for (let most = 0; performance.now() < due + LIMIT && most < together; ) {
    const stored = await settled();
    // Packets that are on their way have been heard.
    await pause(250);
    unheard = Math.max(unheard, stored - heard());
    if (heard() > most) [most, lastAt] = [heard(), performance.now() - due];
  }
  return { unheard, lastAt };
};

/**
 * The whole bot with its sessions and its database: a start with one planned evening per guild, and many evenings in
 * the same minute.
 * @returns a row for each, as `EVENINGS_HEADS` says
 */
export const measureEvenings = async (scale: EveningsScale): Promise<EveningsResult> => {
  const { guilds, shards, together } = scale;
  if (together > 0) await render();
  const data = await mkdtemp(join(tmpdir(), "lull-scale-"));
  const watch = await openPacketWatch();
  const voice = await openGateway(watch.port, OFFERED);
  const stub = await openShardStub(guilds, voice.endpoint, { shards });
  const database = join(data, "lull.sqlite");
  let storage = await openStorage({ path: database });
  const lead = LEAD + guilds * LEAD_PER_GUILD + (shards - 1) * LEAD_PER_SHARD;
  const moment = Math.ceil((Date.now() + lead) / minutes(1)) * minutes(1);
  await plan(storage, scale, moment);
  await storage.close();
  const bot = startWholeBot(stub.apiBase, voice.authority, data);
  const from = performance.now();
  try {
    await bot.ready;
    const readyAfter = inSeconds(performance.now() - from);
    // Members of the first shard do not wait for the others.
    const served = numbersUpTo(guilds).filter((number) => shardOf(guildOf(number), shards) === 0);
    const answers = sayAnswers(await askNow(stub, served.slice(0, COMMANDS)));
    await pause(seconds(10) + (shards - 1) * LEAD_PER_SHARD);
    const started = await bot.report();
    const { limited } = stub.requests();
    const begins = [...stub.identified().values()].toSorted((a, b) => a - b);
    const onShards = shards === 1 ? "" : ` on ${shards} shards`;
    const start = [
      `start with ${guilds} planned evenings${onShards} (ready after ${readyAfter} s)`,
      ...["–", "–", "–", "–", "–"],
      String(limited),
      answers.count,
      answers.slowest,
      ...loopCells(started),
    ];
    const startSentence =
      `${answers.count} commands from the first second on answered, the slowest after ${answers.slowest} ms; ` +
      `${sayLoop(started)}${shards === 1 ? "" : `; shards identified ${begins.map((at) => inSeconds(at - from)).join(", ")} s after the start`}`;
    if (together === 0) return { rows: [start], start: startSentence, evenings: "" };

    storage = await openStorage({ path: database });
    const settled = async () => (await storage.schedules.lastSettled()).size;
    await pause(Math.max(0, moment - Date.now() - seconds(2)));
    stub.reset();
    await bot.report();
    const due = performance.now() + moment - Date.now();
    const heard = () => watch.heardSince(due).size;
    const { unheard, lastAt } = await watchEvenings(together, due, heard, settled);
    const duringAnswers = sayAnswers(await askNow(stub, numbersUpTo(COMMANDS)));
    const begun = await bot.report();
    const evenings = [
      `${together} of ${guilds} evenings${onShards} in the same minute (${await settled()} stored as started)`,
      `${heard()} of ${together}`,
      inSeconds(lastAt),
      String(unheard),
      String(stub.busiestMinute()),
      String(stub.rateLimited()),
      String(stub.requests().limited),
      duringAnswers.count,
      duringAnswers.slowest,
      ...loopCells(begun),
    ];
    const eveningsSentence =
      `${heard()} of ${together} heard within ${inSeconds(lastAt)} s, ${unheard} stored as started before; ` +
      `${sayLoop(begun)}; ${(begun.resident / MB).toFixed(0)} MB; ${stub.busiestMinute()} of 120 sends a minute`;
    return { rows: [start, evenings], start: startSentence, evenings: eveningsSentence };
  } finally {
    await bot.kill();
    await storage.close().catch(() => {});
    watch.close();
    await stub.close();
    await voice.close();
    await rm(data, { recursive: true, force: true });
  }
};
