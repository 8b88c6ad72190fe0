import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../src/kernel/clock.ts";
import { type GuildId, id, type SoundId, type UserId } from "../src/kernel/ids.ts";
import { silentLog } from "../src/kernel/log.ts";
import type { Millis } from "../src/kernel/units.ts";
import { DEFAULT_SETTINGS } from "../src/ports/defaultSettings.ts";
import { createSessions } from "../src/runtime/sessions.ts";
import type { SoundQueued } from "../src/session/events.ts";
import { openStorage } from "../src/storage/openStorage.ts";
import { describeMachine, machine } from "./lib/machine.ts";
import { quantile, short } from "./lib/statistics.ts";
import { table } from "./lib/table.ts";

/**
 * Measures what committing a session to the disk adds to an answer: one request, decided and
 * committed.
 */
const { values: options } = parseArgs({
  options: {
    wishes: { type: "string", default: "1000" },
    together: { type: "string", default: "1,20,200" },
    in: { type: "string", default: tmpdir() },
  },
});

const user = id<UserId>("100");
const wish = (sound: string): SoundQueued => ({
  type: "soundQueued",
  by: user,
  request: { title: sound, layers: [{ sound: { id: id<SoundId>(sound), title: sound }, gainDb: 0, place: "centre" }] },
  when: "last",
  channel: id("10"),
  panel: id("20"),
});

const open = async (path: string | undefined) => {
  const storage = path === undefined ? undefined : await openStorage({ path });
  const sessions = createSessions({
    clock: systemClock,
    log: silentLog,
    players: { open: () => ({ send() {}, close() {} }) },
    soundSource: { prepare: async (sound) => ({ id: sound, title: sound, path: "", length: 6_000 }) },
    settings: { of: async () => DEFAULT_SETTINGS, change: async () => DEFAULT_SETTINGS },
    voiceChannels: { channelOf: () => id("10"), listeners: () => [user], presences: () => [] },
    panels: { show: async () => undefined },
    voiceMembers: { disconnect: async () => {}, moveAtTimerEnd: async () => {} },
    ...(storage && { store: storage.sessions }),
  });
  return { sessions, storage };
};

/**
 * Milliseconds from each request to its answer, with this many guilds requesting something at the
 * same moment.
 */
const measure = async (path: string | undefined, guilds: number): Promise<Millis[]> => {
  const { sessions, storage } = await open(path);
  const all = Array.from({ length: guilds }, (_, index) => id<GuildId>(String(1_000 + index)));
  for (const guild of all) for (let i = 0; i < 20; i++) await sessions.dispatch(guild, wish(`sound ${i}`));
  const waits: Millis[] = [];
  for (let round = 0; round * guilds < Number(options.wishes); round++)
    await Promise.all(
      all.map(async (guild) => {
        const before = performance.now();
        await sessions.dispatch(guild, { type: "queueMoved", by: user, from: 1, to: 5 }, id("10"));
        waits.push(performance.now() - before);
      }),
    );
  await storage?.close();
  return waits;
};

const rows: string[][] = [];
const before = machine();
for (const together of options.together.split(",").map(Number)) {
  const directory = await mkdtemp(join(resolve(options.in), "lull-answer-"));
  for (const [label, path] of [
    ["kept in memory", undefined],
    ["on the disk first", join(directory, "lull.sqlite")],
  ] as const) {
    const waits = await measure(path, together);
    rows.push([
      `${together} at once, ${label}`,
      String(waits.length),
      ...[0.5, 0.99, 1].map((share) => short(quantile(waits, share))),
    ]);
  }
  await rm(directory, { recursive: true });
}
console.log(`${describeMachine(before)}\n`);
console.log("Milliseconds from a wish to its answer, in a queue of 20; the request to Discord comes after that.\n");
console.log(table(["", "wishes", "p50", "p99", "max"], rows));
process.exit(0);
