import { id, type SoundId } from "../kernel/ids.ts";
import type { Placement } from "../kernel/placement.ts";
import type { Decibels } from "../kernel/units.ts";
import type { Mix } from "./mix.ts";

/** Beneath what is heard over it. */
const BED_GAIN: Decibels = -4;

/** What goes on, in the middle, and what is heard over it: a sound, its gain and its place. */
const over = (bed: string, ...layers: readonly (readonly [string, Decibels, Placement])[]): Mix => [
  { sound: id<SoundId>(bed), gainDb: BED_GAIN, place: "centre" },
  ...layers.map(([sound, gainDb, place]) => ({ sound: id<SoundId>(sound), gainDb, place })),
];

/**
 * Mixes of built-in sounds that go well together: one scene, or a trigger over a bed that leaves its
 * band free and never covers it. Each begins with its bed, and what moves by itself is in the middle.
 */
export const GOOD_MIXES: readonly Mix[] = [
  over("rain-window", ["fire", -6, "left"]),
  over("rain-tent", ["brush-ears", -8, "centre"]),
  over("rain-garden", ["thunder", -8, "far"]),
  over("rain-garden", ["purr", -6, "near"]),
  over("rain-car", ["vinyl", -10, "near"]),
  over("rain-window", ["pages", -8, "right"]),
  over("rain-tin", ["fire", -8, "near"], ["wind", -14, "centre"]),
  over("cafe", ["rain-window", -8, "left"]),
  over("cafe", ["typing", -10, "right"]),
  over("cafe", ["pencil", -8, "centre"]),
  over("fire", ["forest-night", -10, "far"]),
  over("fire", ["crinkle-paper", -10, "centre"]),
  over("fire", ["pages", -8, "right"]),
  over("ocean", ["wind-chimes", -14, "far"]),
  over("ocean", ["scratch-fabric", -10, "centre"]),
  over("ocean", ["bowl", -10, "far"]),
  over("boat", ["ocean", -10, "centre"]),
  over("stream", ["dawn-birds", -10, "far"]),
  over("brook-light", ["wind-chimes", -12, "right"]),
  over("stream", ["towel", -8, "near"]),
  over("brook-light", ["pour", -10, "centre"]),
  over("wind", ["snow", -8, "near"]),
  over("wind", ["crickets", -12, "far"]),
  over("waterfall", ["forest-night", -8, "far"]),
  over("night-train", ["heartbeat", -6, "near"]),
  over("night-train", ["rain-window", -8, "right"]),
  over("cabin", ["ear-massage", -8, "centre"]),
  over("brown-noise", ["hand-lotion", -8, "centre"]),
  over("brown-noise", ["scalp", -8, "centre"]),
  over("pink-noise", ["ear-cupping", -8, "centre"]),
  over("washing-machine", ["towel", -8, "left"]),
  over("fan", ["marbles", -10, "centre"]),
  over("vinyl", ["sand-cutting", -8, "centre"]),
  over("pink-noise", ["tap-wood", -10, "centre"]),
];
