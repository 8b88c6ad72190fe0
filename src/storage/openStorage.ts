import { type Clock, systemClock } from "../kernel/clock.ts";
import { type Log, silentLog } from "../kernel/log.ts";
import type { Favourites, GuildRetentionStore, SessionStore, Settings } from "../ports/guild.ts";
import type { AvoidLists, Consents, ListeningHistory, Nights, PersonalDataStore, Tingles } from "../ports/listeners.ts";
import type { ProgrammeStore, Schedules } from "../ports/programmes.ts";
import type { GuildSounds } from "../ports/sounds.ts";
import { createAvoidLists } from "./avoidLists.ts";
import { createConsents } from "./consents.ts";
import { openDatabase } from "./database.ts";
import { createFavourites } from "./favourites.ts";
import { createGuildRetentionStore } from "./guildRetention.ts";
import { createGuildSounds } from "./guildSounds.ts";
import { createListeningHistory } from "./listeningHistory.ts";
import { createNights } from "./nights.ts";
import { createPersonalData } from "./personalData.ts";
import { createProgrammeStore } from "./programmes.ts";
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
  readonly programmes: ProgrammeStore;
  readonly avoidLists: AvoidLists;
  readonly consents: Consents;
  readonly tingles: Tingles;
  readonly listeningHistory: ListeningHistory;
  readonly nights: Nights;
  readonly personalData: PersonalDataStore;
  readonly guildSounds: GuildSounds;
  readonly guildRetention: GuildRetentionStore;
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
    programmes: createProgrammeStore(db, options.clock ?? systemClock, options.log ?? silentLog),
    avoidLists: createAvoidLists(db),
    consents: createConsents(db),
    tingles: createTingles(db),
    listeningHistory: createListeningHistory(db),
    nights: createNights(db, options.log ?? silentLog),
    personalData: createPersonalData(db),
    guildSounds: createGuildSounds(db, options.clock ?? systemClock),
    guildRetention: createGuildRetentionStore(db),
    close: () => db.destroy(),
  };
};
