import { setTimeout as pause } from "node:timers/promises";
import type { EmulatedGuild, Member } from "discord-emulator";
import { prng, type Random } from "../../src/kernel/random.ts";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { openReplicas, type ReplicaProcess, type Replicas } from "../e2e/openReplicas.ts";
import { runOn } from "../support/postgresServer.ts";

/** How a round went. */
interface ChaosRound {
  readonly seed: number;
  /** What was done to the replicas. */
  readonly faults: readonly string[];
  /** What may never be, in words; empty where it never was. */
  readonly violations: readonly string[];
  /** The longest that any guild heard nothing. */
  readonly silence: Millis;
  /** From the last fault's end until every guild heard something again. */
  readonly recovery: Millis;
  readonly answered: number;
  /** Interactions that nobody answered within Discord's 3 s. */
  readonly unanswered: number;
}

/** Replicas with sessions in every guild, which go on from round to round. */
export interface Chaos {
  run(seed: number): Promise<ChaosRound>;
  close(): Promise<void>;
}

const SHARDS = 4;
const GUILDS = 8;
const REPLICAS = 3;
/** Leases are short, so that rounds are. */
const LEASE: Millis = seconds(10);
/** Within which faults begin. */
const ROUND: Millis = seconds(8);
const LONGEST_FAULT: Millis = seconds(14);
/** After the last fault everything is to be back by then. */
const RECOVERY_LIMIT: Millis = seconds(60);
const ACTION_INTERVAL: Millis = 600;
/** A packet that is later than this is silence. */
const SILENT_AFTER: Millis = 500;

interface Room {
  readonly guild: EmulatedGuild;
  readonly member: Member;
  /** Favourites that the bot has said it has added. */
  readonly favourites: string[];
}

