import type { Catalogue } from "../catalogue/catalogue.ts";
import { message, named, together } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId, GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { VoiceChannels } from "../ports/guild.ts";
import type { AvoidList, AvoidLists, FilteredRequest } from "../ports/listeners.ts";
import type { PlayRequest } from "../session/session.ts";
import { type Gathering, usersToQuery } from "./anonymitySet.ts";
import { disclose } from "./disclosure.ts";
import { suitabilityOf } from "./suitability.ts";
import type { TonightsSets } from "./tonightsSets.ts";

/** Whose lists take effect in a voice channel at this moment, without names, and what may be said there. */
export interface Audience {
  readonly avoidLists: readonly AvoidList[];
  readonly listenerCount: number;
  /** Whether lists take effect that could be any of several members'. */
  readonly isAnonymous: boolean;
}

/** What every part of Lull asks that depends on avoid lists. */
export interface AudienceFilter {
  /**
   * Never rejects: where the lists cannot be read, sounds play without them.
   * @param mayForm whether this question may form an anonymity set: only where the guild's session plays, or is about to
   */
  audienceOf(guild: GuildId, channel: ChannelId, mayForm: boolean): Promise<Audience>;
}

/** Reads the avoid lists that take effect in a voice channel. */
export const createAudienceFilter = (
  avoid: Pick<AvoidLists, "ofUsers">,
  sets: Pick<TonightsSets, "read">,
  voiceChannels: Pick<VoiceChannels, "presences">,
  log: Log,
): AudienceFilter => ({
  async audienceOf(guild, channel, mayForm) {
    const gathering: Gathering = { guild, channel, present: voiceChannels.presences(guild, channel) };
    const listenerCount = gathering.present.length;
    try {
      const { counted, others } = usersToQuery(await sets.read(mayForm ? gathering : undefined), gathering);
      const always = (await avoid.ofUsers(others)).filter(({ mode }) => mode === "always");
      const avoidLists = [...(await avoid.ofUsers(counted)), ...always];
      return { listenerCount, isAnonymous: counted.length > 0, avoidLists };
    } catch (error) {
      log.error("What the members avoid could not be read", { guild, error });
      return { listenerCount, isAnonymous: false, avoidLists: [] };
    }
  },
});

/**
 * A request without the sounds that are left out, and a remark for the member who made it.
 * @throws UserError when nothing of it is left
 */
export const filterRequest = <W extends PlayRequest>(
  wanted: W,
  audience: Audience,
  catalogue: Pick<Catalogue, "find">,
): FilteredRequest<W> => {
  const told = wanted.layers.map((layer) => {
    const sound = catalogue.find(layer.sound.id);
    return { layer, said: sound ? disclose(suitabilityOf(sound, audience.avoidLists), sound, audience) : {} };
  });
  const layers = told.filter(({ said }) => !("leftOut" in said)).map(({ layer }) => layer);
  if (layers.length === 0) {
    const said = disclose("excluded", { title: wanted.title, risks: [] }, audience);
    throw new UserError("left-out", "leftOut" in said ? said.leftOut : message("avoid.skippedTonight"));
  }
  const remarks = told.flatMap(({ layer, said }) =>
    "leftOut" in said
      ? [message("avoid.mixLayerSkipped", { sound: named(layer.sound.title) })]
      : said.remark
        ? [said.remark]
        : [],
  );
  const distinct = [...new Map(remarks.map((remark) => [JSON.stringify(remark), remark])).values()];
  return { request: { ...wanted, layers }, ...(distinct.length > 0 && { remark: together(distinct, " ") }) };
};
