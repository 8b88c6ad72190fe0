import { prng } from "../kernel/random.ts";

const TABLE = 256;

/** Gradient noise (Perlin 2002), about −1 to 1, 0 at whole numbers. */
export interface Noise {
  plane(x: number, y: number): number;
  /**
   * @param z comes round after `period`, so that what moves through it loops
   * @param period a whole number
   */
  loop(x: number, y: number, z: number, period: number): number;
}

const fade = (t: number): number => t * t * t * (t * (6 * t - 15) + 10);
const lerp = (a: number, b: number, t: number): number => a + (b - a) * t;

const gradient = (hash: number, x: number, y: number, z: number): number => {
  const h = hash & 15;
  const u = h < 8 ? x : y;
  const v = h < 4 ? y : h === 12 || h === 14 ? x : z;
  return ((h & 1) === 0 ? u : -u) + ((h & 2) === 0 ? v : -v);
};

/** Gradient noise in two dimensions that is the same for the same seed. */
export const createNoise = (seed: number): Noise => {
  const random = prng(seed);
  const order = Uint8Array.from({ length: TABLE }, (_, index) => index);
  for (let i = TABLE - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const hash = (x: number, y: number, z: number): number => order[(order[(order[x & 255]! + y) & 255]! + z) & 255]!;

  const loop = (x: number, y: number, z: number, period: number): number => {
    const ix = Math.floor(x);
    const iy = Math.floor(y);
    const whole = Math.floor(z);
    const iz = ((whole % period) + period) % period;
    const jz = (iz + 1) % period;
    const fx = x - ix;
    const fy = y - iy;
    const fz = z - whole;
    const u = fade(fx);
    const v = fade(fy);
    const layer = (kz: number, dz: number) =>
      lerp(
        lerp(gradient(hash(ix, iy, kz), fx, fy, dz), gradient(hash(ix + 1, iy, kz), fx - 1, fy, dz), u),
        lerp(gradient(hash(ix, iy + 1, kz), fx, fy - 1, dz), gradient(hash(ix + 1, iy + 1, kz), fx - 1, fy - 1, dz), u),
        v,
      );
    return lerp(layer(iz, fz), layer(jz, fz - 1), fade(fz));
  };

  const flat = (hashed: number, x: number, y: number): number => {
    const h = hashed & 7;
    const u = h < 4 ? x : y;
    const v = h < 4 ? y : x;
    return ((h & 1) === 0 ? u : -u) + ((h & 2) === 0 ? v : -v) * 0.5;
  };

  return {
    loop,
    plane(x, y) {
      const ix = Math.floor(x);
      const iy = Math.floor(y);
      const fx = x - ix;
      const fy = y - iy;
      const u = fade(fx);
      return lerp(
        lerp(flat(hash(ix, iy, 0), fx, fy), flat(hash(ix + 1, iy, 0), fx - 1, fy), u),
        lerp(flat(hash(ix, iy + 1, 0), fx, fy - 1), flat(hash(ix + 1, iy + 1, 0), fx - 1, fy - 1), u),
        fade(fy),
      );
    },
  };
};

/** Noise upon finer noise. @param octaves how many, each twice as fine and half as strong */
export const layered = (noise: Noise, x: number, y: number, octaves: number): number => {
  let sum = 0;
  let weight = 0.5;
  let scale = 1;
  for (let i = 0; i < octaves; i++) {
    sum += weight * noise.plane(x * scale + i * 17.3, y * scale - i * 9.1);
    weight /= 2;
    scale *= 2;
  }
  return sum;
};
