import type { PlayerRef } from "../kernel/playerId.ts";
import type { Millis } from "../kernel/units.ts";
import type { PlayerCommand, PlayerEvent } from "../session/protocol.ts";

/**
 * Plays sound in one voice channel. Sending never waits and never throws; what goes wrong comes back as an
 * event.
 */
export interface Player {
  send(command: PlayerCommand): void;
  /** Ends the stream, whatever it plays. May be called twice. */
  close(): void;
}

/** The players of all guilds, at most one for each bot in a guild. */
export interface Players {
  open(ref: PlayerRef, onEvent: (event: PlayerEvent) => void): Player;
}

/** Receives what the main gateway says about a bot's voice in one guild. */
export interface VoiceGatewayListener {
  /**
   * Takes the bot's own VOICE_STATE_UPDATE.
   * @param isOwnLeave whether it answers a leave that the bot sent itself, rather than a member's
   * doing
   */
  stateUpdate(payload: unknown, isOwnLeave: boolean): void;
  serverUpdate(payload: unknown): void;
  /** The payload of this attempt has been sent: from now on an answer may be expected. */
  sent(attempt: number): void;
  /** The join that was asked for last waits this long at most for the shard's send budget. */
  waiting(duration: Millis): void;
  /** The guild is unavailable for now. */
  closed(): void;
  /**
   * The shard has begun a new session: Discord has dropped the bot's voice states, and what waited
   * to be sent is forgotten.
   */
  renewed(): void;
  /**
   * The channel asked for is one that the bot cannot enter, for which Discord would send no answer
   * at all.
   */
  barred(): void;
}

/** The main gateway of one guild as a voice connection needs it. */
interface GuildVoiceGateway {
  /**
   * Queues an Update Voice State payload (opcode 4) in place of one that still waits, and sends it
   * when the shard's send budget allows.
   * @param attempt what `sent` is called with
   * @returns false while the guild is unavailable
   */
  send(payload: unknown, attempt: number): boolean;
  /** Stops receiving, and cancels a join that waits; a leave that waits is sent all the same. */
  close(): void;
}

/**
 * The main gateway as voice connections need it: voice states out, voice state and server updates
 * in.
 */
export interface VoiceGateway {
  open(ref: PlayerRef, listener: VoiceGatewayListener): GuildVoiceGateway;
}
