import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { seconds } from "../../src/kernel/units.ts";
import { CHANNEL, OFFERED, openGateway } from "./gateway.ts";
import { personOf, voiceStateJson } from "./guildJson.ts";
import { openShardStub } from "./shardStub.ts";
import { startWholeBot } from "./wholeBot.ts";

const MB = 2 ** 20;
const KB = 2 ** 10;
/** What the bot has still to read and forget. */
const SETTLE = seconds(3);

const heapIn = async (guilds: number, people: number): Promise<readonly number[]> => {
  const data = await mkdtemp(join(tmpdir(), "lull-scale-"));
  const voice = await openGateway(9, OFFERED);
  const stub = await openShardStub(guilds, voice.endpoint, { size: "usual" });
  const bot = startWholeBot(stub.apiBase, voice.authority, data);
  const heap = async () => {
    await pause(SETTLE);
    return (await bot.report()).heap;
  };
  try {
    await bot.ready;
    const heaps = [await heap()];
    for (let half = 0; half < 2 && people > 0; half++) {
      for (let guild = 1; guild <= guilds; guild++)
        for (let index = 0; index < people / 2; index++) {
          const user = personOf(guild, 100 + half * people + index);
          for (const channel of [CHANNEL, null])
            await stub.dispatch("VOICE_STATE_UPDATE", voiceStateJson(guild, user, channel));
        }
      heaps.push(await heap());
    }
    return heaps;
  } finally {
    await bot.kill();
    await stub.close();
    await voice.close();
    await rm(data, { recursive: true, force: true });
  }
};

/**
 * The heap of the main thread: a guild's share of it, and what is left of people who have come and gone.
 * @param guilds how many the bot is in
 * @param people how many are seen in the voice channel of each
 */
export const measureHeap = async (
  guilds: number,
  people: number,
): Promise<{ readonly rows: readonly (readonly string[])[]; readonly sentence: string }> => {
  const [empty = 0] = await heapIn(1, 0);
  const [before = 0, halfway = 0, after = 0] = await heapIn(guilds, people);
  const inMb = (bytes: number) => `${(bytes / MB).toFixed(0)} MB`;
  const perGuild = `${((before - empty) / (guilds - 1) / KB).toFixed(0)} KB`;
  return {
    rows: [
      ["heap in 1 guild", inMb(empty)],
      [`heap in ${guilds} guilds`, inMb(before)],
      ["a guild", perGuild],
      [`after ${people / 2} people have come and gone in each`, inMb(halfway)],
      [`after ${people}`, inMb(after)],
    ],
    sentence: `${inMb(before)} before, ${inMb(halfway)} halfway, ${inMb(after)} after; ${perGuild} a guild`,
  };
};
