/**
 * A part of a breath. `in`: the lungs fill; `more`: a second, shorter breath in, before any goes
 * out; `hold`: they stay as they are; `out`: they empty.
 */
export interface BreathPart {
  readonly type: "in" | "more" | "hold" | "out";
  readonly seconds: number;
}

/** Ways to breathe, by name; each begins with empty lungs and ends with them. */
export const BREATHS = {
  "4-6": [
    { type: "in", seconds: 4 },
    { type: "out", seconds: 6 },
  ],
  box: [
    { type: "in", seconds: 4 },
    { type: "hold", seconds: 4 },
    { type: "out", seconds: 4 },
    { type: "hold", seconds: 4 },
  ],
  "4-7-8": [
    { type: "in", seconds: 4 },
    { type: "hold", seconds: 7 },
    { type: "out", seconds: 8 },
  ],
  sigh: [
    { type: "in", seconds: 3 },
    { type: "more", seconds: 1 },
    { type: "out", seconds: 6 },
  ],
} as const satisfies Readonly<Record<string, readonly BreathPart[]>>;

/** The name of a way to breathe. */
export type BreathName = keyof typeof BREATHS;

/** How full the lungs are where a second breath in is still to come; 1 is full. */
const FIRST_OF_TWO = 0.75;

/** The length of one breath in seconds. */
export const breathSeconds = (name: BreathName): number => BREATHS[name].reduce((sum, { seconds }) => sum + seconds, 0);

/** How full the lungs are after a part, given how full they were before it. */
const fullAfter = (parts: readonly BreathPart[], index: number, before: number): number => {
  switch (parts[index]?.type) {
    case "in":
      return parts[index + 1]?.type === "more" ? FIRST_OF_TWO : 1;
    case "more":
      return 1;
    case "out":
      return 0;
    default:
      return before;
  }
};

/** A moment of a breath. */
interface BreathMoment {
  /** How full the lungs are, from 0 to 1. */
  readonly full: number;
  /** The part that it belongs to, and the seconds since that began. */
  readonly part: BreathPart["type"];
  readonly into: number;
}

/**
 * A moment of a breath that is repeated without end: each part begins and ends slowly, so that
 * nothing jumps between two of them.
 * @param seconds since the first breath in began; 0 or more
 */
export const breathAt = (name: BreathName, seconds: number): BreathMoment => {
  const parts: readonly BreathPart[] = BREATHS[name];
  let [into, before] = [seconds % breathSeconds(name), 0];
  for (const [index, { type, seconds: lasts }] of parts.entries()) {
    const after = fullAfter(parts, index, before);
    if (into < lasts || index === parts.length - 1) {
      const way = Math.min(1, into / lasts);
      return { full: before + (after - before) * way * way * (3 - 2 * way), part: type, into };
    }
    into -= lasts;
    before = after;
  }
  return { full: 0, part: "in", into: 0 };
};
