import { createCrossfadeSide } from "../../audio/crossfade.ts";
import type { Frame, Packet } from "../../audio/format.ts";
import { frameAt } from "../../audio/frameAt.ts";
import { createRamp } from "../../audio/ramp.ts";
import { createSpatialiser } from "../../audio/spatialiser.ts";
import type { LiveReader, StoredSound } from "../../audio/storedSound.ts";
import type { SoundId } from "../../kernel/ids.ts";
import type { Placement } from "../../kernel/placement.ts";
import type { Decibels, Frames } from "../../kernel/units.ts";
import type { SoundReader, SoundReaderPool } from "./soundReader.ts";

/** A take of a sound, and where it is heard. */
export interface HeardTake {
  readonly sound: StoredSound;
  /** Its number; 0 for the first one. */
  readonly take: number;
  /** How many were heard before it. */
  readonly pass: number;
  /** The position at which it begins, of the layer that it is heard in. */
  readonly from: Frames;
  /** The position at which the next one does. */
  readonly until: Frames;
}

/** One stream's hold on a stored sound that it shares with others. */
export interface SoundLease {
  readonly sound: StoredSound;
  /**
   * Of a sound of several takes, the one that is heard at a position, counted from the layer's beginning; asked for when
   * the one before is over. All begin and end alike, and each has a length of its own.
   * @param before what the layer has heard last
   */
  takeAt?(position: Frames, before?: HeardTake): HeardTake;
  release(): void;
}

/** A layer as it was requested. */
export interface LayerSpec {
  readonly id: SoundId;
  readonly lease: SoundLease;
  /** Never above 0. */
  readonly gainDb: Decibels;
  readonly place: Placement;
  /** It begins at its own beginning when it is first rendered. */
  readonly fromStart?: true;
  /** The position of the track at which its sound began; absent: 0, or with `fromStart`, not yet. */
  readonly startedAt?: Frames;
}

/** One sound of a track: it loops independently, at the track's position modulo its own length, or ends into its bed. */
export interface TrackLayer {
  readonly id: SoundId;
  readonly lease: SoundLease;
  readonly sound: StoredSound;
  /**
   * Renders the frame at this position.
   * @returns false when it cannot be decoded: it fades out within the frame, and has ended
   */
  render(position: Frames, frame: Frame): boolean;
  /** Renders the frame so many frames before this position without moving on, to settle an encoder. */
  renderBefore(position: Frames, frames: Frames, frame: Frame): void;
  /** What is heard of it at this position: its sound, or one of its takes, and from where to where in the track. */
  heardAt(position: Frames): HeardTake;
  /** The stored packet at this position. */
  packetAt(position: Frames): Packet;
  /** What was heard last. */
  heard(): HeardTake;
  change(spec: Pick<LayerSpec, "gainDb" | "place">, over: Frames): void;
  fadeIn(over: Frames): void;
  fadeOut(over: Frames): void;
  /** Faded out. */
  isSilent(): boolean;
  isFadingOut(): boolean;
  /** Whether nothing about it is changing. */
  isSettled(): boolean;
  /**
   * Whether it is heard as it is stored, and has keyframes at which to come back to its packets.
   */
  canPassThrough(): boolean;
  /** The layer as it is, or is about to be, to open it again elsewhere. */
  spec(): LayerSpec;
  /** Returns its decoder: it is not decoded for now. */
  releaseReader(): void;
}

/** Creates a layer that is faded out. */
export const createTrackLayer = (
  { id, lease, gainDb, place, fromStart, startedAt }: LayerSpec,
  readers: SoundReaderPool,
): TrackLayer => {
  const { sound } = lease;
  const gain = createRamp(Math.min(0, gainDb));
  const spatialiser = createSpatialiser(place);
  const crossfade = createCrossfadeSide();
  let reader: SoundReader | undefined;
  let liveReader: LiveReader | undefined;
  let origin: Frames | undefined = fromStart ? startedAt : (startedAt ?? 0);
  /** What was heard last; a sound of one take is heard for good. */
  let heard: HeardTake = {
    sound,
    take: 0,
    pass: 0,
    from: origin ?? 0,
    until: lease.takeAt === undefined ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
  };

  /** The same by the lease's positions. */
  let last: HeardTake | undefined;

  const releaseReader = () => {
    if (reader !== undefined) readers.release(reader);
    reader = undefined;
  };

  const heardAt = (position: Frames): HeardTake => {
    if ((position >= heard.from && position < heard.until) || lease.takeAt === undefined) return heard;
    const begin = origin ?? position;
    last = lease.takeAt(position - begin, last);
    if (last.sound !== heard.sound) releaseReader();
    heard = { ...last, from: begin + last.from, until: begin + last.until };
    return heard;
  };

  /** @param at where the take is heard that is read: takes end as others do before theirs begin */
  const read = (position: Frames, frame: Frame, at = position): boolean => {
    if (sound.live !== undefined) {
      liveReader ??= sound.live.open();
      liveReader.read(frame);
      return true;
    }
    if (origin === undefined) {
      origin = position;
      if (lease.takeAt === undefined) heard = { ...heard, from: origin };
    }
    const take = heardAt(at);
    reader ??= readers.acquire(take.sound);
    return reader.read(frameAt(take.sound, position - take.from), frame);
  };

  return {
    id,
    lease,
    sound,
    render(position, frame) {
      const decoded = read(position, frame);
      spatialiser.apply(frame, position);
      gain.apply(frame);
      crossfade.apply(frame);
      return decoded;
    },
    heardAt,
    packetAt(position) {
      const { sound: stored, from } = heardAt(position);
      return stored.packets[frameAt(stored, position - from)]!;
    },
    heard: () => heard,
    renderBefore(at, frames, frame) {
      const position = at - frames;
      // Before its beginning there is nothing of it, and what was live is gone.
      if (sound.live !== undefined || origin === undefined || (fromStart && position < origin)) {
        frame.left.fill(0);
        frame.right.fill(0);
        return;
      }
      read(position, frame, at);
      spatialiser.applyWithoutAdvancing(frame, position);
      gain.applyWithoutAdvancing(frame);
      crossfade.applyWithoutAdvancing(frame);
    },
    change(spec, over) {
      const level = Math.min(0, spec.gainDb);
      if (gain.target() !== level) gain.to(level, over);
      spatialiser.to(spec.place, over);
      crossfade.fade("in", over);
    },
    fadeIn: (over) => crossfade.fade("in", over),
    fadeOut: (over) => crossfade.fade("out", over),
    isSilent: () => crossfade.isSilent(),
    isFadingOut: () => !crossfade.isFadedIn(),
    // One that has a beginning of its own, or none, is never part of a mix that streams share.
    isSettled: () =>
      !fromStart && sound.live === undefined && gain.isSettled() && spatialiser.isSettled() && crossfade.isSettled(),
    canPassThrough: () =>
      !fromStart &&
      sound.live === undefined &&
      crossfade.isFadedIn() &&
      crossfade.isSettled() &&
      gain.isSettled() &&
      gain.level() === 0 &&
      spatialiser.isSettled() &&
      spatialiser.placement() === "centre" &&
      sound.keyframes.length > 0,
    spec: () => ({
      id,
      lease,
      gainDb: gain.target(),
      place: spatialiser.placement(),
      ...(fromStart && { fromStart, ...(origin !== undefined && { startedAt: origin }) }),
    }),
    releaseReader() {
      releaseReader();
      liveReader?.close();
      liveReader = undefined;
    },
  };
};
