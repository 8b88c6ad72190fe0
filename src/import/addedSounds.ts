import { join } from "node:path";
import type { GuildCatalogue } from "../catalogue/guildCatalogue.ts";
import { systemClock } from "../kernel/clock.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { SharedFiles } from "../ports/sharedFiles.ts";
import type { Attachments, GuildSounds, SoundSource, Uploads } from "../ports/sounds.ts";
import { createAttachments } from "./attachments.ts";
import { createCpuBudget } from "./cpuBudget.ts";
import { openImporter } from "./importer.ts";
import { openOperatorFolder } from "./operatorFolder.ts";
import { openRadios } from "./radio/radios.ts";
import { parseSourceList } from "./sources/sourceList.ts";
import { createSources } from "./sources/sources.ts";
import { openUploads } from "./uploads/uploads.ts";

/** Sounds that do not come with Lull: the operator's folder, and what members have added. */
export interface AddedSounds {
  readonly uploads: Uploads;
  readonly attachments: Attachments;
  /** A source of these sounds and of those that are rendered. */
  withRendered(renderer: SoundSource): SoundSource;
  /** Reads the records of uploads again, after a member's data has been deleted. */
  refresh(): Promise<void>;
  /** Removes the files of a guild whose records are gone. */
  forgetGuild(guild: GuildId): Promise<void>;
  /** Imports the operator's files that are not imported yet; resolves when all have been tried. */
  prepareAll(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Processor time that one guild's uploads may take in an hour: ten files that each take all they
 * may.
 */
const CPU_SECONDS_PER_HOUR = 600;
/** A guild may have one part in so many of what uploads may take. */
const GUILDS_SHARE = 4;

/** The origin of what stands in for Discord on this machine; undefined for Discord itself. */
const standIn = (apiBase: string): string | undefined => {
  const { hostname, origin } = new URL(apiBase);
  return ["127.0.0.1", "localhost", "[::1]"].includes(hostname) ? origin : undefined;
};

/** Opens both and keeps the catalogue up to date with what they hold. */
export const openAddedSounds = async ({
  config,
  library,
  guildSounds,
  sharedFiles,
  log,
}: {
  readonly config: {
    readonly apiBase: string;
    readonly data: string;
    readonly sounds: string;
    readonly cache: string;
    readonly uploadsMb: number;
    readonly sources: string;
    readonly radio: string;
  };
  readonly library: GuildCatalogue;
  readonly guildSounds: GuildSounds;
  readonly sharedFiles: SharedFiles | undefined;
  readonly log: Log;
}): Promise<AddedSounds> => {
  // Two importers: an operator's long recording delays nobody's upload.
  const budget = createCpuBudget({ seconds: CPU_SECONDS_PER_HOUR, now: systemClock.now });
  const [operators, members] = [openImporter(), openImporter({ budget })];
  const folder = await openOperatorFolder({
    folder: config.sounds,
    cache: config.cache,
    importer: operators,
    taken: new Set([...library.catalogue.sounds, ...library.optInSounds].map(({ id }) => id)),
    log,
    onChange: library.setOperatorSounds,
  });
  const uploads = await openUploads({
    folder: join(config.data, "uploads"),
    sounds: guildSounds,
    sharedFiles,
    importer: members,
    quota: { total: config.uploadsMb * 2 ** 20, perGuild: (config.uploadsMb * 2 ** 20) / GUILDS_SHARE },
    standInOrigin: standIn(config.apiBase),
    sources: createSources({ sources: parseSourceList(config.sources), clock: systemClock }),
    clock: systemClock,
    log,
    onChange: library.setUploads,
  });
  const radios = openRadios({ listed: config.radio, sources: config.sources, folder: config.cache, log });
  library.setRadios(radios.sounds);
  return {
    uploads,
    attachments: createAttachments(standIn(config.apiBase)),
    withRendered: (renderer) => ({
      prepare: (id, onWhole) => ([radios, uploads, folder].find((one) => one.has(id)) ?? renderer).prepare(id, onWhole),
    }),
    refresh: uploads.refresh,
    forgetGuild: uploads.forgetGuild,
    prepareAll: folder.prepareAll,
    async close() {
      await Promise.all([operators.close(), members.close(), radios.close()]);
      await folder.close();
      await uploads.close();
    },
  };
};
