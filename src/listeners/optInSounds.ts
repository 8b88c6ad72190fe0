import type { GuildCatalogue } from "../catalogue/guildCatalogue.ts";
import type { GuildId, SoundId } from "../kernel/ids.ts";
import type { OptInSounds, OptInStore } from "../ports/sounds.ts";

/** The sounds that guilds turn on, and what keeps them up to date. */
export interface OpenOptInSounds extends OptInSounds {
  /** Reads storage again, after another process may have changed it or a guild's rows have been deleted. */
  refresh(): Promise<void>;
}

/** Reads which of the sounds guilds have turned on, and keeps each guild's catalogue up to date with it. */
export const openOptInSounds = async ({
  library: { optInSounds: all, setOptedIn },
  store,
}: {
  readonly library: Pick<GuildCatalogue, "optInSounds" | "setOptedIn">;
  readonly store: OptInStore;
}): Promise<OpenOptInSounds> => {
  let byGuild: ReadonlyMap<GuildId, readonly SoundId[]> = new Map();
  const refresh = async () => {
    const now = await store.all();
    for (const guild of new Set([...byGuild.keys(), ...now.keys()])) setOptedIn(guild, now.get(guild) ?? []);
    byGuild = now;
  };
  await refresh();
  return {
    all,
    of: (guild) => byGuild.get(guild) ?? [],
    async set(guild, sounds) {
      const known = all.map(({ id }) => id).filter((sound) => sounds.includes(sound));
      await store.set(guild, known);
      await refresh();
    },
    refresh,
  };
};
