import { createImage, paint } from "../image.ts";
import { bell, ease, mix, smooth, TURN } from "../numbers.ts";
import type { Scene } from "../scene.ts";

const PETALS = 7;
/** The share of a breath that goes in. */
const IN = 0.42;

/** How full the lungs are: in, a moment's rest, and out more slowly. */
const breath = (phase: number): number =>
  phase < IN ? ease(phase / IN) : 1 - ease((phase - IN - 0.04) / (1 - IN - 0.06));

/** Petals of light that open and close as one breathes in and out. */
export const breathingLight: Scene = ({ size, frames }) => {
  const image = createImage(size);
  return (frame) => {
    const phase = frame / frames;
    const full = breath(phase);
    const radius = mix(0.2, 0.34, full);
    const reach = mix(0.03, 0.33, full);
    // One petal takes the next one's place in a loop.
    const turn = (phase * TURN) / PETALS;
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
