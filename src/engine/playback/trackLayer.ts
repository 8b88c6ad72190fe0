import { createCrossfadeSide } from "../../audio/crossfade.ts";
import type { Frame } from "../../audio/format.ts";
import { createRamp } from "../../audio/ramp.ts";
import { createSpatialiser, type Placement } from "../../audio/spatialiser.ts";
import type { StoredSound } from "../../audio/storedSound.ts";
import type { SoundId } from "../../kernel/ids.ts";
import type { Decibels, Frames } from "../../kernel/units.ts";
import type { SoundReader, SoundReaderPool } from "./soundReader.ts";

/** A stored sound that streams share, and what to do when this one needs it no more. */
export interface SoundLease {
  readonly sound: StoredSound;
  release(): void;
}

/** A layer as it is asked for. */
export interface LayerSpec {
  readonly id: SoundId;
  readonly lease: SoundLease;
  /** Never above 0. */
  readonly gainDb: Decibels;
  readonly place: Placement;
}

/** One sound of a mix: it goes round by itself, at the position of the whole modulo its length. */
export interface TrackLayer {
  readonly id: SoundId;
  readonly lease: SoundLease;
  readonly sound: StoredSound;
  /**
   * Fills the frame with what it is at this position.
   * @returns false when it cannot be decoded: it fades out within the frame, and is over
   */
  render(position: Frames, frame: Frame): boolean;
  /** Fills the frame with what it was at a position before, and moves nothing: to settle an encoder. */
  renderBefore(position: Frames, frame: Frame): void;
  change(wish: Pick<LayerSpec, "gainDb" | "place">, over: Frames): void;
  fadeIn(over: Frames): void;
  fadeOut(over: Frames): void;
  /** Turned out, and heard no more. */
  isSilent(): boolean;
  isFadingOut(): boolean;
  /** Nothing about it is on its way. */
  isSettled(): boolean;
  /** Heard as it is stored, and stored so that one can come back to it. */
  canPassThrough(): boolean;
  /** As it is, or is to be, for the same elsewhere. */
  spec(): LayerSpec;
  /** Stored packets are enough from here on. */
  releaseReader(): void;
}

const wrap = (position: Frames, length: Frames): Frames => ((position % length) + length) % length;

/** Begins unheard; it comes in when it is told to. */
export const createTrackLayer = ({ id, lease, gainDb, place }: LayerSpec, readers: SoundReaderPool): TrackLayer => {
  const { sound } = lease;
  const gain = createRamp(Math.min(0, gainDb));
  const spatialiser = createSpatialiser(place);
  const crossfade = createCrossfadeSide();
  let reader: SoundReader | undefined;

  const read = (position: Frames, frame: Frame): boolean => {
    reader ??= readers.acquire(sound);
    return reader.read(wrap(position, sound.length), frame);
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
      read(position, frame);
      spatialiser.applyWithoutAdvancing(frame, position);
      gain.applyWithoutAdvancing(frame);
      crossfade.applyWithoutAdvancing(frame);
    },
    change(wish, over) {
      const level = Math.min(0, wish.gainDb);
      if (gain.target() !== level) gain.to(level, over);
      spatialiser.to(wish.place, over);
      crossfade.fade("in", over);
    },
    fadeIn: (over) => crossfade.fade("in", over),
    fadeOut: (over) => crossfade.fade("out", over),
    isSilent: () => crossfade.isSilent(),
    isFadingOut: () => !crossfade.isFadedIn(),
    isSettled: () => gain.isSettled() && spatialiser.isSettled() && crossfade.isSettled(),
    canPassThrough: () =>
      crossfade.isFadedIn() &&
      crossfade.isSettled() &&
      gain.isSettled() &&
      gain.level() === 0 &&
      spatialiser.isSettled() &&
      spatialiser.placement() === "centre" &&
      sound.keyframes.length > 0,
    spec: () => ({ id, lease, gainDb: gain.target(), place: spatialiser.placement() }),
    releaseReader() {
      if (reader !== undefined) readers.release(reader);
      reader = undefined;
    },
  };
};
