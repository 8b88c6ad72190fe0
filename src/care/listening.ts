import type { Heard, Tingles } from "../host/carePorts.ts";
import type { Clock } from "../kernel/clock.ts";
import type { EntryId, GuildId, SessionId, SoundId, UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import type { SessionView } from "../session/view.ts";
import { eveningOf } from "./evenings.ts";

/** While a sound plays, the session is looked at every few seconds; after a longer gap nobody knows what was heard. */
const LONGEST_GAP: Millis = minutes(2);
const KEEP_AFTER: Millis = minutes(1);
/** One member's tingles within this time are one. */
const ONE_TINGLE: Millis = seconds(30);
const LAST_MINUTE = 239;

/** A session as it was looked at last. */
interface Look {
  readonly session: SessionId;
  readonly at: Millis;
  readonly listeners: readonly UserId[];
  readonly entry: EntryId | undefined;
  readonly sounds: readonly SoundId[];
  /** How long this entry has been heard. */
  readonly heard: Millis;
}

/** What is known of a night that is over. */
export interface Stay {
  readonly user: UserId;
  readonly for: Millis;
}

export interface Listening {
  /** Call after each step of a session. @returns how long each listener stayed, when it is over */
  look(view: SessionView): readonly Stay[] | undefined;
  /** @returns whether something is heard in which the user can feel it */
  tingled(guild: GuildId, user: UserId): boolean;
}

/** Notes what rooms hear, minute by minute. Nothing here waits, and what cannot be kept is only not known. */
export const createListening = ({
  heard,
  tingles,
  clock,
  timeZone,
  log,
}: {
  readonly heard: Pick<Heard, "add">;
  readonly tingles: Pick<Tingles, "add">;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly log: Log;
}): Listening => {
  const looks = new Map<GuildId, Look>();
  const unsaved = new Map<GuildId, Map<SoundId, Millis>>();
  const stays = new Map<GuildId, Map<UserId, Millis>>();
  const lastTingles = new Map<GuildId, Map<UserId, Millis>>();

  const add = <Key>(to: Map<GuildId, Map<Key, Millis>>, guild: GuildId, keys: readonly Key[], time: Millis) => {
    const sums = to.get(guild) ?? new Map<Key, Millis>();
    for (const key of keys) sums.set(key, (sums.get(key) ?? 0) + time);
    to.set(guild, sums);
  };

  const keep = (guild: GuildId, atLeast: Millis) => {
    const sums = unsaved.get(guild) ?? new Map<SoundId, Millis>();
    const evening = eveningOf(clock.now(), timeZone);
    for (const [sound, time] of sums) {
      if (time === 0 || time < atLeast) continue;
      sums.delete(sound);
      heard
        .add(guild, { sound, evening, minutes: time / minutes(1) })
        .catch((error: unknown) => log.warn("What a room heard could not be kept", { guild, error }));
    }
  };

  const lookOf = (view: SessionView, at: Millis, before: Look | undefined, elapsed: Millis): Look => {
    const { id: session, listeners, status, interrupted, now } = view;
    const sounds = (now?.layers ?? []).filter(({ ready }) => ready).map(({ sound }) => sound);
    const isHeard = status === "playing" && interrupted === undefined && listeners.length > 0;
    const same = before?.entry !== undefined && before.entry === now?.entry;
    const soFar = same ? before.heard + (before.sounds.length > 0 ? elapsed : 0) : 0;
    return { session, at, listeners, entry: now?.entry, sounds: isHeard ? sounds : [], heard: soFar };
  };

  return {
    look(view) {
      const { guild } = view;
      const at = clock.now();
      const last = looks.get(guild);
      const before = last?.session === view.id ? last : undefined;
      const gap = before === undefined ? 0 : at - before.at;
      const elapsed = gap > 0 && gap <= LONGEST_GAP ? gap : 0;
      if (before !== undefined) {
        add(unsaved, guild, before.sounds, elapsed);
        add(stays, guild, before.listeners, elapsed);
      }
      if (view.status !== "over") {
        looks.set(guild, lookOf(view, at, before, elapsed));
        keep(guild, KEEP_AFTER);
        return undefined;
      }
      keep(guild, 0);
      const stayed = [...(stays.get(guild) ?? [])].map(([user, time]) => ({ user, for: time }));
      for (const map of [looks, unsaved, stays, lastTingles]) map.delete(guild);
      return stayed;
    },

    tingled(guild, user) {
      const look = looks.get(guild);
      if (look === undefined || look.sounds.length === 0 || !look.listeners.includes(user)) return false;
      const now = clock.now();
      const last = lastTingles.get(guild)?.get(user);
      if (last !== undefined && now - last < ONE_TINGLE) return true;
      const times = lastTingles.get(guild) ?? new Map<UserId, Millis>();
      lastTingles.set(guild, times.set(user, now));
      const minute = Math.min(
        LAST_MINUTE,
        Math.floor((look.heard + Math.min(now - look.at, LONGEST_GAP)) / minutes(1)),
      );
      for (const sound of look.sounds)
        tingles
          .add(guild, sound, minute)
          .catch((error: unknown) => log.warn("A tingle could not be kept", { guild, error }));
      return true;
    },
  };
};
