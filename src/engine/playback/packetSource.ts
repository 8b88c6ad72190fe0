import type { Packet } from "../../audio/format.ts";
import type { Decibels, Frames } from "../../kernel/units.ts";
import { MAX_LOUDNESS } from "../../session/protocol.ts";
import type { Mixer } from "./mixer.ts";
import type { MixResources } from "./mixResources.ts";
import type { EntryTrack } from "./mixTrack.ts";
import type { SharedMix } from "./sharedMix.ts";
import type { StreamGains } from "./streamGains.ts";
import type { TrackLayer } from "./trackLayer.ts";
import type { TrackList } from "./trackList.ts";

/**
 * How many packets came from where: as stored, encoded for all who play the same, and encoded for
 * this stream alone.
 */
export interface PacketCounts {
  readonly passed: number;
  readonly shared: number;
  readonly mixed: number;
}

/**
 * Where the packets of one stream come from: a stored sound, a mix shared with other streams, or
 * its own mixer.
 */
export interface PacketSource {
  readonly counts: PacketCounts;
  /**
   * Takes the packet that exists already: the stored one, or the one encoded for all who play the
   * same mix. Moves the track on.
   * @returns undefined where the stream has to be mixed
   */
  existing(track: EntryTrack): Packet | undefined;
  /**
   * Takes one more packet from where the last `existing` one came; only while nothing has changed
   * since.
   */
  again(track: EntryTrack): Packet | undefined;
  /**
   * Mixes and encodes one frame of all tracks, and moves them on.
   * @param isSettled whether nothing is under way, so that a shared mix may stay open
   */
  mix(isSettled: boolean): Packet;
  /** Whether listeners' decoders have heard the frame before. */
  isSounding(): boolean;
  /** Ends the run of packets: what comes next has nothing before it. */
  interrupt(): void;
  setCeiling(lufs: Decibels): void;
}

/**
 * Creates a source that has sent nothing yet.
 * @param failed is told of each layer that could not be decoded
 */
export const createPacketSource = (
  tracks: TrackList,
  gains: StreamGains,
  resources: MixResources,
  failed: (track: EntryTrack, layer: TrackLayer) => void,
): PacketSource => {
  const counts = { passed: 0, shared: 0, mixed: 0 };
  let mixer: Mixer | undefined;
  let sharedMix: SharedMix | undefined;
  /** The track's position at which the shared mix is at its beginning. */
  let sharedFrom: Frames = 0;
  /** Where the takes end that it is made of. */
  let sharedUntil: Frames = 0;
  let ceiling = MAX_LOUDNESS;
  let isSounding = false;

  const stopMixing = () => {
    if (mixer !== undefined) resources.mixers.release(mixer);
    mixer = undefined;
  };
  const closeSharedMix = () => {
    sharedMix?.close();
    sharedMix = undefined;
  };
  /**
   * From its own mixer a stream goes over to existing packets only where no frame depends on the
   * one before.
   */
  const maySplice = (track: EntryTrack) =>
    isSounding && (mixer === undefined || (mixer.settled() && track.isKeyframe(track.position())));

  return {
    counts,
    existing(track) {
      if (!maySplice(track)) return undefined;
      const gainDb = gains.level();
      const isStored = gainDb === 0 && track.canPassThrough();
      if (isStored || track.position() >= sharedUntil) closeSharedMix();
      if (!isStored && sharedMix === undefined) {
        track.releaseReaders();
        const { layers, period, origin } = track.shared();
        sharedMix = resources.sharedMixes.open({ layers, gainDb, ceiling, period });
        sharedFrom = origin;
        sharedUntil = track.takesEndAt();
      }
      const packet = isStored ? track.packet() : sharedMix?.packet(track.position() - sharedFrom);
      if (packet === undefined) return undefined;
      if (mixer !== undefined) track.releaseReaders();
      stopMixing();
      counts[isStored ? "passed" : "shared"] += 1;
      track.advance();
      return packet;
    },
    again(track) {
      if (sharedMix !== undefined && track.position() >= sharedUntil) return undefined;
      const packet = sharedMix === undefined ? track.packet() : sharedMix.packet(track.position() - sharedFrom);
      if (packet === undefined) return undefined;
      counts[sharedMix === undefined ? "passed" : "shared"] += 1;
      track.advance();
      return packet;
    },
    mix(isSettled) {
      if (!isSettled) closeSharedMix();
      if (mixer === undefined) {
        mixer = resources.mixers.acquire();
        mixer.start(gains.ramps, ceiling, isSounding ? tracks.all()[0] : undefined);
      }
      counts.mixed += 1;
      const packet = mixer.render(tracks.all(), failed);
      isSounding = true;
      tracks.dropSilent();
      return packet;
    },
    isSounding: () => isSounding,
    interrupt() {
      isSounding = false;
      stopMixing();
      closeSharedMix();
    },
    setCeiling(lufs) {
      if (lufs === ceiling) return;
      ceiling = lufs;
      closeSharedMix();
      mixer?.setCeiling(lufs);
    },
  };
};
