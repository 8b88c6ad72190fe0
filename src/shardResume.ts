import { setTimeout as pause } from "node:timers/promises";
import type { Discord } from "./discord/client.ts";
import type { GuildId } from "./kernel/ids.ts";
import type { Log } from "./kernel/log.ts";
import { type Millis, seconds } from "./kernel/units.ts";
import type { EveningsService } from "./programmes/evenings.ts";
import type { Sessions } from "./runtime/sessions.ts";

/** What comes back with a shard. */
interface Resumed {
  readonly sessions: Pick<Sessions, "restore" | "all">;
  readonly evenings: Pick<EveningsService, "open" | "resume">;
  /** Reads again what another process may have changed while it served the shard. */
  readonly refresh?: (includes: (guild: GuildId) => boolean) => Promise<void>;
  readonly log: Log;
}

/** Brings back what was running in a shard's guilds, as soon as the shard is ready, one shard after the other. */
export interface ShardResume {
  /**
   * Whether the guild's earlier session is back, if it had one. Until then no evening starts there: it might be the one
   * that was cut off.
   */
  has(guild: GuildId): boolean;
  /** Another process serves the shard now; what was running is brought back again when it returns. */
  forget(shard: number): void;
  /** Begins. Resolves when the first shard is back; rejects when the evenings can't be read. */
  start(resumed: Resumed): Promise<void>;
}

/** While a database that has just been away answers some questions and not others. */
const RETRY_INTERVAL: Millis = seconds(2);

/** @param discord the shards of this process */
export const createShardResume = ({
  shards,
  leaveStaleVoiceStates,
  answerFor,
}: Pick<Discord, "shards" | "leaveStaleVoiceStates" | "answerFor">): ShardResume => {
  const resumed = new Set<number>();
  return {
    has: (guild) => resumed.has(shards.of(guild)),
    forget: (shard) => void resumed.delete(shard),
    start({ sessions, evenings, refresh = () => Promise.resolve(), log }) {
      const { promise: first, resolve, reject } = Promise.withResolvers<void>();
      let opened: Promise<void> | undefined;

      const isOwn = (shard: number) => shards.ids().includes(shard);
      const on = (shard: number) => (guild: GuildId) => shards.of(guild) === shard;

      /** @returns what is being read again, for which the shard's members don't wait */
      const bringBack = async (shard: number): Promise<{ readonly refreshed?: Promise<void> }> => {
        const count = await sessions.restore(on(shard));
        if (!isOwn(shard)) return {};
        leaveStaleVoiceStates(shard, ({ guild, helper }) => sessions.all(guild).some((view) => view.helper === helper));
        if (count > 0) log.info("Sessions are back after a restart", { count, shard });
        const refreshed = refresh(on(shard));
        // It is waited for later.
        refreshed.catch(() => {});
        answerFor(shard);
        return { refreshed };
      };

      const readAgain = async (shard: number, refreshed = refresh(on(shard))): Promise<void> => {
        await refreshed;
        if (!isOwn(shard)) return;
        resumed.add(shard);
        if (opened === undefined || shards.isShared) opened = evenings.open();
        await opened;
        evenings.resume(on(shard));
        resolve();
      };

      /** What is served by nobody else comes back, however often the database has to be asked. */
      const untilDone = async <Done>(shard: number, act: () => Promise<Done>): Promise<Done | undefined> => {
        if (!shards.isShared) return act();
        while (isOwn(shard)) {
          try {
            return await act();
          } catch (error) {
            log.warn("What was running on a shard could not be brought back; trying again", { shard, error });
            await pause(RETRY_INTERVAL);
          }
        }
        return undefined;
      };

      let sessionsBack: Promise<unknown> = Promise.resolve();
      let allRead: Promise<unknown> = Promise.resolve();
      shards.onReady((shard) => {
        // Members of the next shard are answered before what this one has scheduled is read.
        const back = sessionsBack.then(() => untilDone(shard, () => bringBack(shard)));
        const before = allRead;
        const read = async (): Promise<void> => {
          let { refreshed } = (await back) ?? {};
          await before;
          await untilDone(shard, () => {
            const once = refreshed;
            refreshed = undefined;
            return readAgain(shard, once);
          });
        };
        sessionsBack = back.catch(reject);
        allRead = read().catch(reject);
      });
      return first;
    },
  };
};
