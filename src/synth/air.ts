import type { AudioNode } from "../audio/format.ts";
import type { Shape } from "./blocks.ts";
import type { Curve } from "./curves.ts";
import { alike, filtered, levelled } from "./nodes.ts";
import { pink } from "./noise.ts";

/** How alike the ears' noises are: enough that low notes are not felt as two. */
const ALIKE = 0.45;

/**
 * Pink noise about the listener, filtered: the air of a place.
 * @param shape makes one ear's filter
 * @param level linear; a curve is asked every 20 ms, and the level moves evenly between
 */
export const air = (seed: number, shape: () => Shape, level: number | Curve): AudioNode =>
  levelled(filtered(alike(pink, seed, ALIKE), shape(), shape()), level);
