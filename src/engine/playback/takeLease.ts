import { existsSync } from "node:fs";
import type { StoredSound } from "../../audio/storedSound.ts";
import { createTakeOrder, MAX_TAKES, takePath } from "../../audio/takes.ts";
import type { SoundCache } from "./soundCache.ts";
import type { SoundLease } from "./trackLayer.ts";

/** While the sounds in memory take more bytes than this, only the first take of each is heard. */
const MAX_BYTES = 384 * 2 ** 20;

/** What is heard in one pass. */
interface Pass {
  readonly number: number;
  readonly sound: StoredSound;
  /** Undefined for the first take, which the lease holds anyway. */
  readonly path?: string;
}

/** A hold on a sound of several takes: the one that is heard, and the one after it. */
export interface TakeLease extends SoundLease {
  /** Loads what is heard in this pass, before anything of it is. Never rejects. */
  begin(pass: number): Promise<void>;
}

/** A take takes the place of the first one at any second. */
const fits = (take: StoredSound, first: StoredSound): boolean =>
  take.length === first.length && take.keyframes.length === first.keyframes.length && take.bedFrom === undefined;

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
  let current: Pass | undefined;
  let upcoming: Pass | undefined;
  let loading: number | undefined;
  let isReleased = false;

  const giveBack = (pass: Pass | undefined) => {
    if (pass?.path !== undefined) cache.release(pass.path);
  };

  /** Of the takes that exist, the one whose turn it is; not the one before it again, where there are others. */
  const pathIn = (pass: number): string | undefined => {
    const there = Array.from({ length: MAX_TAKES }, (_, take) => takePath(path, take)).filter(
      (one) => one === path || existsSync(one),
    );
    const at = takeIn(pass) % there.length;
    const before = current?.number === pass - 1 ? (current.path ?? path) : undefined;
    const chosen = there[at] === before ? there[(at + 1) % there.length] : there[at];
    return chosen === path ? undefined : chosen;
  };

  const load = async (pass: number): Promise<Pass> => {
    const wanted = cache.bytes() > MAX_BYTES ? undefined : pathIn(pass);
    if (wanted === undefined) return { number: pass, sound: first };
    try {
      const sound = await cache.acquire(wanted);
      if (!isReleased && fits(sound, first)) return { number: pass, sound, path: wanted };
      cache.release(wanted);
    } catch (error) {
      warn(error);
    }
    return { number: pass, sound: first };
  };

  const prefetch = (pass: number) => {
    if (loading === pass || upcoming?.number === pass) return;
    loading = pass;
    void load(pass).then((loaded) => {
      if (loading === pass) loading = undefined;
      if (isReleased) return giveBack(loaded);
      giveBack(upcoming);
      upcoming = loaded;
    });
  };

  return {
    sound: first,
    async begin(pass) {
      current = await load(pass);
      prefetch(pass + 1);
    },
    inPass(pass) {
      if (current?.number === pass) return current.sound;
      giveBack(current);
      const isLoaded = upcoming?.number === pass;
      current = isLoaded ? upcoming! : { number: pass, sound: first };
      if (isLoaded) upcoming = undefined;
      if (!isReleased) prefetch(pass + 1);
      return current.sound;
    },
    takeOf(heard) {
      if (current?.path === undefined || heard !== current.sound) return 0;
      return Array.from({ length: MAX_TAKES }, (_, take) => takePath(path, take)).indexOf(current.path);
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
