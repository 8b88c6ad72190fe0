import type { Clock } from "../kernel/clock.ts";
import type { GuildId, SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { ListeningHistory } from "../ports/listeners.ts";

/** How long counts are cached: what was heard a moment ago hardly changes the order. */
const CACHE_TIME: Millis = minutes(1);

type Counts = ReadonlyMap<SoundId, number>;

/**
 * On how many dates a guild has heard each sound; needed with every letter typed, so it is cached
 * for a minute.
 */
export const createHeardCounts = (heard: Pick<ListeningHistory, "of">, clock: Clock, log: Log) => {
  const kept = new Map<GuildId, { readonly until: Millis; readonly counts: Promise<Counts> }>();

  const count = async (guild: GuildId): Promise<Counts> => {
    const counts = new Map<SoundId, number>();
    try {
      for (const { sound } of await heard.of(guild)) counts.set(sound, (counts.get(sound) ?? 0) + 1);
    } catch (error) {
      log.warn("What a room has heard could not be read", { guild, error });
    }
    return counts;
  };

  return (guild: GuildId): Promise<Counts> => {
    const now = clock.now();
    for (const [other, { until }] of kept) if (until <= now) kept.delete(other);
    const there = kept.get(guild) ?? { until: now + CACHE_TIME, counts: count(guild) };
    kept.set(guild, there);
    return there.counts;
  };
};
