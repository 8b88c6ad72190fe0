import type { AvoidLists, Consents, Heard, Nights, Personal, Tingles } from "../host/carePorts.ts";
import type { Favourites, GuildSounds } from "../host/libraryPorts.ts";
import type { Farewells, SessionStore, Settings } from "../host/ports.ts";
import type { Programmes, Schedules } from "../host/schedulePorts.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import { type Log, silentLog } from "../kernel/log.ts";
import { createAvoidLists } from "./avoid.ts";
import { createConsents } from "./consents.ts";
import { openDatabase } from "./database.ts";
import { createFarewells } from "./farewells.ts";
import { createFavourites } from "./favourites.ts";
import { createGuildSounds } from "./guildSounds.ts";
import { createHeard } from "./heard.ts";
import { createNights } from "./nights.ts";
import { createPersonal } from "./personal.ts";
import { createProgrammes } from "./programmes.ts";
import { createSchedules } from "./schedules.ts";
import { createSessionStore } from "./sessionStore.ts";
import { createSettings } from "./settings.ts";
import { createTingles } from "./tingles.ts";

/** What is kept between two starts, in one SQLite file. */
export interface Storage {
  readonly favourites: Favourites;
  readonly settings: Settings;
  readonly sessions: SessionStore;
  readonly schedules: Schedules;
  readonly programmes: Programmes;
  readonly avoid: AvoidLists;
  readonly consents: Consents;
  readonly tingles: Tingles;
  readonly heard: Heard;
  readonly nights: Nights;
  readonly personal: Personal;
  readonly guildSounds: GuildSounds;
  readonly farewells: Farewells;
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
    avoid: createAvoidLists(db),
    consents: createConsents(db),
    tingles: createTingles(db),
    heard: createHeard(db),
    nights: createNights(db, options.log ?? silentLog),
    personal: createPersonal(db),
    guildSounds: createGuildSounds(db, options.clock ?? systemClock),
    farewells: createFarewells(db),
    close: () => db.destroy(),
  };
};
