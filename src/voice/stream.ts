import type { Packet } from "../audio/format.ts";
import { SILENCE_PACKET } from "../audio/format.ts";
import { createRamp, SILENCE } from "../audio/ramp.ts";
import type { EntryId } from "../kernel/ids.ts";
import { type Decibels, type Frames, framesIn, type Millis } from "../kernel/units.ts";
import { createDesk, type Desk } from "./desk.ts";
import type { Layer, LayerWish, Loan } from "./layer.ts";
import { LOUDEST, type Mixer } from "./mixer.ts";
import { createPart, type Playing } from "./part.ts";
import { createProgress, type StreamEvent } from "./progress.ts";
import type { Rendition } from "./rendition.ts";

/** Discord's advice: five silence frames end a transmission, or listeners' decoders interpolate. */
const CLOSING_FRAMES = 5;
const PAUSE: Millis = 300;
const RESUME: Millis = 500;
const SEEK: Millis = 250;
const SHORTEST: Millis = 60;
/** While a member speaks, and after it. */
const DUCK_DOWN: Millis = 250;
const DUCK_UP: Millis = 3_000;
/** More sounds than this at once are nobody's wish: the oldest leave on the shortest ramp. */
const MOST_PARTS = 4;

/** The sound of one guild, packet by packet; it knows nothing of time but the frames it has rendered. */
export interface Stream {
  /** Each layer's loan is given back once, when it is needed no more. */
  play(entry: EntryId, layers: readonly LayerWish[], from: Frames, crossfade: Millis): void;
  /** What plays becomes this mix; nothing where it is another entry that plays. */
  setLayers(entry: EntryId, layers: readonly LayerWish[], over: Millis): void;
  pause(): void;
  resume(): void;
  seek(to: Frames): void;
  /** Everything to silence; `silent` tells when. */
  stop(over: Millis): void;
  setLoudness(level: Decibels, over: Millis): void;
  /** Nothing leaves louder than this, in LUFS over three seconds. */
  setCeiling(lufs: Decibels): void;
  /** Softer by so much while somebody speaks; 0 comes back, slowly. */
  duck(byDb: Decibels): void;
  /** @param to where it ends; silence, unless something else is said */
  fadeOut(over: Millis, to?: Decibels): void;
  fadeIn(over: Millis): void;
  /** After an interruption nobody heard where it was: the sound comes back on a ramp. */
  comeBack(): void;
  /** @returns the next packet, or undefined while there is nothing to send */
  next(): Packet | undefined;
  /** Nothing is heard, and the closing silence has been sent. */
  silent(): boolean;
  /** Gives every sound back; nothing is heard after it. */
  close(): void;
  /** Packets sent as they were stored, packets encoded for whoever plays the same, and packets encoded for this stream alone. */
  readonly counts: { readonly passed: number; readonly shared: number; readonly mixed: number };
}

const ramp = (over: Millis): Frames => framesIn(Math.max(SHORTEST, over));

