import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Trigger } from "../catalogue/sound.ts";
import { type Message, message, together } from "../i18n/message.ts";
import type { Clock } from "../kernel/clock.ts";
import { daysBefore, daysBetween } from "../kernel/dates.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId, GuildId, SessionId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { OpenDueJobs } from "../ports/dueJobs.ts";
import type { AppendToPanel, VoiceChannels } from "../ports/guild.ts";
import type { Helpers } from "../ports/helpers.ts";
import type {
  AnonymitySets,
  AvoidLists,
  Consents,
  ListenerService,
  ListeningHistory,
  Nights,
  Tingles,
} from "../ports/listeners.ts";
import type { PlayRequest } from "../session/session.ts";
import type { SessionView } from "../session/view.ts";
import { type Audience, createAudienceFilter, filterRequest } from "./audienceFilter.ts";
import { exclusionNotice } from "./disclosure.ts";
import { createHeardCounts } from "./heardCounts.ts";
import { createListeningDates } from "./listeningDate.ts";
import { createListeningTracker } from "./listeningTracker.ts";
import { nightOf } from "./morningMessage.ts";
import { createMorningMessages } from "./morningMessages.ts";
import { suggest } from "./suggestions.ts";
import { suitabilityOf } from "./suitability.ts";
import { surpriseMix } from "./surpriseMix.ts";
import { createTonightsSets } from "./tonightsSets.ts";
import { dominantTriggerOf, varietyHint } from "./variety.ts";

/** Days until a guild is told of the same trigger again. */
const HINT_INTERVAL_DAYS = 30;

/** `/discover` suggests the same sounds for this long. */
const SUGGESTION_INTERVAL: Millis = minutes(15);

/** For how many evenings a trigger rests. */
const REST_EVENINGS = 3;

const nothingFits = () => new UserError("nothing-fits", message("mix.nothingFits"));

/** What the listener service needs of the rest of the bot. */
export interface ListenerServiceOptions {
  /** The sounds that a guild can play. */
  catalogueOf(guild: GuildId): Pick<Catalogue, "sounds" | "find">;
  readonly avoidLists: AvoidLists;
  readonly anonymitySets: AnonymitySets;
  readonly consents: Consents;
  readonly listeningHistory: ListeningHistory;
  readonly tingles: Tingles;
  readonly nights: Nights;
  readonly voiceChannels: Pick<VoiceChannels, "listeners" | "presences">;
  /** Absent: the bot itself alone. */
  readonly helpers?: Pick<Helpers, "in">;
  readonly appendToPanel: AppendToPanel;
  readonly clock: Clock;
  /** IANA name of the operator's time zone, which defines nights and mornings. */
  readonly timeZone: string;
  readonly log: Log;
  /** Whether this process looks after the guild; absent: after every one. */
  readonly carries?: (guild: GuildId) => boolean;
  /** What says when a morning is due; absent: this process's own timer. */
  readonly openDueJobs?: OpenDueJobs | undefined;
}

