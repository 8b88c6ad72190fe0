import type { Sound, Trigger } from "../catalogue/sound.ts";
import { type Message, message, named } from "../i18n/message.ts";
import type { HeardSound } from "../ports/listeners.ts";

/** A trigger that has filled most of the last dates, and a similar one. */
export interface DominantTrigger {
  readonly trigger: Trigger;
  readonly alternative: Trigger | undefined;
}

/** How many of the last dates with any sound are considered. */
const RECENT_DAYS = 5;
/** On this many of them it was heard most. */
const MIN_EVENINGS_FIRST = 4;
/** And this share of everything heard. */
const MIN_SHARE = 0.6;
const MIN_MINUTES: number = 10;

/** Noise is exempt: it is there to mask other sounds, and its sameness is the point. */
const EXEMPT: readonly Trigger[] = ["noise", "recordings"];

/** Similar triggers, the nearest first. */
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
 * Whether one trigger has filled most of a guild's last dates, so that it may lose its effect.
 * @param sounds the whole catalogue, for their triggers
 * @param suits whether a sound may be suggested instead
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
