import { type CrossfadeSide, createCrossfadeSide } from "../../audio/crossfade.ts";
import { type Frame, KEYFRAME_INTERVAL, type Packet } from "../../audio/format.ts";
import { frameAt } from "../../audio/frameAt.ts";
import { addFrame } from "../../audio/gain.ts";
import type { StoredSound } from "../../audio/storedSound.ts";
import type { EntryId } from "../../kernel/ids.ts";
import type { Frames } from "../../kernel/units.ts";
import type { HeardTakes } from "../../session/protocol.ts";
import { mixPeriod } from "./mixPeriod.ts";
import type { SoundReaderPool } from "./soundReader.ts";
import { createTrackLayer, type LayerSpec, type SoundLease, type TrackLayer } from "./trackLayer.ts";

/** One or several layers that play together: their position, and their side of a crossfade. */
export interface MixTrack {
  readonly side: CrossfadeSide;
  layers(): readonly TrackLayer[];
  uses(lease: SoundLease): boolean;
  /** Frames since the beginning of the first pass. */
  position(): Frames;
  /** Frames of its longest layer. */
  length(): Frames;
  /** Whether it is heard once, and has only quiet beds after its length. */
  ends(): boolean;
  /** Whether it is one layer heard as it is stored, so that stored packets can be sent. */
  canPassThrough(): boolean;
  /** Whether nothing within it is changing. */
  settled(): boolean;
  /** The layers that are not fading out, to open the same mix elsewhere. */
  specs(): readonly LayerSpec[];
  /** The same as a mix to be shared, with the takes that are heard at its position, until `takesEndAt`. */
  shared(): SharedPart;
  /** The takes that were heard last, where one of them is not the first in its first pass. */
  takes(): HeardTakes | undefined;
  /** The position from which on other takes may be heard. */
  takesEndAt(): Frames;
  /** Frames after which the mix repeats. */
  period(): Frames;
  /**
   * Whether the packet at this position predicts from nothing, so that a decoder may come from
   * other packets.
   */
  isKeyframe(position: Frames): boolean;
  /** The stored packet at its position; only where it can pass through. */
  packet(): Packet;
  /**
   * Renders the frame at its position and moves on.
   * @param scratch a frame to work in
   * @returns the layers that cannot be decoded: each fades out within the frame, and is no longer
   * part of it
   */
  render(frame: Frame, scratch: Frame): readonly TrackLayer[];
  /** Renders the frame so many frames before its position, to settle an encoder. */
  renderBefore(frames: Frames, frame: Frame, scratch: Frame): void;
  /** Changes the mix: new layers fade in, missing ones fade out, the others move. */
  setLayers(specs: readonly LayerSpec[], over: Frames): void;
  /** Drops layers that have faded out. @returns their leases */
  removeSilentLayers(): readonly SoundLease[];
  advance(): void;
  /** Returns its decoders: it is not decoded for now. */
  releaseReaders(): void;
}

/** What a track is made of for a while, as a mix that goes round. */
interface SharedPart {
  readonly layers: readonly LayerSpec[];
  /** Frames after which it repeats. */
  readonly period: Frames;
  /** The track's position at which the mix is at its beginning. */
  readonly origin: Frames;
}

/** A track with the queue entry that it plays. */
export interface EntryTrack extends MixTrack {
  readonly entry: EntryId;
}

const NO_LAYERS: readonly TrackLayer[] = [];
const NO_LEASES: readonly SoundLease[] = [];

/** What has an end never comes round as it was. */
const lengthOf = ({ length, bedFrom }: StoredSound): Frames =>
  bedFrom === undefined ? length : Number.POSITIVE_INFINITY;

/** Creates a track that is faded out: fade its side in. */
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
  let ends = false;
  /** The sound of the only layer; none where there are several. */
  let only: StoredSound | undefined;
  /** After any change of the layers. */
  const updateDerived = () => {
    specs = layers.filter((layer) => !layer.isFadingOut()).map((layer) => layer.spec());
    // What is laid over once counts only where nothing else is left.
    const staying = specs.filter(({ fromStart }) => !fromStart);
    const rounds = (staying.length > 0 ? staying : specs).map(({ lease, place }) => ({
      length: lengthOf(lease.sound),
      until: lease.sound.bedFrom ?? lease.sound.length,
      place,
    }));
    length = Math.max(1, ...rounds.map(({ until }) => until));
    ends = rounds.length > 0 && rounds.every((round) => round.length === Number.POSITIVE_INFINITY);
    period = mixPeriod(rounds);
    const [first, ...others] = specs;
    only = first !== undefined && others.length === 0 ? first.lease.sound : undefined;
  };
  updateDerived();

  return {
    side: crossfade,
    layers: () => layers,
    uses: (lease) => layers.some((layer) => layer.lease === lease),
    position: () => position,
    length: () => length,
    ends: () => ends,
    specs: () => specs,
    shared() {
      const staying = layers.filter((layer) => !layer.isFadingOut());
      const heard = staying.map((layer) => ({ spec: layer.spec(), ...layer.heardAt(position) }));
      const [first, ...others] = heard;
      // One sound alone is the same for all streams, wherever they are; what goes round the head is at its place by time.
      const isAlone = first !== undefined && others.length === 0 && first.spec.place !== "orbit";
      const origin = isAlone ? first.from : 0;
      return {
        origin,
        layers: heard.map(({ spec, sound, from }) => {
          const late = (from - origin) % sound.length;
          return { ...spec, lease: { sound, release() {} }, ...(late > 0 && { startedAt: late }) };
        }),
        period: mixPeriod(heard.map(({ spec, sound }) => ({ length: lengthOf(sound), place: spec.place }))),
      };
    },
    takes() {
      const told = layers.flatMap((layer) => {
        const { take, pass, from } = layer.heard();
        return layer.lease.takeAt === undefined || (take === 0 && from === 0) ? [] : [[layer.id, { take, pass, from }]];
      });
      return told.length === 0 ? undefined : Object.fromEntries(told);
    },
    takesEndAt: () => layers.reduce((first, layer) => Math.min(first, layer.heard().until), Number.POSITIVE_INFINITY),
    period: () => period,
    canPassThrough: () => layers.length === 1 && layers[0]?.canPassThrough() === true,
    settled: () => layers.every((layer) => layer.isSettled()),
    isKeyframe(at) {
      if (only !== undefined && only.keyframes.length > 0) return includes(only.keyframes, frameAt(only, at));
      const within = at < 0 ? at + period : at % period;
      return within % KEYFRAME_INTERVAL === 0;
    },
    packet: () => layers[0]!.packetAt(position),
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
        layer.renderBefore(position, frames, into);
        if (index > 0) addFrame(frame, scratch);
      }
    },
    setLayers(wanted, over) {
      const kept = new Set<TrackLayer>();
      const fresh: TrackLayer[] = [];
      for (const spec of wanted) {
        const known = layers.find((layer) => layer.id === spec.id && !kept.has(layer));
        if (known !== undefined && known.sound === spec.lease.sound) {
          kept.add(known);
          known.change(spec, over);
          spec.lease.release();
          continue;
        }
        const layer = createTrackLayer(spec, readers);
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

/** Binary search: ten steps for ten minutes' keyframes, and no set beside the list. */
const includes = (ascending: readonly number[], wanted: number): boolean => {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === wanted;
};
