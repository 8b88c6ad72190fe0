import type { Scene } from "./scene.ts";
import { breathingLight } from "./scenes/breathingLight.ts";
import { candle } from "./scenes/candle.ts";
import { combing } from "./scenes/combing.ts";
import { foldingCloth } from "./scenes/foldingCloth.ts";
import { inkInWater } from "./scenes/inkInWater.ts";
import { rainOnWindow } from "./scenes/rainOnWindow.ts";
import { sandRaked } from "./scenes/sandRaked.ts";
import { slowHands } from "./scenes/slowHands.ts";

/** How a visual is drawn. */
export interface Drawing {
  readonly scene: Scene;
  /** Raised when what is drawn changes. */
  readonly version: number;
  readonly seed: number;
  readonly seconds: number;
  /** The share of the loop at which it stands still best. */
  readonly still: number;
}

/** By the id of a visual. */
export const DRAWINGS: ReadonlyMap<string, Drawing> = new Map<string, Drawing>([
  ["breathing-light", { scene: breathingLight, version: 1, seed: 1, seconds: 10, still: 0.42 }],
  ["sand-raked", { scene: sandRaked, version: 1, seed: 7, seconds: 12, still: 0.62 }],
  ["ink-in-water", { scene: inkInWater, version: 1, seed: 7, seconds: 12, still: 0.1 }],
  ["candle", { scene: candle, version: 1, seed: 7, seconds: 8, still: 0.4 }],
  ["slow-hands", { scene: slowHands, version: 1, seed: 7, seconds: 11, still: 0 }],
  ["combing", { scene: combing, version: 1, seed: 7, seconds: 11, still: 0.45 }],
  ["folding-cloth", { scene: foldingCloth, version: 1, seed: 7, seconds: 13, still: 0.16 }],
  ["rain-on-window", { scene: rainOnWindow, version: 1, seed: 7, seconds: 10, still: 0.36 }],
]);
