/** Intents that Discord grants on application only: members, presences, message content. */
export const PRIVILEGED_INTENTS = (1 << 1) | (1 << 8) | (1 << 15);

const INTENTS: Readonly<Record<string, number>> = {
  GUILD_CREATE: 1 << 0,
  GUILD_DELETE: 1 << 0,
  CHANNEL_CREATE: 1 << 0,
  CHANNEL_UPDATE: 1 << 0,
  CHANNEL_DELETE: 1 << 0,
  GUILD_ROLE_UPDATE: 1 << 0,
  GUILD_MEMBER_ADD: 1 << 1,
  GUILD_MEMBER_REMOVE: 1 << 1,
  VOICE_STATE_UPDATE: 1 << 7,
  VOICE_CHANNEL_EFFECT_SEND: 1 << 7,
  MESSAGE_CREATE: 1 << 9,
  MESSAGE_UPDATE: 1 << 9,
  MESSAGE_DELETE: 1 << 9,
  GUILD_SCHEDULED_EVENT_CREATE: 1 << 16,
  GUILD_SCHEDULED_EVENT_UPDATE: 1 << 16,
  GUILD_SCHEDULED_EVENT_DELETE: 1 << 16,
};

/** The intent that lets an event through; undefined for events that every bot receives (Discord, "Gateway Intents"). */
export const intentOf = (event: string): number | undefined => INTENTS[event];
