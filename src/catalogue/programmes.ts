import { type Message, message, named, plainly } from "../i18n/message.ts";
import { id, type SoundId } from "../kernel/ids.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { Placement } from "../kernel/placement.ts";
import type { Decibels } from "../kernel/units.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Mix } from "./mix.ts";
import { GOALS, type Sound, type Trigger } from "./sound.ts";

/**
 * Kinds of phase, in the order of a programme; a kind may come more than once, as blocks of work
 * do.
 */
export const PHASE_NAMES = [
  "stretch",
  "breathe",
  "scan",
  "settle",
  "trigger",
  "deepen",
  "dissolve",
  "work",
  "pause",
] as const;
/** The name of a phase. */
export type PhaseName = (typeof PHASE_NAMES)[number];

/** A stretch of a programme: one mix, and how loud it is from its beginning to its end. */
export interface Phase {
  readonly name: PhaseName;
  readonly mix: Mix;
  readonly minutes: number;
  /** Relative to the session's volume; never above 0. */
  readonly fromDb: Decibels;
  readonly toDb: Decibels;
  /** What to do while it plays, for the panel. */
  readonly line?: MemberText;
}

/** A sound to be picked when the programme begins, by what the guild has heard lately. */
type PhasePick = { readonly trigger: Trigger } | "unheard";

/** A phase as a programme stores it: with its sounds named, or to be picked when it begins. */
export type PhasePlan = Omit<Phase, "mix"> & ({ readonly mix: Mix } | { readonly pick: PhasePick });

/** What a programme is for. */
export const PROGRAMME_GOALS = [...GOALS, "sensory rest", "discovery"] as const;
type ProgrammeGoal = (typeof PROGRAMME_GOALS)[number];

/** A sequence of phases from the first sound to the end. */
export interface Programme {
  readonly id: string;
  readonly title: MemberText;
  /** One calm sentence. */
  readonly description: MemberText;
  readonly goal: ProgrammeGoal;
  /** Empty: nothing is heard. */
  readonly phases: readonly PhasePlan[];
  /**
   * `silence`: the last phase fades out, and the bot leaves. `never`: it repeats until somebody
   * stops it.
   */
  readonly ends: "silence" | "never";
  /** What it says when it begins. */
  readonly line?: string;
  /** What there is to look at, by the id of a visual. */
  readonly visual?: string;
}

/** The share of a four-phase programme's length that each phase takes. */
export const PROGRAMME_SHARES = { settle: 0.15, trigger: 0.3, deepen: 0.25, dissolve: 0.3 } as const;

const layer = (sound: string, gainDb: Decibels = 0, place: Placement = "centre") => ({
  sound: id<SoundId>(sound),
  gainDb,
  place,
});

const of = (name: PhaseName, minutes: number, [fromDb, toDb]: readonly [Decibels, Decibels], mix: Mix): PhasePlan => ({
  name,
  minutes,
  fromDb,
  toDb,
  mix,
});

const block = (number: number): readonly PhasePlan[] => [
  of("work", 25, [0, 0], number % 2 === 0 ? [layer("pages"), layer("brown-noise", -6)] : [layer("rain-window")]),
  of("pause", 5, [-4, -4], [layer("stream")]),
];

/** A phase that guides: in the words of a whisper where a voice speaks the language, and of the panel everywhere. */
const guided = (line: string, phase: PhasePlan): PhasePlan => ({ ...phase, line });

