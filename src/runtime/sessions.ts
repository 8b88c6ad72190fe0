import { randomBytes } from "node:crypto";
import { restarting } from "../kernel/errors.ts";
import {
  type ChannelId,
  type GuildId,
  id,
  type PlayerId,
  type SessionId,
  type SoundId,
  type UserId,
} from "../kernel/ids.ts";
import { type PlayerRef, playerIdOf } from "../kernel/playerId.ts";
import { createKeyedQueue } from "../kernel/serialise.ts";
import type { Millis } from "../kernel/units.ts";
import { DEFAULT_SETTINGS } from "../ports/defaultSettings.ts";
import type { Fence, GuildSettings, SessionStore } from "../ports/guild.ts";
import type { SessionEvent } from "../session/events.ts";
import { openSession, type StartEvent } from "../session/openSession.ts";
import { hasBeenLeft } from "../session/quietChannel.ts";
import { allBotsPlay, nothingPlaying } from "../session/refusals.ts";
import { restoreSession } from "../session/restore.ts";
import { comingOf, type Session, trackOf } from "../session/session.ts";
import { isInGrace } from "../session/sleep.ts";
import type { Step } from "../session/step.ts";
import { isHeard, type SessionView, viewOf } from "../session/view.ts";
import { type FreeBotsOptions, findFreeBot } from "./freeBots.ts";
import { createPanelUpdater, type UpdatePanel } from "./panelUpdater.ts";
import { type SessionEnvironment, type SessionRunner, startSessionRunner } from "./sessionRunner.ts";
import { createSessionSaver } from "./sessionSaver.ts";

/** The listening sessions of this process: at most one in a voice channel, and one for each bot in a guild. */
export interface Sessions {
  /**
   * Opens a session in the event's channel, where there is none, with a bot that is free; otherwise the session there
   * decides. Resolves once the change is committed to the store, so that what is answered survives a crash.
   * @returns the session's view afterwards
   * @throws UserError when the request is not possible, in words for the member
   */
  dispatch(guild: GuildId, event: StartEvent): Promise<SessionView>;
  /** The same for any event, which the session in the voice channel decides. */
  dispatch(guild: GuildId, event: SessionEvent, channel: ChannelId | undefined): Promise<SessionView>;
  /** Undefined when the voice channel has no session, or one that rests; ended sessions are forgotten. */
  view(guild: GuildId, channel: ChannelId): SessionView | undefined;
  /** Every session of the guild, those that rest in a quiet channel included; the one that began first comes first. */
  all(guild: GuildId): readonly SessionView[];
  /**
   * The bot that would speak if something began in the channel now; undefined where something is on there, or every bot
   * of the guild is busy.
   */
  freeBot(guild: GuildId, channel: ChannelId): PlayerRef | undefined;
  /** How many there are now. */
  totals(): SessionTotals;
  /** How many there are in some guilds. */
  count(includes: (guild: GuildId) => boolean): number;
  /**
   * Somebody joined, left or moved between voice channels of the guild. Cheap: call it with every
   * voice state.
   */
  listenersChanged(guild: GuildId): void;
  /**
   * A listener muted or deafened themselves, or the reverse, or sent a moon. Cheap.
   * @param muted whether they have muted themselves
   */
  listenerActive(guild: GuildId, listener: UserId, muted: boolean): void;
  /** A member's avoid list has changed. */
  avoidListChanged(guild: GuildId): void;
  /** The guild's settings have changed: applies them to its sessions. */
  settingsChanged(guild: GuildId): Promise<void>;
  /**
   * Restores the sessions that were cut off, once the gateway is ready.
   * @param includes the guilds that are ready; all by default
   * @returns how many were restored
   * @throws Error when they can't be read, where other processes may run them instead
   */
  restore(includes?: (guild: GuildId) => boolean): Promise<number>;
  /**
   * Makes ready what stored sessions play, before they are restored. Never rejects.
   * @param includes the guilds whose sessions another process still runs
   */
  prepare(includes: (guild: GuildId) => boolean): Promise<void>;
  /** Fades the sessions of some guilds out, leaves, and saves what another process can restore. Never rejects. */
  suspend(includes: (guild: GuildId) => boolean): Promise<void>;
  /** Ends the sound of some guilds at once, and saves nothing: another process may run their sessions. */
  abandon(includes: (guild: GuildId) => boolean): void;
  /** Fades every session out, leaves, and saves what can be restored; for shutdown. */
  close(): Promise<void>;
}

