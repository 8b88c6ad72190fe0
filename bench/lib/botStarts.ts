import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { botEnvironment, type Member } from "discord-emulator";
import { id, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Millis } from "../../src/kernel/units.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import { spawnLull } from "../../src/rehearsal/lullProcess.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { openRenderer } from "../../src/render/renderer.ts";
import { READY_LINE } from "../../src/terminal.ts";

const CACHE = resolve(import.meta.dirname, "../../.cache/sounds");
const SOUND = "brown-noise";
const SILENCE_SIZE = 3;
const LIMIT: Millis = 10_000;

/** From the moment of the command to the first packet that is not silence. */
const untilHeard = async (member: Member, command: () => Promise<unknown>): Promise<Millis> => {
  const heard = Promise.withResolvers<Millis>();
  const limit = setTimeout(() => heard.reject(new Error("Nothing was heard within ten seconds")), LIMIT);
  const stop = member.listener()?.onPacket(({ receivedAt: at, opus }) => {
    if (opus !== undefined && opus.length > SILENCE_SIZE) heard.resolve(at);
  });
  const from = performance.now();
  try {
    const [at] = await Promise.all([heard.promise, command()]);
    return at - from;
  } finally {
    clearTimeout(limit);
    stop?.();
  }
};

/**
 * The unmodified bot in the rehearsal Discord: /play from outside the channel, and /resume within
 * it.
 */
export const measureBot = async (tries: number): Promise<{ readonly cold: Millis[]; readonly warm: Millis[] }> => {
  const catalogue = openCatalogue();
  const renderer = openRenderer({ catalogue, cache: CACHE, log: silentLog });
  await renderer.prepare(id<SoundId>(SOUND));
  await renderer.close();
  const data = await mkdtemp(join(tmpdir(), "lull-bench-"));
  const emulator = await openLullEmulator({ certificatesIn: resolve(CACHE, "../certificates") });
  const bot = spawnLull({ ...botEnvironment(emulator), LULL_DATA: data, LULL_CACHE: CACHE });
  const [cold, warm]: [Millis[], Millis[]] = [[], []];
  try {
    await emulator.waitUntil("the bot is ready", () => bot.lines.includes(READY_LINE), 30_000);
    const ana = await emulator.member("ana").join("lounge");
    for (let attempt = 0; attempt < tries; attempt++) {
      cold.push(await untilHeard(ana, () => ana.slash("play", { sound: SOUND })));
      await pause(1_000);
      await ana.slash("pause");
      await pause(1_500);
      warm.push(await untilHeard(ana, () => ana.slash("resume")));
      await ana.slash("stop");
      await emulator.waitUntil("the bot has left", () => emulator.botChannel() === undefined);
      await pause(500);
    }
  } finally {
    await bot.stop();
    await emulator.close().catch(() => undefined);
    await rm(data, { recursive: true, force: true });
  }
  return { cold, warm };
};
