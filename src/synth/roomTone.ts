import type { AudioNode } from "../audio/format.ts";
import { chain, highPass, softLowPass } from "./filters.ts";
import { filtered, levelled, surrounding } from "./nodes.ts";
import { pink } from "./noise.ts";

/** A room without what only rumbles. */
const walls = () => chain(highPass(120), softLowPass(500));

/** The quiet of a room, so that the rests are not dead. */
export const roomTone = (seed: number, level: number): AudioNode =>
  levelled(filtered(surrounding(pink, seed, { low: 0.9 }), walls(), walls()), level);
