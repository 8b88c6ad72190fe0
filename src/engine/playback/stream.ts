import { type Packet, SILENCE_PACKET } from "../../audio/format.ts";
import { SILENCE } from "../../audio/ramp.ts";
import type { EntryId } from "../../kernel/ids.ts";
import type { Decibels, Frames, Millis } from "../../kernel/units.ts";
import { createMixResources, type MixResources } from "./mixResources.ts";
import type { EntryTrack } from "./mixTrack.ts";
import { createPacketSource, type PacketCounts } from "./packetSource.ts";
import { createProgressReporter, type StreamEvent } from "./progress.ts";
import { createStreamGains, RESUME_RAMP, rampFrames } from "./streamGains.ts";
import type { LayerSpec, TrackLayer } from "./trackLayer.ts";
import { createTrackList } from "./trackList.ts";

/** Discord's advice: five silence frames end a transmission, or listeners' decoders interpolate. */
const SILENCE_FRAMES = 5;
const SEEK_CROSSFADE: Millis = 250;

/**
 * The sound of one guild, packet by packet. It knows no clock: its time is the frames it has
 * rendered.
 */
export interface Stream {
  /**
   * Plays in place of what plays now. Each layer's lease is released once, when it is no longer
   * needed.
   */
  play(entry: EntryId, layers: readonly LayerSpec[], from: Frames, crossfade: Millis): void;
  /** Changes the mix that plays; does nothing while another entry plays. */
  setLayers(entry: EntryId, layers: readonly LayerSpec[], over: Millis): void;
  pause(): void;
  resume(): void;
  seek(to: Frames): void;
  /** Fades everything to silence; `silent` says when it is. */
  stop(over: Millis): void;
  setVolume(level: Decibels, over: Millis): void;
  /** Sets the loudness, in LUFS over three seconds, that nothing exceeds. */
  setCeiling(lufs: Decibels): void;
  /** Attenuates by so much while a member speaks; 0 comes back slowly. */
  duck(byDb: Decibels): void;
  /** @param to where it ends; silence by default */
  fadeOut(over: Millis, to?: Decibels): void;
  fadeIn(over: Millis): void;
  /** Brings the sound back on a ramp after an interruption in which nobody heard where it was. */
  restart(): void;
  /** @returns the next packet, or undefined while there is nothing to send */
  next(): Packet | undefined;
  /** Whether nothing is heard and the closing silence has been sent. */
  silent(): boolean;
  /** Releases every sound; nothing is heard after it. */
  close(): void;
  readonly counts: PacketCounts;
}

/**
 * Creates a stream in which nothing plays.
 * @param resources what the streams of a thread share
 */
