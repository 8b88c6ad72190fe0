import { type GuildId, type HelperId, id, type PlayerId } from "./ids.ts";

/** A bot in a guild. It is in one voice channel at most, so it has one player and one session. */
export interface PlayerRef {
  readonly guild: GuildId;
  /** The helper that speaks; absent: the bot itself. */
  readonly helper?: HelperId | undefined;
}

/** The key of a bot in a guild. */
export const playerIdOf = ({ guild, helper }: PlayerRef): PlayerId =>
  id<PlayerId>(helper === undefined ? guild : `${guild}-${helper}`);
