import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Clock } from "../kernel/clock.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Text, together } from "../kernel/text.ts";
import type { AppendToPanel, VoiceChannels } from "../ports/guild.ts";
import type { AvoidLists, Consents, ListenerService, ListeningHistory, Nights, Tingles } from "../ports/listeners.ts";
import type { PlayRequest } from "../session/session.ts";
import { type Audience, createAudienceFilter, filterRequest } from "./audienceFilter.ts";
import { exclusionNotice } from "./disclosure.ts";
import { createHeardCounts } from "./heardCounts.ts";
import { daysBefore, listeningDateOf } from "./listeningDate.ts";
import { createListeningTracker } from "./listeningTracker.ts";
import { nightOf } from "./morningMessage.ts";
import { createMorningMessages } from "./morningMessages.ts";
import { suggest } from "./suggestions.ts";
import { suitabilityOf } from "./suitability.ts";
import { dominantTriggerOf, varietyHint } from "./variety.ts";

/** A room is told of the same trigger again after so many days. */
const HINT_INTERVAL_DAYS = 30;

export interface ListenerServiceOptions {
  /** What a guild can hear. */
  catalogueOf(guild: GuildId): Pick<Catalogue, "sounds" | "find">;
  readonly avoidLists: AvoidLists;
  readonly consents: Consents;
  readonly listeningHistory: ListeningHistory;
  readonly tingles: Tingles;
  readonly nights: Nights;
  readonly voiceChannels: Pick<VoiceChannels, "listeners">;
  readonly appendToPanel: AppendToPanel;
  readonly clock: Clock;
  /** IANA name of the zone in which evenings and mornings are. */
  readonly timeZone: string;
  readonly log: Log;
}

/** Each member's ears, and what works for a room. */
export const createListenerService = (
  options: ListenerServiceOptions,
): ListenerService & { open(): Promise<void>; close(): void } => {
  const { catalogueOf, avoidLists, listeningHistory, voiceChannels, clock, timeZone, log } = options;
  const considering = createAudienceFilter(avoidLists, voiceChannels, clock, log);
  const listening = createListeningTracker(options);
  const mornings = createMorningMessages(options);

  const evening = () => listeningDateOf(clock.now(), timeZone);

  /** Said once to whoever queues more of the same. A database that does not answer says nothing. */
  const sameness = async (guild: GuildId, { layers }: PlayRequest, ears: Audience): Promise<readonly Text[]> => {
    const catalogue = catalogueOf(guild);
    try {
      const suits = (sound: Parameters<typeof suitabilityOf>[0]) =>
        suitabilityOf(sound, ears.avoidLists) === "suitable";
      const same = dominantTriggerOf(await listeningHistory.of(guild), catalogue.sounds, suits);
      if (same === undefined || !layers.some(({ sound }) => catalogue.find(sound.id)?.trigger === same.trigger))
        return [];
      const tonight = evening();
      const since = daysBefore(tonight, HINT_INTERVAL_DAYS);
      return (await listeningHistory.claimHint(guild, same.trigger, tonight, since)) ? [varietyHint(same)] : [];
    } catch (error) {
      log.warn("What a room has heard could not be read", { guild, error });
      return [];
    }
  };

  return {
    async filterRequest(guild, channel, wish) {
      const ears = await considering.audienceOf(guild, channel);
      const { request, remark } = filterRequest(wish, ears, catalogueOf(guild));
      const remarks = [...(remark ? [remark] : []), ...(await sameness(guild, request, ears))];
      return { request, ...(remarks.length > 0 && { remark: together(remarks) }) };
    },

    async excludedSounds(guild, channel, names) {
      try {
        const { find } = catalogueOf(guild);
        const { avoidLists } = await considering.audienceOf(guild, channel);
        const sounds = names.map((name) => find(name)).filter((sound) => sound !== undefined);
        const out = sounds.filter((sound) => suitabilityOf(sound, avoidLists) === "excluded");
        return new Map(out.map((sound) => [sound.id, exclusionNotice(sound.title)]));
      } catch (error) {
        log.error("What suits a room could not be told", { guild, error });
        return new Map();
      }
    },

    async soundFilter(guild, channel) {
      const { avoidLists } = await considering.audienceOf(guild, channel);
      return (sound) => suitabilityOf(sound, avoidLists) !== "excluded";
    },

    async suggest(guild, channel, user) {
      const own = await avoidLists.of(user);
      const ears = channel === undefined ? undefined : await considering.audienceOf(guild, channel);
      const lists = [...(ears?.avoidLists ?? []), ...(own ? [own] : [])];
      const tonight = evening();
      return suggest(catalogueOf(guild).sounds, await listeningHistory.of(guild), {
        evening: tonight,
        // New ideas every quarter of an hour, and the same for who looks twice.
        seed: Math.floor(clock.now() / 900_000),
        suits: (sound) => suitabilityOf(sound, lists) === "suitable",
      });
    },

    async heardSounds(guild) {
      return (await listeningHistory.of(guild)).map(({ sound }) => sound);
    },

    heardCounts: createHeardCounts(listeningHistory, clock, log),

    recordTingle: listening.recordTingle,

    observe(view) {
      try {
        const stays = listening.observe(view);
        if (stays === undefined) return;
        considering.forget(view.guild);
        const night = nightOf(view, stays, timeZone);
        if (night !== undefined) mornings.add(night);
      } catch (error) {
        log.error("What a room hears could not be noted", { guild: view.guild, error });
      }
    },

    open: mornings.open,
    close: mornings.close,
  };
};
