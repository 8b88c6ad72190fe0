import { type BreathName, breathAt, breathSeconds } from "../../kernel/breath.ts";
import type { Pose } from "../hand.ts";
import { createHands } from "../hands.ts";
import { mix } from "../numbers.ts";
import type { Scene } from "../scene.ts";

/** @param full how full the lungs are, from 0 to 1 */
const poseAt = (full: number, side: 1 | -1): Pose => ({
  x: side * -mix(0.43, 0.49, full),
  y: mix(0.56, 0.4, full),
  turn: side * mix(0.02, -0.14, full),
  scale: mix(0.67, 0.71, full),
  side,
  bends: [
    mix(0.42, 0.12, full),
    ...[1, 2, 3, 4].map((finger) => mix(0.86 - 0.04 * finger, 0.14 + 0.02 * finger, full)),
  ],
  spread: mix(0.55, 1.15, full),
});

/** Hands that rise and open as one breathes in, stay as one holds, and sink and close as one breathes out. */
export const breathingHands =
  (name: BreathName): Scene =>
  ({ size, frames, seed }) => {
    const draw = createHands({ size, seed });
    return (frame) => {
      const { full } = breathAt(name, (frame / frames) * breathSeconds(name));
      return draw([poseAt(full, 1), poseAt(full, -1)]);
    };
  };
