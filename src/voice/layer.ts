import { createSide } from "../audio/crossfade.ts";
import type { Frame } from "../audio/format.ts";
import { createPlacing, type PlaceName } from "../audio/place.ts";
import { createRamp } from "../audio/ramp.ts";
import type { StoredSound } from "../audio/stored.ts";
import type { SoundId } from "../kernel/ids.ts";
import type { Decibels, Frames } from "../kernel/units.ts";
import type { Reader, Readers } from "./reader.ts";

/** A stored sound that streams share, and what to do when this one needs it no more. */
export interface Loan {
  readonly sound: StoredSound;
  giveBack(): void;
}

/** A layer as it is asked for. */
export interface LayerWish {
  readonly id: SoundId;
  readonly loan: Loan;
  /** Never above 0. */
  readonly gainDb: Decibels;
  readonly place: PlaceName;
}

/** One sound of a mix: it goes round by itself, at the position of the whole modulo its length. */
export interface Layer {
  readonly id: SoundId;
  readonly loan: Loan;
  readonly sound: StoredSound;
  /**
   * Fills the frame with what it is at this position.
   * @returns false when it cannot be decoded: it fades out within the frame, and is over
   */
  render(position: Frames, frame: Frame): boolean;
  /** Fills the frame with what it was at a position before, and moves nothing: to settle an encoder. */
  renderBefore(position: Frames, frame: Frame): void;
  change(wish: Pick<LayerWish, "gainDb" | "place">, over: Frames): void;
  comeIn(over: Frames): void;
  goOut(over: Frames): void;
  /** Turned out, and heard no more. */
  gone(): boolean;
  leaving(): boolean;
  /** Nothing about it is on its way. */
  settled(): boolean;
  /** Heard as it is stored, and stored so that one can come back to it. */
  plain(): boolean;
  /** As it is, or is to be, for the same elsewhere. */
  wish(): LayerWish;
  /** Stored packets are enough from here on. */
  rest(): void;
}

const wrap = (position: Frames, length: Frames): Frames => ((position % length) + length) % length;

/** Begins unheard; it comes in when it is told to. */
export const createLayer = ({ id, loan, gainDb, place }: LayerWish, readers: Readers): Layer => {
  const { sound } = loan;
  const gain = createRamp(Math.min(0, gainDb));
  const placing = createPlacing(place);
  const side = createSide();
  let reader: Reader | undefined;

  const read = (position: Frames, frame: Frame): boolean => {
    reader ??= readers.take(sound);
    return reader.read(wrap(position, sound.length), frame);
  };

  return {
    id,
    loan,
    sound,
    render(position, frame) {
      const whole = read(position, frame);
      placing.apply(frame, position);
      gain.apply(frame);
      side.apply(frame);
      return whole;
    },
    renderBefore(position, frame) {
      read(position, frame);
      placing.hold(frame, position);
      gain.hold(frame);
      side.hold(frame);
    },
    change(wish, over) {
      const level = Math.min(0, wish.gainDb);
      if (gain.target() !== level) gain.to(level, over);
      placing.to(wish.place, over);
      side.turn("in", over);
    },
    comeIn: (over) => side.turn("in", over),
    goOut: (over) => side.turn("out", over),
    gone: () => side.silent(),
    leaving: () => !side.wanted(),
    settled: () => gain.settled() && placing.settled() && side.settled(),
    plain: () =>
      side.wanted() &&
      side.settled() &&
      gain.settled() &&
      gain.level() === 0 &&
      placing.settled() &&
      placing.name() === "centre" &&
      sound.keyframes.length > 0,
    wish: () => ({ id, loan, gainDb: gain.target(), place: placing.name() }),
    rest() {
      if (reader !== undefined) readers.giveBack(reader);
      reader = undefined;
    },
  };
};