export const createStream = (
  report: (event: StreamEvent) => void,
  resources: MixResources = createMixResources(),
): Stream => {
  const gains = createStreamGains();
  const tracks = createTrackList(resources.readers);
  const progress = createProgressReporter(report);
  let closing = 0;
  /**
   * The track whose existing packets go out until something is asked for: `next` need not look at
   * anything else.
   */
  let steadyTrack: EntryTrack | undefined;

  const isEmpty = () => tracks.all().length === 0;
  const isUnheard = () => isEmpty() || gains.isSilent();
  const audibility = () => ({ isUnheard: isUnheard(), isEmpty: isEmpty() });

  const reportFailed = (track: EntryTrack, layer: TrackLayer) => {
    tracks.release([layer.lease]);
    const reason = "The sound's file could not be decoded.";
    report(
      track.layers().length === 0
        ? { type: "soundFailed", entry: track.entry, reason }
        : { type: "layerFailed", entry: track.entry, sound: layer.id, reason },
    );
  };
  const source = createPacketSource(tracks, gains, resources, reportFailed);

  /**
   * Crossfades to the track where the stream is heard; switches at once where a pause or a fade
   * hides it.
   */
  const replace = (track: EntryTrack, over: Frames) => tracks.replace(track, over, gains.isSilent() ? 0 : over);
  /** The same mix at another position. */
  const reopen = (track: EntryTrack, from: Frames) => tracks.open(track.entry, track.specs(), from);

  const endFade = () => {
    if (gains.takeFadeEnd()) report({ type: "fadeEnded" });
  };

  /**
   * A frame that nobody hears: the position stands, and so does a fade while the stream is paused.
   */
  const nextUnheard = (): Packet | undefined => {
    source.interrupt();
    tracks.keep((track) => track.side.isFadedIn());
    tracks.releaseReaders();
    gains.skip();
    endFade();
    if (closing === 0) return undefined;
    closing -= 1;
    return SILENCE_PACKET;
  };

  const nextHeard = (): Packet => {
    closing = SILENCE_FRAMES;
    const settled = gains.isSettled() ? tracks.settled() : undefined;
    const existing = settled && source.existing(settled);
    if (existing !== undefined && !gains.isFadingOut()) steadyTrack = settled;
    const packet = existing ?? source.mix(settled !== undefined);
    const track = tracks.current();
    if (track) progress.advance(track);
    endFade();
    return packet;
  };

  /** While nothing is asked for, what existed before exists now. */
  const nextSteady = (track: EntryTrack): Packet | undefined => {
    const packet = source.again(track);
    if (packet !== undefined) progress.advance(track);
    return packet;
  };

  /** Leaves out layers whose file has no packets, and says so as long as others are heard. */
  const withoutEmpty = (entry: EntryId, specs: readonly LayerSpec[]): readonly LayerSpec[] => {
    const playable = specs.filter(({ lease }) => lease.sound.length > 0);
    for (const { id, lease } of specs) {
      if (lease.sound.length > 0) continue;
      lease.release();
      if (playable.length > 0) report({ type: "layerFailed", entry, sound: id, reason: "The sound is empty." });
    }
    return playable;
  };

  /** Whatever may change what is heard also ends the steady run of packets. */
  const changing =
    <Arguments extends readonly unknown[]>(change: (...given: Arguments) => void) =>
    (...given: Arguments): void => {
      steadyTrack = undefined;
      change(...given);
    };

  return {
    counts: source.counts,
    play: changing((entry, specs, from, crossfade) => {
      const playable = withoutEmpty(entry, specs);
      if (playable.length === 0) return report({ type: "soundFailed", entry, reason: "The sound is empty." });
      replace(tracks.open(entry, playable, from), rampFrames(crossfade));
      progress.begin();
    }),
    setLayers: changing((entry, specs, over) => {
      const track = tracks.current();
      const playable = track?.entry === entry ? withoutEmpty(entry, specs) : [];
      if (track?.entry !== entry || playable.length === 0) return tracks.release(specs.map(({ lease }) => lease));
      track.setLayers(playable, isUnheard() ? 0 : rampFrames(over));
    }),
    pause: changing(() => gains.pause(audibility())),
    resume: changing(() => gains.resume(audibility())),
    seek: changing((to) => {
      const track = tracks.current();
      if (track === undefined || Math.max(0, to) === track.position()) return;
      replace(reopen(track, to), rampFrames(SEEK_CROSSFADE));
      progress.jump();
    }),
    stop: changing((over) => tracks.fadeOutAll(rampFrames(over))),
    setVolume: changing((level, over) => gains.setVolume(level, over, audibility())),
    setCeiling: changing((lufs) => source.setCeiling(lufs)),
    // Asked for with each packet: only a change may cost anything.
    duck(byDb) {
      if (gains.duck(byDb, audibility())) steadyTrack = undefined;
    },
    fadeOut: changing((over, to = SILENCE) => gains.fadeOut(over, to, audibility())),
    fadeIn: changing((over) => gains.fadeIn(over, audibility())),
    restart: changing(() => {
      source.interrupt();
      const track = tracks.current();
      tracks.keep((each) => each === track);
      if (track === undefined) return;
      const back = reopen(track, track.position());
      back.side.fade("in", rampFrames(RESUME_RAMP));
      tracks.swap(track, back);
      progress.restart();
    }),
    silent: () => !source.isSounding() && closing === 0 && isUnheard(),
    close: changing(() => {
      tracks.keep(() => false);
      source.interrupt();
      closing = 0;
    }),
    next() {
      const steady = steadyTrack && nextSteady(steadyTrack);
      if (steady !== undefined) return steady;
      steadyTrack = undefined;
      return isUnheard() ? nextUnheard() : nextHeard();
    },
  };
};
