import type { GuildId, HelperId } from "../kernel/ids.ts";

/** Further bots of the operator's, which only speak. */
export interface Helpers {
  /** Those that are in the guild and connected to Discord, in the order in which the operator named them. */
  in(guild: GuildId): readonly HelperId[];
  /** Whether a helper is in the guild, or may turn out to be once it is connected; false for one that there is not. */
  mayBeIn(guild: GuildId, helper: HelperId): boolean;
}
