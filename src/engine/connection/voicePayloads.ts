import { z } from "zod";
import { type ChannelId, type GuildId, id } from "../../kernel/ids.ts";

/**
 * The Update Voice State payload (opcode 4) that takes the bot out of the guild's voice channel.
 */
export const leavePayload = (guild: GuildId) => ({
  op: 4,
  d: { guild_id: guild, channel_id: null, self_deaf: true, self_mute: false },
});

const VoiceState = z.object({
  channel_id: z.string().nullable(),
  mute: z.boolean().optional(),
  suppress: z.boolean().optional(),
  self_deaf: z.boolean().optional(),
});

const VoiceServer = z.object({ endpoint: z.string().nullable() });

/** The bot's own voice state, as far as the engine looks at it. */
export interface OwnVoiceState {
  /** Null where the bot is in no voice channel. */
  readonly channel: ChannelId | null;
  /** Muted by a moderator. */
  readonly isMuted: boolean;
  /** In the audience of a stage. */
  readonly isSuppressed: boolean;
  /** Deafened by itself: it hears nobody. */
  readonly isSelfDeaf: boolean;
}

/** Reads a VOICE_STATE_UPDATE. @throws ZodError when it has another shape */
export const readVoiceState = (payload: unknown): OwnVoiceState => {
  const { channel_id: channel, mute, suppress, self_deaf: selfDeaf } = VoiceState.parse(payload);
  return {
    channel: channel === null ? null : id<ChannelId>(channel),
    isMuted: mute === true,
    isSuppressed: suppress === true,
    isSelfDeaf: selfDeaf !== false,
  };
};

/**
 * Reads the endpoint of a VOICE_SERVER_UPDATE; null while Discord has none.
 * @throws ZodError when it has another shape
 */
export const readEndpoint = (payload: unknown): string | null => VoiceServer.parse(payload).endpoint;
