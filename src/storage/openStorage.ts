import { type Clock, systemClock } from "../kernel/clock.ts";
import { id, type UserId } from "../kernel/ids.ts";
import { type Log, silentLog } from "../kernel/log.ts";
import { hours, type Millis, minutes } from "../kernel/units.ts";
import type {
  Favourites,
  GuildRetentionStore,
  PersonalFavourites,
  QuietChannelStore,
  SessionStore,
  Settings,
} from "../ports/guild.ts";
import type {
  AnonymitySets,
  AvoidLists,
  Consents,
  ListeningHistory,
  Nights,
  PersonalDataStore,
  Tingles,
} from "../ports/listeners.ts";
import type { ProgrammeStore, Schedules } from "../ports/programmes.ts";
import type { SharedFiles } from "../ports/sharedFiles.ts";
import type { GuildSounds, OptInStore } from "../ports/sounds.ts";
import type { WakeUpStore } from "../ports/wakeUps.ts";
import type { WorkClaims } from "../ports/workClaims.ts";
import { createAnonymitySets } from "./anonymitySets.ts";
import { createAvoidLists } from "./avoidLists.ts";
import { type Change, type ChangeFeed, openChangeFeed } from "./changeFeed.ts";
import { createConsents } from "./consents.ts";
import { connectDatabase, openDatabase, refusedBy } from "./database.ts";
import { createDatabaseHealth, type DatabaseHealth } from "./databaseHealth.ts";
import { createDueQueues, type DueQueues, type DueShards } from "./dueQueues.ts";
import { createFavourites, forgetRemoved } from "./favourites.ts";
import { createGuildRetentionStore } from "./guildRetention.ts";
import { createGuildSounds } from "./guildSounds.ts";
import { startIntegrityCheck } from "./integrityCheck.ts";
import { openJobDatabase } from "./jobDatabase.ts";
import { createListeningHistory } from "./listeningHistory.ts";
import { createNights } from "./nights.ts";
import { createOptInStore } from "./optInSounds.ts";
import { reasonOf } from "./outages.ts";
import { createPersonalData } from "./personalData.ts";
import { createPersonalFavourites } from "./personalFavourites.ts";
import { withoutPassword } from "./postgresPool.ts";
import { createProgrammeStore } from "./programmes.ts";
import { createQuietChannelStore } from "./quietChannels.ts";
import { createSchedules } from "./schedules.ts";
import { createSessionStore } from "./sessionStore.ts";
import { createSettings } from "./settings.ts";
import { createSharedFiles } from "./sharedFiles.ts";
import { createTingles } from "./tingles.ts";
import { createWakeUpStore } from "./wakeUps.ts";
import { createWorkClaims } from "./workClaims.ts";

/** What is kept between two starts, in one SQLite file or in a database of PostgreSQL's. */
export interface Storage {
  readonly favourites: Favourites;
  readonly personalFavourites: PersonalFavourites;
  readonly settings: Settings;
  readonly sessions: SessionStore;
  readonly schedules: Schedules;
  readonly wakeUpStore: WakeUpStore;
  readonly quietChannelStore: QuietChannelStore;
  readonly programmes: ProgrammeStore;
  readonly avoidLists: AvoidLists;
  readonly anonymitySets: AnonymitySets;
  readonly consents: Consents;
  readonly tingles: Tingles;
  readonly listeningHistory: ListeningHistory;
  readonly nights: Nights;
  readonly personalData: PersonalDataStore;
  readonly guildSounds: GuildSounds;
  readonly optInStore: OptInStore;
  readonly guildRetention: GuildRetentionStore;
  /** Undefined with SQLite: its files are on this machine, as the database is. */
  readonly sharedFiles: SharedFiles | undefined;
  /** Undefined with SQLite, where no other process could do the work. */
  readonly workClaims: WorkClaims | undefined;
  /**
   * Opens the queues of what is due in a process's shards; undefined with SQLite, where each process has a timer.
   * @throws UserError in one sentence for the operator when the queues' tables cannot be made
   */
  readonly openDueQueues: ((shards: DueShards) => Promise<DueQueues>) | undefined;
  /**
   * Tells what another process has changed; undefined with SQLite, where there is none. Lists of favourites that are kept
   * in memory have been told already.
   */
  readonly openChangeFeed: ((told: ChangesTold) => ChangeFeed) | undefined;
  readonly health: DatabaseHealth;
  /** Has lists read again that are kept in memory: another process may have changed them. */
  changedElsewhere(): void;
  close(): Promise<void>;
}

/** How often rows are deleted whose time is over. */
const TIDY_INTERVAL: Millis = hours(6);
/** An outage that has been over for this long is told of again. */
const OUTAGE_FORGOTTEN: Millis = minutes(10);

/** Where the database is. */
export interface DatabasePlace {
  /** The SQLite file; made, with its directory, where there is none. */
  readonly path: string;
  /** A `postgres://` URL, whose database takes the file's place. */
  readonly url?: string | undefined;
}

