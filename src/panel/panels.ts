import { randomBytes } from "node:crypto";
import {
  type APIMessageTopLevelComponent,
  type Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  type GuildTextBasedChannel,
  type Message,
  MessageFlags,
  RESTJSONErrorCodes,
} from "discord.js";
import type { GuildLocale } from "../i18n/guildLocale.ts";
import type { Clock } from "../kernel/clock.ts";
import { type ChannelId, type GuildId, id, type MessageId, type SessionId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { Panels } from "../ports/guild.ts";
import type { PanelMessage } from "../session/session.ts";
import type { SessionView } from "../session/view.ts";
import { panelOf } from "./panelView.ts";

/** Discord limits edits of messages that are older than an hour (error 30046). */
const MAX_AGE: Millis = minutes(55);
/** With this many messages below it, a panel is out of sight. */
const MAX_MESSAGES_BELOW = 10;
/**
 * How often Discord is asked whether it is: without the message intent, the gateway does not say.
 */
const CHECK_INTERVAL: Millis = minutes(2);

interface Panel {
  readonly session: SessionId;
  readonly message: Message;
  readonly postedAt: Millis;
  readonly checkedAt: Millis;
  /** Its content, to skip edits that change nothing. */
  readonly content: string;
}

const allowedMentions = { parse: [] };

/** Errors after which the message can't be edited any more, though it may still be there. */
const OUT_OF_REACH: ReadonlySet<string | number> = new Set([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  RESTJSONErrorCodes.ThreadLocked,
]);

/**
 * Whether a message is gone or out of reach: Discord says so, or discord.js does before it asks,
 * since it forgets a deleted channel at once.
 */
const isGone = (error: unknown): boolean =>
  error instanceof DiscordAPIError
    ? error.status === 404 || OUT_OF_REACH.has(error.code)
    : error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.ChannelNotCached;

/** Whether Discord refused the edit because the message is too old. */
const isTooOld = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  error.code === RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached;

/**
 * Panels in text channels, edited with the bot's token: interaction tokens expire after 15 minutes.
 * @param canWrite whether the bot may write, and edit what it wrote, in a channel
 */
export const createPanels = (
  client: Client,
  guildLocale: GuildLocale,
  canWrite: (channel: GuildTextBasedChannel) => boolean,
  clock: Clock,
  log: Log,
): Panels => {
  const panels = new Map<GuildId, Panel>();

  const writable = (channel: ChannelId): GuildTextBasedChannel | undefined => {
    const found = client.channels.cache.get(channel);
    if (!found?.isTextBased() || found.isDMBased() || !found.isSendable()) return undefined;
    return canWrite(found) ? found : undefined;
  };

  const post = async (
    view: SessionView,
    components: readonly APIMessageTopLevelComponent[],
  ): Promise<PanelMessage | undefined> => {
    panels.delete(view.guild);
    // Where the session was started, else in the voice channel's own chat.
    const channel = writable(view.panel) ?? writable(view.channel);
    if (channel === undefined) {
      log.warn("There is no channel for the panel", { guild: view.guild });
      return undefined;
    }
    const postedAt = clock.now();
    const message = await channel.send({
      components: [...components],
      flags: [MessageFlags.IsComponentsV2, MessageFlags.SuppressNotifications],
      allowedMentions,
      // A nonce: a request repeated after a lost answer posts no second panel.
      nonce: randomBytes(8).toString("hex"),
      enforceNonce: true,
    });
    const content = JSON.stringify(components);
    panels.set(view.guild, { session: view.id, message, postedAt, checkedAt: postedAt, content });
    return { channel: id<ChannelId>(channel.id), message: id<MessageId>(message.id), at: postedAt };
  };

  /** The panel from before a restart, if it still exists. */
  const findAgain = async ({ id: session, guild, posted }: SessionView): Promise<Panel | undefined> => {
    if (posted === undefined) return undefined;
    try {
      const channel = client.channels.cache.get(posted.channel);
      if (!channel?.isTextBased()) return undefined;
      const message = await channel.messages.fetch(posted.message);
      const panel: Panel = { session, message, postedAt: posted.at, checkedAt: posted.at, content: "" };
      panels.set(guild, panel);
      return panel;
    } catch (error) {
      // A request that failed says nothing about the panel: asking again later posts no second one.
      if (!isGone(error)) throw error;
      log.info("The panel from before the restart is gone", { guild, error });
      return undefined;
    }
  };

  const edit = async (panel: Panel, components: readonly APIMessageTopLevelComponent[]): Promise<void> => {
    await panel.message.edit({ components: [...components], flags: MessageFlags.IsComponentsV2, allowedMentions });
  };

  const remove = async ({ message }: Panel): Promise<void> => {
    try {
      await message.delete();
    } catch (error) {
      log.warn("An old panel could not be removed", { error });
    }
  };

  /** Whether newer messages have pushed it out of sight; false when Discord does not say. */
  const isFarUp = async ({ message }: Panel): Promise<boolean> => {
    try {
      const below = await message.channel.messages.fetch({
        after: message.id,
        limit: MAX_MESSAGES_BELOW,
        cache: false,
      });
      return below.size >= MAX_MESSAGES_BELOW;
    } catch {
      return false;
    }
  };

  const replace = async (panel: Panel, view: SessionView, components: readonly APIMessageTopLevelComponent[]) => {
    const posted = await post(view, components);
    await remove(panel);
    return posted;
  };

  const isOutOfSight = async (panel: Panel): Promise<boolean> => {
    const now = clock.now();
    if (now - panel.postedAt >= MAX_AGE) return true;
    if (now - panel.checkedAt < CHECK_INTERVAL) return false;
    panels.set(panel.message.guildId as GuildId, { ...panel, checkedAt: now });
    return isFarUp(panel);
  };

  const change = async (
    panel: Panel,
    view: SessionView,
    components: readonly APIMessageTopLevelComponent[],
  ): Promise<PanelMessage | undefined> => {
    // The closing line stays where the panel was.
    if (view.status !== "over" && (await isOutOfSight(panel))) return replace(panel, view, components);
    try {
      await edit(panel, components);
      const current = panels.get(view.guild) ?? panel;
      panels.set(view.guild, { ...current, content: JSON.stringify(components) });
      return undefined;
    } catch (error) {
      if (isTooOld(error)) return replace(panel, view, components);
      if (!isGone(error)) throw error;
      return view.status === "over" ? undefined : post(view, components);
    }
  };

  return {
    async show(view) {
      const isAfkChannel = client.guilds.cache.get(view.guild)?.afkChannelId === view.channel;
      const components = panelOf(view, guildLocale.withLanguage(view.guild, view.rules.language), isAfkChannel);
      const known = panels.get(view.guild);
      const panel = known?.session === view.id ? known : await findAgain(view);
      try {
        if (panel === undefined) return await post(view, components);
        return panel.content === JSON.stringify(components) ? undefined : await change(panel, view, components);
      } finally {
        if (view.status === "over") panels.delete(view.guild);
      }
    },
  };
};
