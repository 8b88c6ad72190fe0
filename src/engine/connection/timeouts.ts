import { type Millis, minutes, seconds } from "../../kernel/units.ts";

// How long the supervisor waits for what, and how long between attempts.

/** For an answer to a join, and then for the connection to be made. */
export const JOIN_TIMEOUT: Millis = seconds(10);
/**
 * For a voice server, once Discord has confirmed the channel: where it has dropped the connection
 * but not the voice state, it assigns none, and the previous one still applies
 * (discordjs/discord.js#9195).
 */
export const VOICE_SERVER_TIMEOUT: Millis = seconds(2);
/** Unanswered joins in a row before the connection is given up. */
export const MAX_UNANSWERED_JOINS = 3;
/** Between joins once so many were unanswered. */
export const UNANSWERED_DELAY: Millis = minutes(1);
/** For the keys of end-to-end encryption. */
export const ENCRYPTION_TIMEOUT: Millis = seconds(10);
/** For a lost socket to be resumed. */
export const RESUME_TIMEOUT: Millis = seconds(2.5);
/** For Discord to say whether the bot was moved or disconnected. */
export const MOVE_TIMEOUT: Millis = seconds(5);
/** For another voice server, when Discord has withdrawn the current one. */
export const NEW_VOICE_SERVER_TIMEOUT: Millis = minutes(1);
/** Between attempts while the main gateway cannot send. */
export const GATEWAY_UNAVAILABLE_DELAY: Millis = seconds(1);
/** A connection up for this long is stable: its earlier failures no longer count. */
export const STABLE_AFTER: Millis = minutes(1);

const FIRST_BACKOFF: Millis = 250;
const MAX_BACKOFF: Millis = seconds(10);
const EXPONENTIAL_TRIES = 5;
const STEADY_BACKOFF: Millis = minutes(1);

/**
 * The delay before an attempt: 0.25 s doubling to 10 s for five attempts, then a minute, each with
 * 20 % jitter.
 */
export const backoffDelay = (tries: number, random: () => number): Millis =>
  (tries > EXPONENTIAL_TRIES ? STEADY_BACKOFF : Math.min(MAX_BACKOFF, FIRST_BACKOFF * 2 ** (tries - 1))) *
  (0.8 + 0.4 * random());

/**
 * "Disconnected" of Discord's voice close event codes: moved, disconnected, or the channel or the
 * main session is gone.
 */
export const DISCONNECTED = 4014;

/** What differs from a new session under the back-off above (Discord's voice close event codes). */
export const CLOSE_CODE_RULES: Readonly<Record<number, { readonly rest?: Millis; readonly tries?: number }>> = {
  /** Authentication failed. */
  4004: { tries: 3 },
  /** Unknown encryption mode. */
  4016: { tries: 3 },
  /** End-to-end encryption required. */
  4017: { tries: 1 },
  /** Bad request. */
  4020: { tries: 3 },
  /** Rate limited. */
  4021: { rest: minutes(1) },
  /** Call terminated. */
  4022: { rest: seconds(5) },
};
