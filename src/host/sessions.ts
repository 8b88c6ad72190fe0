import type { GuildId } from "../kernel/ids.ts";
import type { SessionEvent } from "../session/events.ts";
import type { SessionView } from "../session/view.ts";

/** The listening sessions of this process, at most one a guild. */
export interface Sessions {
  /**
   * Lets the guild's session decide about an event; `soundQueued` opens one where there is none.
   * @returns what the session is afterwards
   * @throws UserError when the wish cannot be, in words for the member
   */
  dispatch(guild: GuildId, event: SessionEvent): Promise<SessionView>;
  /** Undefined when nothing plays in the guild; sessions that are over are forgotten. */
  view(guild: GuildId): SessionView | undefined;
  /** Somebody came, went or moved in a voice channel of the guild. Cheap: call it with every voice state. */
  listenersChanged(guild: GuildId): void;
  /** Lets every room go to silence, leaves, and keeps what may be restored; for shutdown. */
  close(): Promise<void>;
}