/** Sessions in numbers. */
interface SessionTotals {
  readonly all: number;
  /** Those whose sound is sent now. */
  readonly playing: number;
  /** Members who listen to those. */
  readonly listeners: number;
}

/** What sessions need of the rest of the bot. */
export interface SessionsOptions extends SessionEnvironment, FreeBotsOptions {
  /** Absent: nothing is restored after a restart. */
  readonly store?: SessionStore;
  /** Whether the guild's session runs in this process; absent: every one does. */
  readonly carries?: (guild: GuildId) => boolean;
  /** What the guild's row is written with; absent: this process is the only one that writes. */
  readonly fenceOf?: (guild: GuildId) => Fence | undefined;
}

const START_EVENTS: ReadonlySet<SessionEvent["type"]> = new Set<StartEvent["type"]>([
  "soundQueued",
  "programmeStarted",
  "wakeUpStarted",
  "quietChannelEntered",
  "quietChannelKept",
]);

const isStart = (event: SessionEvent): event is StartEvent => START_EVENTS.has(event.type);

/** Whether a session ends for what is to begin in another channel. */
const givesWay = (session: Session, event: StartEvent): boolean | undefined =>
  session.channel !== event.channel &&
  (event.type === "quietChannelEntered" ? session.resting || hasBeenLeft(session) : isInGrace(session));

const newSessionId = (): SessionId => id<SessionId>(randomBytes(6).toString("hex"));

