import { createCeiling } from "../../audio/ceiling.ts";
import { createFrame, type Packet } from "../../audio/format.ts";
import { addFrame } from "../../audio/gain.ts";
import { createLimiter } from "../../audio/limiter.ts";
import { createOpusEncoder } from "../../audio/opusEncoder.ts";
import type { Ramp } from "../../audio/ramp.ts";
import type { Decibels, Frames } from "../../kernel/units.ts";
import { MAX_LOUDNESS } from "../../session/protocol.ts";
import type { MixTrack } from "./mixTrack.ts";
import { PRE_ROLL } from "./soundReader.ts";
import type { TrackLayer } from "./trackLayer.ts";

/** The limit of everything that is mixed, in dBTP. */
const MAX_TRUE_PEAK: Decibels = -3;
/** Frames without any change between the last ramp and the return to stored packets. */
const SETTLING_FRAMES: Frames = 2;

/**
 * A quarter less work than the most, for 0.3 to 1.1 dB more noise and the same level errors
 * (docs/performance.md).
 */
const ENCODER_COMPLEXITY = 6;
const BITRATE = 96_000;
/**
 * Near a splice to other packets, where a difference is heard as a change: half the level error.
 */
const SPLICE_BITRATE = 384_000;
/** Frames in which a listener's decoder forgets what came before a splice. */
const AFTER_SPLICE: Frames = 12;
/** The longest wait for a keyframe at which to splice, and the settling. */
const BEFORE_SPLICE: Frames = 52;

/**
 * Mixes and encodes frames that cannot be sent as they are stored: tracks, ramps, ceiling, limiter,
 * encoder.
 */
export interface Mixer {
  /**
   * Starts from silence, or from what listeners have heard.
   * @param ramps the gains of the whole mix
   * @param ceiling the loudness that nothing exceeds, in LUFS over three seconds
   * @param heard what listeners have heard until now: encoder and limiter run over it first, so
   * that the splice is inaudible
   */
  start(ramps: readonly Ramp[], ceiling: Decibels, heard: MixTrack | undefined): void;
  setCeiling(lufs: Decibels): void;
  /**
   * Renders one frame of every track, and moves them on.
   * @param failed is told of each layer that could not be decoded
   */
  render<Track extends MixTrack>(tracks: readonly Track[], failed: (track: Track, layer: TrackLayer) => void): Packet;
  /** Whether limiter and ceiling change nothing. */
  idle(): boolean;
  /**
   * Whether one settled track has been heard alone for long enough that other packets may follow.
   */
  settled(): boolean;
}

/** Creates a mixer; streams take one from a pool while they need it. */
export const createMixer = (): Mixer => {
  const limiter = createLimiter(MAX_TRUE_PEAK);
  const ceiling = createCeiling(MAX_LOUDNESS);
  const encoder = createOpusEncoder({ bitrate: SPLICE_BITRATE, complexity: ENCODER_COMPLEXITY, evenRate: false });
  const [mix, heard, scratch] = [createFrame(), createFrame(), createFrame()];
  let ramps: readonly Ramp[] = [];
  let fresh = true;
  let pure: Frames = 0;
  let rendered: Frames = 0;
  let isJoining = true;
  const idle = () => limiter.isIdle() && ceiling.isIdle();

  const join = (joins: boolean) => {
    if (joins === isJoining) return;
    isJoining = joins;
    encoder.setBitrate(joins ? SPLICE_BITRATE : BITRATE);
  };

  return {
    start(own, lufs, before) {
      ramps = own;
      encoder.reset();
      limiter.reset();
      ceiling.reset(Math.min(MAX_LOUDNESS, lufs));
      pure = 0;
      rendered = 0;
      fresh = true;
      join(true);
      for (let back = PRE_ROLL; before && back > 0; back--) {
        before.renderBefore(back, mix, scratch);
        for (const each of ramps) each.applyWithoutAdvancing(mix);
        limiter.apply(mix);
        encoder.encode(mix, before.isKeyframe(before.position() - back));
      }
    },
    setCeiling: (lufs) => ceiling.set(Math.min(MAX_LOUDNESS, lufs)),
    render(tracks, failed) {
      const target = tracks.at(-1);
      // The first frame, too: what an encoder predicts from is not quite what listeners' decoders
      // hold.
      const keyframe = fresh || target?.isKeyframe(target.position()) === true;
      const still =
        tracks.length === 1 && target?.side.isSettled() && target.settled() && ramps.every((each) => each.isSettled());
      pure = still ? pure + 1 : 0;
      for (const [index, track] of tracks.entries()) {
        // The first one is rendered in place; nothing has to be cleared.
        for (const layer of track.render(index === 0 ? mix : heard, scratch)) failed(track, layer);
        if (index > 0) addFrame(mix, heard);
      }
      for (const each of ramps) each.apply(mix);
      ceiling.apply(mix);
      limiter.apply(mix);
      fresh = false;
      rendered += 1;
      join(rendered <= AFTER_SPLICE || (pure > 0 && pure <= BEFORE_SPLICE));
      return encoder.encode(mix, keyframe);
    },
    idle,
    settled: () => pure >= SETTLING_FRAMES && idle(),
  };
};
