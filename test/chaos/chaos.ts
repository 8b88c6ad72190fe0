import { setTimeout as pause } from "node:timers/promises";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { type EmulatedGuild, EVERYONE_PERMISSIONS } from "discord-emulator";
import { prng } from "../../src/kernel/random.ts";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { openReplicas, playIn, type ReplicaProcess, type Replicas } from "../e2e/openReplicas.ts";
import { createDueEvenings } from "./evenings.ts";
import { drawFaults, type FaultTimes } from "./faults.ts";
import { createWrites, type Room } from "./writes.ts";

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
  /** Evenings that were due, each of which began once. */
  readonly evenings: number;
  /** What members were told is kept, by kind, since the first round. */
  readonly kept: Readonly<Record<string, number>>;
}

/** Replicas with sessions in every guild, which go on from round to round. */
export interface Chaos {
  run(seed: number): Promise<ChaosRound>;
  close(): Promise<void>;
}

const SHARDS = 4;
const GUILDS = 8;
/** Further guilds in which evenings begin, and nothing else. */
const EVENING_GUILDS = 4;
const REPLICAS = 3;
/** Leases are short, so that rounds are. */
const LEASE: Millis = seconds(10);
const FAULTS: FaultTimes = { begin: seconds(8), longest: seconds(14), most: 3 };
/** After the last fault everything is to be back by then. */
const RECOVERY_LIMIT: Millis = seconds(60);
const ACTION_INTERVAL: Millis = 600;
/** A packet that is later than this is silence. */
const SILENT_AFTER: Millis = 500;

const HOST = EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ManageEvents;

const roomIn = (guild: EmulatedGuild): Room => ({
  guild,
  host: guild.member("ana", { permissions: HOST }),
  absent: guild.member("bo"),
});

/**
 * Has every guild listen.
 * @param processes the replicas that are there, and serve
 * @param options.guilds that play all the time
 * @param options.eveningGuilds in which nothing but evenings begins
 * @param options.faults by default as many, and for as long, as a lease of 10 s makes interesting
 */
export const createChaos = async (
  { emulator, server, url }: Replicas,
  processes: readonly ReplicaProcess[],
  {
    guilds,
    eveningGuilds,
    faults: times = FAULTS,
  }: {
    readonly guilds: readonly EmulatedGuild[];
    readonly eveningGuilds: readonly EmulatedGuild[];
    readonly faults?: FaultTimes;
  },
): Promise<Chaos> => {
  const [rooms, eveningRooms] = [guilds.map(roomIn), eveningGuilds.map(roomIn)];
  for (const { host } of eveningRooms) await host.join("lounge");
  for (const { guild } of rooms) await playIn(guild, { permissions: HOST });

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
  const writes = await createWrites(rooms, url);
  const evenings = await createDueEvenings(eveningRooms, url);

  /** Two voice sessions of one guild, of different gateway sessions, both of which sent at some moment. */
  const overlaps = (): readonly string[] =>
    [...rooms, ...eveningRooms].flatMap(({ guild }) => {
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

  return {
    async run(seed) {
      const random = prng(seed);
      const faults = drawFaults(random, { server }, processes, times);
      const counts = { answered: 0, unanswered: 0 };
      const before = emulator.violations.length;
      let silence = 0;
      const scheduled = await evenings.schedule(random, times.begin);
      const listening = setInterval(() => {
        for (const { guild } of rooms) silence = Math.max(silence, performance.now() - heardAt(guild));
      }, 50);
      let isOver = false;
      const acting = (async () => {
        const pending: Promise<void>[] = [];
        while (!isOver) {
          const writing = writes.write(random).then((isAnswered) => {
            counts[isAnswered ? "answered" : "unanswered"]++;
          });
          pending.push(writing);
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
      const faultsEnded = performance.now();
      const [isBack] = await Promise.all([untilHeard(), acting]);
      const recovery = performance.now() - faultsEnded;
      // What was about to be sent twice has been, and panels have come to rest.
      await pause(seconds(2));
      clearInterval(listening);
      const panels = rooms.map(({ guild }) => guild.messages().filter(({ text }) => text.includes("Brown")).length);
      const violations = [
        ...results.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : [])),
        ...overlaps(),
        ...(isBack ? [] : rooms.filter((room) => !isHeard(room)).map(({ guild }) => `${guild.guildId} is not back`)),
        ...(await evenings.violations(RECOVERY_LIMIT)),
        ...(await writes.lost()),
        ...panels.flatMap((count, index) => (count === 1 ? [] : [`guild ${index} has ${count} panels`])),
        // A process that was stopped answers late, or not at all.
        ...emulator.violations.slice(before).filter((text) => !/no answer within|10062|Unknown interaction/.test(text)),
      ];
      await evenings.end();
      return {
        seed,
        faults: faults.map(({ name }) => name),
        violations,
        silence,
        recovery,
        ...counts,
        evenings: scheduled,
        kept: writes.kept(),
      };
    },
    async close() {
      await evenings.close();
    },
  };
};

/** Opens three replicas with four shards. */
export const openChaos = async (onLine: (replica: string, line: string) => void = () => {}): Promise<Chaos> => {
  const replicas: Replicas = await openReplicas({
    gateway: { shards: SHARDS, maxConcurrency: 16 },
    onLine,
    environment: { LULL_LEASE_SECONDS: String(LEASE / 1_000) },
  });
  const guilds = Array.from({ length: GUILDS + EVENING_GUILDS }, (_, index) =>
    replicas.emulator.createGuild(`Guild ${index}`, { id: String(BigInt(index + 4 * SHARDS) << 22n) }),
  );
  const processes: ReplicaProcess[] = [];
  for (let index = 0; index < REPLICAS; index++) processes.push(await replicas.open());
  const chaos = await createChaos(replicas, processes, {
    guilds: guilds.slice(0, GUILDS),
    eveningGuilds: guilds.slice(GUILDS),
  });
  return {
    ...chaos,
    async close() {
      await chaos.close();
      // What was not answered in time is counted in each round.
      await replicas.close().catch(() => {});
    },
  };
};
