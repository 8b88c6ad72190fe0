import type { Goal, Sound, Trigger } from "../catalogue/sound.ts";
import type { Placement } from "../kernel/placement.ts";
import { prng } from "../kernel/random.ts";
import type { Decibels } from "../kernel/units.ts";
import type { HeardSound } from "../ports/listeners.ts";

/** Triggers that go over each continuous one, from what it is usually heard with. */
const GOES_WITH: Readonly<Partial<Record<Trigger, readonly Trigger[]>>> = {
  noise: ["body", "brushing", "tapping", "personal attention", "tone"],
  rain: ["fire", "animal", "brushing", "crinkling", "wind", "tapping"],
  water: ["wind", "animal", "brushing", "tone", "methodical"],
  fire: ["rain", "wind", "crinkling", "animal", "scratching", "methodical"],
  wind: ["fire", "rain", "water", "tone", "animal"],
  tone: ["water", "rain", "wind", "noise", "body"],
};

const isBed = ({ trigger }: Sound): boolean => GOES_WITH[trigger] !== undefined;

/** Beneath what goes over it. */
const BED_GAIN: Decibels = -4;
const OVER_GAIN: Decibels = -6;
const FAR_GAIN: Decibels = -12;
/** A static sound is heard from one of these; one that moves by itself stays in the centre. */
const PLACES: readonly Placement[] = ["left", "right", "near"];
/** How often a second bed is heard far away. */
const THIRD: number = 0.4;

/** One sound of a mix that was put together. */
export interface SurpriseLayer {
  readonly sound: Sound;
  readonly gainDb: Decibels;
  readonly place: Placement;
}

/**
 * A mix of two or three sounds whose triggers go together, those that a guild has not heard for
 * longest first. The same seed gives the same mix.
 * @param options.goal what each of its sounds serves; absent: anything
 * @param options.suits whether a sound may be in it
 * @returns undefined when no two sounds go together; the bed comes first
 */
export const surpriseMix = (
  sounds: readonly Sound[],
  heard: readonly HeardSound[],
  options: { readonly goal?: Goal | undefined; readonly seed: number; suits(sound: Sound): boolean },
): readonly SurpriseLayer[] | undefined => {
  const random = prng(options.seed);
  const last = new Map<string, string>();
  for (const { sound, date } of heard) if (date > (last.get(sound) ?? "")) last.set(sound, date);
  const { goal } = options;
  // Every sound takes a number, whether it suits or not: what is left out changes nothing else.
  const ordered = sounds
    .map((sound) => ({ sound, at: random() }))
    .filter(({ sound }) => options.suits(sound) && (goal === undefined || sound.goals.includes(goal)))
    .toSorted((a, b) => {
      const [before, after] = [last.get(a.sound.id) ?? "", last.get(b.sound.id) ?? ""];
      return before === after ? a.at - b.at : before < after ? -1 : 1;
    })
    .map(({ sound }) => sound);
  const goesOver = (bed: Sound) =>
    ordered.find(({ id, trigger }) => id !== bed.id && GOES_WITH[bed.trigger]?.includes(trigger));
  const bed = ordered.find((sound) => isBed(sound) && goesOver(sound) !== undefined);
  const over = bed && goesOver(bed);
  if (bed === undefined || over === undefined) return undefined;
  const [place, chance] = [PLACES[Math.floor(random() * PLACES.length)] ?? "near", random()];
  const third = ordered.find(
    (sound) => isBed(sound) && ![bed.trigger, over.trigger].includes(sound.trigger) && isNear(bed, sound),
  );
  return [
    { sound: bed, gainDb: BED_GAIN, place: "centre" },
    { sound: over, gainDb: OVER_GAIN, place: over.motion === "static" && !isBed(over) ? place : "centre" },
    ...(third !== undefined && chance < THIRD
      ? [{ sound: third, gainDb: FAR_GAIN, place: "far" } satisfies SurpriseLayer]
      : []),
  ];
};

const isNear = (bed: Sound, other: Sound): boolean => GOES_WITH[bed.trigger]?.includes(other.trigger) === true;
