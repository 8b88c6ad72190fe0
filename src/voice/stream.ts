import { createOpusEncoder } from "../audio/encode.ts";
import { createFrame, FRAME_SAMPLES, type Packet, SILENCE_PACKET } from "../audio/format.ts";
import { createLimiter } from "../audio/limiter.ts";
import { createRamp, SILENCE } from "../audio/ramp.ts";
import type { StoredSound } from "../audio/stored.ts";
import type { EntryId } from "../kernel/ids.ts";
import { type Decibels, type Frames, framesIn, type Millis, seconds } from "../kernel/units.ts";
import { createPart, type Part } from "./part.ts";
import { PRE_ROLL } from "./reader.ts";

/** Discord's advice: five silence frames end a transmission, or listeners' decoders interpolate. */
const CLOSING_FRAMES = 5;
const CEILING: Decibels = -3;
const PAUSE: Millis = 300;
const RESUME: Millis = 500;
const SEEK: Millis = 250;
const SHORTEST: Millis = 60;
/** Pure frames of the sound between the last ramp and the stored packets. */
const SETTLING: Frames = 2;
const NEAR_END: Frames = framesIn(seconds(5));
const POSITION_EVERY: Frames = framesIn(seconds(5));

export type StreamEvent =
  | { readonly type: "soundStarted"; readonly entry: EntryId }
  | { readonly type: "passEnding"; readonly entry: EntryId }
  | { readonly type: "positionAdvanced"; readonly entry: EntryId; readonly position: Frames }
  | { readonly type: "soundFailed"; readonly entry: EntryId; readonly reason: string }
  | { readonly type: "fadeEnded" };

/** The sound of one guild, packet by packet; it knows nothing of time but the frames it has rendered. */
export interface Stream {
  play(entry: EntryId, sound: StoredSound, from: Frames, crossfade: Millis): void;
  pause(): void;
  resume(): void;
  seek(to: Frames): void;
  /** Everything to silence; `silent` tells when. */
  stop(over: Millis): void;
  setLoudness(level: Decibels, over: Millis): void;
  fadeOut(over: Millis): void;
  fadeIn(over: Millis): void;
  /** After an interruption nobody heard where it was: the sound comes back on a ramp. */
  comeBack(): void;
  /** @returns the next packet, or undefined while there is nothing to send */
  next(): Packet | undefined;
  /** Nothing is heard, and the closing silence has been sent. */
  silent(): boolean;
  /** Packets sent as they were stored, and packets that were encoded anew. */
  readonly counts: { passed: number; mixed: number };
}

