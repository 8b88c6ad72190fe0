import type { AudioNode } from "../audio/format.ts";
import { softLowPass } from "./filters.ts";
import { filtered, levelled, surrounding } from "./nodes.ts";
import { pink } from "./noise.ts";

/** The quiet of a room, so that the rests are not dead. */
export const roomTone = (seed: number, level: number): AudioNode =>
  levelled(filtered(surrounding(pink, seed, { low: 0.9 }), softLowPass(500), softLowPass(500)), level);
