import { join } from "node:path";
import type { Attachments, GuildSounds, Uploads } from "../host/libraryPorts.ts";
import type { Sounds } from "../host/ports.ts";
import { systemClock } from "../kernel/clock.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { GuildLibrary } from "../library/guildLibrary.ts";
import { createAttachments } from "./attachments.ts";
import { openHostFolder } from "./hostFolder.ts";
import { openIntake } from "./intake/intake.ts";
import { openUploads } from "./uploads.ts";

/** What others than us have made: the host's folder, and what members have added. */
export interface OwnSounds {
  readonly uploads: Uploads;
  readonly attachments: Attachments;
  /** Asks each for its own, and the workshop for the rest. */
  soundsBeside(workshop: Sounds): Sounds;
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
export const openOwnSounds = async ({
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
  readonly library: GuildLibrary;
  readonly guildSounds: GuildSounds;
  readonly log: Log;
}): Promise<OwnSounds> => {
  // Two lines: a host's long recording holds up nobody's upload.
  const [hosts, members] = [openIntake(), openIntake()];
  const folder = await openHostFolder({
    folder: config.sounds,
    cache: config.cache,
    intake: hosts,
    taken: new Set(library.catalogue.sounds.map(({ id }) => id)),
    log,
    onChange: library.setHosts,
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
    soundsBeside: (workshop) => ({
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
