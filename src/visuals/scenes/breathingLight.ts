import { BREATHS, type BreathName, breathAt, breathSeconds } from "../../kernel/breath.ts";
import { createImage, paint } from "../image.ts";
import { bell, ease, mix, smooth, TURN } from "../numbers.ts";
import type { Scene } from "../scene.ts";

const PETALS = 7;

/** The share of a breath that has moved air by now: what is held stands still. */
const movedBy = (name: BreathName, seconds: number): number => {
  const moves = BREATHS[name].filter(({ type }) => type !== "hold");
  const { part, into } = breathAt(name, seconds);
  const index = moves.findIndex(({ type }) => type === part);
  // Breath is held when all before it has moved: the first hold follows a breath in.
  const before = index < 0 ? (breathAt(name, seconds).full > 0 ? 1 : moves.length) : index;
  return (before + (index < 0 ? 0 : ease(into / moves[index]!.seconds))) / moves.length;
};

/** Petals of light that open as one breathes in, stay as one holds, and close as one breathes out. */
export const breathingLight =
  (name: BreathName): Scene =>
  ({ size, frames }) => {
    const image = createImage(size);
    return (frame) => {
      const seconds = (frame / frames) * breathSeconds(name);
      const { full } = breathAt(name, seconds);
      const radius = mix(0.2, 0.34, full);
      const reach = mix(0.03, 0.33, full);
      // One petal takes the next one's place in a loop.
      const turn = (movedBy(name, seconds) * TURN) / PETALS;
      const petals = Array.from({ length: PETALS }, (_, index) => {
        const angle = turn + (index * TURN) / PETALS;
        return [Math.cos(angle) * reach, Math.sin(angle) * reach] as const;
      });
      const strength = mix(0.45, 1, full);
      paint(image, (x, y, out) => {
        let light = 0;
        for (const [px, py] of petals) {
          const distance = Math.hypot(x - px, y - py) / radius;
          // A body of light, with a brighter rim.
          light += smooth(1.03, 0.9, distance) * (0.1 + 0.12 * distance * distance);
        }
        const from = Math.hypot(x, y);
        const glow = bell(from, mix(0.42, 0.82, full));
        const heart = bell(from, mix(0.1, 0.2, full));
        const soft = light * strength;
        out.r = 0.016 + 0.13 * glow * strength + 0.62 * soft + 0.3 * heart;
        out.g = 0.02 + 0.075 * glow * strength + 0.36 * soft + 0.2 * heart;
        out.b = 0.045 + 0.085 * glow * strength + 0.3 * soft + 0.12 * heart;
      });
      return image;
    };
  };