/** One for each goal of the catalogue, and three more. */
export const PROGRAMMES: readonly Programme[] = [
  {
    id: "sleep",
    title: "Drift Off",
    description: "Rain and slow strokes that grow fewer, then only deep noise that fades away.",
    goal: "sleep",
    ends: "silence",
    phases: [
      of("settle", 10, [-2, -2], [layer("rain-window")]),
      of("trigger", 15, [-2, -5], [layer("brush-ears"), layer("rain-window", -8)]),
      of("deepen", 15, [-5, -10], [layer("ocean"), layer("brown-noise", -6)]),
      of("dissolve", 20, [-10, -18], [layer("brown-noise")]),
    ],
  },
  {
    id: "focus",
    title: "Quiet Desk",
    description: "Four times 25 minutes of quiet company with five-minute pauses; it does not fade away.",
    goal: "focus",
    ends: "never",
    phases: [0, 1, 2, 3].flatMap(block),
  },
  {
    id: "calm",
    title: "Slow Water",
    description: "A brook, then the shore, half an hour that goes down gently.",
    goal: "calm",
    ends: "silence",
    phases: [
      of("settle", 6, [-2, -2], [layer("stream")]),
      of("trigger", 10, [-2, -4], [layer("stream", -4), layer("bowl", -10, "far")]),
      of("deepen", 8, [-4, -8], [layer("ocean")]),
      of("dissolve", 8, [-8, -16], [layer("ocean")]),
    ],
  },
  {
    id: "mood",
    title: "Warm Corner",
    description: "A hearth, a cat, paper and tea: close and friendly, and not too quiet.",
    goal: "mood",
    ends: "silence",
    phases: [
      of("settle", 6, [-2, 0], [layer("fire")]),
      of("trigger", 10, [0, 0], [layer("crinkle-paper"), layer("fire", -10, "far")]),
      of("deepen", 10, [0, -2], [layer("purr"), layer("fire", -6)]),
      of("dissolve", 6, [-2, -12], [layer("fire")]),
    ],
  },
  {
    id: "tension",
    title: "Let Go",
    description: "Slow care for head and shoulders; begins with a stretch, ends at the sea.",
    goal: "tension",
    ends: "silence",
    line: "Before it begins: a glass of water, and one slow stretch that feels good. Then lie down.",
    phases: [
      of("settle", 5, [-2, -2], [layer("ocean")]),
      of("trigger", 12, [-2, -2], [layer("scalp"), layer("ocean", -10, "far")]),
      of("deepen", 12, [-2, -6], [layer("brush-hair"), layer("ocean", -8, "far")]),
      of("dissolve", 8, [-6, -16], [layer("ocean")]),
    ],
  },
  {
    id: "wind-down",
    title: "Wind Down",
    description: "Water and a stretch, slow breaths, a walk through the body, and then nothing to do.",
    goal: "sleep",
    ends: "silence",
    phases: [
      guided(
        "A glass of water, and one slow stretch that feels good. Then lie down.",
        of("stretch", 2, [-2, -2], [layer("whisper-stretch", -3), layer("stream", -8, "far")]),
      ),
      guided(
        "Breathe in while the sound swells, and out while it ebbs.",
        of("breathe", 4, [-2, -2], [layer("breath-swell"), layer("whisper-breathe", -3)]),
      ),
      guided(
        "Let one part after the other grow heavy: feet, legs, belly, back, hands, shoulders, jaw, eyes.",
        of("scan", 5, [-2, -4], [layer("whisper-body-scan", -3), layer("ocean", -8, "far")]),
      ),
      guided(
        "There is nothing to do now.",
        of("deepen", 4, [-4, -6], [layer("whisper-nothing-to-do", -3), layer("brown-noise", -4)]),
      ),
      of("dissolve", 10, [-6, -18], [layer("brown-noise")]),
    ],
  },
  {
    id: "sensory-rest",
    title: "Only Light",
    description: "No sound at all: something slow to look at, and quiet.",
    goal: "sensory rest",
    ends: "silence",
    visual: "breathing-light",
    line: "Nothing is heard in this one. Turn the screen down, look for as long as you like, and close your eyes.",
    phases: [],
  },
  {
    id: "discovery",
    title: "Something New",
    description: "Three triggers that this room has not heard, or not for long.",
    goal: "discovery",
    ends: "silence",
    phases: [
      of("settle", 4, [-3, -3], [layer("rain-garden")]),
      { name: "trigger", minutes: 8, fromDb: -3, toDb: -3, pick: "unheard" },
      { name: "trigger", minutes: 8, fromDb: -3, toDb: -3, pick: "unheard" },
      { name: "deepen", minutes: 8, fromDb: -3, toDb: -6, pick: "unheard" },
      of("dissolve", 8, [-6, -16], [layer("brown-noise")]),
    ],
  },
];

