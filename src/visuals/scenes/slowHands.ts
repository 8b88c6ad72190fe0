import type { Pose } from "../hand.ts";
import { createHands } from "../hands.ts";
import { TURN } from "../numbers.ts";
import type { Scene } from "../scene.ts";

/** Both hands follow one slow figure, mirrored, a little apart in time; the fingers move as a wave does. */
const poseAt = (phase: number, side: 1 | -1): Pose => {
  const t = (phase + (side === 1 ? 0 : 0.09)) * TURN;
  const bends = [0, 1, 2, 3, 4].map((finger) =>
    finger === 0 ? 0.16 + 0.16 * Math.sin(t - 0.4) : 0.36 + 0.27 * Math.sin(t * 2 - finger * 0.7),
  );
  return {
    x: side * -(0.47 + 0.05 * Math.cos(t)),
    y: 0.4 + 0.07 * Math.sin(t),
    turn: side * (-0.1 + 0.11 * Math.sin(t + 0.7)),
    scale: 0.7 + 0.018 * Math.sin(t + 1.2),
    side,
    bends,
    spread: 0.9 + 0.28 * Math.sin(t + 2.2),
  };
};

/** Two hands that move slowly, palms to the eye, in warm light from the side. */
export const slowHands: Scene = ({ size, frames, seed }) => {
  const draw = createHands({ size, seed });
  return (frame) => draw([poseAt(frame / frames, 1), poseAt(frame / frames, -1)]);
};
