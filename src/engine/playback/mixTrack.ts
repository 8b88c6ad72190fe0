import { type CrossfadeSide, createCrossfadeSide } from "../../audio/crossfade.ts";
import type { Frame, Packet } from "../../audio/format.ts";
import { addFrame } from "../../audio/gain.ts";
import type { EntryId } from "../../kernel/ids.ts";
import type { Frames } from "../../kernel/units.ts";
import { KEYFRAME_INTERVAL, mixPeriod } from "./mixPeriod.ts";
import type { SoundReaderPool } from "./soundReader.ts";
import { createTrackLayer, type LayerSpec, type SoundLease, type TrackLayer } from "./trackLayer.ts";

/** What was asked for once, one layer or several: where it is, and which side of a crossfade it is on. */
export interface MixTrack {
  readonly side: CrossfadeSide;
  layers(): readonly TrackLayer[];
  uses(loan: SoundLease): boolean;
  /** Frames since its beginning, every pass counted. */
  position(): Frames;
  /** Of its longest layer. */
  length(): Frames;
  /** Heard as it is stored, in one layer: packets are enough. */
  canPassThrough(): boolean;
  /** Nothing within it is on its way. */
  settled(): boolean;
  /** The mix without what is on its way out, for the same elsewhere. */
  specs(): readonly LayerSpec[];
  /** After so many frames the mix is the same again. */
  period(): Frames;
  /** Whether the packet at this position stands alone, so that a listener's decoder may come from elsewhere. */
  isKeyframe(position: Frames): boolean;
  /** The stored packet at its position, where it is plain. */
  packet(): Packet;
  /**
   * Renders the frame at its position and moves on.
   * @param scratch a frame to work in
   * @returns the layers that cannot be decoded: each fades out within the frame, and is no longer part of it
   */
  render(frame: Frame, scratch: Frame): readonly TrackLayer[];
  /** Fills the frame with what comes so many frames before its position, to settle an encoder. */
  renderBefore(frames: Frames, frame: Frame, scratch: Frame): void;
  /** Becomes this mix: what is new comes in, what is gone goes out, the others move. */
  setLayers(wishes: readonly LayerSpec[], over: Frames): void;
  /** Drops the layers that are heard no more. @returns what they held */
  removeSilentLayers(): readonly SoundLease[];
  advance(): void;
  /** Stored packets are enough from here on. */
  releaseReaders(): void;
}

/** A part, and what it is called outside. */
export interface EntryTrack extends MixTrack {
  readonly entry: EntryId;
}

const NO_LAYERS: readonly TrackLayer[] = [];
const NO_LEASES: readonly SoundLease[] = [];

/** Begins unheard; its side is turned in. */
export const createMixTrack = (initial: readonly LayerSpec[], from: Frames, readers: SoundReaderPool): MixTrack => {
  const crossfade = createCrossfadeSide();
  let position = Math.max(0, from);
  let layers: readonly TrackLayer[] = initial.map((spec) => {
    const layer = createTrackLayer(spec, readers);
    layer.fadeIn(0);
    return layer;
  });

  let specs: readonly LayerSpec[] = [];
  let length: Frames = 1;
  let period: Frames = 1;
  /** Of the only layer, or the one that will be. */
  let keyframes: readonly Frames[] = [];
  /** After any change of the layers. */
  const updateDerived = () => {
    specs = layers.filter((layer) => !layer.isFadingOut()).map((layer) => layer.spec());
    const rounds = specs.map(({ lease, place }) => ({ length: lease.sound.length, place }));
    length = Math.max(1, ...rounds.map((round) => round.length));
    period = mixPeriod(rounds);
    keyframes = specs.length === 1 ? specs[0]!.lease.sound.keyframes : [];
  };
  updateDerived();

  return {
    side: crossfade,
    layers: () => layers,
    uses: (loan) => layers.some((layer) => layer.lease === loan),
    position: () => position,
    length: () => length,
    specs: () => specs,
    period: () => period,
    canPassThrough: () => layers.length === 1 && layers[0]!.canPassThrough(),
    settled: () => layers.every((layer) => layer.isSettled()),
    isKeyframe(at) {
      const within = at < 0 ? at + period : at % period;
      return keyframes.length > 0 ? includes(keyframes, within % length) : within % KEYFRAME_INTERVAL === 0;
    },
    packet() {
      const { packets } = layers[0]!.sound;
      return packets[position % packets.length]!;
    },
    render(frame, scratch) {
      let failed = NO_LAYERS;
      for (const [index, layer] of layers.entries()) {
        // The first one is rendered in place; nothing has to be cleared.
        const into = index === 0 ? frame : scratch;
        if (!layer.render(position, into)) failed = [...failed, layer];
        if (index > 0) addFrame(frame, scratch);
      }
      if (failed.length > 0) {
        layers = layers.filter((layer) => !failed.includes(layer));
        for (const layer of failed) layer.releaseReader();
        updateDerived();
      }
      crossfade.apply(frame);
      position += 1;
      return failed;
    },
    renderBefore(frames, frame, scratch) {
      for (const [index, layer] of layers.entries()) {
        const into = index === 0 ? frame : scratch;
        layer.renderBefore(position - frames, into);
        if (index > 0) addFrame(frame, scratch);
      }
    },
    setLayers(wished, over) {
      const kept = new Set<TrackLayer>();
      const fresh: TrackLayer[] = [];
      for (const wish of wished) {
        const known = layers.find((layer) => layer.id === wish.id && !kept.has(layer));
        if (known !== undefined && known.sound === wish.lease.sound) {
          kept.add(known);
          known.change(wish, over);
          wish.lease.release();
          continue;
        }
        const layer = createTrackLayer(wish, readers);
        layer.fadeIn(over);
        fresh.push(layer);
      }
      for (const layer of layers) if (!kept.has(layer)) layer.fadeOut(over);
      layers = [...layers, ...fresh];
      updateDerived();
    },
    removeSilentLayers() {
      if (!layers.some((layer) => layer.isSilent())) return NO_LEASES;
      const dropped = layers.filter((layer) => layer.isSilent());
      for (const layer of dropped) layer.releaseReader();
      layers = layers.filter((layer) => !layer.isSilent());
      updateDerived();
      return dropped.map(({ lease }) => lease);
    },
    advance() {
      position += 1;
    },
    releaseReaders() {
      for (const layer of layers) layer.releaseReader();
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
