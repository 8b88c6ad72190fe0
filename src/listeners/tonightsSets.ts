import { randomUUID } from "node:crypto";
import type { Clock } from "../kernel/clock.ts";
import { createDeadlineTimer } from "../kernel/deadlineTimer.ts";
import type { Log } from "../kernel/log.ts";
import type { AnonymitySet, AnonymitySets } from "../ports/listeners.ts";
import { changedSets, type Gathering } from "./anonymitySet.ts";
import { createListeningDates, nextNoon } from "./listeningDate.ts";

/** The anonymity sets of the night that it is now, in memory and in the database. */
export interface TonightsSets {
  /**
   * Every guild's sets.
   * @param gathering where it is given, a set may be formed of those who are there, or follow its members there
   * @throws Error when the sets of tonight cannot be read
   */
  read(gathering?: Gathering): Promise<readonly AnonymitySet[]>;
  /** Deletes what was kept of other nights, now and at each noon. Never rejects. */
  open(): Promise<void>;
  close(): void;
}

/** One night's sets, as they were last seen. */
interface Night {
  readonly date: string;
  readonly sets: Map<string, AnonymitySet>;
  /** Sets that the database has not taken yet. */
  readonly unsaved: Set<string>;
}

/**
 * Keeps tonight's sets through session ends and restarts, so that nobody can make the counting begin again; at noon by the
 * operator's clocks they end for everybody.
 * @param timeZone IANA name of the operator's zone
 */
export const createTonightsSets = (store: AnonymitySets, clock: Clock, timeZone: string, log: Log): TonightsSets => {
  let tonight: Promise<Night> | undefined;
  let writing: Promise<void> = Promise.resolve();
  let tonightsDate: string | undefined;
  const dateOf = createListeningDates(timeZone);

  const load = async (date: string): Promise<Night> => {
    const sets = new Map((await store.of(date)).map((set) => [set.id, set]));
    return { date, sets, unsaved: new Set() };
  };

  const current = async (): Promise<Night> => {
    const date = dateOf(clock.now());
    if (tonight === undefined || tonightsDate !== date) {
      tonightsDate = date;
      tonight = load(date);
    }
    const loading = tonight;
    try {
      return await loading;
    } catch (error) {
      if (tonight === loading) tonight = undefined;
      throw error;
    }
  };

  const save = async ({ date, sets, unsaved }: Night) => {
    for (const id of [...unsaved]) {
      const set = sets.get(id);
      unsaved.delete(id);
      try {
        if (set !== undefined) await store.save(date, set);
      } catch (error) {
        unsaved.add(id);
        log.warn("An anonymity set could not be saved; trying again when it is asked about", { error });
      }
    }
  };

  const sweep = async () => {
    noon.set(nextNoon(clock.now(), timeZone));
    try {
      await store.keepOnly(dateOf(clock.now()));
    } catch (error) {
      log.warn("The anonymity sets of earlier nights could not be deleted; trying again at noon", { error });
    }
  };
  const noon = createDeadlineTimer(clock, () => void sweep());

  return {
    async read(gathering) {
      const night = await current();
      const changes =
        gathering === undefined ? [] : changedSets([...night.sets.values()], gathering, clock.now(), randomUUID);
      for (const set of changes) {
        night.sets.set(set.id, set);
        night.unsaved.add(set.id);
      }
      // Before anything is said that depends on it, so that a restart finds it.
      if (night.unsaved.size > 0) writing = writing.then(() => save(night));
      await writing;
      return [...night.sets.values()];
    },
    open: sweep,
    close: () => noon.set(undefined),
  };
};
