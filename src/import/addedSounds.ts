import { join } from "node:path";
import type { GuildCatalogue } from "../catalogue/guildCatalogue.ts";
import { systemClock } from "../kernel/clock.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { Attachments, GuildSounds, SoundSource, Uploads } from "../ports/sounds.ts";
import { createAttachments } from "./attachments.ts";
import { openImporter } from "./importer.ts";
import { openOperatorFolder } from "./operatorFolder.ts";
import { openUploads } from "./uploads.ts";

/** What others than us have made: the host's folder, and what members have added. */
export interface AddedSounds {
  readonly uploads: Uploads;
  readonly attachments: Attachments;
  /** Asks each for its own, and the workshop for the rest. */
  withRendered(workshop: SoundSource): SoundSource;
  /** Looks again who has added what, after somebody has asked to be forgotten. */
  refresh(): Promise<void>;
  /** Lets go of what a guild has added, once its records are gone. */
  forgetGuild(guild: GuildId): Promise<void>;
  /** Makes what is missing of the host's files; resolves when all has been tried. */
  prepareAll(): Promise<void>;
  close(): Promise<void>;
}

/** The origin of what stands in for Discord on this machine; undefined for Discord itself. */
const standIn = (apiBase: string): string | undefined => {
  const { hostname, origin } = new URL(apiBase);
  return ["127.0.0.1", "localhost", "[::1]"].includes(hostname) ? origin : undefined;
};

/** Opens both and puts what they hold into the library, now and whenever it changes. */
export const openAddedSounds = async ({
  config,
  library,
  guildSounds,
  log,
}: {
  readonly config: {
    readonly apiBase: string;
    readonly data: string;
    readonly sounds: string;
    readonly cache: string;
    readonly uploadsMb: number;
  };
  readonly library: GuildCatalogue;
  readonly guildSounds: GuildSounds;
  readonly log: Log;
}): Promise<AddedSounds> => {
  // Two lines: a host's long recording holds up nobody's upload.
  const [hosts, members] = [openImporter(), openImporter()];
  const folder = await openOperatorFolder({
    folder: config.sounds,
    cache: config.cache,
    intake: hosts,
    taken: new Set(library.catalogue.sounds.map(({ id }) => id)),
    log,
    onChange: library.setOperatorSounds,
  });
  const uploads = await openUploads({
    folder: join(config.data, "uploads"),
    sounds: guildSounds,
    intake: members,
    quota: config.uploadsMb * 2 ** 20,
    own: standIn(config.apiBase),
    clock: systemClock,
    log,
    onChange: library.setUploads,
  });
  return {
    uploads,
    attachments: createAttachments(standIn(config.apiBase)),
    withRendered: (workshop) => ({
      prepare: (id, onWhole) => (uploads.has(id) ? uploads : folder.has(id) ? folder : workshop).prepare(id, onWhole),
    }),
    refresh: uploads.refresh,
    forgetGuild: uploads.forgetGuild,
    prepareAll: folder.prepareAll,
    async close() {
      await Promise.all([hosts.close(), members.close()]);
      await folder.close();
      await uploads.close();
    },
  };
};
