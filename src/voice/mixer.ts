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
export const LOUDEST: Decibels = -18;
/** Frames of nothing but the sound between the last ramp and its stored packets. */
const SETTLING: Frames = 2;

/** A quarter less work than the most, for 0.3 to 1.1 dB more noise and the same level errors (docs/performance.md). */
const EFFORT = 6;
const BITRATE = 96_000;
/** Next to packets from elsewhere, where a difference is heard as a change: half the level error. */
const JOINING = 384_000;
/** In which a listener's decoder forgets what came before a join. */
const AFTER_JOIN: Frames = 12;
/** The longest wait for a keyframe to go over to packets from elsewhere, and the settling. */
const BEFORE_JOIN: Frames = 52;

/** Parts, ramps, ceiling, limiter, encoder: the way of a frame that cannot go out as it is stored. */
export interface Mixer {
  /**
   * Begins anew.
   * @param ramps what turns the whole mix up and down
   * @param ceiling nothing leaves louder than this, in LUFS over three seconds
   * @param heard what listeners have heard up to now: encoder and limiter run over it first, so that the change is not heard
   */
  start(ramps: readonly Ramp[], ceiling: Decibels, heard: Part | undefined): void;
  setCeiling(lufs: Decibels): void;
  /**
   * Moves every part on by a frame.
   * @param failed is told of the layers that could not be decoded
   */
  render<Each extends Part>(parts: readonly Each[], failed: (part: Each, layer: Layer) => void): Packet;
  /** Whether limiter and ceiling change nothing. */
  calm(): boolean;
  /** Whether nothing but one settled part has been heard for long enough that packets from elsewhere may follow. */
  settled(): boolean;
}

/** Streams take one while they need it, and give it back. */
export const createMixer = (): Mixer => {
  const limiter = createLimiter(PEAK);
  const ceiling = createCeiling(LOUDEST);
  const encoder = createOpusEncoder({ bitrate: JOINING, complexity: EFFORT, evenRate: false });
  const [mix, heard, scratch] = [createFrame(), createFrame(), createFrame()];
  let ramps: readonly Ramp[] = [];
  let fresh = true;
  let pure: Frames = 0;
  let rendered: Frames = 0;
  let isJoining = true;
  const calm = () => limiter.idle() && ceiling.idle();

  const join = (joins: boolean) => {
    if (joins === isJoining) return;
    isJoining = joins;
    encoder.setBitrate(joins ? JOINING : BITRATE);
  };

  return {
    start(own, lufs, before) {
      ramps = own;
      encoder.reset();
      limiter.reset();
      ceiling.reset(Math.min(LOUDEST, lufs));
      pure = 0;
      rendered = 0;
      fresh = true;
      join(true);
      for (let back = PRE_ROLL; before && back > 0; back--) {
        before.renderBefore(back, mix, scratch);
        for (const each of ramps) each.hold(mix);
        limiter.apply(mix);
        encoder.encode(mix, before.isKeyframe(before.position() - back));
      }
    },
    setCeiling: (lufs) => ceiling.set(Math.min(LOUDEST, lufs)),
    render(parts, failed) {
      const target = parts.at(-1);
      // The first one, too: what an encoder predicts from is not quite what listeners' decoders hold.
      const keyframe = fresh || target?.isKeyframe(target.position()) === true;
      const still =
        parts.length === 1 && target!.side.settled() && target!.settled() && ramps.every((each) => each.settled());
      pure = still ? pure + 1 : 0;
      for (const [index, part] of parts.entries()) {
        // The first one is rendered in place; nothing has to be cleared.
        for (const layer of part.render(index === 0 ? mix : heard, scratch)) failed(part, layer);
        if (index > 0) add(mix, heard);
      }
      for (const each of ramps) each.apply(mix);
      ceiling.apply(mix);
      limiter.apply(mix);
      fresh = false;
      rendered += 1;
      join(rendered <= AFTER_JOIN || (pure > 0 && pure <= BEFORE_JOIN));
      return encoder.encode(mix, keyframe);
    },
    calm,
    settled: () => pure >= SETTLING && calm(),
  };
};
