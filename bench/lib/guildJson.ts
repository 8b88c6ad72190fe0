import { BOT, CHANNEL, guildOf } from "./gateway.ts";

/**
 * How much is in a guild: `small` is one voice channel, `usual` thirty channels, twenty roles and what else a guild has
 * after some years.
 */
export type GuildSize = "small" | "usual";

export const BOT_USER = { id: BOT, username: "Lull", discriminator: "0", avatar: null, bot: true, flags: 0 };

const ADMINISTRATOR = "8";
/** Text channel in which panels are posted; in every guild the same, as the voice channel is. */
export const TEXT_CHANNEL = "200000000000000002";

const idIn = (guild: number, kind: number, index: number) =>
  String(700_000_000_000_000_000n + BigInt(guild) * 10_000n + BigInt(kind * 1_000 + index));

const list = <Item>(length: number, item: (index: number) => Item) => Array.from({ length }, (_, index) => item(index));

/** A member as the gateway sends them with a voice state. */
const memberJson = (user: string) => ({
  user: {
    id: user,
    username: `member-${user}`,
    global_name: `Member ${user.slice(-4)}`,
    discriminator: "0",
    avatar: "0123456789abcdef0123456789abcdef",
    flags: 0,
    bot: false,
  },
  nick: null,
  roles: [],
  joined_at: new Date(0).toISOString(),
  flags: 0,
  deaf: false,
  mute: false,
});

/** The id of a person of a guild; nobody is in two guilds. */
export const personOf = (guild: number, index: number): string =>
  String(600_000_000_000_000_000n + BigInt(guild * 1_000 + index));

/** What the guild's people say of themselves in its voice channel, or of being in none. */
export const voiceStateJson = (guild: number, user: string, channel: string | null) => ({
  guild_id: guildOf(guild),
  user_id: user,
  channel_id: channel,
  session_id: "listener",
  deaf: false,
  mute: false,
  self_deaf: false,
  self_mute: false,
  suppress: false,
  member: memberJson(user),
});

/** What a guild of some years has beside its one voice channel. */
const furnishings = (number: number) => ({
  roles: list(20, (index) => ({
    id: idIn(number, 1, index),
    name: `Role ${index}`,
    permissions: "104324673",
    position: index + 1,
    color: index * 1_000,
    flags: 0,
    hoist: index < 3,
    managed: false,
    mentionable: true,
  })),
  channels: list(30, (index) => ({
    id: idIn(number, 2, index),
    type: index % 4 === 0 ? 2 : 0,
    name: `channel-${index}`,
    topic: index % 4 === 0 ? null : "What this channel is about, in a sentence.",
    position: index + 2,
    parent_id: null,
    last_message_id: idIn(number, 2, index),
    rate_limit_per_user: 0,
    user_limit: 0,
    bitrate: 64_000,
    permission_overwrites: list(3, (each) => ({
      id: each === 0 ? guildOf(number) : idIn(number, 1, each),
      type: 0,
      allow: "1024",
      deny: "2048",
    })),
  })),
  emojis: list(50, (index) => ({
    id: idIn(number, 3, index),
    name: `emoji_${index}`,
    roles: [],
    require_colons: true,
    managed: false,
    animated: false,
    available: true,
  })),
  stickers: list(5, (index) => ({
    id: idIn(number, 4, index),
    name: `Sticker ${index}`,
    tags: "wave",
    description: "",
    type: 2,
    format_type: 1,
    available: true,
    guild_id: guildOf(number),
  })),
});

/** A guild with a voice channel in which one to nine people listen, as GUILD_CREATE sends it. */
export const guildJson = (number: number, size: GuildSize) => {
  const id = guildOf(number);
  const everyone = { id, name: "@everyone", permissions: ADMINISTRATOR, position: 0, color: 0, flags: 0 };
  const { roles = [], channels = [], emojis = [], stickers = [] } = size === "usual" ? furnishings(number) : {};
  const people = list(1 + (number % 9), (index) => personOf(number, index));
  return {
    id,
    name: `Guild ${number}`,
    owner_id: "500000000000000001",
    unavailable: false,
    preferred_locale: "en-US",
    features: [],
    roles: [{ ...everyone, hoist: false, managed: false, mentionable: false }, ...roles],
    channels: [
      { id: CHANNEL, type: 2, name: "lounge", position: 0, permission_overwrites: [], user_limit: 0, bitrate: 64_000 },
      { id: TEXT_CHANNEL, type: 0, name: "general", position: 1, permission_overwrites: [] },
      ...channels,
    ],
    members: [
      { user: BOT_USER, roles: [], joined_at: new Date(0).toISOString(), flags: 0, deaf: false, mute: false },
      ...(size === "usual" ? people.map(memberJson) : []),
    ],
    voice_states: people.map((user) => ({ ...voiceStateJson(number, user, CHANNEL), member: undefined })),
    emojis,
    stickers,
    presences: [],
    threads: [],
    stage_instances: [],
    guild_scheduled_events: [],
    member_count: 10,
  };
};
