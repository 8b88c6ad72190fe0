import {
  type APIGuildScheduledEvent,
  ChannelType,
  type Client,
  DiscordAPIError,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
} from "discord.js";
import type { GuildLocale } from "../i18n/guildLocale.ts";
import { type Message, message } from "../i18n/message.ts";
import { truncate } from "../kernel/graphemes.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { ScheduledEvents } from "../ports/programmes.ts";
import { recurrenceRule } from "./recurrenceRule.ts";

type EventDetails = Parameters<ScheduledEvents["publish"]>[0];
type PublishResult = Awaited<ReturnType<ScheduledEvents["publish"]>>;

const NOT_ALLOWED = message("evening.eventNotAllowed");
const TOO_MANY = message("evening.eventLimitReached");
const NO_CHANNEL = message("evening.channelGone");
const NOT_NOW = message("evening.eventRefused");

const problem = (why: Message): PublishResult => ({ trouble: why });

/** Discord's scheduled events: one per evening, started and ended by the bot. */
export const createScheduledEvents = (client: Client, guildLocale: GuildLocale, log: Log): ScheduledEvents => {
  const route = (guild: string, event: string) => Routes.guildScheduledEvent(guild, event);

  /** Checked first, so that guilds without the permission cause no refused requests. */
  const isAllowed = (guild: GuildId): boolean => {
    const me = client.guilds.cache.get(guild)?.members.me;
    return me?.permissions.any(PermissionFlagsBits.CreateEvents | PermissionFlagsBits.ManageEvents) === true;
  };

  const fetched = async (guild: string, event: string): Promise<APIGuildScheduledEvent | undefined> => {
    try {
      return (await client.rest.get(route(guild, event))) as APIGuildScheduledEvent;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 404) return undefined;
      throw error;
    }
  };

  const setStatus = (guild: string, event: string, status: GuildScheduledEventStatus) =>
    client.rest.patch(route(guild, event), { body: { status } });

  /** Discord refuses changes to events that have ended. */
  const attempt = async (what: string, guild: GuildId, event: string, act: () => Promise<unknown>): Promise<void> => {
    if (!isAllowed(guild)) return;
    try {
      await act();
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 404) return;
      log.warn(what, { guild, event, error });
    }
  };

  const bodyOf = async ({ channel, guild, title, about, next, ...recurrence }: EventDetails) => {
    const say = await guildLocale.forGuild(guild);
    const isStage = client.guilds.cache.get(guild)?.channels.cache.get(channel)?.type === ChannelType.GuildStageVoice;
    return {
      name: truncate(say.of(title), 100, 100),
      description: truncate(say.of(about), 1_000, 1_000),
      channel_id: channel,
      entity_type: isStage ? GuildScheduledEventEntityType.StageInstance : GuildScheduledEventEntityType.Voice,
      privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
      scheduled_start_time: new Date(next).toISOString(),
      recurrence_rule: recurrenceRule(recurrence, next) ?? null,
    };
  };

  /** The previous event if it can continue; one that a crash left open is ended. */
  const reusable = async ({ guild, event }: EventDetails): Promise<APIGuildScheduledEvent | undefined> => {
    if (event === undefined) return undefined;
    const found = await fetched(guild, event);
    if (found?.status === GuildScheduledEventStatus.Scheduled) return found;
    if (found?.status !== GuildScheduledEventStatus.Active) return undefined;
    await setStatus(guild, event, GuildScheduledEventStatus.Completed);
    const ended = await fetched(guild, event);
    return ended?.status === GuildScheduledEventStatus.Scheduled ? ended : undefined;
  };

  /** After most restarts, nothing needs to change. */
  const isSaid = async (there: APIGuildScheduledEvent, evening: EventDetails): Promise<boolean> => {
    const { name, channel_id } = await bodyOf(evening);
    return (
      there.name === name && there.channel_id === channel_id && Date.parse(there.scheduled_start_time) === evening.next
    );
  };

  const post = async (evening: EventDetails): Promise<string> => {
    const { recurrence_rule: rule, ...body } = await bodyOf(evening);
    const posted = await client.rest.post(Routes.guildScheduledEvents(evening.guild), {
      body: { ...body, ...(rule !== null && { recurrence_rule: rule }) },
    });
    return (posted as APIGuildScheduledEvent).id;
  };

  const why = (error: unknown, { guild, id }: EventDetails): PublishResult => {
    const code = error instanceof DiscordAPIError ? error.code : undefined;
    if (code === RESTJSONErrorCodes.MaximumNumberOfUncompletedGuildScheduledEventsReached) return problem(TOO_MANY);
    if (code === RESTJSONErrorCodes.MissingPermissions || code === RESTJSONErrorCodes.MissingAccess)
      return problem(NOT_ALLOWED);
    log.warn("An event could not be shown", { guild, schedule: id, error });
    return problem(NOT_NOW);
  };

  return {
    async publish(evening) {
      if (!isAllowed(evening.guild)) return problem(NOT_ALLOWED);
      if (!client.guilds.cache.get(evening.guild)?.channels.cache.has(evening.channel)) return problem(NO_CHANNEL);
      try {
        const there = await reusable(evening);
        if (there === undefined) return { event: await post(evening) };
        if (!(await isSaid(there, evening)))
          await client.rest.patch(route(evening.guild, there.id), { body: await bodyOf(evening) });
        return { event: there.id };
      } catch (error) {
        return why(error, evening);
      }
    },
    start: (guild, event) =>
      attempt("An event could not be opened", guild, event, async () => {
        try {
          await setStatus(guild, event, GuildScheduledEventStatus.Active);
        } catch (error) {
          // Somebody has started it by hand.
          if ((await fetched(guild, event))?.status !== GuildScheduledEventStatus.Active) throw error;
        }
      }),
    end: (guild, event) =>
      attempt("An event could not be ended", guild, event, async () => {
        const found = await fetched(guild, event);
        if (found?.status === GuildScheduledEventStatus.Active)
          await setStatus(guild, event, GuildScheduledEventStatus.Completed);
      }),
    remove: (guild, event) =>
      attempt("An event could not be taken off", guild, event, () => client.rest.delete(route(guild, event))),
  };
};
