declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** Discord's snowflakes: decimal strings of up to 20 digits. */
export type GuildId = Id<"GuildId">;
/** A text, voice or stage channel. */
export type ChannelId = Id<"ChannelId">;
/** A Discord user, the same in every guild. */
export type UserId = Id<"UserId">;
/** A message in a channel. */
export type MessageId = Id<"MessageId">;
/** A role of a guild. */
export type RoleId = Id<"RoleId">;

/** A helper bot, which only speaks: its user id. */
export type HelperId = Id<"HelperId">;
/** A bot in a guild, the bot itself or a helper: `playerIdOf` makes it. */
export type PlayerId = Id<"PlayerId">;

/** Names a sound in the catalogue, e.g. `rain-window`. */
export type SoundId = Id<"SoundId">;
/** One playing of a sound: unique within a session, so that a late event of an earlier one is recognised. */
export type EntryId = Id<"EntryId">;
/** One listening session; buttons carry it, so that last night's are recognised. */
export type SessionId = Id<"SessionId">;
/** A favourite of a guild. */
export type FavouriteId = Id<"FavouriteId">;
/** One evening that comes again. */
export type ScheduleId = Id<"ScheduleId">;

/** A wake-up that a member has set. */
export type WakeUpId = Id<"WakeUpId">;

/** Brands a string that is known to be such an id. */
export const id = <T extends string>(value: string): T => value as T;
