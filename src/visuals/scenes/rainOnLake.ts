import { prng } from "../../kernel/random.ts";
import { createImage, paint } from "../image.ts";
import { createNoise } from "../noise.ts";
import { bell, clamp, smooth, wrap } from "../numbers.ts";
import type { Scene } from "../scene.ts";

/** Drops that fall in a loop, and the share of it that a ring lives. */
const DROPS = 26;
const LIFE = 0.36;
/** The far shore, from −1 at the top to 1 at the bottom. */
const SHORE = -0.42;

/** Slow rain on a lake at dusk: rings widen on the water and are gone. */
export const rainOnLake: Scene = ({ size, frames, seed }) => {
  const image = createImage(size);
  const noise = createNoise(seed);
  const random = prng(seed);
  const drops = Array.from({ length: DROPS }, (_, index) => {
    // Far ones are higher up, smaller and flatter.
    const near = random() ** 0.7;
    return { x: 2.2 * random() - 1.1, y: SHORE + 0.08 + (0.92 - SHORE) * near, near, at: (index + random()) / DROPS };
  });
  return (frame) => {
    const share = frame / frames;
    const rings = drops.flatMap(({ x, y, near, at }) => {
      const age = wrap(share - at) / LIFE;
      if (age >= 1) return [];
      const scale = 0.25 + 0.75 * near;
      return [
        {
          x,
          y,
          radius: 0.42 * scale * age,
          width: 0.014 * scale + 0.02 * scale * age,
          flat: 0.3 + 0.14 * near,
          strength: smooth(0, 0.08, age) * (1 - age) ** 1.6,
        },
      ];
    });
    paint(image, (x, y, out) => {
      const water = smooth(SHORE - 0.008, SHORE + 0.008, y);
      const deep = clamp((y - SHORE) / (1 - SHORE));
      let slope = 0;
      for (const ring of rings) {
        const [dx, dy] = [x - ring.x, (y - ring.y) / ring.flat];
        if (Math.abs(dx) > ring.radius + 0.1 || Math.abs(dy) > ring.radius + 0.1) continue;
        const from = Math.hypot(dx, dy) - ring.radius;
        // A crest with a trough behind it.
        slope += ring.strength * (bell(from, ring.width) - 0.7 * bell(from + 2.2 * ring.width, ring.width * 1.2));
      }
      const swell = noise.loop(x * 2.2, y * 9 * (1.4 - deep), share * 4, 4);
      const trees = SHORE - 0.07 - 0.06 * noise.plane(x * 5 + 20, 3.5) - 0.03 * noise.plane(x * 16 + 4, 8.5);
      const wood = smooth(trees - 0.01, trees + 0.01, y) * (1 - water);
      const dusk = smooth(-1, SHORE, y);
      // The sky's light lies on the water, darker under the trees of the shore.
      const mirror = 0.35 + 0.65 * smooth(0, 0.35, deep);
      const light = mirror * (0.19 - 0.06 * deep) + 0.024 * swell + 0.24 * slope;
      const sky = (1 - water) * (1 - wood);
      out.r = sky * (0.05 + 0.12 * dusk) + water * clamp(0.55 * light) + wood * 0.01;
      out.g = sky * (0.065 + 0.085 * dusk) + water * clamp(0.78 * light) + wood * 0.016;
      out.b = sky * (0.12 + 0.07 * dusk) + water * clamp(1.05 * light + 0.01) + wood * 0.02;
    });
    return image;
  };
};
