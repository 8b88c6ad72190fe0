import type { Placement } from "../src/kernel/placement.ts";
import type { Decibels } from "../src/kernel/units.ts";
import type { Word } from "./words.ts";

/** One sound of a scene. */
interface SceneLayer {
  /** Of the catalogue. */
  readonly id: string;
  readonly gainDb: Decibels;
  readonly place: Placement;
}

/** A mix with a visual that goes with it. */
export interface Scene {
  readonly id: string;
  readonly title: Word;
  readonly visual: string;
  readonly layers: readonly SceneLayer[];
}

/** What the demo offers, in this order. The first can be heard without a network after the first visit. */
export const SCENES: readonly Scene[] = [
  {
    id: "rain",
    title: "rain",
    visual: "rain-on-window",
    layers: [
      { id: "rain-window", gainDb: 0, place: "centre" },
      { id: "wind", gainDb: -9, place: "far" },
    ],
  },
  {
    id: "whisper",
    title: "whisper",
    visual: "ink-in-water",
    layers: [
      { id: "whisper-babble", gainDb: 0, place: "centre" },
      { id: "pink-noise", gainDb: -12, place: "centre" },
    ],
  },
  {
    id: "hearth",
    title: "hearth",
    visual: "candle",
    layers: [
      { id: "fire", gainDb: 0, place: "centre" },
      { id: "wind", gainDb: -9, place: "far" },
    ],
  },
  {
    id: "cat",
    title: "cat",
    visual: "breathing-light",
    layers: [
      { id: "purr", gainDb: 0, place: "near" },
      { id: "fire", gainDb: -9, place: "right" },
    ],
  },
  {
    id: "ocean",
    title: "ocean",
    visual: "sand-raked",
    layers: [
      { id: "ocean", gainDb: 0, place: "centre" },
      { id: "brown-noise", gainDb: -12, place: "centre" },
    ],
  },
];
