import type { Greetings } from "../settings.ts";

const [MORNING, AFTERNOON, EVENING] = [5, 12, 18];

/** @param hour of the reader's day, 0 to 23 */
export const greetingAt = (hour: number, { morning, afternoon, evening }: Greetings): string => {
  if (hour < MORNING || hour >= EVENING) return evening;
  return hour < AFTERNOON ? morning : afternoon;
};