/** The description of a programme; for one designed by members, what they chose. */
export const aboutOf = ({ description, phases }: Pick<Programme, "description" | "phases">): Message => {
  const chosen = phases.map((phase) => ("pick" in phase && phase.pick !== "unheard" ? phase.pick.trigger : undefined));
  const [settle, trigger, deepen] = chosen;
  return settle && trigger && deepen
    ? message("evening.programmeFromTo", { settle: named(settle), trigger: named(trigger), deepen: named(deepen) })
    : plainly(description);
};

/** A programme that comes with Lull, by its id; undefined where there is none of that id. */
export const builtIn = (name: string): Programme | undefined => PROGRAMMES.find(({ id }) => id === name);

/** What the choice of a programme's sounds depends on. */
export interface CastingContext {
  readonly catalogue: Pick<Catalogue, "sounds" | "find">;
  /** Sounds that the guild has heard, the latest last. */
  readonly heard: readonly SoundId[];
  /** Whether a sound suits the people in the channel. */
  suits(sound: Sound): boolean;
  /** Whether scripts are spoken in the guild's language. */
  readonly speaks: boolean;
}

/** Long unheard first; among those never heard, in the catalogue's order. */
const byNews = (heard: readonly SoundId[]) => (a: Sound, b: Sound) => heard.lastIndexOf(a.id) - heard.lastIndexOf(b.id);

/** Soft sounds first: a programme goes down. */
const byIntensity = (a: Sound, b: Sound) => a.intensity - b.intensity;

/**
 * A programme with its sounds chosen: what is picked is picked, and what is gone or does not suit
 * is left out, and so are the words of a programme that nobody there would understand. A phase of
 * which nothing is left has what the phase before it had, the first one what comes after; a
 * programme of which nothing is left has no phases.
 */
export const phasesFor = (
  programme: Programme,
  { catalogue, heard, suits, speaks }: CastingContext,
): readonly Phase[] => {
  const fitting = catalogue.sounds.filter(suits);
  const named = new Set(
    programme.phases.flatMap((phase) => ("mix" in phase ? phase.mix : [])).map(({ sound }) => sound),
  );
  const used = new Set<SoundId>();
  const usedTriggers = new Set<Trigger>();

  const pick = (wanted: PhasePick): Mix => {
    const candidates =
      wanted === "unheard"
        ? fitting.filter(({ id, trigger }) => !named.has(id) && trigger !== "noise").toSorted(byNews(heard))
        : fitting.filter(({ trigger }) => trigger === wanted.trigger).toSorted(byIntensity);
    const unused = candidates.filter((sound) => !used.has(sound.id));
    const chosen = unused.find(({ trigger }) => !usedTriggers.has(trigger)) ?? unused[0] ?? candidates[0];
    if (chosen === undefined) return [];
    used.add(chosen.id);
    usedTriggers.add(chosen.trigger);
    return [{ sound: chosen.id, gainDb: 0, place: "centre" }];
  };

  const heardIn = (mix: Mix): Mix =>
    mix.filter(({ sound: name }) => {
      const sound = catalogue.find(name);
      return sound !== undefined && suits(sound) && (speaks || sound.origin.kind !== "script");
    });

  const cast = programme.phases.map(({ name, minutes, fromDb, toDb, line, ...plan }): Phase => {
    const mix = "mix" in plan ? heardIn(plan.mix) : pick(plan.pick);
    // Without its sound there is nothing to do to it.
    return { name, minutes, fromDb, toDb, mix, ...(line !== undefined && mix.length > 0 && { line }) };
  });
  const anything = cast.find(({ mix }) => mix.length > 0)?.mix;
  if (anything === undefined) return [];
  let last = anything;
  return cast.map((phase) => {
    last = phase.mix.length > 0 ? phase.mix : last;
    return { ...phase, mix: last };
  });
};

/** How long it is in minutes; where it never ends, one round of it. */
export const minutesOf = ({ phases }: Pick<Programme, "phases">): number =>
  phases.reduce((sum, { minutes }) => sum + minutes, 0);
