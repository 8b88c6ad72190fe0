import type { GuildId } from "../kernel/ids.ts";
import type { PlayerCommand, PlayerEvent } from "../session/protocol.ts";

/** The engine as one guild sees it. Sending never waits and never throws; what goes wrong comes back as an event. */
export interface Player {
  send(command: PlayerCommand): void;
  /** Lets go of the guild's stream, wherever it is. May be called twice. */
  close(): void;
}

/** The players of all guilds. */
export interface Players {
  open(guild: GuildId, onEvent: (event: PlayerEvent) => void): Player;
}

/** The main gateway as a voice connection needs it: voice states out, voice state and server updates in. */
export interface VoiceGateway {
  open(
    guild: GuildId,
    on: {
      stateUpdate(payload: unknown): void;
      serverUpdate(payload: unknown): void;
      /** The guild or its shard is gone for now. */
      closed(): void;
      /** The shard has begun a new session: Discord has forgotten who sat where. */
      renewed(): void;
      /** It was asked for a channel that the bot may not enter, which Discord would not answer at all. */
      barred(): void;
    },
  ): {
    /** @returns false while the shard cannot send */
    send(payload: unknown): boolean;
    close(): void;
  };
}
