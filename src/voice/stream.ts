import type { Packet } from "../audio/format.ts";
import { SILENCE_PACKET } from "../audio/format.ts";
import { createRamp, SILENCE } from "../audio/ramp.ts";
import type { StoredSound } from "../audio/stored.ts";
import type { EntryId } from "../kernel/ids.ts";
import { type Decibels, type Frames, framesIn, type Millis } from "../kernel/units.ts";
import { createMixer } from "./mixer.ts";
import { createPart, type Loan, type Part } from "./part.ts";
import { createProgress, type StreamEvent } from "./progress.ts";

/** Discord's advice: five silence frames end a transmission, or listeners' decoders interpolate. */
const CLOSING_FRAMES = 5;
const PAUSE: Millis = 300;
const RESUME: Millis = 500;
const SEEK: Millis = 250;
const SHORTEST: Millis = 60;
/** Over which the end of a file that is no loop goes over into its beginning. */
const SEAM: Millis = 2_000;
/** More sounds than this at once are nobody's wish: the oldest leave on the shortest ramp. */
const MOST_PARTS = 4;

/** The sound of one guild, packet by packet; it knows nothing of time but the frames it has rendered. */
export interface Stream {
  /** @param giveBack called once when the sound is needed no more */
  play(entry: EntryId, sound: StoredSound, from: Frames, crossfade: Millis, giveBack?: () => void): void;
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
  /** Gives every sound back; nothing is heard after it. */
  close(): void;
  /** Packets sent as they were stored, and packets that were encoded anew. */
  readonly counts: { readonly passed: number; readonly mixed: number };
}

const ramp = (over: Millis): Frames => framesIn(Math.max(SHORTEST, over));

export const createStream = (report: (event: StreamEvent) => void): Stream => {
  const loudness = createRamp();
  const fade = createRamp();
  const hold = createRamp();
  const ramps = [loudness, fade, hold];
  const mixer = createMixer(ramps);
  const progress = createProgress(report);
  const counts = { passed: 0, mixed: 0 };
  /** The one that was asked for last comes last. */
  let parts: Part[] = [];
  let closing = 0;
  /** The listeners' decoders have heard the frame before. */
  let sounding = false;
  let fading = false;

  const current = () => {
    const last = parts.at(-1);
    return last?.side.wanted() ? last : undefined;
  };
  const unheard = () => parts.length === 0 || ramps.some((each) => each.silent());

  const keep = (isKept: (part: Part) => boolean) => {
    const gone = parts.filter((part) => !isKept(part));
    if (gone.length === 0) return;
    parts = parts.filter(isKept);
    for (const loan of new Set(gone.map((part) => part.loan))) {
      if (!parts.some((part) => part.loan === loan)) loan.giveBack();
    }
  };

  const turnOut = (over: Frames) => {
    for (const [index, part] of parts.entries()) {
      part.side.turn("out", parts.length - index < MOST_PARTS ? over : ramp(0));
    }
  };

  /** In place of what plays: crossfaded where it is heard, and at once where a pause or a fade hides it. */
  const replace = (part: Part, over: Frames) => {
    turnOut(over);
    part.side.turn("in", ramps.some((each) => each.silent()) ? 0 : over);
    parts = [...parts, part];
  };

  /** Files that others made end where they end; ours go round without a seam. */
  const goRound = (part: Part) => {
    const { keyframes, length } = part.sound;
    const seam = Math.min(framesIn(SEAM), length >> 1);
    if (keyframes.length === 0 && length - part.position() === seam)
      replace(createPart(part.entry, part.loan, 0), seam);
  };

  const endFade = () => {
    if (!fading || !fade.silent()) return;
    fading = false;
    report({ type: "fadeEnded" });
  };

  /** A frame that nobody hears: the position stands, and so does a fade while the room is paused. */
  const rest = (): Packet | undefined => {
    sounding = false;
    mixer.stop();
    keep((part) => part.side.wanted());
    for (const part of parts) part.rest();
    if (!hold.silent()) for (const each of ramps) each.skip();
    endFade();
    if (closing === 0) return undefined;
    closing -= 1;
    return SILENCE_PACKET;
  };

  const atRest = () =>
    parts.length === 1 && parts[0]!.side.settled() && ramps.every((each) => each.settled() && each.target() === 0);

  const render = (): Packet => {
    if (!mixer.running()) mixer.start(sounding ? parts[0] : undefined);
    counts.mixed += 1;
    const failed: Part[] = [];
    const packet = mixer.render(parts, failed);
    for (const part of failed) {
      keep((each) => each !== part);
      report({ type: "soundFailed", entry: part.entry, reason: "The sound's file could not be decoded." });
    }
    keep((part) => !part.side.silent());
    return packet;
  };

  const pass = (part: Part): Packet => {
    if (mixer.running()) {
      mixer.stop();
      part.rest();
    }
    counts.passed += 1;
    const packet = part.sound.packets[part.position()]!;
    part.advance();
    return packet;
  };

  return {
    counts,
    play(entry, sound, from, crossfade, giveBack = () => {}) {
      const loan: Loan = { sound, giveBack };
      if (sound.length === 0) {
        giveBack();
        return report({ type: "soundFailed", entry, reason: "The sound is empty." });
      }
      replace(createPart(entry, loan, from), ramp(crossfade));
      progress.begin();
    },
    pause() {
      if (hold.target() === 0) hold.to(SILENCE, unheard() ? 0 : framesIn(PAUSE));
    },
    resume() {
      if (hold.target() !== 0) hold.to(0, parts.length === 0 ? 0 : framesIn(RESUME));
    },
    seek(to) {
      const part = current();
      if (part === undefined) return;
      const next = createPart(part.entry, part.loan, to);
      if (next.position() === part.position()) return;
      replace(next, ramp(SEEK));
      progress.jump();
    },
    stop: (over) => turnOut(ramp(over)),
    setLoudness(level, over) {
      const next = Math.min(0, level);
      if (loudness.target() !== next) loudness.to(next, unheard() ? 0 : ramp(over));
    },
    fadeOut(over) {
      fading = true;
      fade.to(SILENCE, ramp(over));
    },
    fadeIn(over) {
      fading = false;
      if (fade.target() !== 0) fade.to(0, parts.length === 0 ? 0 : ramp(over));
    },
    comeBack() {
      sounding = false;
      mixer.stop();
      const part = current();
      keep((each) => each === part);
      if (part === undefined) return;
      const again = createPart(part.entry, part.loan, part.position());
      again.side.turn("in", ramp(RESUME));
      parts = [again];
    },
    silent: () => !sounding && closing === 0 && unheard(),
    close() {
      keep(() => false);
      mixer.stop();
      closing = 0;
      sounding = false;
    },
    next() {
      if (unheard()) return rest();
      closing = CLOSING_FRAMES;
      const [only] = parts;
      const packet = only && atRest() && sounding && mixer.mayStop(only) ? pass(only) : render();
      sounding = true;
      const part = current();
      if (part) {
        progress.advance(part);
        goRound(part);
      }
      endFade();
      return packet;
    },
  };
};
