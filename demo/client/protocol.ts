import type { Placement } from "../../src/kernel/placement.ts";
import type { Decibels, Frames, Millis } from "../../src/kernel/units.ts";

/** A layer with its file. */
export interface LayerRequest {
  readonly id: string;
  readonly url: string;
  readonly gainDb: Decibels;
  readonly place: Placement;
}

/** From the page to the worker that mixes. */
export type MixCommand =
  /** Where finished frames go: the audio worklet. */
  | { readonly type: "output"; readonly port: MessagePort }
  | { readonly type: "play"; readonly layers: readonly LayerRequest[] }
  | { readonly type: "layer"; readonly id: string; readonly gainDb: Decibels }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  /** A sleep timer; undefined takes it away. */
  | { readonly type: "sleep"; readonly after: Millis | undefined; readonly fade: Millis };

/** From that worker to the page. */
export type MixReport =
  | { readonly type: "playing" }
  | { readonly type: "failed" }
  /** A timer has ended, and nothing is heard. It is told once, so that no report of it can follow a press of play. */
  | { readonly type: "over" }
  | {
      readonly type: "state";
      /** Frames mixed since the beginning. */
      readonly position: Frames;
      /** What the timer's fade and a pause take away, in decibels. */
      readonly level: Decibels;
      readonly left: Millis | undefined;
      readonly isFading: boolean;
    };
