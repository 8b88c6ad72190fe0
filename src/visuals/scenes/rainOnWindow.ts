import { prng, type Random } from "../../kernel/random.ts";
import { createImage, paint } from "../image.ts";
import { bell, clamp, ease, mix, smooth, TURN, wrap } from "../numbers.ts";
import type { Scene } from "../scene.ts";

const LIGHTS = 17;
const BEADS = 330;
const RUNNERS = 13;
/** The street is kept as a picture of so many points a side. */
const STREET = 160;

interface Bead {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** When in the loop it begins to grow again. */
  readonly born: number;
}

interface Runner {
  readonly x: number;
  readonly radius: number;
  readonly born: number;
  readonly wander: number;
  readonly from: number;
}

/** Where a runner is at its age from 0 to 1: it waits, slides, waits and slides on. */
const fallOf = ({ from }: Runner, age: number): number =>
  from + 0.62 * ease((age - 0.12) / 0.36) + (1.35 - from) * ease((age - 0.5) / 0.46);
const pathOf = ({ x, wander }: Runner, y: number): number =>
  x + 0.028 * Math.sin(y * 4 + wander) + 0.012 * Math.sin(y * 11 + wander * 3);

/** Lights of a street at night, out of focus. */
const streetOf = (random: Random): Float32Array => {
  const field = new Float32Array(STREET * STREET * 3);
  const colours = [
    [1, 0.62, 0.26],
    [1, 0.46, 0.2],
    [0.95, 0.75, 0.5],
    [0.35, 0.55, 0.8],
    [0.8, 0.2, 0.16],
    [0.25, 0.6, 0.5],
  ] as const;
  const lights = Array.from({ length: LIGHTS }, () => ({
    x: random() * 2.2 - 1.1,
    y: 0.12 + 0.62 * (random() + random() - 1),
    radius: 0.1 + 0.11 * random(),
    strength: 0.12 + 0.22 * random(),
    colour: colours[Math.floor(random() ** 1.5 * colours.length)]!,
  }));
  for (let i = 0; i < STREET * STREET; i++) {
    const x = (((i % STREET) + 0.5) / STREET) * 2 - 1;
    const y = ((Math.floor(i / STREET) + 0.5) / STREET) * 2 - 1;
    const sky = smooth(1.1, -0.9, y);
    const out = [0.02 + 0.02 * sky, 0.026 + 0.032 * sky, 0.044 + 0.058 * sky];
    for (const light of lights) {
      const distance = Math.hypot(x - light.x, y - light.y) / light.radius;
      const disc =
        light.strength *
        (smooth(1.06, 0.84, distance) * (0.72 + 0.28 * distance * distance) + 0.14 * bell(distance, 1.9));
      for (let c = 0; c < 3; c++) out[c]! += disc * light.colour[c]!;
    }
    field.set(out, i * 3);
  }
  return field;
};

