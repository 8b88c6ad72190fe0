import { MAX_LAYERS, SOFTEST_LAYER } from "../catalogue/mix.ts";
import type { PlayableSound } from "../catalogue/sound.ts";
import type { UserId } from "../kernel/ids.ts";
import type { Placement } from "../kernel/placement.ts";
import { type Decibels, type Frames, type Millis, millisIn, seconds } from "../kernel/units.ts";
import type { Effect } from "./effects.ts";
import type { PlayerLayer } from "./protocol.ts";
import { layerAlreadyInMix, mixFull, noSuchLayer, nothingPlaying, onlyLayer } from "./refusals.ts";
import {
  type ActiveSession,
  comingOf,
  type LayerOnce,
  type PlayRequest,
  type PreparedLayer,
  type QueueEntry,
  type RequestedLayer,
  type SoundRef,
  trackOf,
} from "./session.ts";
import { refuse, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import { LAYER_RAMP, ONCE_MARGIN } from "./timing.ts";

/** A listener adds, changes or removes a layer of what is playing. */
export type MixRequest =
  | {
      readonly type: "layerAdded";
      readonly by: UserId;
      readonly sound: SoundRef;
      readonly gainDb: Decibels;
      readonly place: Placement;
      /** It is heard from its beginning, for this long, and leaves again; absent: it stays. */
      readonly once?: Millis;
    }
  | {
      readonly type: "layerChanged";
      readonly by: UserId;
      readonly sound: SoundRef["id"];
      readonly gainDb?: Decibels;
      readonly place?: Placement;
    }
  | { readonly type: "layerRemoved"; readonly by: UserId; readonly sound: SoundRef["id"] };

/** A mix of one sound, unchanged. */
export const singleLayer = (sound: SoundRef): readonly RequestedLayer[] => [{ sound, gainDb: 0, place: "centre" }];

const preparedLayers = ({ layers }: QueueEntry): readonly PreparedLayer[] =>
  layers.filter((layer): layer is PreparedLayer => layer.ready !== undefined);

/** Whether every layer has been prepared. */
export const isReady = ({ layers }: QueueEntry): boolean => layers.every(({ ready }) => ready !== undefined);

/** The length of one pass: that of the longest layer that stays. */
export const passLength = (entry: QueueEntry): Frames =>
  Math.max(1, ...preparedLayers(withoutOnce(entry)).map(({ ready }) => ready.length));

/** Whether it is heard once, and only quiet beds go on after its length. */
export const hasEnd = (entry: QueueEntry): boolean => {
  const layers = preparedLayers(withoutOnce(entry));
  return layers.length > 0 && layers.every(({ ready }) => ready.ends === true);
};

/** The position within a pass; of what has an end, no more than its length. */
export const positionInPass = (entry: QueueEntry, position: Frames): Frames => {
  const pass = passLength(entry);
  return hasEnd(entry) ? Math.min(position, pass) : position % pass;
};

/** The layers as the player takes them. */
export const playerLayers = (entry: QueueEntry): readonly PlayerLayer[] =>
  preparedLayers(entry).map(({ ready, gainDb, place, once }) => ({
    sound: ready,
    gainDb,
    place,
    ...(once && { fromStart: true as const }),
  }));

/** The entry as it was requested, to be prepared again; what was laid over it once is over. */
export const unprepared = (entry: QueueEntry): QueueEntry => ({
  ...entry,
  layers: withoutOnce(entry).layers.map(({ ready: _, ...layer }) => layer),
});

/** Requests every layer that has not been prepared. */
export const prepareEffects = ({ id: entry, layers }: QueueEntry): readonly Effect[] =>
  layers.flatMap(({ sound, ready }) => (ready ? [] : [{ type: "prepareSound", entry, sound: sound.id } as const]));

/** The entry with this sound prepared; one that is heard once begins now. */
export const withReady = (entry: QueueEntry, sound: PlayableSound, now: Millis): QueueEntry => ({
  ...entry,
  layers: entry.layers.map((layer) =>
    layer.sound.id === sound.id
      ? { ...layer, ready: sound, ...(layer.once && { once: onceUntil(layer.once, sound, now) }) }
      : layer,
  ),
});

/** A sound up to this long is heard whole. */
const MAX_WHOLE: Millis = seconds(60);

/** Its ramp ends before the sound does, which would begin again. */
const onceUntil = (once: LayerOnce, { length }: PlayableSound, now: Millis): LayerOnce => {
  if (once.until !== undefined) return once;
  const whole = millisIn(length);
  const heard = whole <= MAX_WHOLE ? whole - ONCE_MARGIN : once.for;
  return { ...once, until: now + Math.max(LAYER_RAMP, heard - LAYER_RAMP) };
};

/** What was laid over the current entry and has been heard leaves on a ramp. */
export const checkOnce = (session: ActiveSession, now: Millis): Step => {
  const entry = trackOf(session)?.entry;
  if (entry === undefined) return stay(session);
  const layers = entry.layers.filter(({ once }) => once?.until === undefined || once.until > now);
  if (layers.length === entry.layers.length) return stay(session);
  // Where everything else has failed meanwhile, it stays rather than leave silence.
  return layers.length > 0
    ? updateMix(session, { ...entry, layers })
    : stepTo(replaceEntry(session, { ...entry, layers: entry.layers.map(({ once: _, ...layer }) => layer) }));
};

/** When that is due. */
export const onceDeadlines = (session: ActiveSession): readonly Millis[] =>
  trackOf(session)?.entry.layers.flatMap(({ once }) => (once?.until === undefined ? [] : [once.until])) ?? [];

/** The entry without what is heard once: it is not part of what is played again or kept. */
export const withoutOnce = (entry: QueueEntry): QueueEntry => {
  const layers = entry.layers.filter(({ once }) => once === undefined);
  return layers.length === entry.layers.length || layers.length === 0 ? entry : { ...entry, layers };
};

/** @returns undefined when no layer is left */
export const withoutLayer = (entry: QueueEntry, sound: SoundRef["id"]): QueueEntry | undefined => {
  const layers = entry.layers.filter((layer) => layer.sound.id !== sound);
  return layers.length === 0 ? undefined : { ...entry, layers };
};

/** Whether two requests sound the same. */
export const isSameMix = (one: PlayRequest, other: PlayRequest): boolean =>
  one.title === other.title &&
  one.layers.length === other.layers.length &&
  one.layers.every(({ sound }, i) => sound.id === other.layers[i]?.sound.id);

const clamped = (gainDb: Decibels): Decibels =>
  Number.isFinite(gainDb) ? Math.min(0, Math.max(SOFTEST_LAYER, gainDb)) : 0;

/** Replaces the entry with the same id, wherever it is in the session. */
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

/** Sends a changed mix to the player. */
export const updateMix = (session: ActiveSession, entry: QueueEntry, over: Millis = LAYER_RAMP): Step => {
  const isHeld = trackOf(session)?.entry.id === entry.id && !(session.status === "paused" && session.cold);
  const layers = playerLayers(entry);
  // Until one of the remaining layers is prepared, the removed one keeps playing: sudden silence
  // would be more noticeable.
  const isTold = isHeld && layers.length > 0;
  return stepTo(
    replaceEntry(session, entry),
    ...(isTold ? [sendToPlayer({ type: "setLayers", entry: entry.id, layers, over })] : []),
  );
};

/** Changes the mix that is playing, or about to play. */
export const changeMix = (session: ActiveSession, request: MixRequest): Step => {
  const entry = trackOf(session)?.entry ?? comingOf(session);
  if (entry === undefined) return refuse(session, nothingPlaying());
  const id = request.type === "layerAdded" ? request.sound.id : request.sound;
  const known = entry.layers.find(({ sound }) => sound.id === id);
  switch (request.type) {
    case "layerAdded": {
      if (request.once !== undefined && trackOf(session) === undefined) return refuse(session, nothingPlaying());
      if (known !== undefined) return refuse(session, layerAlreadyInMix(known.sound.title));
      if (entry.layers.length >= MAX_LAYERS) return refuse(session, mixFull());
      const layer: RequestedLayer = {
        sound: request.sound,
        gainDb: clamped(request.gainDb),
        place: request.place,
        ...(request.once !== undefined && { once: { for: request.once } }),
      };
      const more = { ...entry, layers: [...entry.layers, layer] };
      return stepTo(replaceEntry(session, more), { type: "prepareSound", entry: entry.id, sound: request.sound.id });
    }
    case "layerChanged": {
      if (known === undefined) return refuse(session, noSuchLayer());
      const next = { ...known, gainDb: clamped(request.gainDb ?? known.gainDb), place: request.place ?? known.place };
      return updateMix(session, { ...entry, layers: entry.layers.map((layer) => (layer === known ? next : layer)) });
    }
    case "layerRemoved": {
      if (known === undefined) return refuse(session, noSuchLayer());
      const rest = withoutLayer(entry, id);
      return rest === undefined || withoutOnce(rest).layers.some(({ once }) => once !== undefined)
        ? refuse(session, onlyLayer())
        : updateMix(session, rest);
    }
  }
};