/** Creates the service for avoid lists, tingles, suggestions and morning messages. */
export const createListenerService = (
  options: ListenerServiceOptions,
): ListenerService & { open(): Promise<void>; close(): void } => {
  const { catalogueOf, avoidLists, listeningHistory, voiceChannels, clock, timeZone, log } = options;
  const sets = createTonightsSets(options.anonymitySets, clock, timeZone, log);
  const { audienceOf } = createAudienceFilter(avoidLists, sets, voiceChannels, log);
  const listening = createListeningTracker(options);
  const mornings = createMorningMessages(options);
  /** Where each guild's sessions play to listeners. */
  const sessionChannels = new Map<GuildId, Map<SessionId, ChannelId>>();

  const dateOf = createListeningDates(timeZone);
  const tonight = () => dateOf(clock.now());

  /** Whether something is heard in the channel, or can be: unless every bot of the guild plays to others elsewhere. */
  const mayBeHeardIn = (guild: GuildId, channel: ChannelId): boolean => {
    const playing = [...(sessionChannels.get(guild)?.values() ?? [])];
    return playing.includes(channel) || playing.length <= (options.helpers?.in(guild).length ?? 0);
  };

  const noteChannel = ({ id, guild, channel, status, listeners }: SessionView) => {
    const channels = sessionChannels.get(guild) ?? new Map<SessionId, ChannelId>();
    if (status === "over" || listeners.length === 0) channels.delete(id);
    else channels.set(id, channel);
    if (channels.size > 0) sessionChannels.set(guild, channels);
    else sessionChannels.delete(guild);
  };

  /** For what is to be heard in a channel. */
  const playingAudienceOf = (guild: GuildId, channel: ChannelId) =>
    audienceOf(guild, channel, mayBeHeardIn(guild, channel));

  /**
   * An occasional remark to a member who queues more of the same. None while the database does not
   * answer.
   */
  const varietyRemarks = async (
    guild: GuildId,
    { layers }: PlayRequest,
    audience: Audience,
  ): Promise<readonly Message[]> => {
    const catalogue = catalogueOf(guild);
    try {
      const suits = (sound: Parameters<typeof suitabilityOf>[0]) =>
        suitabilityOf(sound, audience.avoidLists) === "suitable";
      const dominant = dominantTriggerOf(await listeningHistory.of(guild), catalogue.sounds, suits);
      if (dominant === undefined || !layers.some(({ sound }) => catalogue.find(sound.id)?.trigger === dominant.trigger))
        return [];
      const date = tonight();
      const since = daysBefore(date, HINT_INTERVAL_DAYS);
      return (await listeningHistory.claimHint(guild, dominant.trigger, date, since)) ? [varietyHint(dominant)] : [];
    } catch (error) {
      log.warn("The listening history could not be read", { guild, error });
      return [];
    }
  };

  /** The triggers that rest tonight. */
  const restingNow = async (guild: GuildId): Promise<ReadonlySet<Trigger>> =>
    new Set((await listeningHistory.rests(guild, tonight())).map(({ trigger }) => trigger));

  return {
    async filterRequest(guild, channel, wanted) {
      const audience = await playingAudienceOf(guild, channel);
      const { request, remark } = filterRequest(wanted, audience, catalogueOf(guild));
      const remarks = [...(remark ? [remark] : []), ...(await varietyRemarks(guild, request, audience))];
      return { request, ...(remarks.length > 0 && { remark: together(remarks) }) };
    },

    async excludedSounds(guild, channel, names) {
      try {
        const { find } = catalogueOf(guild);
        const { avoidLists } = await playingAudienceOf(guild, channel);
        const sounds = names.map((name) => find(name)).filter((sound) => sound !== undefined);
        const excluded = sounds.filter((sound) => suitabilityOf(sound, avoidLists) === "excluded");
        return new Map(excluded.map((sound) => [sound.id, exclusionNotice(sound.title)]));
      } catch (error) {
        log.error("Which sounds are left out could not be decided", { guild, error });
        return new Map();
      }
    },

    async soundFilter(guild, channel) {
      const { avoidLists } = await playingAudienceOf(guild, channel);
      return (sound) => suitabilityOf(sound, avoidLists) !== "excluded";
    },

    async suggest(guild, channel, user) {
      const own = await avoidLists.of(user);
      const audience = channel === undefined ? undefined : await audienceOf(guild, channel, false);
      const lists = [...(audience?.avoidLists ?? []), ...(own ? [own] : [])];
      const resting = await restingNow(guild);
      return suggest(catalogueOf(guild).sounds, await listeningHistory.of(guild), {
        evening: tonight(),
        seed: Math.floor(clock.now() / SUGGESTION_INTERVAL),
        suits: (sound) => !resting.has(sound.trigger) && suitabilityOf(sound, lists) === "suitable",
      });
    },

    async surprise(guild, channel, goal) {
      // The invoker's own list counts as anybody's: everyone hears what is chosen.
      const { avoidLists } = await playingAudienceOf(guild, channel);
      const resting = await restingNow(guild);
      const layers = surpriseMix(catalogueOf(guild).sounds, await listeningHistory.of(guild), {
        goal,
        seed: clock.now(),
        suits: (sound) => !resting.has(sound.trigger) && suitabilityOf(sound, avoidLists) === "suitable",
      });
      const [bed] = layers ?? [];
      if (layers === undefined || bed === undefined) throw nothingFits();
      return {
        title: bed.sound.title,
        layers: layers.map(({ sound: { id, title }, gainDb, place }) => ({ sound: { id, title }, gainDb, place })),
      };
    },

    async restAdvice(guild) {
      const date = tonight();
      const resting = (await listeningHistory.rests(guild, date)).map(({ trigger, until }) => ({
        trigger,
        evenings: daysBetween(date, until),
      }));
      const dominant = dominantTriggerOf(await listeningHistory.of(guild), catalogueOf(guild).sounds, () => true);
      const isAdvised = dominant !== undefined && !resting.some(({ trigger }) => trigger === dominant.trigger);
      return { resting, evenings: REST_EVENINGS, ...(isAdvised && { advised: dominant.trigger }) };
    },

    planRest: (guild, trigger) => listeningHistory.setRest(guild, trigger, daysBefore(tonight(), -REST_EVENINGS)),

    endRest: (guild, trigger) => listeningHistory.setRest(guild, trigger, undefined),

    async heardSounds(guild) {
      return (await listeningHistory.of(guild)).map(({ sound }) => sound);
    },

    heardCounts: createHeardCounts(listeningHistory, clock, log),

    recordTingle: listening.recordTingle,

    observe(view) {
      try {
        noteChannel(view);
        const stays = listening.observe(view);
        if (stays === undefined) return;
        const night = nightOf(view, stays, timeZone);
        if (night !== undefined) mornings.add(night);
      } catch (error) {
        log.error("What a session plays could not be noted", { guild: view.guild, error });
      }
    },

    async open() {
      await sets.open();
      await mornings.open();
    },
    close() {
      sets.close();
      mornings.close();
    },
  };
};
