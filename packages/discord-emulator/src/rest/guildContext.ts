import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Gateway } from "../gateway/gateway.ts";
import type { VoiceStates } from "../gateway/voiceStates.ts";
import type { Interactions } from "../interactions/interactions.ts";
import type { AttachmentStore } from "../messages/attachments.ts";
import type { Messages } from "../messages/messages.ts";
import { ApiError } from "../shared/apiError.ts";
import type { GuildState } from "../state/guild.ts";

/** What one guild of an evening is made of; the gateway, the interactions and the counter are those of all. */
export interface GuildContext {
  readonly guild: GuildState;
  readonly gateway: Gateway;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly attachments: AttachmentStore;
  readonly voiceStates: VoiceStates;
  /** Notes that the bot broke one of Discord's rules. */
  readonly violation: (text: string) => void;
}

/** The guilds of an evening. */
export interface GuildRegistry {
  all(): readonly GuildContext[];
  /** @throws ApiError 10004 where there is no such guild */
  of(guild: string): GuildContext;
  /** The guild of that channel; the first one where there is no such channel. */
  ofChannel(channel: string): GuildContext;
}

/** @throws ApiError 50001 where the bot is not, or may not look */
export const requireGuild = ({ guild }: GuildContext) => {
  if (!guild.botIsMember) throw new ApiError(403, 50_001, "Missing Access");
};

/** @throws ApiError 10003, 50001 or 50013 as Discord would, where the bot may not do this in the channel */
export const requirePermissions = (context: GuildContext, channel: string, ...permissions: readonly bigint[]) => {
  const { guild } = context;
  requireGuild(context);
  if (!guild.channels.has(channel)) throw new ApiError(404, 10_003, "Unknown Channel");
  const has = guild.botPermissionsIn(channel);
  if ((has & PermissionFlagsBits.ViewChannel) === 0n) throw new ApiError(403, 50_001, "Missing Access");
  if (permissions.some((each) => (has & each) === 0n)) throw new ApiError(403, 50_013, "Missing Permissions");
};
