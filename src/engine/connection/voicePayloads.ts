import { type ChannelId, type GuildId, id } from "../../kernel/ids.ts";

/**
 * The Update Voice State payload (opcode 4) that takes the bot out of the guild's voice channel.
 */
export const leavePayload = (guild: GuildId) => ({
  op: 4,
  d: { guild_id: guild, channel_id: null, self_deaf: true, self_mute: false },
});

// Read by hand: a library for it would take 13 MB in each engine.
const fieldOf = (payload: unknown, name: string): unknown =>
  typeof payload === "object" && payload !== null ? (payload as Readonly<Record<string, unknown>>)[name] : undefined;

const wrong = (name: string) => new TypeError(`A voice payload has no ${name} that could be read`);

const nullableText = (payload: unknown, name: string): string | null => {
  const value = fieldOf(payload, name);
  if (value !== null && typeof value !== "string") throw wrong(name);
  return value;
};

const optionalFlag = (payload: unknown, name: string): boolean | undefined => {
  const value = fieldOf(payload, name);
  if (value !== undefined && typeof value !== "boolean") throw wrong(name);
  return value;
};

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

/** Reads a VOICE_STATE_UPDATE. @throws TypeError when it has another shape */
export const readVoiceState = (payload: unknown): OwnVoiceState => {
  const channel = nullableText(payload, "channel_id");
  return {
    channel: channel === null ? null : id<ChannelId>(channel),
    isMuted: optionalFlag(payload, "mute") === true,
    isSuppressed: optionalFlag(payload, "suppress") === true,
    isSelfDeaf: optionalFlag(payload, "self_deaf") !== false,
  };
};

/**
 * Reads the endpoint of a VOICE_SERVER_UPDATE; null while Discord has none.
 * @throws TypeError when it has another shape
 */
export const readEndpoint = (payload: unknown): string | null => nullableText(payload, "endpoint");
