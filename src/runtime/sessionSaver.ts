import type { Clock } from "../kernel/clock.ts";
import type { GuildId, PlayerId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type PlayerRef, playerIdOf } from "../kernel/playerId.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { Fence, SessionChange, SessionStore } from "../ports/guild.ts";
import type { Session } from "../session/session.ts";

/**
 * Positions, listeners and everything else nobody waits for are written after at most this long.
 */
const SAVE_INTERVAL: Millis = seconds(1);
/** How soon a write that failed is tried again. */
const RETRY_INTERVAL: Millis = seconds(5);

/** Lets everything that has arrived by now be handled first, so that it shares one commit. */
const afterThisTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Writes sessions to the store by group commit: all changes of one turn of the event loop share a
 * transaction, and what arrives while it is written shares the next one. What can't be written
 * stays queued and is tried again; nobody waits for it, because the sound matters more than
 * restoring it.
 */
export interface SessionSaver {
  /** Queues a session's latest state. A change of its sleep timer is written at once. */
  save(session: Session): void;
  /** Queues the removal of a bot's session in a guild. */
  discard(bot: PlayerRef): void;
  /** Drops what is queued for a bot in a guild. */
  forget(bot: PlayerRef): void;
  /**
   * Commits all that is queued. Call it before a member is answered.
   * @returns resolves when it is on the disk, or when writing it has failed; never rejects
   */
  commit(): Promise<void>;
}

/**
 * Creates the saver of all guilds' sessions.
 * @param fenceOf what a guild's row is written with; undefined: nothing of the guild may be written here
 */
export const createSessionSaver = (
  store: SessionStore,
  clock: Clock,
  log: Log,
  fenceOf?: (guild: GuildId) => Fence | undefined,
): SessionSaver => {
  let queued = new Map<PlayerId, SessionChange>();
  const timers = new Map<PlayerId, Session["timer"]>();
  /** The write under way or the last one, and the one that takes what is queued behind it. */
  let current: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let waiting = false;
  let failing = false;

  const write = async (): Promise<void> => {
    const changes = queued;
    queued = new Map();
    if (changes.size === 0) return;
    try {
      await store.write([...changes.values()], clock.now());
      if (failing) log.info("Sessions are saved again");
      failing = false;
    } catch (error) {
      // A change made since then is newer.
      queued = new Map([...changes, ...queued]);
      if (!failing) log.warn("Sessions could not be saved; trying again", { error });
      failing = true;
      writeWithin(RETRY_INTERVAL);
    }
  };

  const commit = (): Promise<void> => {
    if (next !== undefined) return next;
    next = current.then(afterThisTurn).then(() => {
      next = undefined;
      current = write();
      return current;
    });
    return next;
  };

  const writeWithin = (delay: Millis) => {
    if (waiting) return;
    waiting = true;
    clock.after(delay, () => {
      waiting = false;
      void commit();
    });
  };

  /** @returns whether it may be written at all */
  const queue = (change: SessionChange): boolean => {
    const player = playerIdOf(change.bot);
    if (fenceOf === undefined) queued.set(player, change);
    else {
      // Of this moment: a later token is no proof that nobody has written since.
      const fence = fenceOf(change.bot.guild);
      if (fence === undefined) return false;
      queued.set(player, { ...change, fence });
    }
    return true;
  };

  return {
    save(session) {
      const player = playerIdOf(session);
      if (!queue({ bot: session, session })) return;
      const isOther = timers.get(player)?.endsAt !== session.timer?.endsAt;
      timers.set(player, session.timer);
      if (isOther) void commit();
      else writeWithin(SAVE_INTERVAL);
    },
    discard(bot) {
      timers.delete(playerIdOf(bot));
      if (!queue({ bot })) return;
      void commit();
    },
    forget(bot) {
      queued.delete(playerIdOf(bot));
      timers.delete(playerIdOf(bot));
    },
    commit,
  };
};
