import type { EntryId } from "../../src/kernel/ids.ts";
import { type Decibels, hours, type Millis } from "../../src/kernel/units.ts";
import type { PlayerCommand } from "../../src/session/protocol.ts";

/** Silence, for a ramp that is even in decibels. */
const SILENCE: Decibels = -60;

/** Fails with a sentence; quicker than an assertion of the test library, which thousands of evenings would wait for. */
export const invariant = (holds: boolean, what: string, ...details: readonly unknown[]): void => {
  if (!holds) throw new Error(`${what} ${details.map((each) => JSON.stringify(each)).join(" ")}`);
};

/** A gain on its way. While the sound is held, a fade stands still. */
interface Ramp {
  readonly from: Decibels;
  readonly to: Decibels;
  readonly start: Millis;
  readonly over: Millis;
}

const levelAt = ({ from, to, start, over }: Ramp, now: Millis): Decibels =>
  over === 0 || now >= start + over ? to : from + ((to - from) * Math.max(0, now - start)) / over;

const steadyRamp = (level: Decibels, now: Millis): Ramp => ({ from: level, to: level, start: now, over: 0 });

/** An engine that believes what it is told, objects to what makes no sense or would be heard as a step, and knows how loud it is. */
export const createStrictPlayer = (now: () => Millis) => {
  let held = false;
  let gone = false;
  let fading = false;
  let playing: EntryId | undefined;
  let loudness = steadyRamp(0, now());
  let fade = steadyRamp(0, now());
  let ceiling = 0;

  const rampTo = (ramp: Ramp, to: Decibels, over: Millis, what: string): Ramp => {
    invariant(over >= 0 && over <= hours(13), `${what} takes`, over);
    const from = levelAt(ramp, now());
    const isHeard = playing !== undefined && !held;
    invariant(over > 0 || !isHeard || from === to, `${what} is a step`, from, to);
    return { from, to, start: now(), over };
  };
  const isSilent = () => playing === undefined || held || levelAt(fade, now()) <= SILENCE + 1;

  return {
    state: () => ({
      held,
      fading,
      gone,
      playing,
      ceiling,
      /** Where the ramp of the room's loudness ends. */
      gainDb: loudness.to,
      /** How loud it is at this moment. */
      heardDb: levelAt(loudness, now()) + levelAt(fade, now()),
      loudnessEnds: loudness.start + loudness.over,
      fadeEnds: fade.start + fade.over,
      fadeLeft: Math.max(0, fade.start + fade.over - now()),
      fadeTo: fade.to,
    }),
    /** How far its last fade is from its end. */
    fadeLeft: () => Math.max(0, fade.start + fade.over - now()),
    /** What it plays cannot be read. */
    fail() {
      playing = undefined;
    },
    /** It counts frames, and may be there a moment before the clock. */
    finishFade() {
      fade = { ...steadyRamp(fade.to, now()), start: fade.start, over: fade.over, from: fade.to };
    },
    obey(command: PlayerCommand) {
      invariant(!gone, `${command.type} after the end`);
      switch (command.type) {
        case "play":
          invariant(command.from >= 0 && command.from < Number.MAX_SAFE_INTEGER, "play from", command.from);
          invariant(command.layers.length > 0, "play of nothing");
          invariant(command.crossfade > 0, "a sound begins with a step");
          playing = command.entry;
          break;
        case "setLayers":
          invariant(command.entry === playing, "layers of what does not play");
          invariant(command.layers.length > 0, "a mix of nothing");
          invariant(command.over > 0, "a layer changes with a step");
          invariant(
            command.layers.every(({ gainDb }) => gainDb <= 0),
            "a layer is louder than its sound",
          );
          break;
        case "pause":
        case "resume":
          invariant(held === (command.type === "resume"), `${command.type} of what is so already`);
          held = command.type === "pause";
          break;
        case "fadeOut":
          fade = rampTo(fade, command.to ?? SILENCE, command.over, "A fade");
          fading = true;
          break;
        case "fadeIn":
          invariant(fading, "fadeIn without a fade");
          fade = rampTo(fade, 0, command.over, "The way back from a fade");
          fading = false;
          break;
        case "setVolume":
          loudness = rampTo(loudness, command.gainDb, command.over, "The loudness");
          break;
        case "setCeiling":
          ceiling = command.lufs;
          break;
        case "leave":
          invariant(command.over > 0 || isSilent(), "it leaves with a step", levelAt(fade, now()));
          gone = true;
          break;
        case "stop":
          invariant(command.over > 0, "it stops with a step");
          playing = undefined;
          break;
        case "join":
        case "setDucking":
        case "seek":
          break;
      }
    },
  };
};
