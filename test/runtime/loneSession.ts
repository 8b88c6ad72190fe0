import type { ChannelId, GuildId } from "../../src/kernel/ids.ts";
import type { Sessions } from "../../src/runtime/sessions.ts";
import type { SessionEvent } from "../../src/session/events.ts";
import type { SessionView } from "../../src/session/view.ts";

/** Sessions where no channel need be named: the guild's first session is meant. */
export interface LoneSessions extends Sessions {
  dispatch(guild: GuildId, event: SessionEvent, channel?: ChannelId): Promise<SessionView>;
  view(guild: GuildId, channel?: ChannelId): SessionView | undefined;
  /** The same, with a session that rests. */
  anyView(guild: GuildId): SessionView | undefined;
}

/** For tests with one bot, which has one session in a guild. */
export const asLone = (sessions: Sessions): LoneSessions => {
  const anyView = (guild: GuildId) => sessions.all(guild)[0];
  return {
    ...sessions,
    anyView,
    dispatch: (guild: GuildId, event: SessionEvent, channel = anyView(guild)?.channel) =>
      sessions.dispatch(guild, event, channel),
    view(guild, channel = anyView(guild)?.channel) {
      return channel === undefined ? undefined : sessions.view(guild, channel);
    },
  };
};
