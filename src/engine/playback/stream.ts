import type { Packet } from "../../audio/format.ts";
import { SILENCE_PACKET } from "../../audio/format.ts";
import { createRamp, SILENCE } from "../../audio/ramp.ts";
import type { EntryId } from "../../kernel/ids.ts";
import { type Decibels, type Frames, framesIn, type Millis } from "../../kernel/units.ts";
import { MAX_LOUDNESS } from "../../session/protocol.ts";
import type { Mixer } from "./mixer.ts";
import { createMixResources, type MixResources } from "./mixResources.ts";
import { createMixTrack, type EntryTrack } from "./mixTrack.ts";
import { createProgressReporter, type StreamEvent } from "./progress.ts";
import type { SharedMix } from "./sharedMix.ts";
import type { LayerSpec, SoundLease, TrackLayer } from "./trackLayer.ts";

/** Discord's advice: five silence frames end a transmission, or listeners' decoders interpolate. */
const SILENCE_FRAMES = 5;
const PAUSE_RAMP: Millis = 300;
const RESUME_RAMP: Millis = 500;
const SEEK_CROSSFADE: Millis = 250;
const MIN_RAMP: Millis = 60;
/** While a member speaks, and after it. */
const DUCK_RAMP: Millis = 250;
const UNDUCK_RAMP: Millis = 3_000;
/** More sounds than this at once are nobody's wish: the oldest leave on the shortest ramp. */
const MAX_TRACKS = 4;

/** The sound of one guild, packet by packet; it knows nothing of time but the frames it has rendered. */
export interface Stream {
  /** Each layer's loan is given back once, when it is needed no more. */
  play(entry: EntryId, layers: readonly LayerSpec[], from: Frames, crossfade: Millis): void;
  /** What plays becomes this mix; nothing where it is another entry that plays. */
  setLayers(entry: EntryId, layers: readonly LayerSpec[], over: Millis): void;
  pause(): void;
  resume(): void;
  seek(to: Frames): void;
  /** Everything to silence; `silent` tells when. */
  stop(over: Millis): void;
  setVolume(level: Decibels, over: Millis): void;
  /** Nothing leaves louder than this, in LUFS over three seconds. */
  setCeiling(lufs: Decibels): void;
  /** Softer by so much while somebody speaks; 0 comes back, slowly. */
  duck(byDb: Decibels): void;
  /** @param to where it ends; silence, unless something else is said */
  fadeOut(over: Millis, to?: Decibels): void;
  fadeIn(over: Millis): void;
  /** After an interruption nobody heard where it was: the sound comes back on a ramp. */
  restart(): void;
  /** @returns the next packet, or undefined while there is nothing to send */
  next(): Packet | undefined;
  /** Nothing is heard, and the closing silence has been sent. */
  silent(): boolean;
  /** Gives every sound back; nothing is heard after it. */
  close(): void;
  /** Packets sent as they were stored, packets encoded for whoever plays the same, and packets encoded for this stream alone. */
  readonly counts: { readonly passed: number; readonly shared: number; readonly mixed: number };
}

const rampFrames = (over: Millis): Frames => framesIn(Math.max(MIN_RAMP, over));

