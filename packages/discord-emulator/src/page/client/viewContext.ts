import type { GuildView } from "../protocol.ts";
import type { PageSettings } from "../settings.ts";
import type { Actions } from "./actions.ts";
import type { Composer } from "./composer.ts";
import type { Say } from "./say.ts";
import type { State, Store } from "./state.ts";

/** What every view draws from, and what it can set going. */
export interface ViewContext {
  readonly state: State;
  readonly guild: GuildView;
  readonly store: Store;
  readonly actions: Actions;
  readonly composer: Composer;
  /** The page's own words in the user's language. */
  readonly say: Say;
  /** The bot's texts in the user's language. */
  readonly texts: PageSettings;
  /** Messages that are drawn in this turn, by id: their controls are new. */
  readonly drawn: Set<string>;
}

/** The user among the members. */
const userIn = (guild: GuildView) => guild.members.find(({ id }) => id === guild.user.id);

/** The user's voice channel, by name. */
export const voiceChannelOf = (guild: GuildView): string | undefined => userIn(guild)?.voice?.channel;

/** The bot among the members. */
export const botIn = (guild: GuildView) => guild.members.find(({ bot, isHelper }) => bot && isHelper !== true);
