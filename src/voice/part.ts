import { createSide, type Side } from "../audio/crossfade.ts";
import type { Frame, Packet } from "../audio/format.ts";
import { add } from "../audio/gain.ts";
import type { EntryId } from "../kernel/ids.ts";
import type { Frames } from "../kernel/units.ts";
import { cycleOf, KEYFRAME_EVERY } from "./cycle.ts";
import { createLayer, type Layer, type LayerWish, type Loan } from "./layer.ts";
import type { Readers } from "./reader.ts";

/** What was asked for once, one layer or several: where it is, and which side of a crossfade it is on. */
export interface Part {
  readonly side: Side;
  layers(): readonly Layer[];
  holds(loan: Loan): boolean;
  /** Frames since its beginning, every pass counted. */
  position(): Frames;
  /** Of its longest layer. */
  length(): Frames;
  /** Heard as it is stored, in one layer: packets are enough. */
  plain(): boolean;
  /** Nothing within it is on its way. */
  settled(): boolean;
  /** The mix without what is on its way out, for the same elsewhere. */
  wishes(): readonly LayerWish[];
  /** After so many frames the mix is the same again. */
  cycle(): Frames;
  /** Whether the packet at this position stands alone, so that a listener's decoder may come from elsewhere. */
  isKeyframe(position: Frames): boolean;
  /** The stored packet at its position, where it is plain. */
  packet(): Packet;
  /**
   * Renders the frame at its position and moves on.
   * @param scratch a frame to work in
   * @returns the layers that cannot be decoded: each fades out within the frame, and is no longer part of it
   */
  render(frame: Frame, scratch: Frame): readonly Layer[];
  /** Fills the frame with what comes so many frames before its position, to settle an encoder. */
  renderBefore(frames: Frames, frame: Frame, scratch: Frame): void;
  /** Becomes this mix: what is new comes in, what is gone goes out, the others move. */
  become(wishes: readonly LayerWish[], over: Frames): void;
  /** Drops the layers that are heard no more. @returns what they held */
  sweep(): readonly Loan[];
  advance(): void;
  /** Stored packets are enough from here on. */
  rest(): void;
}

/** A part, and what it is called outside. */
export interface Playing extends Part {
  readonly entry: EntryId;
}

const NONE: readonly Layer[] = [];
const NOTHING: readonly Loan[] = [];

/** Begins unheard; its side is turned in. */
export const createPart = (asked: readonly LayerWish[], from: Frames, readers: Readers): Part => {
  const side = createSide();
  let position = Math.max(0, from);
  let layers: readonly Layer[] = asked.map((wish) => {
    const layer = createLayer(wish, readers);
    layer.comeIn(0);
    return layer;
  });

  let wishes: readonly LayerWish[] = [];
  let length: Frames = 1;
  let cycle: Frames = 1;
  /** Of the only layer, or the one that will be. */
  let keyframes: readonly Frames[] = [];
  /** After any change of the layers. */
  const learn = () => {
    wishes = layers.filter((layer) => !layer.leaving()).map((layer) => layer.wish());
    const rounds = wishes.map(({ loan, place }) => ({ length: loan.sound.length, place }));
    length = Math.max(1, ...rounds.map((round) => round.length));
    cycle = cycleOf(rounds);
    keyframes = wishes.length === 1 ? wishes[0]!.loan.sound.keyframes : [];
  };
  learn();

  return {
    side,
    layers: () => layers,
    holds: (loan) => layers.some((layer) => layer.loan === loan),
    position: () => position,
    length: () => length,
    wishes: () => wishes,
    cycle: () => cycle,
    plain: () => layers.length === 1 && layers[0]!.plain(),
    settled: () => layers.every((layer) => layer.settled()),
    isKeyframe(at) {
      const within = at < 0 ? at + cycle : at % cycle;
      return keyframes.length > 0 ? includes(keyframes, within % length) : within % KEYFRAME_EVERY === 0;
    },
    packet() {
      const { packets } = layers[0]!.sound;
      return packets[position % packets.length]!;
    },
    render(frame, scratch) {
      let failed = NONE;
      for (const [index, layer] of layers.entries()) {
        // The first one is rendered in place; nothing has to be cleared.
        const into = index === 0 ? frame : scratch;
        if (!layer.render(position, into)) failed = [...failed, layer];
        if (index > 0) add(frame, scratch);
      }
      if (failed.length > 0) {
        layers = layers.filter((layer) => !failed.includes(layer));
        for (const layer of failed) layer.rest();
        learn();
      }
      side.apply(frame);
      position += 1;
      return failed;
    },
    renderBefore(frames, frame, scratch) {
      for (const [index, layer] of layers.entries()) {
        const into = index === 0 ? frame : scratch;
        layer.renderBefore(position - frames, into);
        if (index > 0) add(frame, scratch);
      }
    },
    become(wished, over) {
      const kept = new Set<Layer>();
      const fresh: Layer[] = [];
      for (const wish of wished) {
        const known = layers.find((layer) => layer.id === wish.id && !kept.has(layer));
        if (known !== undefined && known.sound === wish.loan.sound) {
          kept.add(known);
          known.change(wish, over);
          wish.loan.giveBack();
          continue;
        }
        const layer = createLayer(wish, readers);
        layer.comeIn(over);
        fresh.push(layer);
      }
      for (const layer of layers) if (!kept.has(layer)) layer.goOut(over);
      layers = [...layers, ...fresh];
      learn();
    },
    sweep() {
      if (!layers.some((layer) => layer.gone())) return NOTHING;
      const dropped = layers.filter((layer) => layer.gone());
      for (const layer of dropped) layer.rest();
      layers = layers.filter((layer) => !layer.gone());
      learn();
      return dropped.map(({ loan }) => loan);
    },
    advance() {
      position += 1;
    },
    rest() {
      for (const layer of layers) layer.rest();
    },
  };
};

/** Ten steps for ten minutes' keyframes, and no set beside the list. */
const includes = (ascending: readonly number[], wanted: number): boolean => {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === wanted;
};
