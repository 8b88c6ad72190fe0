import type { Sound, Trigger } from "../catalogue/sound.ts";
import { daysBetween } from "../kernel/dates.ts";
import { prng } from "../kernel/random.ts";
import type { HeardSound, Suggestion } from "../ports/listeners.ts";

const MAX_SUGGESTIONS = 3;

/** By trigger, the date on which it was last heard. */
const lastHeard = (sounds: readonly Sound[], heard: readonly HeardSound[]): ReadonlyMap<Trigger, string> => {
  const triggers = new Map(sounds.map(({ id, trigger }) => [id, trigger]));
  const last = new Map<Trigger, string>();
  for (const { sound, date } of heard) {
    const trigger = triggers.get(sound);
    if (trigger !== undefined && date > (last.get(trigger) ?? "")) last.set(trigger, date);
  }
  return last;
};

const shuffled = <Item>(items: readonly Item[], seed: number): readonly Item[] => {
  const random = prng(seed);
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
};

/**
 * Three triggers that a guild has not heard, or not for longest, each with the sound that it has
 * heard least. Ties are broken by the seed.
 * @param sounds the whole catalogue
 * @param suits whether a sound may be suggested
 */
export const suggest = (
  sounds: readonly Sound[],
  heard: readonly HeardSound[],
  { evening, seed, suits }: { readonly evening: string; readonly seed: number; suits(sound: Sound): boolean },
): readonly Suggestion[] => {
  const last = lastHeard(sounds, heard);
  const minutes = new Map<string, number>();
  for (const one of heard) minutes.set(one.sound, (minutes.get(one.sound) ?? 0) + one.minutes);
  const minutesOf = ({ id }: Sound) => minutes.get(id) ?? 0;
  const offered = shuffled(sounds.filter(suits), seed);
  const triggers = [...new Set(offered.map(({ trigger }) => trigger))].toSorted((a, b) => {
    const [before, after] = [last.get(a) ?? "", last.get(b) ?? ""];
    return before < after ? -1 : before > after ? 1 : 0;
  });
  return triggers.slice(0, MAX_SUGGESTIONS).flatMap((trigger): readonly Suggestion[] => {
    const [sound] = offered.filter((one) => one.trigger === trigger).toSorted((a, b) => minutesOf(a) - minutesOf(b));
    const when = last.get(trigger);
    return sound ? [{ sound, ...(when !== undefined && { daysSinceHeard: daysBetween(when, evening) }) }] : [];
  });
};
