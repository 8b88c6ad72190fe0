import { createSide, type Side } from "../audio/crossfade.ts";
import type { Frame, Packet } from "../audio/format.ts";
import { add } from "../audio/gain.ts";
import type { EntryId } from "../kernel/ids.ts";
import type { Frames } from "../kernel/units.ts";
import { createLayer, type Layer, type LayerWish, type Loan } from "./layer.ts";

/** What was asked for once, one layer or several: where it is, and which side of a crossfade it is on. */
export interface Part {
  readonly entry: EntryId;
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
  renderBefore(frames: Frames, frame: Frame): void;
  /** Becomes this mix: what is new comes in, what is gone goes out, the others move. */
  become(wishes: readonly LayerWish[], over: Frames): void;
  /** Drops the layers that are heard no more. @returns what they held */
  sweep(): readonly Loan[];
  advance(): void;
  /** Stored packets are enough from here on. */
  rest(): void;
}

const NONE: readonly Layer[] = [];
const NOTHING: readonly Loan[] = [];

/** Begins unheard; its side is turned in. */
export const createPart = (entry: EntryId, wishes: readonly LayerWish[], from: Frames): Part => {
  const side = createSide();
  let position = Math.max(0, from);
  let layers: readonly Layer[] = wishes.map((wish) => {
    const layer = createLayer(wish);
    layer.comeIn(0);
    return layer;
  });

  const staying = () => layers.filter((layer) => !layer.leaving());
  /** What tells where stored packets may follow: the only layer, or the one that will be. */
  const last = (): Layer | undefined => {
    const stays = staying();
    return stays.length === 1 ? stays[0] : undefined;
  };

  return {
    entry,
    side,
    layers: () => layers,
    holds: (loan) => layers.some((layer) => layer.loan === loan),
    position: () => position,
    length: () => Math.max(1, ...staying().map(({ sound }) => sound.length)),
    plain: () => layers.length === 1 && layers[0]!.plain(),
    settled: () => layers.every((layer) => layer.settled()),
    isKeyframe(at) {
      const sound = last()?.sound;
      return sound !== undefined && includes(sound.keyframes, ((at % sound.length) + sound.length) % sound.length);
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
      if (failed.length > 0) layers = layers.filter((layer) => !failed.includes(layer));
      side.apply(frame);
      position += 1;
      return failed;
    },
    renderBefore(frames, frame) {
      layers[0]?.renderStored(position - frames, frame);
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
        const layer = createLayer(wish);
        layer.comeIn(over);
        fresh.push(layer);
      }
      for (const layer of layers) if (!kept.has(layer)) layer.goOut(over);
      layers = [...layers, ...fresh];
    },
    sweep() {
      if (!layers.some((layer) => layer.gone())) return NOTHING;
      const dropped = layers.filter((layer) => layer.gone()).map(({ loan }) => loan);
      layers = layers.filter((layer) => !layer.gone());
      return dropped;
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
