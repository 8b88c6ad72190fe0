import { createImage, paint } from "../image.ts";
import { createNoise } from "../noise.ts";
import { bell, clamp, mix, smooth, TURN, wrap } from "../numbers.ts";
import type { Scene } from "../scene.ts";

/** Where the comb is at the beginning and at the end, above and below the picture. */
const START = -1.45;
const END = 1.6;
/** Teeth a unit of width. */
const TEETH = 12;
const HALF = 0.62;
const LENGTH = 0.2;

/** A comb draws slowly through long hair, which lies smooth behind it and loosens again. */
export const combing: Scene = ({ size, frames, seed }) => {
  const image = createImage(size);
  const noise = createNoise(seed);
  // Hair across: locks, strands and single hairs.
  const WIDE = 4096;
  const hair = Float32Array.from({ length: WIDE }, (_, index) => {
    const s = (index / WIDE) * 4 - 2;
    return (
      0.5 * noise.plane(s * 7 + 0.3, 0.5) + 0.55 * noise.plane(s * 26 + 0.7, 3.5) + 0.6 * noise.plane(s * 75 + 0.1, 7.5)
    );
  });
  const strand = (s: number): number => {
    const at = clamp(((s + 2) / 4) * WIDE, 0, WIDE - 2);
    const index = Math.floor(at);
    return mix(hair[index]!, hair[index + 1]!, at - index);
  };

  return (frame) => {
    const phase = frame / frames;
    const head = mix(START, END, phase);
    const middle = 0.03 * Math.sin(phase * TURN + 1);
    paint(image, (x, y, out) => {
      const age = wrap(phase - (y - START) / (END - START));
      const within = smooth(HALF + 0.12, HALF - 0.1, Math.abs(x - middle));
      // Loose again by and by: what lies before the comb is what time has undone.
      const loose = mix(1, smooth(0.12, 0.9, age), within);
      const wave =
        (0.05 * Math.sin(y * 3.1 + x * 2.2 + 0.6) +
          0.026 * Math.sin(y * 6.3 + x * 5 + 2) +
          0.03 * noise.plane(x * 3.2, y * 2.4)) *
        loose;
      const fall = 0.06 * (y + 1) * x;
      const s = x + wave - fall;
      const fine = strand(s);
      const lock = noise.plane(s * 4.2, y * 0.5 + 3);
      // Loose hairs that lie across the others.
      const stray =
        loose * 0.55 * Math.max(0, noise.plane((s + 0.16 * y + 0.05 * Math.sin(y * 4)) * 42, y * 0.9 + 9) - 0.28);
      const body = 0.5 + 0.5 * Math.cos(clamp(x * 1.05, -1.5, 1.5));
      // Two bands of light that lie across the strands; each hair takes them a little higher or lower.
      const shift = 0.16 * fine + 0.13 * lock + wave * 2.4;
      const high = bell(y + 0.34 + 0.22 * x * x + shift, mix(0.2, 0.28, loose));
      const low = bell(y - 0.55 - 0.12 * x * x + shift, 0.34);
      const shine = (0.62 * high + 0.3 * low) * (0.5 + 0.5 * clamp(0.5 + fine));
      const light =
        body * (0.11 + 0.085 * fine + 0.07 * lock + 0.3 * stray * body) + body * shine * mix(0.62, 0.4, loose);
      const level = Math.max(0.008, light);
      let r = 0.012 + level * 0.92;
      let g = 0.01 + level * 0.58 + shine * body * 0.05;
      let b = 0.012 + level * 0.34 + shine * body * 0.07;

      // The comb: a spine of wood above, teeth that go down into the hair.
      const dy = y - head;
      const dx = x - middle;
      const bow = dy + 0.1 + 0.05 * (dx / HALF) ** 2;
      const spineHalf = 0.085;
      const ends = smooth(HALF + 0.008, HALF - 0.008, Math.abs(dx) + 0.5 * Math.max(0, Math.abs(bow) - 0.05));
      const spine = smooth(spineHalf + 0.008, spineHalf - 0.008, Math.abs(bow)) * ends;
      const tooth = Math.abs(wrap(dx * TEETH) - 0.5) / TEETH;
      const down = clamp((dy + 0.03) / LENGTH);
      const taper = mix(0.019, 0.008, down);
      const teeth =
        smooth(taper + 0.004, taper - 0.004, tooth) *
        smooth(LENGTH, LENGTH - 0.03, dy + 0.03) *
        smooth(-0.02, 0, dy) *
        smooth(HALF, HALF - 0.02, Math.abs(dx));
      // It lies on the hair, so that hair parts between its teeth and darkens below it.
      const shade = smooth(HALF + 0.1, HALF - 0.05, Math.abs(dx)) * bell(dy - 0.06, 0.17);
      r *= 1 - 0.55 * shade;
      g *= 1 - 0.55 * shade;
      b *= 1 - 0.55 * shade;
      // Teeth sink in towards their ends.
      const over = Math.max(spine, teeth * mix(1, 0.25, down * down));
      if (over > 0) {
        const round =
          spine > 0.5
            ? clamp(0.75 - 0.55 * (bow / spineHalf) - 0.25 * (bow / spineHalf) ** 2)
            : 0.55 - (14 * (wrap(dx * TEETH) - 0.5)) / TEETH;
        const grain = 0.9 + 0.16 * noise.plane(dx * 3, bow * 60 + 0.4 * Math.sin(dx * 5));
        const wood = (0.1 + 0.42 * clamp(round)) * grain;
        r = mix(r, wood, over);
        g = mix(g, wood * 0.66, over);
        b = mix(b, wood * 0.4, over);
      }
      out.r = r;
      out.g = g;
      out.b = b;
    });
    return image;
  };
};
