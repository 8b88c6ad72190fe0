/** Small draws from a seeded stream of numbers in [0, 1). */
export const between = (random: () => number, low: number, high: number): number => low + (high - low) * random();
/** Evenly spread in ratio: for frequencies and times. */
export const betweenRatio = (random: () => number, low: number, high: number): number => low * (high / low) ** random();
/** About normal, mean 0, deviation 1 (sum of four). */
export const bell = (random: () => number): number => (random() + random() + random() + random() - 2) * Math.sqrt(3);
/** Draws one item of a list that is not empty. */
export const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
/** A seed for what has a stream of its own. */
export const seedOf = (random: () => number): number => Math.floor(random() * 2 ** 31);
