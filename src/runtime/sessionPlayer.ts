import type { Clock } from "../kernel/clock.ts";
import type { SessionId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { PlayerRef } from "../kernel/playerId.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { Players } from "../ports/player.ts";
import type { PlayerCommand, PlayerEvent } from "../session/protocol.ts";

/** How long an engine may take to leave, beyond its ramp. */
const LEAVE_TIMEOUT: Millis = seconds(3);

/** The player of one session, which is closed once. */
export interface SessionPlayer {
  /** Never throws. A `leave` closes the player when the bot has left, or after a timeout. */
  send(command: PlayerCommand): void;
  /** Closes the player as it is. */
  close(): void;
  /** Closes the player, unless it has been told to leave and is about to. */
  closeUnlessLeaving(): void;
  /** Resolves when the player is closed. */
  readonly left: Promise<void>;
}

/**
 * Opens a player for a session.
 * @param onEvent called after a `left` has closed the player
 */
export const openSessionPlayer = (
  { players, clock, log }: { readonly players: Players; readonly clock: Clock; readonly log: Log },
  details: PlayerRef & { readonly session: SessionId },
  onEvent: (event: PlayerEvent) => void,
): SessionPlayer => {
  const gone = Promise.withResolvers<void>();
  let stopWaiting: (() => void) | undefined;

  const close = () => {
    stopWaiting?.();
    try {
      player.close();
    } catch (error) {
      log.error("A player could not be closed", { ...details, error });
    }
    gone.resolve();
  };

  const player = players.open(details, (event) => {
    if (event.type === "left") close();
    onEvent(event);
  });

  return {
    send(command) {
      if (command.type === "leave") {
        stopWaiting?.();
        stopWaiting = clock.after(command.over + LEAVE_TIMEOUT, close);
      }
      try {
        player.send(command);
      } catch (error) {
        log.error("The engine did not take a command", { ...details, command: command.type, error });
      }
    },
    close,
    closeUnlessLeaving() {
      if (stopWaiting === undefined) close();
    },
    left: gone.promise,
  };
};