/** @param resources what the streams of a thread share */
export const createStream = (
  report: (event: StreamEvent) => void,
  resources: MixResources = createMixResources(),
): Stream => {
  const volume = createRamp();
  const fade = createRamp();
  const pauseRamp = createRamp();
  const ducking = createRamp();
  const ramps = [volume, fade, pauseRamp, ducking];
  let mixer: Mixer | undefined;
  let sharedMix: SharedMix | undefined;
  let ceiling = MAX_LOUDNESS;
  const progress = createProgressReporter(report);
  const counts = { passed: 0, shared: 0, mixed: 0 };
  /** The one that was asked for last comes last. */
  let tracks: EntryTrack[] = [];
  let closing = 0;
  /** The listeners' decoders have heard the frame before. */
  let isSounding = false;
  /** What goes out as it is there, until something is asked for: `next` need not look at anything else. */
  let steadyTrack: EntryTrack | undefined;
  /** Where a fade is to end, while one is under way. */
  let fadeEnd: Decibels | undefined;

  const current = () => {
    const last = tracks.at(-1);
    return last?.side.isFadedIn() ? last : undefined;
  };
  const isUnheard = () => tracks.length === 0 || ramps.some((each) => each.isSilent());

  const open = (entry: EntryId, layers: readonly LayerSpec[], from: Frames): EntryTrack => ({
    entry,
    ...createMixTrack(layers, from, resources.readers),
  });
  const stopMixing = () => {
    if (mixer !== undefined) resources.mixers.release(mixer);
    mixer = undefined;
  };
  const closeSharedMix = () => {
    sharedMix?.close();
    sharedMix = undefined;
  };

  const keepTracks = (isKept: (track: EntryTrack) => boolean) => {
    const gone = tracks.filter((track) => !isKept(track));
    if (gone.length === 0) return;
    tracks = tracks.filter(isKept);
    for (const track of gone) track.releaseReaders();
    for (const track of gone) release(track.layers().map(({ lease }) => lease));
  };

  /** Two parts may hold the same loan: where a sound was, and where it is now. */
  const release = (loans: readonly SoundLease[]) => {
    for (const loan of new Set(loans)) if (!tracks.some((track) => track.uses(loan))) loan.release();
  };

  const fadeOutAll = (over: Frames) => {
    for (const [index, track] of tracks.entries()) {
      track.side.fade("out", tracks.length - index < MAX_TRACKS ? over : rampFrames(0));
    }
  };

  /** In place of what plays: crossfaded where it is heard, and at once where a pause or a fade hides it. */
  const replace = (track: EntryTrack, over: Frames) => {
    fadeOutAll(over);
    track.side.fade("in", ramps.some((each) => each.isSilent()) ? 0 : over);
    tracks = [...tracks, track];
  };

  /** The same mix, elsewhere. */
  const restartAt = (track: EntryTrack, from: Frames): EntryTrack => open(track.entry, track.specs(), from);

  const endFade = () => {
    if (fadeEnd === undefined || !fade.isSettled()) return;
    fadeEnd = undefined;
    report({ type: "fadeEnded" });
  };

  /** A frame that nobody hears: the position stands, and so does a fade while the room is paused. */
  const nextUnheard = (): Packet | undefined => {
    isSounding = false;
    stopMixing();
    closeSharedMix();
    keepTracks((track) => track.side.isFadedIn());
    for (const track of tracks) track.releaseReaders();
    if (!pauseRamp.isSilent()) for (const each of ramps) each.skip();
    endFade();
    if (closing === 0) return undefined;
    closing -= 1;
    return SILENCE_PACKET;
  };

  /** The part that is heard alone, and in which nothing is on its way. */
  const settled = (): EntryTrack | undefined => {
    const [only] = tracks;
    const isStill = only?.side.isSettled() && only.settled() && ramps.every((each) => each.isSettled());
    return tracks.length === 1 && isStill ? only : undefined;
  };

  const render = (isStill: boolean): Packet => {
    if (!isStill) closeSharedMix();
    if (mixer === undefined) {
      mixer = resources.mixers.acquire();
      mixer.start(ramps, ceiling, isSounding ? tracks[0] : undefined);
    }
    counts.mixed += 1;
    const packet = mixer.render(tracks, reportFailed);
    for (const track of tracks) release(track.removeSilentLayers());
    keepTracks((track) => track.layers().length > 0 && !track.side.isSilent());
    return packet;
  };

  const reportFailed = (track: EntryTrack, layer: TrackLayer) => {
    release([layer.lease]);
    const reason = "The sound's file could not be decoded.";
    const isAll = track.layers().length === 0;
    report(
      isAll
        ? { type: "soundFailed", entry: track.entry, reason }
        : { type: "layerFailed", entry: track.entry, sound: layer.id, reason },
    );
  };

  /** What is there already: the stored packet, or the one that is encoded for all who play the same. */
  const nextShared = (track: EntryTrack): Packet | undefined => {
    // From a mixer of its own it goes over where no frame leans on the one before.
    if (!isSounding || (mixer !== undefined && !(mixer.settled() && track.isKeyframe(track.position()))))
      return undefined;
    const gainDb = ramps.reduce((sum, each) => sum + each.level(), 0);
    const stored = gainDb === 0 && track.canPassThrough();
    if (stored) closeSharedMix();
    if (!stored && sharedMix === undefined) {
      track.releaseReaders();
      sharedMix = resources.sharedMixes.open({ layers: track.specs(), gainDb, ceiling, period: track.period() });
    }
    const packet = stored ? track.packet() : sharedMix?.packet(track.position());
    if (packet === undefined) return undefined;
    if (mixer !== undefined) track.releaseReaders();
    stopMixing();
    counts[stored ? "passed" : "shared"] += 1;
    track.advance();
    steadyTrack = fadeEnd === undefined ? track : undefined;
    return packet;
  };

  /** As long as nothing is asked for, what was there is there again. */
  const nextSteady = (track: EntryTrack): Packet | undefined => {
    const packet = sharedMix === undefined ? track.packet() : sharedMix.packet(track.position());
    if (packet === undefined) return undefined;
    counts[sharedMix === undefined ? "passed" : "shared"] += 1;
    track.advance();
    progress.advance(track);
    return packet;
  };

  /** A file without a packet is no sound; the others of a mix are heard without it. */
  const rejectEmpty = (entry: EntryId, specs: readonly LayerSpec[]): readonly LayerSpec[] => {
    const playable = specs.filter(({ lease }) => lease.sound.length > 0);
    for (const { id, lease } of specs) {
      if (lease.sound.length > 0) continue;
      lease.release();
      if (playable.length > 0) report({ type: "layerFailed", entry, sound: id, reason: "The sound is empty." });
    }
    return playable;
  };

  return {
    counts,
    play(entry, specs, from, crossfade) {
      const playable = rejectEmpty(entry, specs);
      if (playable.length === 0) return report({ type: "soundFailed", entry, reason: "The sound is empty." });
      steadyTrack = undefined;
      replace(open(entry, playable, from), rampFrames(crossfade));
      progress.begin();
    },
    setLayers(entry, specs, over) {
      const track = current();
      const playable = track?.entry === entry ? rejectEmpty(entry, specs) : [];
      if (track?.entry !== entry || playable.length === 0) return release(specs.map(({ lease }) => lease));
      steadyTrack = undefined;
      track.setLayers(playable, isUnheard() ? 0 : rampFrames(over));
    },
    pause() {
      steadyTrack = undefined;
      if (pauseRamp.target() === 0) pauseRamp.to(SILENCE, isUnheard() ? 0 : framesIn(PAUSE_RAMP));
    },
    resume() {
      steadyTrack = undefined;
      if (pauseRamp.target() !== 0) pauseRamp.to(0, tracks.length === 0 ? 0 : framesIn(RESUME_RAMP));
    },
    seek(to) {
      const track = current();
      if (track === undefined) return;
      if (Math.max(0, to) === track.position()) return;
      steadyTrack = undefined;
      replace(restartAt(track, to), rampFrames(SEEK_CROSSFADE));
      progress.jump();
    },
    stop(over) {
      steadyTrack = undefined;
      fadeOutAll(rampFrames(over));
    },
    setVolume(level, over) {
      steadyTrack = undefined;
      const next = Math.min(0, level);
      if (volume.target() !== next) volume.to(next, isUnheard() ? 0 : rampFrames(over));
    },
    setCeiling(lufs) {
      if (lufs === ceiling) return;
      steadyTrack = undefined;
      ceiling = lufs;
      closeSharedMix();
      mixer?.setCeiling(lufs);
    },
    duck(byDb) {
      const next = -Math.max(0, byDb);
      if (ducking.target() === next) return;
      steadyTrack = undefined;
      ducking.to(next, isUnheard() ? 0 : rampFrames(next < ducking.target() ? DUCK_RAMP : UNDUCK_RAMP));
    },
    fadeOut(over, to = SILENCE) {
      steadyTrack = undefined;
      fadeEnd = to;
      fade.to(to, rampFrames(over));
    },
    fadeIn(over) {
      steadyTrack = undefined;
      fadeEnd = undefined;
      if (fade.target() !== 0) fade.to(0, tracks.length === 0 ? 0 : rampFrames(over));
    },
    restart() {
      steadyTrack = undefined;
      isSounding = false;
      stopMixing();
      closeSharedMix();
      const track = current();
      keepTracks((each) => each === track);
      if (track === undefined) return;
      const back = restartAt(track, track.position());
      back.side.fade("in", rampFrames(RESUME_RAMP));
      track.releaseReaders();
      tracks = [back];
    },
    silent: () => !isSounding && closing === 0 && isUnheard(),
    close() {
      steadyTrack = undefined;
      keepTracks(() => false);
      stopMixing();
      closeSharedMix();
      closing = 0;
      isSounding = false;
    },
    next() {
      const restartAt = steadyTrack && nextSteady(steadyTrack);
      if (restartAt !== undefined) return restartAt;
      steadyTrack = undefined;
      if (isUnheard()) return nextUnheard();
      closing = SILENCE_FRAMES;
      const only = settled();
      const packet = (only && nextShared(only)) ?? render(only !== undefined);
      isSounding = true;
      const track = current();
      if (track) progress.advance(track);
      endFade();
      return packet;
    },
  };
};