interface Fault {
  readonly name: string;
  readonly at: Millis;
  run(): Promise<void>;
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** Opens the replicas, and has every guild listen. */
export const openChaos = async (onLine: (replica: string, line: string) => void = () => {}): Promise<Chaos> => {
  const replicas: Replicas = await openReplicas({
    gateway: { shards: SHARDS, maxConcurrency: 16 },
    onLine,
    environment: { LULL_LEASE_SECONDS: String(LEASE / 1_000) },
  });
  const { emulator, server } = replicas;
  const rooms: Room[] = [];
  for (let index = 0; index < GUILDS; index++) {
    const guild = emulator.createGuild(`Guild ${index}`, { id: String(BigInt(index + 4 * SHARDS) << 22n) });
    rooms.push({ guild, member: guild.member("ana"), favourites: [] });
  }
  const processes: ReplicaProcess[] = [];
  for (let index = 0; index < REPLICAS; index++) processes.push(await replicas.open());
  for (const { guild, member } of rooms) {
    await member.join("lounge");
    for (let tries = 0; ; tries++) {
      const answer = await member.slash("play", { sound: "brown-noise" }).catch(() => undefined);
      if (answer?.text.includes("Brown") === true) break;
      if (tries === 20) throw new Error(`${guild.guildId} does not play: ${answer?.text}`);
      await pause(seconds(1));
    }
  }

  const heardAt = (guild: EmulatedGuild): Millis =>
    Math.max(0, ...emulator.voice.senders().flatMap((one) => (one.guild === guild.guildId ? [one.lastAt] : [])));
  const isHeard = ({ guild }: Room) => performance.now() - heardAt(guild) < SILENT_AFTER;

  const untilHeard = async (): Promise<boolean> => {
    const until = performance.now() + RECOVERY_LIMIT;
    while (!rooms.every(isHeard)) {
      if (performance.now() > until) return false;
      await pause(50);
    }
    return true;
  };

  if (!(await untilHeard())) throw new Error("Not every guild is heard");

  /** Two voice sessions of one guild, of different gateway sessions, both of which sent at some moment. */
  const overlaps = (): readonly string[] =>
    rooms.flatMap(({ guild }) => {
      const own = emulator.voice.senders().filter((one) => one.guild === guild.guildId);
      return own.flatMap((older, index) =>
        own
          .slice(index + 1)
          .filter((newer) => newer.sessionId !== older.sessionId && older.lastAt > newer.firstAt)
          .map(
            (newer) => `guild ${guild.guildId}: two replicas sent for ${Math.round(older.lastAt - newer.firstAt)} ms`,
          ),
      );
    });

  const signal = ({ bot }: ReplicaProcess, name: NodeJS.Signals) => {
    const { pid } = bot();
    try {
      if (pid !== undefined) process.kill(pid, name);
    } catch {
      // It has ended meanwhile.
    }
  };

  const faultOf = (random: Random, busy: Set<ReplicaProcess>): Fault => {
    const free = processes.filter((one) => !busy.has(one));
    const at = random() * ROUND;
    const lasts = seconds(1) + random() * (LONGEST_FAULT - seconds(1));
    const took = `for ${(lasts / 1_000).toFixed(1)} s`;
    const replica = free.length === 0 ? undefined : pick(random, free);
    const kind = random();
    if (replica === undefined || kind < 0.1)
      return {
        name: `the database away ${took}`,
        at,
        async run() {
          await server.stop();
          await pause(lasts);
          await server.start();
        },
      };
    busy.add(replica);
    const { name } = replica;
    if (kind < 0.35)
      return {
        name: `${name} killed`,
        at,
        async run() {
          await replica.bot().kill();
          await pause(lasts / 3);
          await replica.start();
        },
      };
    if (kind < 0.6)
      return {
        name: `${name} stopped ${took}`,
        at,
        async run() {
          signal(replica, "SIGSTOP");
          await pause(lasts);
          signal(replica, "SIGCONT");
        },
      };
    if (kind < 0.8) {
      const how = pick(random, ["refused", "silent", "half"] as const);
      return {
        name: `${name} without the database (${how}) ${took}`,
        at,
        async run() {
          replica.database.cut(how);
          await pause(lasts);
          replica.database.open();
        },
      };
    }
    return {
      name: `${name} restarted`,
      at,
      async run() {
        await replica.bot().stop(seconds(40));
        await replica.start();
      },
    };
  };

  const storedFavourites = async (): Promise<ReadonlySet<string>> => {
    const rows = (await runOn(replicas.url, "select guild, name from favourites")) as {
      readonly guild: string;
      readonly name: string;
    }[];
    return new Set(rows.map(({ guild, name }) => `${guild} ${name}`));
  };

  let added = 0;
  const act = async (random: Random, counts: { answered: number; unanswered: number }): Promise<void> => {
    const room = pick(random, rooms);
    try {
      if (random() < 0.5) {
        const name = `F${added++}`;
        const { text } = await room.member.slash("favourites add", { name, sound: "ocean" });
        if (text.startsWith("Added")) room.favourites.push(name);
      } else await room.member.slash("now");
      counts.answered++;
    } catch {
      counts.unanswered++;
    }
  };

  return {
    async run(seed) {
      const random = prng(seed);
      const busy = new Set<ReplicaProcess>();
      const faults = Array.from({ length: 1 + Math.floor(random() * 3) }, () => faultOf(random, busy));
      const counts = { answered: 0, unanswered: 0 };
      const before = emulator.violations.length;
      let silence = 0;
      const listening = setInterval(() => {
        for (const { guild } of rooms) silence = Math.max(silence, performance.now() - heardAt(guild));
      }, 50);
      let isOver = false;
      const acting = (async () => {
        const pending: Promise<void>[] = [];
        while (!isOver) {
          pending.push(act(random, counts));
          await pause(ACTION_INTERVAL);
        }
        await Promise.all(pending);
      })();
      const results = await Promise.allSettled(
        faults.map(async ({ at, run }) => {
          await pause(at);
          await run();
        }),
      );
      isOver = true;
      await acting;
      const faultsEnded = performance.now();
      const isBack = await untilHeard();
      const recovery = performance.now() - faultsEnded;
      // What was about to be sent twice has been, and panels have come to rest.
      await pause(seconds(2));
      clearInterval(listening);
      const stored = await storedFavourites();
      const panels = rooms.map(({ guild }) => guild.messages().filter(({ text }) => text.includes("Brown")).length);
      const violations = [
        ...results.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : [])),
        ...overlaps(),
        ...(isBack ? [] : rooms.filter((room) => !isHeard(room)).map(({ guild }) => `${guild.guildId} is not back`)),
        ...rooms.flatMap(({ guild, favourites }) =>
          favourites
            .filter((name) => !stored.has(`${guild.guildId} ${name}`))
            .map((name) => `${guild.guildId} has lost ${name}`),
        ),
        ...panels.flatMap((count, index) => (count === 1 ? [] : [`guild ${index} has ${count} panels`])),
        // A process that was stopped answers late, or not at all.
        ...emulator.violations.slice(before).filter((text) => !/no answer within|10062|Unknown interaction/.test(text)),
      ];
      return { seed, faults: faults.map(({ name }) => name), violations, silence, recovery, ...counts };
    },
    async close() {
      // What was not answered in time is counted in each round.
      await replicas.close().catch(() => {});
    },
  };
};