export const createStream = (report: (event: StreamEvent) => void): Stream => {
  const encoder = createOpusEncoder();
  const limiter = createLimiter(CEILING);
  const [mix, scratch] = [createFrame(), createFrame()];
  const loudness = createRamp(0);
  const fade = createRamp(0);
  const hold = createRamp(0);
  const ramps = [loudness, fade, hold];
  const counts = { passed: 0, mixed: 0 };
  let parts: Part[] = [];
  let mixing = false;
  let pure: Frames = 0;
  let closing = 0;
  let sounding = false;
  let paused = false;
  let fading = false;
  let started: EntryId | undefined;
  let warned: EntryId | undefined;
  let sinceReport: Frames = 0;

  const current = () => parts.at(-1);
  const held = () => paused && hold.settled();
  const turnOut = (over: Millis) => {
    for (const part of parts) part.side.turn("out", ramp(over));
  };
  const ramp = (over: Millis) => framesIn(Math.max(SHORTEST, over));

  /** Settles the encoder on what the listener has heard last, so that the change to mixing is not. */
  const beginMixing = (part: Part | undefined) => {
    mixing = true;
    encoder.reset();
    limiter.reset();
    if (part === undefined || !sounding) return;
    for (let before = PRE_ROLL; before > 0; before--) {
      part.renderAt((part.position - before + part.sound.length) % part.sound.length, scratch);
      limiter.apply(scratch);
      encoder.encode(scratch);
    }
  };

  const drop = (part: Part, reason: string) => {
    parts = parts.filter((each) => each !== part);
    report({ type: "soundFailed", entry: part.entry, reason });
  };

  const renderMix = (): Packet => {
    mix.left.fill(0);
    mix.right.fill(0);
    for (const part of parts) {
      try {
        part.render(scratch);
      } catch {
        drop(part, "The sound's file could not be decoded.");
        continue;
      }
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        mix.left[i]! += scratch.left[i]!;
        mix.right[i]! += scratch.right[i]!;
      }
    }
    for (const each of ramps) each.apply(mix);
    limiter.apply(mix);
    parts = parts.filter((part) => !part.side.silent());
    counts.mixed += 1;
    return encoder.encode(mix);
  };

  const atRest = () =>
    parts.length === 1 && parts[0]!.side.settled() && ramps.every((each) => each.settled() && each.level() === 0);

  const tell = (part: Part) => {
    if (started !== part.entry) {
      started = part.entry;
      report({ type: "soundStarted", entry: part.entry });
    }
    const left = part.sound.length - part.position;
    if (left > NEAR_END) {
      if (warned === part.entry) warned = undefined;
    } else if (warned !== part.entry) {
      warned = part.entry;
      report({ type: "passEnding", entry: part.entry });
    }
    sinceReport += 1;
    if (sinceReport < POSITION_EVERY) return;
    sinceReport = 0;
    report({ type: "positionAdvanced", entry: part.entry, position: part.position });
  };

  const close = (): Packet | undefined => {
    sounding = false;
    mixing = false;
    if (closing === 0) return undefined;
    closing -= 1;
    return SILENCE_PACKET;
  };

  return {
    counts,
    play(entry, sound, from, crossfade) {
      if (sound.length === 0) return report({ type: "soundFailed", entry, reason: "The sound is empty." });
      if (held()) parts = [];
      turnOut(crossfade);
      const part = createPart(entry, sound, from);
      part.side.turn("in", ramp(crossfade));
      parts.push(part);
      sinceReport = 0;
      warned = undefined;
    },
    pause() {
      if (paused) return;
      paused = true;
      hold.to(SILENCE, framesIn(PAUSE));
    },
    resume() {
      if (!paused) return;
      paused = false;
      hold.to(0, framesIn(RESUME));
    },
    seek(to) {
      const part = current();
      if (part === undefined) return;
      turnOut(SEEK);
      const next = createPart(part.entry, part.sound, to);
      next.side.turn("in", ramp(SEEK));
      parts.push(next);
    },
    stop: turnOut,
    setLoudness: (level, over) => loudness.to(Math.min(0, level), ramp(over)),
    fadeOut(over) {
      fading = true;
      fade.to(SILENCE, ramp(over));
    },
    fadeIn(over) {
      fading = false;
      if (fade.target() !== 0) fade.to(0, ramp(over));
    },
    comeBack() {
      sounding = false;
      mixing = false;
      const part = current();
      if (part === undefined || !part.side.wanted()) {
        parts = [];
        return;
      }
      const again = createPart(part.entry, part.sound, part.position);
      again.side.turn("in", ramp(RESUME));
      parts = [again];
    },
    silent: () => !sounding && closing === 0 && (parts.length === 0 || held()),
    next() {
      const part = current();
      if (part === undefined || held()) return close();
      closing = CLOSING_FRAMES;
      let packet: Packet | undefined;
      if (atRest() && sounding) {
        pure += 1;
        if (mixing && pure > SETTLING && part.sound.keyframes.includes(part.position)) mixing = false;
        if (!mixing) {
          packet = part.sound.packets[part.position];
          part.advance();
          counts.passed += 1;
        }
      } else pure = 0;
      if (packet === undefined) {
        if (!mixing) beginMixing(part);
        packet = renderMix();
      }
      sounding = true;
      tell(part);
      if (fading && fade.settled()) {
        fading = false;
        report({ type: "fadeEnded" });
      }
      return packet;
    },
  };
};