/** @param desk what the streams of a thread share */
export const createStream = (report: (event: StreamEvent) => void, desk: Desk = createDesk()): Stream => {
  const loudness = createRamp();
  const fade = createRamp();
  const hold = createRamp();
  const ducking = createRamp();
  const ramps = [loudness, fade, hold, ducking];
  let mixer: Mixer | undefined;
  let rendition: Rendition | undefined;
  let ceiling = LOUDEST;
  const progress = createProgress(report);
  const counts = { passed: 0, shared: 0, mixed: 0 };
  /** The one that was asked for last comes last. */
  let parts: Playing[] = [];
  let closing = 0;
  /** The listeners' decoders have heard the frame before. */
  let sounding = false;
  /** What goes out as it is there, until something is asked for: `next` need not look at anything else. */
  let steady: Playing | undefined;
  /** Where a fade is to end, while one is under way. */
  let fadeEnd: Decibels | undefined;

  const current = () => {
    const last = parts.at(-1);
    return last?.side.wanted() ? last : undefined;
  };
  const unheard = () => parts.length === 0 || ramps.some((each) => each.silent());

  const open = (entry: EntryId, layers: readonly LayerWish[], from: Frames): Playing => ({
    entry,
    ...createPart(layers, from, desk.readers),
  });
  const stopMixing = () => {
    if (mixer !== undefined) desk.mixers.giveBack(mixer);
    mixer = undefined;
  };
  const leaveRendition = () => {
    rendition?.close();
    rendition = undefined;
  };

  const keep = (isKept: (part: Playing) => boolean) => {
    const gone = parts.filter((part) => !isKept(part));
    if (gone.length === 0) return;
    parts = parts.filter(isKept);
    for (const part of gone) part.rest();
    for (const part of gone) release(part.layers().map(({ loan }) => loan));
  };

  /** Two parts may hold the same loan: where a sound was, and where it is now. */
  const release = (loans: readonly Loan[]) => {
    for (const loan of new Set(loans)) if (!parts.some((part) => part.holds(loan))) loan.giveBack();
  };

  const turnOut = (over: Frames) => {
    for (const [index, part] of parts.entries()) {
      part.side.turn("out", parts.length - index < MOST_PARTS ? over : ramp(0));
    }
  };

  /** In place of what plays: crossfaded where it is heard, and at once where a pause or a fade hides it. */
  const replace = (part: Playing, over: Frames) => {
    turnOut(over);
    part.side.turn("in", ramps.some((each) => each.silent()) ? 0 : over);
    parts = [...parts, part];
  };

  /** The same mix, elsewhere. */
  const again = (part: Playing, from: Frames): Playing => open(part.entry, part.wishes(), from);

  const endFade = () => {
    if (fadeEnd === undefined || !fade.settled()) return;
    fadeEnd = undefined;
    report({ type: "fadeEnded" });
  };

  /** A frame that nobody hears: the position stands, and so does a fade while the room is paused. */
  const rest = (): Packet | undefined => {
    sounding = false;
    stopMixing();
    leaveRendition();
    keep((part) => part.side.wanted());
    for (const part of parts) part.rest();
    if (!hold.silent()) for (const each of ramps) each.skip();
    endFade();
    if (closing === 0) return undefined;
    closing -= 1;
    return SILENCE_PACKET;
  };

  /** The part that is heard alone, and in which nothing is on its way. */
  const settled = (): Playing | undefined => {
    const [only] = parts;
    const isStill = only?.side.settled() && only.settled() && ramps.every((each) => each.settled());
    return parts.length === 1 && isStill ? only : undefined;
  };

  const render = (isStill: boolean): Packet => {
    if (!isStill) leaveRendition();
    if (mixer === undefined) {
      mixer = desk.mixers.take();
      mixer.start(ramps, ceiling, sounding ? parts[0] : undefined);
    }
    counts.mixed += 1;
    const packet = mixer.render(parts, fail);
    for (const part of parts) release(part.sweep());
    keep((part) => part.layers().length > 0 && !part.side.silent());
    return packet;
  };

  const fail = (part: Playing, layer: Layer) => {
    release([layer.loan]);
    const reason = "The sound's file could not be decoded.";
    const isAll = part.layers().length === 0;
    report(
      isAll
        ? { type: "soundFailed", entry: part.entry, reason }
        : { type: "layerFailed", entry: part.entry, sound: layer.id, reason },
    );
  };

  /** What is there already: the stored packet, or the one that is encoded for all who play the same. */
  const fetch = (part: Playing): Packet | undefined => {
    // From a mixer of its own it goes over where no frame leans on the one before.
    if (!sounding || (mixer !== undefined && !(mixer.settled() && part.isKeyframe(part.position())))) return undefined;
    const gainDb = ramps.reduce((sum, each) => sum + each.level(), 0);
    const stored = gainDb === 0 && part.plain();
    if (stored) leaveRendition();
    if (!stored && rendition === undefined) {
      part.rest();
      rendition = desk.renditions.open({ layers: part.wishes(), gainDb, ceiling, cycle: part.cycle() });
    }
    const packet = stored ? part.packet() : rendition?.packet(part.position());
    if (packet === undefined) return undefined;
    if (mixer !== undefined) part.rest();
    stopMixing();
    counts[stored ? "passed" : "shared"] += 1;
    part.advance();
    steady = fadeEnd === undefined ? part : undefined;
    return packet;
  };

  /** As long as nothing is asked for, what was there is there again. */
  const fetchAgain = (part: Playing): Packet | undefined => {
    const packet = rendition === undefined ? part.packet() : rendition.packet(part.position());
    if (packet === undefined) return undefined;
    counts[rendition === undefined ? "passed" : "shared"] += 1;
    part.advance();
    progress.advance(part);
    return packet;
  };

  /** A file without a packet is no sound; the others of a mix are heard without it. */
  const withoutEmpty = (entry: EntryId, wishes: readonly LayerWish[]): readonly LayerWish[] => {
    const playable = wishes.filter(({ loan }) => loan.sound.length > 0);
    for (const { id, loan } of wishes) {
      if (loan.sound.length > 0) continue;
      loan.giveBack();
      if (playable.length > 0) report({ type: "layerFailed", entry, sound: id, reason: "The sound is empty." });
    }
    return playable;
  };

  return {
    counts,
    play(entry, wishes, from, crossfade) {
      const playable = withoutEmpty(entry, wishes);
      if (playable.length === 0) return report({ type: "soundFailed", entry, reason: "The sound is empty." });
      steady = undefined;
      replace(open(entry, playable, from), ramp(crossfade));
      progress.begin();
    },
    setLayers(entry, wishes, over) {
      const part = current();
      const playable = part?.entry === entry ? withoutEmpty(entry, wishes) : [];
      if (part?.entry !== entry || playable.length === 0) return release(wishes.map(({ loan }) => loan));
      steady = undefined;
      part.become(playable, unheard() ? 0 : ramp(over));
    },
    pause() {
      steady = undefined;
      if (hold.target() === 0) hold.to(SILENCE, unheard() ? 0 : framesIn(PAUSE));
    },
    resume() {
      steady = undefined;
      if (hold.target() !== 0) hold.to(0, parts.length === 0 ? 0 : framesIn(RESUME));
    },
    seek(to) {
      const part = current();
      if (part === undefined) return;
      if (Math.max(0, to) === part.position()) return;
      steady = undefined;
      replace(again(part, to), ramp(SEEK));
      progress.jump();
    },
    stop(over) {
      steady = undefined;
      turnOut(ramp(over));
    },
    setLoudness(level, over) {
      steady = undefined;
      const next = Math.min(0, level);
      if (loudness.target() !== next) loudness.to(next, unheard() ? 0 : ramp(over));
    },
    setCeiling(lufs) {
      if (lufs === ceiling) return;
      steady = undefined;
      ceiling = lufs;
      leaveRendition();
      mixer?.setCeiling(lufs);
    },
    duck(byDb) {
      const next = -Math.max(0, byDb);
      if (ducking.target() === next) return;
      steady = undefined;
      ducking.to(next, unheard() ? 0 : ramp(next < ducking.target() ? DUCK_DOWN : DUCK_UP));
    },
    fadeOut(over, to = SILENCE) {
      steady = undefined;
      fadeEnd = to;
      fade.to(to, ramp(over));
    },
    fadeIn(over) {
      steady = undefined;
      fadeEnd = undefined;
      if (fade.target() !== 0) fade.to(0, parts.length === 0 ? 0 : ramp(over));
    },
    comeBack() {
      steady = undefined;
      sounding = false;
      stopMixing();
      leaveRendition();
      const part = current();
      keep((each) => each === part);
      if (part === undefined) return;
      const back = again(part, part.position());
      back.side.turn("in", ramp(RESUME));
      part.rest();
      parts = [back];
    },
    silent: () => !sounding && closing === 0 && unheard(),
    close() {
      steady = undefined;
      keep(() => false);
      stopMixing();
      leaveRendition();
      closing = 0;
      sounding = false;
    },
    next() {
      const again = steady && fetchAgain(steady);
      if (again !== undefined) return again;
      steady = undefined;
      if (unheard()) return rest();
      closing = CLOSING_FRAMES;
      const only = settled();
      const packet = (only && fetch(only)) ?? render(only !== undefined);
      sounding = true;
      const part = current();
      if (part) progress.advance(part);
      endFade();
      return packet;
    },
  };
};
