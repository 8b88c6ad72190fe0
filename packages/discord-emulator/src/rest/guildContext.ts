import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Gateway } from "../gateway/gateway.ts";
import type { Seats } from "../gateway/voiceStates.ts";
import type { Interactions } from "../interactions/interactions.ts";
import type { Counter } from "../messages/attachments.ts";
import type { Messages } from "../messages/messages.ts";
import { ApiError } from "../shared/apiError.ts";
import type { World } from "../state/guildState.ts";

/** What one guild of an evening is made of; the gateway, the interactions and the counter are those of all. */
export interface Parts {
  readonly world: World;
  readonly gateway: Gateway;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly counter: Counter;
  readonly seats: Seats;
  /** Notes that the bot broke one of Discord's rules. */
  readonly violation: (text: string) => void;
}

/** The guilds of an evening. */
export interface Guilds {
  all(): readonly Parts[];
  /** @throws ApiError 10004 where there is no such guild */
  of(guild: string): Parts;
  /** The guild of that channel; the first one where there is no such channel. */
  ofChannel(channel: string): Parts;
}

/** @throws ApiError 50001 where the bot is not, or may not look */
export const needGuild = ({ world }: Parts) => {
  if (!world.botIsMember) throw new ApiError(403, 50_001, "Missing Access");
};

/** @throws ApiError 10003, 50001 or 50013 as Discord would, where the bot may not do this in the channel */
export const need = (parts: Parts, channel: string, ...permissions: readonly bigint[]) => {
  const { world } = parts;
  needGuild(parts);
  if (!world.channels.has(channel)) throw new ApiError(404, 10_003, "Unknown Channel");
  const has = world.botPermissions(channel);
  if ((has & PermissionFlagsBits.ViewChannel) === 0n) throw new ApiError(403, 50_001, "Missing Access");
  if (permissions.some((each) => (has & each) === 0n)) throw new ApiError(403, 50_013, "Missing Permissions");
};
