import { SAMPLE_RATE } from "../audio/format.ts";

/**
 * A bubble in water (van den Doel 2005, "Physically based models for liquid sounds"): it rings at 3/r and dies away by
 * radiation and heat; one that forms near the surface rises in pitch.
 * @param radius metres, 0.00016 to 0.004
 * @param rise 0 for a bubble deep down, 0.1 for one near the surface
 */
export const bubble = (radius: number, level: number, rise: number): Float32Array => {
  const frequency = 3 / radius;
  const damping = 0.13 / radius + 0.0072 * radius ** -1.5;
  const out = new Float32Array(Math.min(Math.ceil((5.5 / damping) * SAMPLE_RATE), SAMPLE_RATE / 5));
  const turn = (2 * Math.PI * frequency) / SAMPLE_RATE;
  const climb = (turn * rise * damping) / SAMPLE_RATE;
  // A decaying phasor whose step itself turns: no sine in the loop, of which a brook needs millions a second.
  const fall = Math.exp(-damping / SAMPLE_RATE);
  let [re, im] = [level, 0];
  let [stepRe, stepIm] = [fall * Math.cos(turn), fall * Math.sin(turn)];
  const [bendRe, bendIm] = [Math.cos(climb), Math.sin(climb)];
  for (let i = 0; i < out.length; i++) {
    const turned = re * stepRe - im * stepIm;
    im = re * stepIm + im * stepRe;
    re = turned;
    const bent = stepRe * bendRe - stepIm * bendIm;
    stepIm = stepRe * bendIm + stepIm * bendRe;
    stepRe = bent;
    out[i] = i < 16 ? (im * i) / 16 : im;
  }
  return out;
};

/**
 * A radius in metres, distributed as r^−exponent. Larger ones than `most` are drawn again, for holding them at the limit
 * would make all of them ring at one pitch.
 */
export const bubbleRadius = (random: () => number, least: number, most: number, exponent: number): number => {
  for (;;) {
    const radius = least * (1 - random()) ** (-1 / (exponent - 1));
    if (radius <= most) return radius;
  }
};
