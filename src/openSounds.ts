import { join } from "node:path";
import { createGuildCatalogue, type GuildCatalogue } from "./catalogue/guildCatalogue.ts";
import type { Config } from "./config.ts";
import { type AddedSounds, openAddedSounds } from "./import/addedSounds.ts";
import type { GuildId } from "./kernel/ids.ts";
import type { Log } from "./kernel/log.ts";
import { type OpenOptInSounds, openOptInSounds } from "./listeners/optInSounds.ts";
import type { SoundSource } from "./ports/sounds.ts";
import { openCatalogue, SCRIPTS } from "./render/openCatalogue.ts";
import { openRenderer, type RenderProgress } from "./render/renderer.ts";
import { createWhisperSource } from "./render/whisperSource.ts";
import { openWhispers, type WhisperStore } from "./render/whispers.ts";
import type { Storage } from "./storage/openStorage.ts";

/** Everything that can be heard, wherever it comes from. */
export interface Sounds {
  readonly library: GuildCatalogue;
  /** Prepares a sound of the catalogue, of the operator's folder, an upload or a whisper. */
  readonly source: SoundSource;
  readonly added: AddedSounds;
  readonly whispers: WhisperStore;
  readonly optInSounds: OpenOptInSounds;
  /** Deletes the files of a guild whose records are gone. */
  forgetGuild(guild: GuildId): Promise<void>;
  /** Reads again what another machine may have added or removed. */
  refresh(): Promise<void>;
  /** Renders what is not there yet. */
  renderAll(): Promise<void>;
  /** How many files are being rendered or wait for it. */
  renderQueue(): number;
  close(): Promise<void>;
}

/**
 * Opens the catalogue, its renderer, the operator's folder, what members have added and whispers.
 * @throws UserError when a script or a folder cannot be used
 */
export const openSounds = async (options: {
  readonly config: Config;
  readonly storage: Pick<Storage, "guildSounds" | "optInStore" | "sharedFiles" | "workClaims">;
  readonly log: Log;
  readonly onProgress: (progress: RenderProgress) => void;
}): Promise<Sounds> => {
  const { config, storage, log, onProgress } = options;
  const builtIn = openCatalogue({ scripts: [SCRIPTS, join(config.sounds, "scripts")] });
  const library = createGuildCatalogue(builtIn.sounds);
  const optInSounds = await openOptInSounds({ library, store: storage.optInStore });
  const added = await openAddedSounds({ config, library, ...storage, log });
  const renderer = openRenderer({
    ...storage,
    catalogue: builtIn,
    cache: config.cache,
    log,
    onProgress,
    ...(config.renderAhead && { takes: { most: config.takesMb * 2 ** 20 } }),
  });
  const whispers: WhisperStore = await openWhispers({
    folder: join(config.data, "whispers"),
    sharedFiles: storage.sharedFiles,
    library,
    log,
    onGone: () => whispered.sweep(),
  });
  const whispered = createWhisperSource({ find: (sound) => whispers.find(sound), renderer, cache: config.cache });
  await whispered.sweep();
  const source = added.withRendered(whispered);
  return {
    library,
    source,
    added,
    whispers,
    optInSounds,
    async forgetGuild(guild) {
      await optInSounds.refresh();
      await whispers.forgetGuild(guild);
      await added.forgetGuild(guild);
    },
    async refresh() {
      await optInSounds.refresh();
      await added.refresh();
      await whispers.refresh();
    },
    renderAll: renderer.renderAll,
    renderQueue: renderer.queueSize,
    async close() {
      await renderer.close();
      await added.close();
    },
  };
};
