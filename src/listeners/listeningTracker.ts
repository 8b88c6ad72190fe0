import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Clock } from "../kernel/clock.ts";
import type { EntryId, GuildId, SessionId, SoundId, UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import type { ListeningHistory, TingleOutcome, Tingles } from "../ports/listeners.ts";
import { isHeard, type LayerView, type SessionView } from "../session/view.ts";
import { createListeningDates } from "./listeningDate.ts";

/**
 * While a sound plays, the session is observed every few seconds; after a longer gap, what was
 * heard is unknown.
 */
const MAX_GAP: Millis = minutes(2);
const SAVE_AFTER: Millis = minutes(1);
/** A member's tingles within this time count as one. */
const TINGLE_INTERVAL: Millis = seconds(30);
const LAST_MINUTE = 239;

/** A session as it was last observed. */
interface Snapshot {
  readonly session: SessionId;
  readonly guild: GuildId;
  readonly at: Millis;
  readonly listeners: readonly UserId[];
  readonly entry: EntryId | undefined;
  readonly sounds: readonly SoundId[];
  /** Of these, the one that stands out. */
  readonly foreground: SoundId | undefined;
  /** How long this entry has played. */
  readonly playedFor: Millis;
}

/** How long a listener stayed. */
export interface ListenerStay {
  readonly user: UserId;
  readonly duration: Millis;
}

/** Records what each session plays, and to how many. */
export interface ListeningTracker {
  /**
   * Call after each step of a session.
   * @returns how long each listener stayed, once it has ended
   */
  observe(view: SessionView): readonly ListenerStay[] | undefined;
  /** Records a tingle of a listener, for the sound that stands out in what plays. */
  recordTingle(guild: GuildId, user: UserId): TingleOutcome;
}

/** One tap is one tingle: in a mix it is about the most distinct sound, and of these the loudest. */
const foregroundOf = (layers: readonly LayerView[], { find }: Pick<Catalogue, "find">): SoundId | undefined => {
  const distinctness = ({ sound }: LayerView) => find(sound)?.intensity ?? 0;
  return layers.toSorted((a, b) => distinctness(b) - distinctness(a) || b.gainDb - a.gainDb)[0]?.sound;
};

/** Records what guilds hear, minute by minute. Nothing here waits; what can't be stored is lost. */
export const createListeningTracker = ({
  catalogueOf,
  listeningHistory,
  tingles,
  clock,
  timeZone,
  log,
}: {
  catalogueOf(guild: GuildId): Pick<Catalogue, "find">;
  readonly listeningHistory: Pick<ListeningHistory, "add">;
  readonly tingles: Pick<Tingles, "add">;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly log: Log;
}): ListeningTracker => {
  const looks = new Map<SessionId, Snapshot>();
  const unsaved = new Map<GuildId, Map<SoundId, Millis>>();
  const stays = new Map<SessionId, Map<UserId, Millis>>();
  const lastTingles = new Map<SessionId, Map<UserId, Millis>>();
  const dateAt = createListeningDates(timeZone);

  const add = <To, Key>(to: Map<To, Map<Key, Millis>>, of: To, keys: readonly Key[], time: Millis) => {
    const sums = to.get(of) ?? new Map<Key, Millis>();
    for (const key of keys) sums.set(key, (sums.get(key) ?? 0) + time);
    to.set(of, sums);
  };

  const keep = (guild: GuildId, atLeast: Millis) => {
    const sums = unsaved.get(guild) ?? new Map<SoundId, Millis>();
    const date = dateAt(clock.now());
    for (const [sound, time] of sums) {
      if (time === 0 || time < atLeast) continue;
      sums.delete(sound);
      listeningHistory
        .add(guild, { sound, date, minutes: time / minutes(1) })
        .catch((error: unknown) => log.warn("What a room heard could not be kept", { guild, error }));
    }
  };

  const lookOf = (view: SessionView, at: Millis, before: Snapshot | undefined, elapsed: Millis): Snapshot => {
    const { id: session, guild, listeners, now } = view;
    const layers = (now?.layers ?? []).filter(({ ready }) => ready);
    const sounds = layers.map(({ sound }) => sound);
    const isListenedTo = isHeard(view) && listeners.length > 0;
    const same = before?.entry !== undefined && before.entry === now?.entry;
    const soFar = same ? before.playedFor + (before.sounds.length > 0 ? elapsed : 0) : 0;
    return {
      session,
      guild,
      at,
      listeners,
      entry: now?.entry,
      sounds: isListenedTo ? sounds : [],
      foreground: isListenedTo ? foregroundOf(layers, catalogueOf(view.guild)) : undefined,
      playedFor: soFar,
    };
  };

  return {
    observe(view) {
      const { id: session, guild } = view;
      const at = clock.now();
      const before = looks.get(session);
      const gap = before === undefined ? 0 : at - before.at;
      const elapsed = gap > 0 && gap <= MAX_GAP ? gap : 0;
      if (before !== undefined) {
        add(unsaved, guild, before.sounds, elapsed);
        add(stays, session, before.listeners, elapsed);
      }
      if (view.status !== "over") {
        looks.set(session, lookOf(view, at, before, elapsed));
        keep(guild, SAVE_AFTER);
        return undefined;
      }
      keep(guild, 0);
      const stayed = [...(stays.get(session) ?? [])].map(([user, time]) => ({ user, duration: time }));
      for (const map of [looks, stays, lastTingles]) map.delete(session);
      return stayed;
    },

    recordTingle(guild, user) {
      const look = [...looks.values()].find((one) => one.guild === guild && one.listeners.includes(user));
      if (look?.foreground === undefined) return "nothing";
      const now = clock.now();
      const last = lastTingles.get(look.session)?.get(user);
      if (last !== undefined && now - last < TINGLE_INTERVAL) return "repeated";
      const times = lastTingles.get(look.session) ?? new Map<UserId, Millis>();
      lastTingles.set(look.session, times.set(user, now));
      const minute = Math.min(
        LAST_MINUTE,
        Math.floor((look.playedFor + Math.min(now - look.at, MAX_GAP)) / minutes(1)),
      );
      tingles
        .add(guild, look.foreground, minute)
        .catch((error: unknown) => log.warn("A tingle could not be kept", { guild, error }));
      return "counted";
    },
  };
};
