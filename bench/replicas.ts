import { setTimeout as pause } from "node:timers/promises";
import type { EmulatedGuild } from "discord-emulator";
import { type Millis, seconds } from "../src/kernel/units.ts";
import { openReplicas, type ReplicaProcess } from "../test/e2e/openReplicas.ts";

/**
 * Three replicas on one PostgreSQL, four shards, and so many rooms (by default 60), each of which plays: what its
 * listeners notice when a replica is killed, when all are restarted one after the other, when one joins, and when the
 * database is away for 30 s and for 70 s. `npm run bench:replicas -- 60`
 */
const ROOMS = Number(process.argv[2] ?? 60);
const SHARDS = 4;
const REPLICAS = 3;
const SAMPLE: Millis = 20;
const LONG: Millis = seconds(70);

const replicas = await openReplicas({ gateway: { shards: SHARDS, maxConcurrency: 16 } });
const { emulator, server } = replicas;
const rooms: EmulatedGuild[] = [];
for (let index = 0; index < ROOMS; index++)
  rooms.push(emulator.createGuild(`Guild ${index}`, { id: String(BigInt(index + 4 * SHARDS) << 22n) }));
const shardOf = ({ guildId }: EmulatedGuild) => Number((BigInt(guildId) >> 22n) % BigInt(SHARDS));

/** When each guild's last packet came, and the longest that it waited for one since `reset`. */
const watchPackets = () => {
  const last = new Map<string, Millis>();
  const gaps = new Map<string, Millis>();
  const look = () => {
    const now = performance.now();
    const latest = new Map<string, Millis>();
    for (const { guild, lastAt } of emulator.voice.senders())
      latest.set(guild, Math.max(lastAt, latest.get(guild) ?? 0));
    for (const [guild, at] of latest) {
      const before = last.get(guild) ?? at;
      gaps.set(guild, Math.max(gaps.get(guild) ?? 0, at > before ? at - before : now - at));
      last.set(guild, at);
    }
  };
  const timer = setInterval(look, SAMPLE);
  return {
    isHeard: ({ guildId }: EmulatedGuild) => performance.now() - (last.get(guildId) ?? 0) < 200,
    gap: ({ guildId }: EmulatedGuild) => gaps.get(guildId) ?? 0,
    reset: () => gaps.clear(),
    stop: () => clearInterval(timer),
  };
};
const packets = watchPackets();
const allHeard = (which: readonly EmulatedGuild[] = rooms) => which.every(packets.isHeard);
const untilHeard = async (which: readonly EmulatedGuild[] = rooms): Promise<Millis> => {
  const began = performance.now();
  while (!allHeard(which)) {
    if (performance.now() - began > seconds(180)) throw new Error("Not every room is heard");
    await pause(SAMPLE);
  }
  return performance.now() - began;
};

const inSeconds = (time: Millis) => `${(time / 1_000).toFixed(1)} s`;
const spread = (times: readonly Millis[]): string => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return sorted.length === 0
    ? "none"
    : `p50 ${inSeconds(at(0.5))}, longest ${inSeconds(at(1))} (${sorted.length} rooms)`;
};

/** The shards that a replica serves, from what it has logged. */
const shardsOf = ({ bot }: ReplicaProcess): ReadonlySet<number> => {
  const own = new Set<number>();
  for (const line of bot().lines) {
    const shard = Number(/"shard":(\d+)/.exec(line)?.[1]);
    if (line.includes("A shard is served")) own.add(shard);
    if (/A shard is given up|A lease was over/.test(line)) own.delete(shard);
  }
  return own;
};
const roomsOf = (replica: ReplicaProcess) => rooms.filter((room) => shardsOf(replica).has(shardOf(room)));

const processes: ReplicaProcess[] = [];
for (let index = 0; index < REPLICAS; index++) processes.push(await replicas.open());
await emulator.waitUntil(
  "everything is shared out",
  () => processes.every((one) => shardsOf(one).size > 0),
  seconds(60),
);
await Promise.all(
  rooms.map(async (room) => {
    const ana = await room.member("ana").join("lounge");
    for (let tries = 0; tries < 10; tries++) {
      const answer = await ana.slash("play", { sound: "brown-noise" }).catch(() => undefined);
      if (answer?.text.includes("Brown") === true) return;
      await pause(seconds(1));
    }
    throw new Error(`${room.guildId} does not play`);
  }),
);
await untilHeard();
console.log(
  `${ROOMS} rooms on ${SHARDS} shards, ${REPLICAS} replicas: ${processes.map((one) => [...shardsOf(one)].join("+")).join(", ")}`,
);
const rest = async () => {
  await untilHeard();
  await pause(seconds(3));
  packets.reset();
};

await rest();
const [killed] = processes as [ReplicaProcess];
const its = roomsOf(killed);
const others = rooms.filter((room) => !its.includes(room));
await killed.bot().kill();
const killedAt = performance.now();
await pause(500);
await untilHeard(its);
const back = performance.now() - killedAt;
await pause(seconds(1));
console.log(
  `\nkill -9 of one: silence of its rooms ${spread(its.map(packets.gap))}; all are back after ${inSeconds(back)}`,
);
console.log(`  largest gap of the other rooms: ${Math.round(Math.max(...others.map(packets.gap)))} ms`);

await rest();
const joined = performance.now();
await killed.start();
const started = performance.now();
await emulator.waitUntil("it has its share", () => shardsOf(killed).size >= Math.floor(SHARDS / REPLICAS), seconds(90));
await pause(seconds(3));
console.log(
  `\nA new replica has its share ${inSeconds(performance.now() - joined - seconds(3))} after its process began (ready after ${inSeconds(started - joined)})`,
);
await untilHeard();
console.log(`  silence of the rooms ${spread(rooms.map(packets.gap).filter((gap) => gap > 500))}`);

await rest();
for (const one of processes) {
  await one.bot().stop(seconds(40));
  await one.start();
  await pause(seconds(5));
}
await untilHeard();
console.log(
  `\nRolling restart of all three: silence of the rooms ${spread(rooms.map(packets.gap).filter((gap) => gap > 500))}`,
);

const say = async (): Promise<string> => {
  const began = performance.now();
  const answer = await rooms[0]
    ?.member("ana")
    .slash("favourites add", { name: `At ${Math.round(began)}`, sound: "ocean" })
    .catch((error: Error) => error);
  const text = answer instanceof Error ? answer.message : (answer?.text ?? "");
  return `after ${Math.round(performance.now() - began)} ms: ${text.split("\n")[0]}`;
};
for (const away of [seconds(30), LONG]) {
  await rest();
  const began = performance.now();
  await server.stop();
  await pause(seconds(10));
  console.log(`\nThe database is away for ${inSeconds(away)}. A command that needs it is answered ${await say()}`);
  await pause(away - (performance.now() - began));
  const silent = rooms.filter((room) => !packets.isHeard(room)).length;
  console.log(`  rooms that are silent at its end: ${silent} of ${ROOMS}`);
  await server.start();
  const after = await untilHeard();
  console.log(
    `  all are heard ${inSeconds(after)} after it is back; largest gap of a room ${inSeconds(Math.max(...rooms.map(packets.gap)))}`,
  );
  await pause(seconds(2));
  console.log(`  The next command is answered ${await say()}`);
}

packets.stop();
const panels = rooms.filter((room) => room.messages().filter(({ text }) => text.includes("Brown")).length !== 1).length;
console.log(`\nRooms whose panel is not the only one: ${panels} of ${ROOMS}`);
await replicas.close().catch((error: Error) => console.log(error.message));
