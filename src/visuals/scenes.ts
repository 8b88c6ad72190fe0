import { type BreathName, breathSeconds } from "../kernel/breath.ts";
import type { Scene } from "./scene.ts";
import { breathingHands } from "./scenes/breathingHands.ts";
import { breathingLight } from "./scenes/breathingLight.ts";
import { candle } from "./scenes/candle.ts";
import { combing } from "./scenes/combing.ts";
import { foldingCloth } from "./scenes/foldingCloth.ts";
import { inkInWater } from "./scenes/inkInWater.ts";
import { lighthouse } from "./scenes/lighthouse.ts";
import { northernLights } from "./scenes/northernLights.ts";
import { rainOnLake } from "./scenes/rainOnLake.ts";
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

/** One breath; it stands still best where the lungs are full. */
const breathing = (name: BreathName, still: number): Drawing => ({
  scene: breathingLight(name),
  version: 2,
  seed: 1,
  seconds: breathSeconds(name),
  still,
});
const handsOf = (name: BreathName, still: number): Drawing => ({
  scene: breathingHands(name),
  version: 1,
  seed: 7,
  seconds: breathSeconds(name),
  still,
});

/** By the id of a visual. */
export const DRAWINGS: ReadonlyMap<string, Drawing> = new Map<string, Drawing>([
  ["breathing-light", breathing("4-6", 0.42)],
  ["sand-raked", { scene: sandRaked, version: 1, seed: 7, seconds: 12, still: 0.62 }],
  ["ink-in-water", { scene: inkInWater, version: 1, seed: 7, seconds: 12, still: 0.1 }],
  ["candle", { scene: candle, version: 1, seed: 7, seconds: 8, still: 0.4 }],
  ["slow-hands", { scene: slowHands, version: 1, seed: 7, seconds: 11, still: 0 }],
  ["combing", { scene: combing, version: 1, seed: 7, seconds: 11, still: 0.45 }],
  ["folding-cloth", { scene: foldingCloth, version: 1, seed: 7, seconds: 13, still: 0.16 }],
  ["rain-on-window", { scene: rainOnWindow, version: 1, seed: 7, seconds: 10, still: 0.36 }],
  ["breathing-box", breathing("box", 0.3)],
  ["breathing-4-7-8", breathing("4-7-8", 0.3)],
  ["breathing-sigh", breathing("sigh", 0.42)],
  ["northern-lights", { scene: northernLights, version: 1, seed: 7, seconds: 13, still: 0.5 }],
  ["lighthouse", { scene: lighthouse, version: 1, seed: 7, seconds: 12, still: 0 }],
  ["rain-on-lake", { scene: rainOnLake, version: 1, seed: 7, seconds: 12, still: 0.5 }],
  ["breathing-hands", handsOf("4-6", 0.4)],
]);

/** By what a page asks for: the hands follow any way to breathe, such as `breathing-hands box`. */
export const LIVE_DRAWINGS: ReadonlyMap<string, Drawing> = new Map([
  ...DRAWINGS,
  ["breathing-hands box", handsOf("box", 0.3)],
  ["breathing-hands 4-7-8", handsOf("4-7-8", 0.3)],
  ["breathing-hands sigh", handsOf("sigh", 0.42)],
]);
