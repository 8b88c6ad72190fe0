import { GOOD_MIXES } from "../catalogue/goodMixes.ts";
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
/** How often it is one of the mixes that were put together by hand; the rest leaves room for what a guild has added. */
const BY_HAND: number = 0.7;

/** One sound of a mix that was put together. */
export interface SurpriseLayer {
  readonly sound: Sound;
  readonly gainDb: Decibels;
  readonly place: Placement;
}

/** What is drawn from: the sounds that suit, those first that were not heard for longest. */
interface Choice {
  readonly ordered: readonly Sound[];
  readonly random: () => number;
  /** The date on which a guild last heard a sound; empty for never. */
  last(sound: Sound): string;
}

/** The mix of `GOOD_MIXES` of which no sound was heard for longest. */
const byHand = ({ ordered, random, last }: Choice): readonly SurpriseLayer[] | undefined => {
  const suiting = new Map<string, Sound>(ordered.map((sound) => [sound.id, sound]));
  // Every mix takes a number, whether it suits or not: what is left out changes nothing else.
  const [first] = GOOD_MIXES.map((mix) => ({ mix, at: random() }))
    .flatMap(({ mix, at }) => {
      const layers = mix.flatMap(({ sound, gainDb, place }) => {
        const known = suiting.get(sound);
        return known === undefined ? [] : [{ sound: known, gainDb, place }];
      });
      const date = layers.map(({ sound }) => last(sound)).reduce((a, b) => (a > b ? a : b), "");
      return layers.length === mix.length ? [{ layers, date, at }] : [];
    })
    .toSorted((a, b) => (a.date === b.date ? a.at - b.at : a.date < b.date ? -1 : 1));
  return first?.layers;
};

/** A bed and what goes over it by their triggers. */
const byTriggers = ({ ordered, random }: Choice): readonly SurpriseLayer[] | undefined => {
  const [place, chance] = [PLACES[Math.floor(random() * PLACES.length)] ?? "near", random()];
  const goesOver = (bed: Sound) =>
    ordered.find(({ id, trigger }) => id !== bed.id && GOES_WITH[bed.trigger]?.includes(trigger));
  const bed = ordered.find((sound) => isBed(sound) && goesOver(sound) !== undefined);
  const over = bed && goesOver(bed);
  if (bed === undefined || over === undefined) return undefined;
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

/**
 * A mix of two or three sounds that go together, mostly one that was put together by hand, those
 * that a guild has not heard for longest first. The same seed gives the same mix.
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
  const dates = new Map<string, string>();
  for (const { sound, date } of heard) if (date > (dates.get(sound) ?? "")) dates.set(sound, date);
  const last = ({ id }: Sound) => dates.get(id) ?? "";
  const { goal } = options;
  // Every sound takes a number, whether it suits or not: what is left out changes nothing else.
  const ordered = sounds
    .map((sound) => ({ sound, at: random() }))
    .filter(({ sound }) => options.suits(sound) && (goal === undefined || sound.goals.includes(goal)))
    .toSorted((a, b) => {
      const [before, after] = [last(a.sound), last(b.sound)];
      return before === after ? a.at - b.at : before < after ? -1 : 1;
    })
    .map(({ sound }) => sound);
  const choice = { ordered, random, last };
  const prefersHand = random() < BY_HAND;
  const [hand, triggers] = [byHand(choice), byTriggers(choice)];
  return prefersHand ? (hand ?? triggers) : (triggers ?? hand);
};

const isNear = (bed: Sound, other: Sound): boolean => GOES_WITH[bed.trigger]?.includes(other.trigger) === true;
