import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId, GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { named, text, together } from "../kernel/text.ts";
import { hours, type Millis } from "../kernel/units.ts";
import type { VoiceChannels } from "../ports/guild.ts";
import type { AvoidList, AvoidLists, FilteredRequest } from "../ports/listeners.ts";
import type { PlayRequest } from "../session/session.ts";
import { type AnonymitySet, EMPTY_ANONYMITY_SET, extendAnonymitySet, usersToQuery } from "./anonymitySet.ts";
import { disclose } from "./disclosure.ts";
import { suitabilityOf } from "./suitability.ts";

/** A company of which no session came is forgotten after this. */
const MAX_SESSION_LENGTH: Millis = hours(12);

/** Whose lists hold in a room at this moment, without names, and what may be said there. */
export interface Audience {
  readonly avoidLists: readonly AvoidList[];
  readonly listenerCount: number;
  readonly isAnonymous: boolean;
}

export interface AudienceFilter {
  /** Never rejects: where the lists cannot be read, the room plays on without them. */
  audienceOf(guild: GuildId, channel: ChannelId): Promise<Audience>;
  /** The session is over: the next one begins with whoever is there then. */
  forget(guild: GuildId): void;
}

export const createAudienceFilter = (
  avoid: Pick<AvoidLists, "ofUsers">,
  rooms: Pick<VoiceChannels, "listeners">,
  clock: Clock,
  log: Log,
): AudienceFilter => {
  const anonymitySets = new Map<
    GuildId,
    { readonly channel: ChannelId; readonly since: Millis; readonly anonymitySet: AnonymitySet }
  >();

  const anonymitySetIn = (guild: GuildId, channel: ChannelId) => {
    const known = anonymitySets.get(guild);
    const isCurrent = known?.channel === channel && clock.now() - known.since < MAX_SESSION_LENGTH;
    return isCurrent ? known : { channel, since: clock.now(), anonymitySet: EMPTY_ANONYMITY_SET };
  };

  return {
    async audienceOf(guild, channel) {
      const present = rooms.listeners(guild, channel);
      const known = anonymitySetIn(guild, channel);
      const anonymitySet = extendAnonymitySet(known.anonymitySet, present);
      anonymitySets.set(guild, { ...known, anonymitySet });
      const { counted, others } = usersToQuery(anonymitySet, present);
      const audience = { listenerCount: present.length, isAnonymous: counted.length > 0 };
      try {
        const always = (await avoid.ofUsers(others)).filter(({ mode }) => mode === "always");
        return { ...audience, avoidLists: [...(await avoid.ofUsers(counted)), ...always] };
      } catch (error) {
        log.error("What the members avoid could not be read", { guild, error });
        return { ...audience, avoidLists: [] };
      }
    },
    forget: (guild) => void anonymitySets.delete(guild),
  };
};

/**
 * A wish without what is left out, and what is said to the one who wishes.
 * @throws UserError when nothing of it is left
 */
export const filterRequest = <W extends PlayRequest>(
  wanted: W,
  ears: Audience,
  catalogue: Pick<Catalogue, "find">,
): FilteredRequest<W> => {
  const told = wanted.layers.map((layer) => {
    const sound = catalogue.find(layer.sound.id);
    return { layer, said: sound ? disclose(suitabilityOf(sound, ears.avoidLists), sound, ears) : {} };
  });
  const layers = told.filter(({ said }) => !("leftOut" in said)).map(({ layer }) => layer);
  if (layers.length === 0) {
    const said = disclose("excluded", { title: wanted.title, risks: [] }, ears);
    throw new UserError("left-out", "leftOut" in said ? said.leftOut : text`It is left out tonight.`);
  }
  const remarks = told.flatMap(({ layer, said }) =>
    "leftOut" in said
      ? [text`${named(layer.sound.title)} is left out of it tonight.`]
      : said.remark
        ? [said.remark]
        : [],
  );
  const distinct = [...new Map(remarks.map((remark) => [JSON.stringify(remark), remark])).values()];
  return { request: { ...wanted, layers }, ...(distinct.length > 0 && { remark: together(distinct, " ") }) };
};