/** Drops on a window at night; a few slide down, and leave a trail that beads again. */
export const rainOnWindow: Scene = ({ size, frames, seed }) => {
  const image = createImage(size);
  const random = prng(seed);
  const street = streetOf(random);
  const beads: Bead[] = Array.from({ length: BEADS }, () => ({
    x: random() * 2.1 - 1.05,
    y: random() * 2.1 - 1.05,
    radius: 0.011 + 0.03 * random() ** 3.2,
    born: random(),
  }));
  const runners: Runner[] = Array.from({ length: RUNNERS }, (_, index) => ({
    x: ((index + 0.2 + 0.6 * random()) / RUNNERS) * 2 - 1,
    radius: 0.034 + 0.018 * random(),
    born: random(),
    wander: random() * TURN,
    from: -1.15 + 0.75 * random(),
  }));
  const look = (x: number, y: number, channel: number): number => {
    const px = clamp(((x + 1) / 2) * STREET - 0.5, 0, STREET - 1.001);
    const py = clamp(((y + 1) / 2) * STREET - 0.5, 0, STREET - 1.001);
    const ix = Math.floor(px);
    const iy = Math.floor(py);
    const at = (iy * STREET + ix) * 3 + channel;
    const upper = mix(street[at]!, street[at + 3]!, px - ix);
    return mix(upper, mix(street[at + STREET * 3]!, street[at + STREET * 3 + 3]!, px - ix), py - iy);
  };
  const pixel = 2 / size;

  return (frame) => {
    const phase = frame / frames;
    // First the street through wet glass, clearer where a drop has run.
    const tracks = runners.map((runner) => {
      const age = wrap(phase - runner.born);
      return { runner, age, y: fallOf(runner, age) };
    });
    paint(image, (x, y, out) => {
      let clear = 0;
      for (const { runner, age, y: head } of tracks) {
        if (Math.abs(x - runner.x) > 0.1 || y > head || y < runner.from) continue;
        const trail = smooth(runner.radius * 0.8, runner.radius * 0.5, Math.abs(x - pathOf(runner, y)));
        clear = Math.max(clear, trail * smooth(1, 0.72, age) * smooth(0, 0.1, head - y + 0.03));
      }
      const mist = 0.74 + 0.04 * Math.sin(x * 3 + y * 2);
      const shade = mix(mist, 0.98, clear);
      out.r = look(x, y, 0) * shade + (1 - clear) * 0.008;
      out.g = look(x, y, 1) * shade + (1 - clear) * 0.009;
      out.b = look(x, y, 2) * shade + (1 - clear) * 0.012;
    });

    /** A drop is a lens: the street in it is small and upside down, dark at its rim, with one point of light. */
    const lens = (cx: number, cy: number, radius: number, tall: number, seen: number) => {
      if (seen <= 0.001 || radius <= pixel * 0.3) return;
      const { rgb } = image;
      const left = Math.max(0, Math.floor((cx - radius + 1) / pixel - 1));
      const right = Math.min(size - 1, Math.ceil((cx + radius + 1) / pixel + 1));
      const top = Math.max(0, Math.floor((cy - radius * tall * 1.5 + 1) / pixel - 1));
      const bottom = Math.min(size - 1, Math.ceil((cy + radius * tall + 1) / pixel + 1));
      for (let row = top; row <= bottom; row++)
        for (let column = left; column <= right; column++) {
          const dx = ((column + 0.5) * pixel - 1 - cx) / radius;
          const raw = ((row + 0.5) * pixel - 1 - cy) / radius;
          // Heavier below.
          const dy = raw < 0 ? raw / (tall * 1.25) : raw / tall;
          const slim = dx * (1 + 0.3 * Math.max(0, -dy));
          const distance = Math.hypot(slim, dy);
          if (distance > 1.15) continue;
          const cover = smooth(1 + pixel / radius, 1 - pixel / radius, distance) * seen;
          const bend = 0.15 + 0.75 * distance * distance;
          const lx = cx - slim * bend * 0.75;
          const ly = 0.12 - dy * bend * 0.85 + cy * 0.12;
          const rim = mix(1.25, 0.3, smooth(0.55, 1.02, distance));
          const point =
            0.4 * bell(Math.hypot(slim + 0.34, dy + 0.4), 0.2) +
            0.12 * smooth(0.5, 0.95, dy) * smooth(1, 0.85, distance);
          const at = (row * size + column) * 3;
          rgb[at] = mix(rgb[at]!, look(lx, ly, 0) * rim * 1.15 + point * 0.75, cover);
          rgb[at + 1] = mix(rgb[at + 1]!, look(lx, ly, 1) * rim * 1.15 + point * 0.8, cover);
          rgb[at + 2] = mix(rgb[at + 2]!, look(lx, ly, 2) * rim * 1.15 + point * 0.9, cover);
        }
    };

    for (const bead of beads) {
      const age = wrap(phase - bead.born);
      let seen = smooth(0, 0.22, age) * smooth(1, 0.86, age);
      // A runner takes along what it meets.
      for (const { runner, age: ran, y } of tracks)
        if (Math.abs(bead.x - pathOf(runner, bead.y)) < runner.radius + bead.radius * 0.4 && bead.y > runner.from)
          seen *= mix(1, smooth(0.85, 1, ran), smooth(bead.y - 0.06, bead.y + 0.02, y));
      lens(bead.x, bead.y, bead.radius * (0.75 + 0.25 * seen), 1, seen);
    }
    for (const { runner, age, y } of tracks) {
      // What stays behind on its way.
      for (let step = 1; step < 16; step++) {
        const ty = runner.from + step * 0.13 + 0.03 * Math.sin(step * 7 + runner.wander);
        const passed = smooth(0.05, 0.22, y - ty);
        const small = runner.radius * (0.2 + 0.16 * Math.abs(Math.sin(step * 3.7 + runner.wander)));
        lens(pathOf(runner, ty) + 0.006 * Math.sin(step * 5), ty, small, 1.15, passed * smooth(1, 0.8, age));
      }
      const seen = smooth(0, 0.1, age) * smooth(1, 0.95, age);
      lens(pathOf(runner, y), y, runner.radius * (0.7 + 0.3 * smooth(0, 0.12, age)), 1.2, seen);
    }
    return image;
  };
};
