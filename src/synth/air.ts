import type { AudioNode } from "../audio/format.ts";
import type { Shape } from "./blocks.ts";
import type { Curve } from "./curves.ts";
import { filtered, levelled, surrounding } from "./nodes.ts";
import { pink } from "./noise.ts";

/** Low notes are felt as one, and nothing is as narrow as a point. */
const SHARING = { low: 0.85, high: 0.45 };

/**
 * Pink noise about the listener, filtered: the air of a place.
 * @param shape makes one ear's filter
 * @param level linear; a curve is asked every 20 ms, and the level moves evenly between
 */
export const air = (seed: number, shape: () => Shape, level: number | Curve): AudioNode =>
  levelled(filtered(surrounding(pink, seed, SHARING), shape(), shape()), level);
