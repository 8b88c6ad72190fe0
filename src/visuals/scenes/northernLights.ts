import { createImage, paint } from "../image.ts";
import { createNoise } from "../noise.ts";
import { bell, clamp, mix, smooth, TURN } from "../numbers.ts";
import type { Scene } from "../scene.ts";

/** How many curtains hang behind one another. */
const CURTAINS = 3;
/** Where the hills begin, from −1 at the top to 1 at the bottom. */
const HORIZON = 0.62;

/** Curtains of green light that sway over dark hills; rays in them come and go. */
export const northernLights: Scene = ({ size, frames, seed }) => {
  const image = createImage(size);
  const noise = createNoise(seed);
  return (frame) => {
    const turn = (frame / frames) * TURN;
    // A circle through the noise ends where it begins.
    const [there, back] = [0.35 * Math.cos(turn), 0.35 * Math.sin(turn)];
    paint(image, (x, y, out) => {
      let green = 0;
      let violet = 0;
      for (let curtain = 0; curtain < CURTAINS; curtain++) {
        const far = curtain * 7.3;
        const fold = noise.plane(x * 0.9 + far + there, back + far) + 0.4 * noise.plane(x * 2.3 + far, there - back);
        // The lower edge of the curtain, above which it fades upward.
        const edge = 0.22 - 0.2 * curtain + 0.24 * fold;
        const above = edge - y;
        const rays = 0.62 + 0.38 * noise.plane(x * 7 + 3 * fold + far, far + 1.6 * there);
        const length = mix(0.5, 0.75, clamp(0.5 + noise.plane(x * 1.7 - far, back)));
        const body = smooth(-0.03, 0.07, above) * Math.exp(-Math.max(0, above) / length) * rays;
        green += body / (1 + 0.5 * curtain);
        violet += body * smooth(0.3, 0.9, above);
      }
      const sky = smooth(1, -1, y);
      const hill = HORIZON + 0.1 * noise.plane(x * 1.6 + 30, 4.5) + 0.03 * noise.plane(x * 6 + 50, 9.5);
      const open = smooth(hill + 0.01, hill - 0.01, y);
      const glow = bell(y - HORIZON, 0.35) * 0.05;
      out.r = open * (0.012 + 0.05 * green + 0.12 * violet);
      out.g = open * (0.02 + 0.014 * sky + 0.36 * green + glow) + (1 - open) * 0.008;
      out.b = open * (0.045 + 0.03 * sky + 0.16 * green + 0.16 * violet + glow) + (1 - open) * 0.014;
    });
    return image;
  };
};
