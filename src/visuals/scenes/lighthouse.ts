import { createImage, paint } from "../image.ts";
import { createNoise } from "../noise.ts";
import { bell, clamp, smooth, TURN } from "../numbers.ts";
import type { Scene } from "../scene.ts";

/** The lamp, and the horizon below it; from −1 at the top to 1 at the bottom. */
const LAMP = { x: 0.28, y: -0.22 };
const HORIZON = 0.34;

/** A lighthouse whose beam goes round once in a loop, through haze, over a quiet sea. */
export const lighthouse: Scene = ({ size, frames, seed }) => {
  const image = createImage(size);
  const noise = createNoise(seed);
  return (frame) => {
    const share = frame / frames;
    const turn = share * TURN;
    // Seen from the side: the beam grows long across, and short towards the viewer and away.
    const [across, towards] = [Math.cos(turn), Math.sin(turn)];
    const facing = clamp(towards) ** 6;
    paint(image, (x, y, out) => {
      const [dx, dy] = [x - LAMP.x, y - LAMP.y];
      const reach = Math.hypot(dx, dy);
      const haze = 0.75 + 0.25 * noise.loop(x * 2.1, y * 2.6, share * 6, 6);
      // Two beams opposite one another, each a cone that widens with its length.
      let beam = 0;
      for (const side of [1, -1]) {
        const along = dx * side * Math.sign(across || 1);
        const width = 0.025 + 0.16 * Math.max(0, along);
        const length = 0.12 + 1.3 * Math.abs(across);
        beam += smooth(0, 0.06, along) * bell(dy, width) * Math.exp(-Math.max(0, along) / length) * Math.abs(across);
      }
      beam *= haze / (1 + 1.2 * reach);
      const lamp = bell(reach, 0.05 + 0.05 * facing) + 0.25 * bell(reach, 0.3);
      const sea = smooth(HORIZON - 0.006, HORIZON + 0.006, y);
      const deep = clamp((y - HORIZON) / (1 - HORIZON));
      const wave = noise.loop(x * (5 - 3 * deep), y * (26 - 16 * deep), share * 5, 5);
      // The lamp's light on the water, broken by the waves.
      const path = bell(x - LAMP.x, 0.05 + 0.22 * deep) * (0.4 + 0.6 * clamp(0.5 + 1.2 * wave));
      const tower = smooth(0.008, 0, Math.abs(dx) - (0.028 + 0.05 * clamp((y - LAMP.y) / 0.55))) * smooth(0, 0.03, dy);
      const rock = smooth(0.02, 0, y < HORIZON ? 0.33 - y + 0.5 * Math.abs(dx) - 0.09 : 1);
      const solid = Math.max(tower * (1 - sea), rock * (1 - sea));
      const sky = (1 - sea) * (1 - solid);
      const night = 0.034 + 0.03 * smooth(-1, HORIZON, y);
      out.r = sky * (0.5 * night + 0.6 * beam) + 0.42 * lamp + sea * (0.012 + 0.22 * path) + solid * 0.02;
      out.g =
        sky * (0.75 * night + 0.54 * beam) + 0.35 * lamp + sea * (0.018 + 0.01 * wave + 0.18 * path) + solid * 0.022;
      out.b =
        sky * (1.5 * night + 0.38 * beam) + 0.2 * lamp + sea * (0.036 + 0.016 * wave + 0.11 * path) + solid * 0.03;
    });
    return image;
  };
};