/** Tells the operator of an outage, once for as long as it lasts. */
const createOutageReport = ({ path, url }: DatabasePlace, clock: Clock, tell: (sentence: string) => void) => {
  let last: Millis | undefined;
  const what = url === undefined ? `${path} cannot be written` : `${withoutPassword(url)} does not answer`;
  return (error: unknown) => {
    const isNew = last === undefined || clock.now() - last > OUTAGE_FORGOTTEN;
    last = clock.now();
    if (isNew) tell(`The database ${what} (${reasonOf(error)}). Lull plays on, and tries again what it can.`);
  };
};

/** What is done about changes by other processes. */
interface ChangesTold {
  onChange(change: Change): void;
  /** Changes may have been missed. */
  onGap(): void;
}

/** Queues with connections of their own. */
const openDueQueues = async (
  url: string,
  options: {
    readonly shards: DueShards;
    readonly clock: Clock;
    readonly log: Log;
    readonly onOutage: (error: unknown) => void;
  },
): Promise<DueQueues> => {
  try {
    const { boss, close } = await openJobDatabase(url, options);
    const queues = createDueQueues({ ...options, boss });
    return { open: queues.open, close: () => queues.close().finally(close) };
  } catch (error) {
    throw refusedBy(url, error);
  }
};

/**
 * Opens the database, and looks after it while it is open.
 * @param options.onTrouble told in words for the operator when the database does not answer, or the file is damaged
 * @throws UserError in one sentence for the operator when the database cannot be used
 */
export const openStorage = async (
  options: DatabasePlace & {
    readonly clock?: Clock;
    readonly log?: Log;
    readonly onTrouble?: (sentence: string) => void;
  },
): Promise<Storage> => {
  const { path, url, clock = systemClock, log = silentLog, onTrouble = () => {} } = options;
  const onOutage = createOutageReport(options, clock, onTrouble);
  const db = url === undefined ? await openDatabase(path, onOutage) : await connectDatabase(url, { onOutage });
  // Of a server's files, its own checks know more.
  const integrity =
    path === ":memory:" || url !== undefined
      ? undefined
      : await startIntegrityCheck({
          path,
          clock,
          log,
          onDamage(sentence) {
            log.error(sentence);
            onTrouble(sentence);
          },
        });
  let stopTidying = () => {};
  const tidy = () => {
    stopTidying = clock.after(TIDY_INTERVAL, tidy);
    forgetRemoved(db, clock.now()).catch((error: unknown) => log.warn("Old rows could not be deleted", { error }));
  };
  tidy();
  const [favourites, personalFavourites] = [createFavourites(db, clock), createPersonalFavourites(db, clock)];
  const [personalData, guildRetention] = [createPersonalData(db), createGuildRetentionStore(db)];
  return {
    favourites,
    personalFavourites,
    settings: createSettings(db),
    sessions: createSessionStore(db, log),
    schedules: createSchedules(db),
    wakeUpStore: createWakeUpStore(db),
    quietChannelStore: createQuietChannelStore(db),
    programmes: createProgrammeStore(db, clock, log),
    avoidLists: createAvoidLists(db),
    anonymitySets: createAnonymitySets(db, log),
    consents: createConsents(db),
    tingles: createTingles(db),
    listeningHistory: createListeningHistory(db),
    nights: createNights(db, log),
    personalData: {
      ...personalData,
      erase: (user) =>
        personalData.erase(user).finally(() => {
          favourites.changedElsewhere();
          personalFavourites.changedElsewhere(user);
        }),
    },
    guildSounds: createGuildSounds(db, clock),
    optInStore: createOptInStore(db),
    guildRetention: {
      ...guildRetention,
      deleteGuild: (guild) => guildRetention.deleteGuild(guild).finally(favourites.changedElsewhere),
    },
    sharedFiles: url === undefined ? undefined : createSharedFiles(db),
    workClaims: url === undefined ? undefined : createWorkClaims(url),
    openDueQueues: url === undefined ? undefined : (shards) => openDueQueues(url, { shards, clock, log, onOutage }),
    openChangeFeed:
      url === undefined
        ? undefined
        : ({ onChange, onGap }) =>
            openChangeFeed(url, {
              log,
              onChange(change) {
                if (change.table === "favourites") favourites.changedElsewhere();
                if (change.user) personalFavourites.changedElsewhere(id<UserId>(change.user));
                onChange(change);
              },
              onGap() {
                favourites.changedElsewhere();
                personalFavourites.changedElsewhere();
                onGap();
              },
            }),
    health: createDatabaseHealth(db, url === undefined ? path : undefined, clock),
    changedElsewhere() {
      favourites.changedElsewhere();
      personalFavourites.changedElsewhere();
    },
    async close() {
      integrity?.close();
      stopTidying();
      await db.destroy();
    },
  };
};
