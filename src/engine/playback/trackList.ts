import type { EntryId } from "../../kernel/ids.ts";
import type { Frames } from "../../kernel/units.ts";
import { createMixTrack, type EntryTrack } from "./mixTrack.ts";
import type { SoundReaderPool } from "./soundReader.ts";
import { rampFrames } from "./streamGains.ts";
import type { LayerSpec, SoundLease } from "./trackLayer.ts";

/** Nobody wants more sounds than this at once: the oldest leave on the shortest ramp. */
const MAX_TRACKS = 4;

/**
 * The tracks of a stream: the one asked for last, and those still fading out. Returns each lease
 * once.
 */
export interface TrackList {
  /** The one asked for last comes last. */
  all(): readonly EntryTrack[];
  /** The track that plays: faded in, or on its way in. */
  current(): EntryTrack | undefined;
  /** The track heard alone and with nothing under way in it, if there is one. */
  settled(): EntryTrack | undefined;
  /** Makes a track that is not in the list yet. */
  open(entry: EntryId, layers: readonly LayerSpec[], from: Frames): EntryTrack;
  /** Fades the others out over `out` and this one in over `into`. */
  replace(track: EntryTrack, out: Frames, into: Frames): void;
  fadeOutAll(over: Frames): void;
  /** Leaves only this track, without a ramp. */
  swap(before: EntryTrack, after: EntryTrack): void;
  /** Drops the other tracks, and returns what only they held. */
  keep(isKept: (track: EntryTrack) => boolean): void;
  /** Drops tracks and layers that are heard no more. */
  dropSilent(): void;
  /** Gives back leases that no track of the list uses. */
  release(leases: readonly SoundLease[]): void;
  /** Gives back the decoders of every track: none is decoded for now. */
  releaseReaders(): void;
}

/** Creates an empty list whose tracks take their decoders from the pool. */
export const createTrackList = (readers: SoundReaderPool): TrackList => {
  let tracks: readonly EntryTrack[] = [];

  /** Two tracks may hold the same lease: where a sound was, and where it is now. */
  const release = (leases: readonly SoundLease[]) => {
    for (const lease of new Set(leases)) if (!tracks.some((track) => track.uses(lease))) lease.release();
  };

  const keep = (isKept: (track: EntryTrack) => boolean) => {
    const gone = tracks.filter((track) => !isKept(track));
    if (gone.length === 0) return;
    tracks = tracks.filter(isKept);
    for (const track of gone) track.releaseReaders();
    for (const track of gone) release(track.layers().map(({ lease }) => lease));
  };

  const fadeOutAll = (over: Frames) => {
    for (const [index, track] of tracks.entries()) {
      track.side.fade("out", tracks.length - index < MAX_TRACKS ? over : rampFrames(0));
    }
  };

  return {
    all: () => tracks,
    current() {
      const last = tracks.at(-1);
      return last?.side.isFadedIn() ? last : undefined;
    },
    settled() {
      const [only] = tracks;
      return tracks.length === 1 && only?.side.isSettled() && only.settled() ? only : undefined;
    },
    open: (entry, layers, from) => ({ entry, ...createMixTrack(layers, from, readers) }),
    replace(track, out, into) {
      fadeOutAll(out);
      track.side.fade("in", into);
      tracks = [...tracks, track];
    },
    fadeOutAll,
    swap(before, after) {
      before.releaseReaders();
      tracks = [after];
    },
    keep,
    dropSilent() {
      for (const track of tracks) release(track.removeSilentLayers());
      keep((track) => track.layers().length > 0 && !track.side.isSilent());
    },
    release,
    releaseReaders() {
      for (const track of tracks) track.releaseReaders();
    },
  };
};
