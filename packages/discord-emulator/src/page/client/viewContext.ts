import type { GuildView } from "../protocol.ts";
import type { Actions } from "./actions.ts";
import type { Composer } from "./composer.ts";
import type { State, Store } from "./state.ts";

/** What every view draws from, and what it can set going. */
export interface ViewContext {
  readonly state: State;
  readonly guild: GuildView;
  readonly store: Store;
  readonly actions: Actions;
  readonly composer: Composer;
}

/** The user among the members. */
const userIn = (guild: GuildView) => guild.members.find(({ id }) => id === guild.user.id);

/** The user's voice channel, by name. */
export const voiceChannelOf = (guild: GuildView): string | undefined => userIn(guild)?.voice?.channel;
