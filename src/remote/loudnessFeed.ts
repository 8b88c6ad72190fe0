import type { SoundId } from "../kernel/ids.ts";
import { type Decibels, type Frames, framesIn, type Millis, minutes, seconds } from "../kernel/units.ts";
import type { LoudnessCurve, LoudnessCurves, Requester } from "../ports/sounds.ts";
import { isHeard, type SessionView } from "../session/view.ts";
import type { ServerMessage } from "./protocol.ts";

type LoudnessMessage = Extract<ServerMessage, { type: "loudness" }>;

/** Between two levels: what a curve is measured by. */
const STEP: Millis = 200;
/** How far ahead a page is told: a position comes every five seconds, and one that is late is not missed. */
const AHEAD: Millis = seconds(16);
/** A page is told again when it knows no more than this. */
const RENEW: Millis = seconds(8);
/** Where a sound was last heard to be is only known to some milliseconds: what changes by less is not sent. */
const SAME_MOMENT: Millis = 100;
/** Louder or softer by more makes no difference to a picture. */
const MOST: Decibels = 12;
/** Takes whose curves are kept. */
const KEPT = 200;

/** A layer of a mix as it is heard. */
interface HeardLayer {
  readonly curve: LoudnessCurve;
  readonly gainDb: Decibels;
  /** The position at which the curve is at its beginning. */
  readonly beganAt: Frames;
}

const power = (level: Decibels): number => 10 ** (level / 10);

/**
 * How loud a mix is, beside what is usual for it, in half decibels' steps.
 * @param from the position of the first level
 * @param count how many, a fifth of a second apart
 */
export const mixLoudness = (layers: readonly HeardLayer[], from: Frames, count: number): readonly Decibels[] => {
  const usual = layers.reduce((sum, { curve, gainDb }) => sum + power(curve.mean + gainDb), 0);
  return Array.from({ length: count }, (_, index) => {
    const position = from + index * framesIn(STEP);
    const now = layers.reduce(
      (sum, { curve, gainDb, beganAt }) => sum + power(curve.at(position - beganAt) + gainDb),
      0,
    );
    const level = 10 * Math.log10(now / usual);
    return Math.round(Math.min(MOST, Math.max(-MOST, level)) * 2) / 2;
  });
};

/** The curves that are there already. */
export interface KnownCurves {
  /** @returns undefined where it has not been measured yet, or there is none */
  find(sound: SoundId, take: number, by: Requester): LoudnessCurve | undefined;
}

/** A curve that could not be had, such as on a machine that is too busy, is asked for again after so long. */
const ASK_AGAIN: Millis = minutes(2);

/** Asks for the curve of each take, and has it from then on. */
export const createKnownCurves = (curves: LoudnessCurves, now: () => Millis): KnownCurves => {
  const known = new Map<string, { readonly askedAt: Millis; curve?: LoudnessCurve | undefined }>();
  return {
    find(sound, take, by) {
      const key = `${sound} ${take}`;
      const before = known.get(key);
      if (before?.curve !== undefined || (before !== undefined && now() - before.askedAt < ASK_AGAIN))
        return before.curve;
      known.delete(key);
      if (known.size >= KEPT) for (const oldest of [...known.keys()].slice(0, 1)) known.delete(oldest);
      const asked: { readonly askedAt: Millis; curve?: LoudnessCurve | undefined } = { askedAt: now() };
      known.set(key, asked);
      void curves.of(sound, take, by).then((curve) => {
        asked.curve = curve;
      });
      return undefined;
    },
  };
};

/** What one page is told about how loud it is. */
export interface LoudnessFeed {
  /** @returns undefined where the page knows */
  next(view: SessionView, by: Requester): LoudnessMessage | undefined;
}

/** Creates the feed of a page that knows nothing yet. */
export const createLoudnessFeed = (curves: KnownCurves, now: () => Millis): LoudnessFeed => {
  let told = "";
  let until: Millis = 0;
  return {
    next(view, by) {
      const { now: track } = view;
      const layers = (isHeard(view) ? (track?.layers ?? []) : []).flatMap(({ sound, gainDb, once }) => {
        const { take, from } = track?.takes?.[sound] ?? { take: 0, from: 0 };
        const curve = once ? undefined : curves.find(sound, take, by);
        return curve === undefined ? [] : [{ sound, take, beganAt: from, curve, gainDb }];
      });
      const beginning = track === undefined || layers.length === 0 ? 0 : track.at - track.elapsed;
      const key = JSON.stringify([
        Math.round(beginning / SAME_MOMENT),
        layers.map(({ sound, take, beganAt, gainDb }) => [sound, take, beganAt, gainDb]),
      ]);
      const from = now();
      if (key === told && (layers.length === 0 || until - from > RENEW)) return undefined;
      // A page that has been told nothing knows that nothing is heard.
      if (told === "" && layers.length === 0) return undefined;
      told = key;
      until = from + AHEAD;
      const position = framesIn(Math.max(0, from - beginning));
      return {
        type: "loudness",
        from,
        step: STEP,
        levels: mixLoudness(layers, position, layers.length && AHEAD / STEP),
      };
    },
  };
};
