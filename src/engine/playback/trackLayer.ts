import { createCrossfadeSide } from "../../audio/crossfade.ts";
import type { Frame } from "../../audio/format.ts";
import { frameAt } from "../../audio/frameAt.ts";
import { createRamp } from "../../audio/ramp.ts";
import { createSpatialiser } from "../../audio/spatialiser.ts";
import type { LiveReader, StoredSound } from "../../audio/storedSound.ts";
import type { SoundId } from "../../kernel/ids.ts";
import type { Placement } from "../../kernel/placement.ts";
import type { Decibels, Frames } from "../../kernel/units.ts";
import type { SoundReader, SoundReaderPool } from "./soundReader.ts";

/** One stream's hold on a stored sound that it shares with others. */
export interface SoundLease {
  readonly sound: StoredSound;
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
  /** The position of the track at which it did, where it is opened again. */
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
  /** Renders the frame at an earlier position without moving on, to settle an encoder. */
  renderBefore(position: Frames, frame: Frame): void;
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
  let origin: Frames | undefined = fromStart ? startedAt : 0;

  const read = (position: Frames, frame: Frame): boolean => {
    if (sound.live !== undefined) {
      liveReader ??= sound.live.open();
      liveReader.read(frame);
      return true;
    }
    reader ??= readers.acquire(sound);
    origin ??= position;
    return reader.read(frameAt(sound, position - origin), frame);
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
    renderBefore(position, frame) {
      // Before its beginning there is nothing of it, and what was live is gone.
      if (sound.live !== undefined || origin === undefined || (fromStart && position < origin)) {
        frame.left.fill(0);
        frame.right.fill(0);
        return;
      }
      read(position, frame);
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
      if (reader !== undefined) readers.release(reader);
      reader = undefined;
      liveReader?.close();
      liveReader = undefined;
    },
  };
};
