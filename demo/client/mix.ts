import { createCeiling } from "../../src/audio/ceiling.ts";
import { createFrame, type Frame } from "../../src/audio/format.ts";
import { addFrame } from "../../src/audio/gain.ts";
import { createLimiter } from "../../src/audio/limiter.ts";
import { SILENCE } from "../../src/audio/ramp.ts";
import type { SoundReaderPool } from "../../src/engine/playback/soundReader.ts";
import { createStreamGains } from "../../src/engine/playback/streamGains.ts";
import type { LayerSpec } from "../../src/engine/playback/trackLayer.ts";
import { createTrackList } from "../../src/engine/playback/trackList.ts";
import { type EntryId, id } from "../../src/kernel/ids.ts";
import { type Decibels, type Frames, framesIn, type Millis, millisIn } from "../../src/kernel/units.ts";
import { MAX_LOUDNESS } from "../../src/session/protocol.ts";
import { FADE_IN_RAMP, LAYER_RAMP, SKIP_CROSSFADE, START_RAMP } from "../../src/session/timing.ts";

/** As the bot's mixer, in dBTP. */
const MAX_TRUE_PEAK: Decibels = -3;

/** What the listener hears, mixed by the bot's own code; its time is the frames that it has rendered. */
export interface DemoMix {
  /** Plays these layers in place of those before, on a crossfade. */
  play(layers: readonly LayerSpec[]): void;
  setGain(sound: string, gainDb: Decibels): void;
  pause(): void;
  resume(): void;
  /**
   * Fades out over `fade` and is silent after `after`; undefined takes the timer away. A sound that fades comes back; one
   * that has faded stays silent until `resume`.
   */
  sleep(after: Millis | undefined, fade: Millis): void;
  /** Renders 20 ms. */
  render(frame: Frame): void;
  position(): Frames;
  /** What fade and pause take away. */
  level(): Decibels;
  left(): Millis | undefined;
  isFading(): boolean;
  /** Whether a timer has ended and nothing is heard. */
  isOver(): boolean;
}

/** Creates a mix in which nothing plays. */
export const createDemoMix = (readers: SoundReaderPool): DemoMix => {
  const gains = createStreamGains();
  const tracks = createTrackList(readers);
  const [ceiling, limiter] = [createCeiling(MAX_LOUDNESS), createLimiter(MAX_TRUE_PEAK)];
  const [heard, scratch] = [createFrame(), createFrame()];
  let position: Frames = 0;
  /** The frame at which the sound has ended, and the length of its fade. */
  let timer: { readonly endsAt: Frames; readonly fade: Frames } | undefined;
  let fades = false;
  let over = false;
  let entries = 0;
  const audibility = () => ({ isUnheard: tracks.all().length === 0 || gains.isSilent(), isEmpty: false });

  const awaken = () => {
    if (fades || over) gains.fadeIn(FADE_IN_RAMP, audibility());
    fades = over = false;
  };

  const checkTimer = () => {
    if (timer === undefined) return;
    const left = timer.endsAt - position;
    if (left <= timer.fade && !fades) {
      fades = true;
      gains.fadeOut(millisIn(left), SILENCE, audibility());
    }
    if (left > 0) return;
    timer = undefined;
    fades = false;
    over = true;
  };

  return {
    play(layers) {
      awaken();
      const ramp = tracks.all().length === 0 ? START_RAMP : SKIP_CROSSFADE;
      const track = tracks.open(id<EntryId>(`scene-${entries++}`), layers, 0);
      tracks.replace(track, framesIn(ramp), framesIn(ramp));
      gains.resume(audibility());
    },
    setGain(sound, gainDb) {
      const track = tracks.current();
      const specs = track?.specs().map((spec) => (spec.id === sound ? { ...spec, gainDb } : spec));
      if (specs !== undefined) track?.setLayers(specs, framesIn(LAYER_RAMP / 5));
    },
    pause: () => gains.pause(audibility()),
    resume() {
      awaken();
      gains.resume(audibility());
    },
    sleep(after, fade) {
      if (fades) awaken();
      timer =
        after === undefined ? undefined : { endsAt: position + framesIn(after), fade: framesIn(Math.min(fade, after)) };
    },
    render(frame) {
      frame.left.fill(0);
      frame.right.fill(0);
      if (tracks.all().length === 0 || gains.isSilent()) {
        gains.skip();
        return checkTimer();
      }
      for (const track of tracks.all()) {
        track.render(heard, scratch);
        addFrame(frame, heard);
      }
      for (const ramp of gains.ramps) ramp.apply(frame);
      ceiling.apply(frame);
      limiter.apply(frame);
      tracks.dropSilent();
      position += 1;
      checkTimer();
    },
    position: () => position,
    level: () => gains.level(),
    left: () => timer && millisIn(timer.endsAt - position),
    isFading: () => fades,
    isOver: () => over,
  };
};
