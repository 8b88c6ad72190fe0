import { existsSync } from "node:fs";
import { KEYFRAME_INTERVAL } from "../../audio/format.ts";
import { readStoredLength, type StoredSound } from "../../audio/storedSound.ts";
import { createTakeOrder, MAX_TAKES, takePath } from "../../audio/takes.ts";
import type { Frames } from "../../kernel/units.ts";
import type { TakeInPass } from "../../session/protocol.ts";
import type { SoundCache } from "./soundCache.ts";
import type { HeardTake, SoundLease } from "./trackLayer.ts";

/** While the sounds in memory take more bytes than this, only the first take of each is heard. */
const MAX_BYTES = 384 * 2 ** 20;

/** A take that is in memory, for one pass. */
type LoadedTake = Pick<HeardTake, "pass" | "take" | "sound">;

/** A hold on a sound of several takes: the one that is heard, and the one after it. */
export interface TakeLease extends SoundLease {
  /**
   * Loads what is heard at this position, before anything of it is. Never rejects.
   * @param before what was heard last, at this position or before it; absent: nothing is known, and takes are counted
   * from 0 on
   */
  begin(position: Frames, before?: TakeInPass): Promise<void>;
}

/** A take takes the place of the first one at any second. */
const fits = (take: StoredSound): boolean =>
  take.length % KEYFRAME_INTERVAL === 0 &&
  take.keyframes.length * KEYFRAME_INTERVAL === take.length &&
  take.bedFrom === undefined;

const at = (take: LoadedTake, from: Frames): HeardTake => ({ ...take, from, until: from + take.sound.length });

/**
 * @param options.first the first take
 * @param options.path its file: the other takes are beside it, once they have been rendered
 * @param options.order the seed of their order
 * @param options.release gives the first take back
 * @param options.warn is told of a take that cannot be read; the first is heard in its place
 */
export const createTakeLease = (options: {
  readonly first: StoredSound;
  readonly path: string;
  readonly order: number;
  readonly cache: SoundCache;
  readonly release: () => void;
  readonly warn: (error: unknown) => void;
}): TakeLease => {
  const { first, path, cache, warn } = options;
  const takeIn = createTakeOrder(options.order);
  let current: HeardTake | undefined;
  let upcoming: LoadedTake | undefined;
  let loading: number | undefined;
  let isReleased = false;

  const giveBack = (take: LoadedTake | undefined) => {
    if (take !== undefined && take.take > 0) cache.release(takePath(path, take.take));
  };

  const firstIn = (pass: number): LoadedTake => ({ pass, take: 0, sound: first });

  const existing = (): readonly number[] =>
    Array.from({ length: MAX_TAKES }, (_, take) => take).filter(
      (take) => take === 0 || existsSync(takePath(path, take)),
    );

  /** Of the takes that exist, the one whose turn it is; not the one before it again, where there are others. */
  const choose = (pass: number, there: readonly number[], before: number | undefined): number => {
    const turn = takeIn(pass) % there.length;
    return there[turn] === before ? there[(turn + 1) % there.length]! : there[turn]!;
  };

  const load = async (pass: number, take: number): Promise<LoadedTake> => {
    const file = takePath(path, take);
    if (take === 0 || cache.bytes() > MAX_BYTES) return firstIn(pass);
    try {
      const sound = await cache.acquire(file);
      if (!isReleased && fits(sound)) return { pass, take, sound };
      cache.release(file);
    } catch (error) {
      warn(error);
    }
    return firstIn(pass);
  };

  const prefetch = ({ pass: before, take }: HeardTake) => {
    const pass = before + 1;
    if (isReleased || loading === pass || upcoming?.pass === pass) return;
    loading = pass;
    void load(pass, choose(pass, existing(), take)).then((loaded) => {
      if (loading === pass) loading = undefined;
      if (isReleased) return giveBack(loaded);
      giveBack(upcoming);
      upcoming = loaded;
    });
  };

  const hold = (next: HeardTake): HeardTake => {
    giveBack(current);
    current = next;
    prefetch(next);
    return next;
  };

  /** What follows a take: the one that has been loaded, or else the first. */
  const after = ({ pass, until }: HeardTake): HeardTake => {
    if (upcoming?.pass !== pass + 1) return hold(at(firstIn(pass + 1), until));
    const next = upcoming;
    upcoming = undefined;
    return hold(at(next, until));
  };

  /** How long each take is; the first where a file cannot be read. */
  const readLengths = async (takes: readonly number[]): Promise<ReadonlyMap<number, Frames>> => {
    const lengths = new Map<number, Frames>();
    for (const take of takes.filter((one) => one > 0)) {
      const stored = await readStoredLength(takePath(path, take)).catch(() => undefined);
      lengths.set(take, stored?.length ?? first.length);
    }
    return lengths;
  };

  return {
    sound: first,
    async begin(position, before) {
      const there = existing();
      let place = before?.from !== undefined && before.from <= position ? before : undefined;
      place ??= { pass: 0, take: choose(0, there, undefined), from: 0 };
      if (!there.includes(place.take)) place = { ...place, take: 0 };
      const lengths = await readLengths(there);
      for (;;) {
        const until: Frames = place.from + (lengths.get(place.take) ?? first.length);
        if (position < until) break;
        const pass: number = place.pass + 1;
        place = { pass, take: choose(pass, there, place.take), from: until };
      }
      hold(at(await load(place.pass, place.take), place.from));
    },
    takeAt(position, before) {
      const known = [before, current].find((take) => take !== undefined && take.from <= position);
      // Somewhere else: the first take, as if nothing but it had been heard.
      const pass = Math.floor(position / first.length);
      let take = known ?? hold(at(firstIn(pass), pass * first.length));
      while (position >= take.until) take = after(take);
      return take;
    },
    release() {
      isReleased = true;
      giveBack(current);
      giveBack(upcoming);
      current = upcoming = undefined;
      options.release();
    },
  };
};
