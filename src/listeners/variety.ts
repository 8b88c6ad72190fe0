import type { Sound, Trigger } from "../catalogue/sound.ts";
import { type Message, message, named } from "../i18n/message.ts";
import type { HeardSound } from "../ports/listeners.ts";

/** A trigger that has filled most of the last evenings, and one that is near it. */
export interface DominantTrigger {
  readonly trigger: Trigger;
  readonly alternative: Trigger | undefined;
}

/** The last evenings on which anything was heard for longer than a moment. */
const RECENT_DAYS = 5;
/** On so many of them it came first. */
const MIN_EVENINGS_FIRST = 4;
/** And of all that was heard, it was this share. */
const MIN_SHARE = 0.6;
const MIN_MINUTES: number = 10;

/** Noise is there to cover the house, and its sameness is its point. */
const EXEMPT: readonly Trigger[] = ["noise", "recordings"];

/** What feels alike without being the same, the nearest first. */
const SIMILAR: Readonly<Record<Trigger, readonly Trigger[]>> = {
  noise: ["wind", "rain"],
  rain: ["water", "wind"],
  water: ["rain", "wind"],
  fire: ["crinkling", "wind"],
  wind: ["water", "rain"],
  tapping: ["scratching", "methodical"],
  scratching: ["tapping", "brushing"],
  brushing: ["personal attention", "scratching"],
  crinkling: ["fire", "methodical"],
  "personal attention": ["brushing", "methodical"],
  methodical: ["crinkling", "tapping"],
  animal: ["body", "fire"],
  body: ["animal", "water"],
  tone: ["wind", "water"],
  whisper: ["brushing", "personal attention"],
  recordings: [],
};

type Minutes = ReadonlyMap<Trigger, number>;

const minutesByTrigger = (heard: readonly HeardSound[], triggerOf: ReadonlyMap<string, Trigger>): Minutes => {
  const minutes = new Map<Trigger, number>();
  for (const { sound, minutes: more } of heard) {
    const trigger = triggerOf.get(sound);
    if (trigger !== undefined) minutes.set(trigger, (minutes.get(trigger) ?? 0) + more);
  }
  return minutes;
};

const total = (minutes: Minutes): number => [...minutes.values()].reduce((sum, more) => sum + more, 0);

const mostHeard = (minutes: Minutes): Trigger | undefined =>
  [...minutes].reduce<[Trigger, number] | undefined>(
    (best, one) => (best === undefined || one[1] > best[1] ? one : best),
    undefined,
  )?.[0];

/**
 * Whether one trigger has filled most of a room's last evenings, so that it may give less each time.
 * @param sounds all there are, by which triggers are known
 * @param suits whether a sound may be offered as the neighbour
 */
export const dominantTriggerOf = (
  heard: readonly HeardSound[],
  sounds: readonly Sound[],
  suits: (sound: Sound) => boolean,
): DominantTrigger | undefined => {
  const triggerOf = new Map<string, Trigger>(sounds.map(({ id, trigger }) => [id, trigger]));
  const evenings = [...Map.groupBy(heard, ({ date }) => date)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sounds]) => minutesByTrigger(sounds, triggerOf))
    .filter((minutes) => total(minutes) >= MIN_MINUTES)
    .slice(-RECENT_DAYS);
  const firsts = evenings.map(mostHeard);
  const trigger = firsts.at(-1);
  if (trigger === undefined || EXEMPT.includes(trigger)) return undefined;
  const own = evenings.reduce((sum, minutes) => sum + (minutes.get(trigger) ?? 0), 0);
  const all = evenings.reduce((sum, minutes) => sum + total(minutes), 0);
  if (firsts.filter((one) => one === trigger).length < MIN_EVENINGS_FIRST || own < MIN_SHARE * all) return undefined;
  const alternative = SIMILAR[trigger].find((near) => sounds.some((sound) => sound.trigger === near && suits(sound)));
  return { trigger, alternative };
};

/** One calm line. */
export const varietyHint = ({ trigger, alternative }: DominantTrigger): Message =>
  alternative
    ? message("discover.hadALotTrySimilar", { kind: named(trigger), similar: named(alternative) })
    : message("discover.hadALotTryOther", { kind: named(trigger) });
