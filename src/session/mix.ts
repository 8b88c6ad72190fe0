import { MAX_LAYERS, type Placement, SOFTEST_LAYER } from "../catalogue/mix.ts";
import type { PlayableSound } from "../catalogue/sound.ts";
import type { UserId } from "../kernel/ids.ts";
import type { Decibels, Frames, Millis } from "../kernel/units.ts";
import type { Effect } from "./effects.ts";
import type { PlayerLayer } from "./protocol.ts";
import { layerAlreadyInMix, mixFull, noSuchLayer, nothingPlaying, onlyLayer } from "./refusals.ts";
import {
  type ActiveSession,
  comingOf,
  type PlayRequest,
  type PreparedLayer,
  type QueueEntry,
  type RequestedLayer,
  type SoundRef,
  trackOf,
} from "./session.ts";
import { refuse, type Step, sendToPlayer, stepTo } from "./step.ts";
import { LAYER_RAMP } from "./timing.ts";

/** A layer of what plays is added, changed or taken out by those who listen. */
export type MixRequest =
  | {
      readonly type: "layerAdded";
      readonly by: UserId;
      readonly sound: SoundRef;
      readonly gainDb: Decibels;
      readonly place: Placement;
    }
  | {
      readonly type: "layerChanged";
      readonly by: UserId;
      readonly sound: SoundRef["id"];
      readonly gainDb?: Decibels;
      readonly place?: Placement;
    }
  | { readonly type: "layerRemoved"; readonly by: UserId; readonly sound: SoundRef["id"] };

/** One sound as it is. */
export const singleLayer = (sound: SoundRef): readonly RequestedLayer[] => [{ sound, gainDb: 0, place: "centre" }];

const preparedLayers = ({ layers }: QueueEntry): readonly PreparedLayer[] =>
  layers.filter((layer): layer is PreparedLayer => layer.ready !== undefined);

/** Whether every layer has been prepared. */
export const isReady = ({ layers }: QueueEntry): boolean => layers.every(({ ready }) => ready !== undefined);

/** How long one pass is: that of its longest layer. */
export const passLength = (entry: QueueEntry): Frames =>
  Math.max(1, ...preparedLayers(entry).map(({ ready }) => ready.length));

/** The layers as the player takes them. */
export const playerLayers = (entry: QueueEntry): readonly PlayerLayer[] =>
  preparedLayers(entry).map(({ ready, gainDb, place }) => ({ sound: ready, gainDb, place }));

/** As it was asked for, to be prepared anew. */
export const unprepared = (entry: QueueEntry): QueueEntry => ({
  ...entry,
  layers: entry.layers.map(({ ready: _, ...layer }) => layer),
});

/** Requests every layer that has not been prepared. */
export const prepareEffects = ({ id: entry, layers }: QueueEntry): readonly Effect[] =>
  layers.flatMap(({ sound, ready }) => (ready ? [] : [{ type: "prepareSound", entry, sound: sound.id } as const]));

/** The entry with this sound prepared. */
export const withReady = (entry: QueueEntry, sound: PlayableSound): QueueEntry => ({
  ...entry,
  layers: entry.layers.map((layer) => (layer.sound.id === sound.id ? { ...layer, ready: sound } : layer)),
});

/** @returns undefined when nothing of it is left */
export const withoutLayer = (entry: QueueEntry, sound: SoundRef["id"]): QueueEntry | undefined => {
  const layers = entry.layers.filter((layer) => layer.sound.id !== sound);
  return layers.length === 0 ? undefined : { ...entry, layers };
};

/** Whether two entries are the same thing to hear. */
export const isSameMix = (one: PlayRequest, other: PlayRequest): boolean =>
  one.title === other.title &&
  one.layers.length === other.layers.length &&
  one.layers.every(({ sound }, i) => sound.id === other.layers[i]?.sound.id);

const clamped = (gainDb: Decibels): Decibels =>
  Number.isFinite(gainDb) ? Math.min(0, Math.max(SOFTEST_LAYER, gainDb)) : 0;

/** An entry in place of the one with its id, wherever it is. */
export const replaceEntry = (session: ActiveSession, entry: QueueEntry): ActiveSession => {
  const queue = session.queue.map((one) => (one.id === entry.id ? entry : one));
  const coming = comingOf(session);
  return {
    ...session,
    queue,
    ...(coming?.id === entry.id && { coming: entry }),
    ...("track" in session && session.track.entry.id === entry.id && { track: { ...session.track, entry } }),
  } as ActiveSession;
};

/** What the engine is told of a mix that it holds. */
export const updateMix = (session: ActiveSession, entry: QueueEntry, over: Millis = LAYER_RAMP): Step => {
  const isHeld = trackOf(session)?.entry.id === entry.id && !(session.status === "paused" && session.cold);
  const layers = playerLayers(entry);
  // Until one of those that are left is prepared, what was taken out is still heard: silence would be louder.
  const isTold = isHeld && layers.length > 0;
  return stepTo(
    replaceEntry(session, entry),
    ...(isTold ? [sendToPlayer({ type: "setLayers", entry: entry.id, layers, over })] : []),
  );
};

/** Decides about a change of the mix that plays, or that is about to. */
export const changeMix = (session: ActiveSession, wish: MixRequest): Step => {
  const entry = trackOf(session)?.entry ?? comingOf(session);
  if (entry === undefined) return refuse(session, nothingPlaying());
  const id = wish.type === "layerAdded" ? wish.sound.id : wish.sound;
  const known = entry.layers.find(({ sound }) => sound.id === id);
  switch (wish.type) {
    case "layerAdded": {
      if (known !== undefined) return refuse(session, layerAlreadyInMix(known.sound.title));
      if (entry.layers.length >= MAX_LAYERS) return refuse(session, mixFull());
      const layer: RequestedLayer = { sound: wish.sound, gainDb: clamped(wish.gainDb), place: wish.place };
      const more = { ...entry, layers: [...entry.layers, layer] };
      return stepTo(replaceEntry(session, more), { type: "prepareSound", entry: entry.id, sound: wish.sound.id });
    }
    case "layerChanged": {
      if (known === undefined) return refuse(session, noSuchLayer());
      const next = { ...known, gainDb: clamped(wish.gainDb ?? known.gainDb), place: wish.place ?? known.place };
      return updateMix(session, { ...entry, layers: entry.layers.map((layer) => (layer === known ? next : layer)) });
    }
    case "layerRemoved": {
      if (known === undefined) return refuse(session, noSuchLayer());
      const rest = withoutLayer(entry, id);
      return rest === undefined ? refuse(session, onlyLayer()) : updateMix(session, rest);
    }
  }
};