/** Creates the registry of sessions; each is run by a session runner. */
export const createSessions = ({ store, carries = () => true, fenceOf, ...outside }: SessionsOptions): Sessions => {
  const { clock, log } = outside;
  const sessionSaver = store && createSessionSaver(store, clock, log, fenceOf);
  /** Those that have ended stay until the bot has left; the one that began first comes first. */
  const runners = new Map<GuildId, readonly SessionRunner[]>();
  /** A bot's panels in a guild continue from one session to the next. */
  const panelUpdaters = new Map<PlayerId, UpdatePanel>();
  /** A guild's events one after another: opening and leaving take time. */
  const turns = createKeyedQueue<GuildId>();
  let closed = false;

  const runnersIn = (guild: GuildId): readonly SessionRunner[] => runners.get(guild) ?? [];
  const activeIn = (guild: GuildId) => runnersIn(guild).filter((runner) => runner.session().status !== "over");
  const runnerIn = (guild: GuildId, channel: ChannelId | undefined) =>
    activeIn(guild).find((runner) => runner.session().channel === channel);
  const freeBotFor = (guild: GuildId, channel: ChannelId) =>
    findFreeBot(guild, channel, new Set(runnersIn(guild).map((runner) => playerIdOf(runner.session()))), outside);

  const panelUpdaterOf = ({ guild, ...bot }: PlayerRef): UpdatePanel => {
    const player = playerIdOf({ guild, ...bot });
    const updatePanel =
      panelUpdaters.get(player) ??
      createPanelUpdater(
        outside.panels,
        (session, posted) => {
          const runner = runnersIn(guild).find((one) => one.session().id === session);
          runner?.report({ type: "panelPosted", posted });
        },
        clock,
        log,
      );
    panelUpdaters.set(player, updatePanel);
    return updatePanel;
  };

  const isTaken = ({ id: session, guild, channel }: Session): boolean =>
    activeIn(guild).some((runner) => runner.session().id !== session && runner.session().channel === channel);

  const begin = (opening: Step): SessionRunner => {
    const { guild } = opening.session;
    const updatePanel = panelUpdaterOf(opening.session);
    const runner = startSessionRunner(opening, outside, { updatePanel, sessionSaver, isTaken });
    runners.set(guild, [...runnersIn(guild), runner]);
    void runner.left.then(() => {
      const others = runnersIn(guild).filter((one) => one !== runner);
      if (others.length > 0) runners.set(guild, others);
      else runners.delete(guild);
    });
    return runner;
  };

  /** A database that does not answer must not block playback. */
  const settingsOf = async (guild: GuildId): Promise<GuildSettings> => {
    try {
      return await outside.settings.of(guild);
    } catch (error) {
      log.warn("The settings could not be read; the defaults hold", { guild, error });
      return DEFAULT_SETTINGS;
    }
  };

  const applySettings = async (guild: GuildId): Promise<void> => {
    const { volumeDb: _, hostRole: _role, defaultChannel: _channel, ...rules } = await settingsOf(guild);
    for (const runner of runnersIn(guild)) runner.report({ type: "settingsChanged", rules });
  };

  const open = async (bot: PlayerRef, event: StartEvent): Promise<SessionView> => {
    const { volumeDb, hostRole: _role, defaultChannel: _channel, ...rules } = await settingsOf(bot.guild);
    if (!carries(bot.guild)) throw restarting();
    const step = openSession({ id: newSessionId(), ...bot, volumeDb, rules }, event, clock.now());
    if (step.refusal !== undefined) throw step.refusal;
    return viewOf(begin(step).session());
  };

  /** Every bot of the guild is in another channel: one that nobody needs there comes; otherwise the member is told. */
  const openElsewhere = async (guild: GuildId, event: StartEvent): Promise<SessionView> => {
    const active = activeIn(guild);
    const yielding = active.find((runner) => givesWay(runner.session(), event));
    yielding?.report({ type: "neededElsewhere" });
    const leaving = runnersIn(guild).find((runner) => runner.session().status === "over");
    if (leaving !== undefined) {
      await leaving.left;
      return open({ guild, helper: leaving.session().helper }, event);
    }
    for (const runner of active) runner.refreshListeners();
    const unheard = active.find((runner) => runner.session().listeners.length === 0);
    const [only, ...others] = active;
    const asked = unheard ?? (others.length === 0 ? only : undefined);
    if (asked === undefined) throw allBotsPlay(active.map((runner) => runner.session().channel));
    return asked.dispatch(event);
  };

  const decide = async (guild: GuildId, event: SessionEvent, channel?: ChannelId): Promise<SessionView> => {
    if (closed || !carries(guild)) throw restarting();
    if (!isStart(event)) {
      const runner = runnerIn(guild, channel);
      if (runner === undefined) throw nothingPlaying();
      return runner.dispatch(event);
    }
    const runner = runnerIn(guild, event.channel);
    if (runner !== undefined) {
      runner.refreshListeners();
      return runner.dispatch(event);
    }
    const bot = freeBotFor(guild, event.channel);
    return bot === undefined ? openElsewhere(guild, event) : open(bot, event);
  };

  const storedSessions = async () => {
    try {
      return (await store?.all()) ?? [];
    } catch (error) {
      if (fenceOf !== undefined) throw error;
      log.error("The sessions of before could not be read", { error });
      return [];
    }
  };

  const isThere = ({ guild, helper }: PlayerRef): boolean =>
    helper === undefined || outside.helpers?.mayBeIn(guild, helper) === true;

  /** The bot that spoke, or another where there is no such helper any more. */
  const botOf = (stored: Session): PlayerRef | undefined => {
    const { guild, channel, helper } = stored;
    return isThere(stored) ? { guild, helper } : freeBotFor(guild, channel);
  };

  const revive = (stored: Session, savedAt: Millis) => {
    const isOn = runnersIn(stored.guild).some((runner) => playerIdOf(runner.session()) === playerIdOf(stored));
    if (isOn) return;
    const bot = isTaken(stored) ? undefined : botOf(stored);
    const step = bot && restoreSession({ ...stored, ...bot }, savedAt, clock.now());
    if (step === undefined || playerIdOf(step.session) !== playerIdOf(stored)) sessionSaver?.discard(stored);
    if (step === undefined) return;
    begin(step);
    // What keeps it there may have been changed in the moment before the process ended.
    if (step.session.resting) void applySettings(stored.guild);
  };

  const runnersOf = (includes: (guild: GuildId) => boolean) =>
    [...runners].flatMap(([guild, own]) => (includes(guild) ? own : []));

  /** Those that play or are about to: what comes later has time. */
  const nextSounds = ({ session }: { readonly session: Session }): readonly SoundId[] =>
    [trackOf(session)?.entry, comingOf(session)].flatMap((entry) => entry?.layers.map(({ sound }) => sound.id) ?? []);

  const suspend = async (includes: (guild: GuildId) => boolean): Promise<void> => {
    await sessionSaver?.commit();
    const open = runnersOf(includes);
    for (const runner of open) runner.suspend();
    await Promise.all(open.map(({ left }) => left));
    await sessionSaver?.commit();
  };

  const all = (guild: GuildId): readonly SessionView[] => activeIn(guild).map((runner) => viewOf(runner.session()));

  return {
    async dispatch(guild: GuildId, event: SessionEvent, channel?: ChannelId) {
      const view = await turns.run(guild, () => decide(guild, event, channel));
      await sessionSaver?.commit();
      return view;
    },
    view(guild, channel) {
      const session = runnerIn(guild, channel)?.session();
      return session === undefined || session.resting ? undefined : viewOf(session);
    },
    all,
    freeBot: (guild, channel) => (runnerIn(guild, channel) === undefined ? freeBotFor(guild, channel) : undefined),
    totals() {
      const views = [...runners.keys()].flatMap(all).filter(({ resting }) => !resting);
      const playing = views.filter(isHeard);
      return {
        all: views.length,
        playing: playing.length,
        listeners: playing.reduce((sum, { listeners }) => sum + listeners.length, 0),
      };
    },
    count: (includes) => runnersOf(includes).length,
    listenerActive(guild, listener, muted) {
      for (const runner of runnersIn(guild))
        if (runner.session().listeners.includes(listener)) runner.report({ type: "listenerStirred", listener, muted });
    },
    avoidListChanged(guild) {
      for (const runner of runnersIn(guild)) runner.recheckExclusions();
    },
    settingsChanged: applySettings,
    listenersChanged(guild) {
      for (const runner of runnersIn(guild)) runner.refreshListeners();
    },
    async restore(includes = () => true) {
      const active = () => [...runners.keys()].flatMap(activeIn).length;
      const before = active();
      const stored = (await storedSessions()).filter(
        ({ session }) => includes(session.guild) && carries(session.guild),
      );
      // A session whose helper is gone takes a bot that no other is to have back.
      const isLast = ({ session }: (typeof stored)[number]) => Number(!isThere(session));
      for (const { session, savedAt } of stored.toSorted((a, b) => isLast(a) - isLast(b))) {
        try {
          revive(session, savedAt);
        } catch (error) {
          log.error("A session could not be brought back", { guild: session.guild, error });
          sessionSaver?.discard(session);
        }
      }
      return active() - before;
    },
    async prepare(includes) {
      const all = await storedSessions().catch(() => []);
      const stored = all.filter(({ session }) => includes(session.guild));
      const sounds = new Set(stored.flatMap(nextSounds));
      await Promise.allSettled([...sounds].map((sound) => outside.soundSource.prepare(sound)));
    },
    suspend,
    abandon(includes) {
      for (const runner of runnersOf(includes)) {
        runner.abandon();
        sessionSaver?.forget(runner.session());
      }
    },
    async close() {
      closed = true;
      await suspend(() => true);
    },
  };
};
