import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Activities } from "../activities/activities.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { VoiceStates } from "../gateway/voiceStates.ts";
import type { Interactions } from "../interactions/interactions.ts";
import type { AttachmentStore } from "../messages/attachments.ts";
import type { Messages } from "../messages/messages.ts";
import { ApiError } from "../shared/apiError.ts";
import { BOT_ID, type GuildChannel, type GuildState } from "../state/guild.ts";

/** What one guild is made of; the gateway, the interactions, the attachments and the activities are those of all guilds. */
export interface GuildContext {
  readonly guild: GuildState;
  readonly gateway: Gateway;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly attachments: AttachmentStore;
  readonly voiceStates: VoiceStates;
  readonly activities: Activities;
  /** Notes that the bot broke one of Discord's rules. */
  readonly violation: (text: string) => void;
}

/** The guilds of an emulator. */
export interface GuildRegistry {
  all(): readonly GuildContext[];
  /** The one that is there from the start. */
  first(): GuildContext;
  /** @throws ApiError 10004 where there is no such guild */
  of(guild: string): GuildContext;
  /** The guild of that channel; the first one where there is no such channel. */
  ofChannel(channel: string): GuildContext;
}

/** @throws ApiError 50001 where the bot is not a member of the guild */
export const requireGuild = ({ guild }: GuildContext): void => {
  if (!guild.botIsMember) throw new ApiError(403, 50_001, "Missing Access");
};

/**
 * The channel of that id, where the bot may see it and has these permissions in it.
 * @param bot by default the one that the emulator is for
 * @throws ApiError 10003, 50001 or 50013, as Discord answers
 */
export const requirePermissions = (
  context: GuildContext,
  channelId: string,
  permissions: readonly bigint[] = [],
  bot = BOT_ID,
): GuildChannel => {
  const { guild } = context;
  if (bot === BOT_ID) requireGuild(context);
  const channel = guild.channels.get(channelId);
  if (channel === undefined) throw new ApiError(404, 10_003, "Unknown Channel");
  const has = guild.botPermissionsIn(channelId, bot);
  if ((has & PermissionFlagsBits.ViewChannel) === 0n) throw new ApiError(403, 50_001, "Missing Access");
  if (permissions.some((each) => (has & each) === 0n)) throw new ApiError(403, 50_013, "Missing Permissions");
  return channel;
};
