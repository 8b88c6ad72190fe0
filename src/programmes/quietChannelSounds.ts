import type { Catalogue } from "../catalogue/catalogue.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { QuietChannel } from "../ports/guild.ts";
import type { ListenerService } from "../ports/listeners.ts";
import type { QuietChannelSound } from "../session/quietChannel.ts";
import { type GuildProgrammes, nothingSuitable } from "./guildProgrammes.ts";

/** What choosing sounds needs of the rest of the bot. */
export interface QuietChannelSoundsOptions {
  readonly guildProgrammes: Pick<GuildProgrammes, "find" | "stage">;
  readonly listenerService: Pick<ListenerService, "soundFilter">;
  /** The catalogue of a guild. */
  catalogueOf(guild: GuildId): Pick<Catalogue, "find">;
}

/** What a quiet channel plays to those who are there. @throws UserError when nothing of it is left */
export type FindQuietChannelSound = (guild: GuildId, rule: QuietChannel) => Promise<QuietChannelSound>;

/**
 * Creates what finds the sound of a quiet channel: what was chosen, without sounds that are gone or that do not suit
 * somebody there. Nothing else takes their place, because that would be noticed.
 */
export const createQuietChannelSounds =
  ({ guildProgrammes, listenerService, catalogueOf }: QuietChannelSoundsOptions): FindQuietChannelSound =>
  async (guild, { channel, plays }) => {
    if ("programme" in plays) {
      const programme = await guildProgrammes.find(guild, plays.programme);
      if (programme === undefined) throw nothingSuitable();
      return { programme: await guildProgrammes.stage(guild, programme, channel) };
    }
    const [catalogue, suits] = [catalogueOf(guild), await listenerService.soundFilter(guild, channel)];
    const layers = plays.request.layers.filter(({ sound }) => {
      const found = catalogue.find(sound.id);
      return found !== undefined && suits(found);
    });
    if (layers.length === 0) throw nothingSuitable();
    return { request: { ...plays.request, layers } };
  };
