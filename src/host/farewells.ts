import type { Clock } from "../kernel/clock.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { hours, type Millis } from "../kernel/units.ts";
import type { Farewells } from "./ports.ts";

/** A guild that invites the bot again within this time finds everything as it was. */
const KEPT_AFTER_FAREWELL: Millis = hours(30 * 24);
const LOOK_EVERY: Millis = hours(24);

export interface FarewellWatch {
  /** The guild has sent the bot away. */
  left(guild: GuildId): Promise<void>;
  /** Takes note of who has come and gone, and deletes what has been kept for long enough. Never rejects. */
  look(): Promise<void>;
  close(): void;
}

/**
 * Deletes what is kept of a guild that has sent the bot away, thirty days later. Looks once a day, from the first call of `look` on.
 * @param options.isHere whether the bot is in the guild, be it in an outage
 * @param options.forget lets go of what is not in the store: files, and what is kept in mind
 */
export const watchFarewells = (options: {
  readonly store: Farewells;
  readonly isHere: (guild: GuildId) => boolean;
  readonly forget: (guild: GuildId) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}): FarewellWatch => {
  const { store, isHere, forget, clock, log } = options;
  let wake: (() => void) | undefined;
  let closed = false;

  const noteWhoIsHere = async () => {
    for (const guild of await store.guilds())
      await (isHere(guild) ? store.returned(guild) : store.left(guild, clock.now()));
  };
  const deleteWhatIsOld = async () => {
    for (const guild of await store.leftBefore(clock.now() - KEPT_AFTER_FAREWELL)) {
      if (isHere(guild)) continue;
      await store.forget(guild);
      await forget(guild);
      log.info("What was kept of a guild that is gone has been deleted", { guild });
    }
  };

  const look = async (): Promise<void> => {
    wake?.();
    if (closed) return;
    wake = clock.after(LOOK_EVERY, () => void look());
    try {
      await noteWhoIsHere();
      await deleteWhatIsOld();
    } catch (error) {
      log.warn("Guilds that are gone could not be looked after; trying again tomorrow", { error });
    }
  };

  return {
    look,
    async left(guild) {
      try {
        await store.left(guild, clock.now());
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
