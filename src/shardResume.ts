import type { Discord } from "./discord/client.ts";
import type { GuildId } from "./kernel/ids.ts";
import type { Log } from "./kernel/log.ts";
import type { EveningsService } from "./programmes/evenings.ts";
import type { Sessions } from "./runtime/sessions.ts";

/** What comes back with a shard. */
interface Resumed {
  readonly sessions: Pick<Sessions, "restore" | "all">;
  readonly evenings: Pick<EveningsService, "open" | "resume">;
  readonly log: Log;
}

/** Brings back what was running in a shard's guilds, as soon as the shard is ready, one shard after the other. */
export interface ShardResume {
  /**
   * Whether the guild's earlier session is back, if it had one. Until then no evening starts there: it might be the one
   * that was cut off.
   */
  has(guild: GuildId): boolean;
  /** Begins. Resolves when the first shard is back; rejects when the evenings can't be read. */
  start(resumed: Resumed): Promise<void>;
}

/** @param discord the shards of this process */
export const createShardResume = ({
  shards,
  leaveStaleVoiceStates,
}: Pick<Discord, "shards" | "leaveStaleVoiceStates">): ShardResume => {
  const resumed = new Set<number>();
  return {
    has: (guild) => resumed.has(shards.of(guild)),
    start({ sessions, evenings, log }) {
      const { promise: first, resolve, reject } = Promise.withResolvers<void>();
      let opened: Promise<void> | undefined;

      const resume = async (shard: number): Promise<void> => {
        const includes = (guild: GuildId) => shards.of(guild) === shard;
        const count = await sessions.restore(includes);
        leaveStaleVoiceStates(shard, ({ guild, helper }) => sessions.all(guild).some((view) => view.helper === helper));
        resumed.add(shard);
        opened ??= evenings.open();
        await opened;
        evenings.resume(includes);
        if (count > 0) log.info("Sessions are back after a restart", { count, shard });
        resolve();
      };

      let turn = Promise.resolve();
      shards.onReady((shard) => {
        turn = turn.then(() => resume(shard)).catch(reject);
      });
      return first;
    },
  };
};
