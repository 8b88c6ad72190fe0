import type { Clock } from "../kernel/clock.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { createTimeSlices } from "../kernel/timeSlices.ts";
import { hours, type Millis } from "../kernel/units.ts";
import type { GuildRetentionStore } from "../ports/guild.ts";

/** A guild that invites the bot again within this time finds everything as it was. */
const RETENTION: Millis = hours(30 * 24);
const SWEEP_INTERVAL: Millis = hours(24);

/** Deletes what is kept of guilds that have removed the bot. */
export interface GuildRetention {
  /** The bot has been removed from the guild. */
  guildLeft(guild: GuildId): Promise<void>;
  /**
   * Records which guilds the bot has joined or left, and deletes what has been kept for long
   * enough. Never rejects.
   */
  sweep(): Promise<void>;
  close(): void;
}

/**
 * Deletes what is kept about a guild thirty days after it has removed the bot. Checks once a day
 * from the first call of `sweep` on.
 * @param options.carries whether this process looks after the guild; another process does what is due for the others
 * @param options.isHere whether the bot is a member of the guild, even during an outage
 * @param options.forget deletes what is not in the store: files, and what is in memory
 */
export const createGuildRetention = (options: {
  readonly store: GuildRetentionStore;
  readonly carries?: (guild: GuildId) => boolean;
  readonly isHere: (guild: GuildId) => boolean;
  readonly forget: (guild: GuildId) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}): GuildRetention => {
  const { store, carries = () => true, isHere, forget, clock, log } = options;
  let wake: (() => void) | undefined;
  let closed = false;

  const noteWhoIsHere = async () => {
    const departures = await store.departures();
    const pause = createTimeSlices(clock);
    for (const guild of await store.guildsWithData()) {
      await pause();
      if (!carries(guild)) continue;
      // For nearly all of thousands of guilds nothing has changed, and nothing is written.
      if (isHere(guild) && departures.has(guild)) await store.markReturned(guild);
      if (!isHere(guild) && !departures.has(guild)) await store.markLeft(guild, clock.now());
    }
  };
  const deleteWhatIsOld = async () => {
    for (const [guild, leftAt] of await store.departures()) {
      if (!carries(guild) || isHere(guild) || leftAt >= clock.now() - RETENTION) continue;
      await store.deleteGuild(guild);
      await forget(guild);
      log.info("What was kept of a guild that is gone has been deleted", { guild });
    }
  };

  const sweep = async (): Promise<void> => {
    wake?.();
    if (closed) return;
    wake = clock.after(SWEEP_INTERVAL, () => void sweep());
    try {
      await noteWhoIsHere();
      await deleteWhatIsOld();
    } catch (error) {
      log.warn("Guilds that are gone could not be looked after; trying again tomorrow", { error });
    }
  };

  return {
    sweep,
    async guildLeft(guild) {
      try {
        await store.markLeft(guild, clock.now());
      } catch (error) {
        log.warn("A farewell could not be noted; the next look will", { guild, error });
      }
    },
    close() {
      closed = true;
      wake?.();
    },
  };
};
