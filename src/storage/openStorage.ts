import type { Favourites, Programmes, Schedules, SessionStore, Settings } from "../host/ports.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import { type Log, silentLog } from "../kernel/log.ts";
import { openDatabase } from "./database.ts";
import { createFavourites } from "./favourites.ts";
import { createProgrammes } from "./programmes.ts";
import { createSchedules } from "./schedules.ts";
import { createSessionStore } from "./sessionStore.ts";
import { createSettings } from "./settings.ts";

/** What is kept between two starts, in one SQLite file. */
export interface Storage {
  readonly favourites: Favourites;
  readonly settings: Settings;
  readonly sessions: SessionStore;
  readonly schedules: Schedules;
  readonly programmes: Programmes;
  close(): Promise<void>;
}

/**
 * @param options.path the file; made, with its directory, where there is none
 * @throws UserError in one sentence for the host when the file cannot be used
 */
export const openStorage = async (options: { path: string; clock?: Clock; log?: Log }): Promise<Storage> => {
  const db = await openDatabase(options.path);
  return {
    favourites: createFavourites(db, options.clock ?? systemClock),
    settings: createSettings(db),
    sessions: createSessionStore(db, options.log ?? silentLog),
    schedules: createSchedules(db),
    programmes: createProgrammes(db, options.clock ?? systemClock, options.log ?? silentLog),
    close: () => db.destroy(),
  };
};
