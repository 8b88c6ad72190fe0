import { createCeiling } from "../audio/ceiling.ts";
import { createOpusEncoder } from "../audio/encode.ts";
import { createFrame, type Packet } from "../audio/format.ts";
import { add } from "../audio/gain.ts";
import { createLimiter } from "../audio/limiter.ts";
import type { Ramp } from "../audio/ramp.ts";
import type { Decibels, Frames } from "../kernel/units.ts";
import type { Layer } from "./layer.ts";
import type { Part } from "./part.ts";
import { PRE_ROLL } from "./reader.ts";

/** Nothing that is mixed leaves above this, in dBTP. */
const PEAK: Decibels = -3;
/** Nor above this for three seconds, in LUFS, unless a lower one is asked for; one sound alone stays far enough below. */
const LOUDEST: Decibels = -18;
/** Frames of nothing but the sound between the last ramp and its stored packets. */
const SETTLING: Frames = 2;

/** Parts, ceiling, ramps, limiter, encoder: the way of a frame that cannot go out as it is stored. */
export interface Mixer {
  running(): boolean;
  /** @param heard what listeners have heard up to now, as it is stored: encoder and limiter run over it first, so that the change is not heard */
  start(heard: Part | undefined): void;
  /** Nothing leaves louder than this, integrated over three seconds. */
  setCeiling(lufs: Decibels): void;
  /**
   * Moves every part on by a frame.
   * @param failed is told of the layers that could not be decoded
   */
  render(parts: readonly Part[], failed: (part: Part, layer: Layer) => void): Packet;
  /** Whether this part alone has been heard for long enough that its next stored packet may follow. */
  mayStop(part: Part): boolean;
  stop(): void;
}

/** @param ramps what turns the whole mix up and down */
export const createMixer = (ramps: readonly Ramp[]): Mixer => {
  const limiter = createLimiter(PEAK);
  let ceiling = createCeiling(LOUDEST);
  const [mix, heard, scratch] = [createFrame(), createFrame(), createFrame()];
  let encoder: ReturnType<typeof createOpusEncoder> | undefined;
  let fresh = true;
  let pure: Frames = 0;

  return {
    running: () => encoder !== undefined,
    setCeiling(lufs) {
      // What it has heard of the last three seconds is forgotten; the next ones are held.
      ceiling = createCeiling(Math.min(LOUDEST, lufs));
    },
    start(before) {
      encoder = createOpusEncoder();
      limiter.reset();
      ceiling.reset();
      pure = 0;
      fresh = true;
      for (let back = PRE_ROLL; before && back > 0; back--) {
        before.renderBefore(back, scratch);
        limiter.apply(scratch);
        encoder.encode(scratch, before.isKeyframe(before.position() - back));
      }
    },
    render(parts, failed) {
      const target = parts.at(-1);
      // The first one, too: what an encoder predicts from is not quite what listeners' decoders hold.
      const keyframe = fresh || target?.isKeyframe(target.position()) === true;
      const changing =
        parts.length !== 1 || !parts[0]!.side.settled() || !parts[0]!.plain() || ramps.some((each) => !each.settled());
      pure = changing ? 0 : pure + 1;
      mix.left.fill(0);
      mix.right.fill(0);
      for (const part of parts) {
        for (const layer of part.render(heard, scratch)) failed(part, layer);
        add(mix, heard);
      }
      ceiling.apply(mix);
      for (const each of ramps) each.apply(mix);
      limiter.apply(mix);
      fresh = false;
      return encoder!.encode(mix, keyframe);
    },
    mayStop: (part) =>
      encoder === undefined ||
      (pure >= SETTLING && limiter.idle() && ceiling.idle() && part.isKeyframe(part.position())),
    stop() {
      encoder = undefined;
    },
  };
};
