import type { UserId } from "../kernel/ids.ts";
import type { Decibels, Frames, Millis } from "../kernel/units.ts";
import { MAX_LAYERS, type Place, SOFTEST_LAYER } from "../library/mix.ts";
import type { PlayableSound } from "../library/sound.ts";
import type { Effect } from "./effects.ts";
import type { PlayerLayer } from "./protocol.ts";
import { layerThere, mixFull, noSuchLayer, nothingPlays, onlyLayer } from "./refusals.ts";
import {
  comingOf,
  type Entry,
  type EntryLayer,
  type Live,
  type ReadyLayer,
  type SoundRef,
  trackOf,
  type Wanted,
} from "./session.ts";
import { refuse, type Step, tell, to } from "./step.ts";
import { LAYER_RAMP } from "./timing.ts";

/** A layer of what plays is added, changed or taken out by those who listen. */
export type MixWish =
  | {
      readonly type: "layerAdded";
      readonly by: UserId;
      readonly sound: SoundRef;
      readonly gainDb: Decibels;
      readonly place: Place;
    }
  | {
      readonly type: "layerChanged";
      readonly by: UserId;
      readonly sound: SoundRef["id"];
      readonly gainDb?: Decibels;
      readonly place?: Place;
    }
  | { readonly type: "layerRemoved"; readonly by: UserId; readonly sound: SoundRef["id"] };

/** One sound as it is. */
export const alone = (sound: SoundRef): readonly EntryLayer[] => [{ sound, gainDb: 0, place: "centre" }];

const readyLayers = ({ layers }: Entry): readonly ReadyLayer[] =>
  layers.filter((layer): layer is ReadyLayer => layer.ready !== undefined);

export const isReady = ({ layers }: Entry): boolean => layers.every(({ ready }) => ready !== undefined);

/** How long one pass is: that of its longest layer. */
export const passOf = (entry: Entry): Frames => Math.max(1, ...readyLayers(entry).map(({ ready }) => ready.length));

export const playerLayers = (entry: Entry): readonly PlayerLayer[] =>
  readyLayers(entry).map(({ ready, gainDb, place }) => ({ sound: ready, gainDb, place }));

/** As it was asked for, to be prepared anew. */
export const unprepared = (entry: Entry): Entry => ({
  ...entry,
  layers: entry.layers.map(({ ready: _, ...layer }) => layer),
});

export const prepare = ({ id: entry, layers }: Entry): readonly Effect[] =>
  layers.flatMap(({ sound, ready }) => (ready ? [] : [{ type: "prepareSound", entry, sound: sound.id } as const]));

export const withReady = (entry: Entry, sound: PlayableSound): Entry => ({
  ...entry,
  layers: entry.layers.map((layer) => (layer.sound.id === sound.id ? { ...layer, ready: sound } : layer)),
});

/** @returns undefined when nothing of it is left */
export const withoutLayer = (entry: Entry, sound: SoundRef["id"]): Entry | undefined => {
  const layers = entry.layers.filter((layer) => layer.sound.id !== sound);
  return layers.length === 0 ? undefined : { ...entry, layers };
};

/** Whether two entries are the same thing to hear. */
export const soundsAlike = (one: Wanted, other: Wanted): boolean =>
  one.title === other.title &&
  one.layers.length === other.layers.length &&
  one.layers.every(({ sound }, i) => sound.id === other.layers[i]?.sound.id);

const clamped = (gainDb: Decibels): Decibels =>
  Number.isFinite(gainDb) ? Math.min(0, Math.max(SOFTEST_LAYER, gainDb)) : 0;

/** An entry in place of the one with its id, wherever it is. */
export const replaceEntry = (session: Live, entry: Entry): Live => {
  const queue = session.queue.map((one) => (one.id === entry.id ? entry : one));
  const coming = comingOf(session);
  return {
    ...session,
    queue,
    ...(coming?.id === entry.id && { coming: entry }),
    ...("track" in session && session.track.entry.id === entry.id && { track: { ...session.track, entry } }),
  } as Live;
};

/** What the engine is told of a mix that it holds. */
export const relayer = (session: Live, entry: Entry, over: Millis = LAYER_RAMP): Step => {
  const isHeld = trackOf(session)?.entry.id === entry.id && !(session.status === "paused" && session.cold);
  const layers = playerLayers(entry);
  // Until one of those that are left is prepared, what was taken out is still heard: silence would be louder.
  const isTold = isHeld && layers.length > 0;
  return to(
    replaceEntry(session, entry),
    ...(isTold ? [tell({ type: "setLayers", entry: entry.id, layers, over })] : []),
  );
};

/** Decides about a change of the mix that plays, or that is about to. */
export const changeMix = (session: Live, wish: MixWish): Step => {
  const entry = trackOf(session)?.entry ?? comingOf(session);
  if (entry === undefined) return refuse(session, nothingPlays());
  const id = wish.type === "layerAdded" ? wish.sound.id : wish.sound;
  const known = entry.layers.find(({ sound }) => sound.id === id);
  switch (wish.type) {
    case "layerAdded": {
      if (known !== undefined) return refuse(session, layerThere(known.sound.title));
      if (entry.layers.length >= MAX_LAYERS) return refuse(session, mixFull());
      const layer: EntryLayer = { sound: wish.sound, gainDb: clamped(wish.gainDb), place: wish.place };
      const more = { ...entry, layers: [...entry.layers, layer] };
      return to(replaceEntry(session, more), { type: "prepareSound", entry: entry.id, sound: wish.sound.id });
    }
    case "layerChanged": {
      if (known === undefined) return refuse(session, noSuchLayer());
      const next = { ...known, gainDb: clamped(wish.gainDb ?? known.gainDb), place: wish.place ?? known.place };
      return relayer(session, { ...entry, layers: entry.layers.map((layer) => (layer === known ? next : layer)) });
    }
    case "layerRemoved": {
      if (known === undefined) return refuse(session, noSuchLayer());
      const rest = withoutLayer(entry, id);
      return rest === undefined ? refuse(session, onlyLayer()) : relayer(session, rest);
    }
  }
};
