import { type GuildId, id } from "./kernel/ids.ts";
import type { Log } from "./kernel/log.ts";
import { createKeyedQueue } from "./kernel/serialise.ts";
import type { EveningsService } from "./programmes/evenings.ts";
import type { WakeUpsService } from "./programmes/wakeUps.ts";
import type { ChangeFeed } from "./storage/changeFeed.ts";
import type { Storage } from "./storage/openStorage.ts";

/** What is kept in memory of a shared database. */
interface Followers {
  readonly evenings: Pick<EveningsService, "open" | "reload">;
  readonly wakeUps: Pick<WakeUpsService, "open" | "reload">;
  readonly added: { refresh(): Promise<void> };
  readonly optInSounds: { refresh(): Promise<void> };
}

/**
 * Reads again what another process has changed, at once. Many changes of one guild's are read together.
 * @returns undefined where no other process shares the database
 */
export const followChanges = (
  { openChangeFeed }: Pick<Storage, "openChangeFeed">,
  { evenings, wakeUps, added, optInSounds }: Followers,
  log: Log,
): ChangeFeed | undefined => {
  const turns = createKeyedQueue<string>();
  /** What is about to be read, and so need not be asked for again. */
  const asked = new Set<string>();
  const readAgain = (what: string, read: () => Promise<void>): void => {
    if (asked.has(what)) return;
    asked.add(what);
    void turns.run(what, async () => {
      asked.delete(what);
      await read().catch((error: unknown) =>
        log.warn("What another process has changed could not be read", { what, error }),
      );
    });
  };
  const readers: Readonly<Record<string, (guild: GuildId) => void>> = {
    schedules: (guild) => readAgain(`evenings of ${guild}`, () => evenings.reload(guild)),
    wake_ups: (guild) => readAgain(`wake-ups of ${guild}`, () => wakeUps.reload(guild)),
    // A sound may be shared with every guild.
    guild_sounds: () => readAgain("sounds", added.refresh),
    opt_in_sounds: () => readAgain("sounds that were turned on", optInSounds.refresh),
  };
  return openChangeFeed?.({
    onChange({ table, guild }) {
      if (guild) readers[table]?.(id<GuildId>(guild));
    },
    onGap() {
      readAgain("evenings", evenings.open);
      readAgain("wake-ups", wakeUps.open);
      readAgain("sounds", added.refresh);
      readAgain("sounds that were turned on", optInSounds.refresh);
    },
  });
};
