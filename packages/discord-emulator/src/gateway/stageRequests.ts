import { PermissionFlagsBits } from "discord-api-types/v10";
import { ApiError } from "../shared/apiError.ts";
import type { Json } from "../shared/json.ts";
import { BOT_ID, type GuildState, type VoiceState } from "../state/guild.ts";

/**
 * What a change of a voice state on a stage, as REST asks for it, sets.
 * @throws ApiError 50024 outside of a stage, 50013 where the bot may not do it
 */
export const stageFlags = (
  guild: GuildState,
  user: string,
  state: VoiceState,
  { suppress, request_to_speak_timestamp: hand }: Json,
): Partial<VoiceState> => {
  if (guild.channels.get(state.channelId)?.type !== 13) {
    throw new ApiError(400, 50_024, "Cannot execute action on this channel type");
  }
  const permissions = guild.botPermissionsIn(state.channelId, guild.isBot(user) ? user : BOT_ID);
  const moderates = (permissions & PermissionFlagsBits.MuteMembers) !== 0n;
  const mayAsk = (permissions & PermissionFlagsBits.RequestToSpeak) !== 0n;
  // Anybody may go back to the audience; to speak, or to send others there, is a moderator's.
  if ((!guild.isBot(user) || suppress === false) && suppress !== undefined && !moderates) {
    throw new ApiError(403, 50_013, "Missing Permissions");
  }
  if (typeof hand === "string" && !mayAsk) throw new ApiError(403, 50_013, "Missing Permissions");
  return {
    ...(suppress !== undefined && { suppress: suppress === true }),
    ...(hand !== undefined && { requestToSpeak: hand === null ? null : String(hand) }),
  };
};
