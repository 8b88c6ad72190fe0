import type { Clock } from "../kernel/clock.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { SessionStore } from "../ports/guild.ts";
import type { Session } from "../session/session.ts";

const SAVE_INTERVAL: Millis = seconds(1);

/**
 * Keeps the sessions of all guilds, in one write a second at most; a timer that was set or changed is written at once, so that
 * no room plays on all night for want of it. What cannot be written is only not restored.
 */
export interface SessionSaver {
  save(session: Session): void;
  discard(guild: GuildId): void;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

export const createSessionSaver = (store: SessionStore, clock: Clock, log: Log): SessionSaver => {
  const unsaved = new Map<GuildId, Session>();
  const timers = new Map<GuildId, Session["timer"]>();
  let waiting = false;
  let last: Promise<void> = Promise.resolve();

  /** One write after the other, so that a session that was forgotten is not saved again behind its back. */
  const inTurn = (write: () => Promise<void>): Promise<void> => {
    last = last.then(write).catch((error) => log.warn("Sessions could not be kept", { error }));
    return last;
  };

  const flush = () => {
    const sessions = [...unsaved.values()];
    unsaved.clear();
    return sessions.length === 0 ? last : inTurn(() => store.save(sessions, clock.now()));
  };

  return {
    save(session) {
      unsaved.set(session.guild, session);
      const isOther = timers.get(session.guild)?.endsAt !== session.timer?.endsAt;
      timers.set(session.guild, session.timer);
      if (isOther) return void flush();
      if (waiting) return undefined;
      waiting = true;
      clock.after(SAVE_INTERVAL, () => {
        waiting = false;
        void flush();
      });
      return undefined;
    },
    discard(guild) {
      unsaved.delete(guild);
      timers.delete(guild);
      void inTurn(() => store.forget(guild));
    },
    flush,
  };
};
