import { randomBytes } from "node:crypto";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { type GuildId, id, type SessionId, type UserId } from "../kernel/ids.ts";
import { createKeyedQueue } from "../kernel/serialise.ts";
import type { Millis } from "../kernel/units.ts";
import { DEFAULT_SETTINGS } from "../ports/defaultSettings.ts";
import type { GuildSettings, SessionStore } from "../ports/guild.ts";
import type { SessionEvent } from "../session/events.ts";
import { openSession, type StartEvent } from "../session/openSession.ts";
import { hasBeenLeft } from "../session/quietChannel.ts";
import { nothingPlaying } from "../session/refusals.ts";
import { restoreSession } from "../session/restore.ts";
import type { Session } from "../session/session.ts";
import { isInGrace } from "../session/sleep.ts";
import type { Step } from "../session/step.ts";
import { isHeard, type SessionView, viewOf } from "../session/view.ts";
import { createPanelUpdater, type UpdatePanel } from "./panelUpdater.ts";
import { type SessionEnvironment, type SessionRunner, startSessionRunner } from "./sessionRunner.ts";
import { createSessionSaver } from "./sessionSaver.ts";

/** The listening sessions of this process, at most one per guild. */
export interface Sessions {
  /**
   * Sends an event to the guild's session; a `StartEvent` opens one if there is none. Resolves once
   * the change is committed to the store, so that what is answered survives a crash.
   * @returns the session's view afterwards
   * @throws UserError when the request is not possible, in words for the member
   */
  dispatch(guild: GuildId, event: SessionEvent): Promise<SessionView>;
  /** Undefined when the guild has no session, or one that rests; ended sessions are forgotten. */
  view(guild: GuildId): SessionView | undefined;
  /** The same, with sessions that rest in a quiet channel. */
  anyView(guild: GuildId): SessionView | undefined;
  /** How many there are now. */
  totals(): SessionTotals;
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
  /** The guild's settings have changed: applies them to its session. */
  settingsChanged(guild: GuildId): Promise<void>;
  /**
   * Restores the sessions that were cut off, once the gateway is ready.
   * @param includes the guilds that are ready; all by default
   * @returns how many were restored
   */
  restore(includes?: (guild: GuildId) => boolean): Promise<number>;
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
export interface SessionsOptions extends SessionEnvironment {
  /** Absent: nothing is restored after a restart. */
  readonly store?: SessionStore;
}

const restarting = () => new UserError("restarting", message("session.restarting"));

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
export const createSessions = ({ store, ...outside }: SessionsOptions): Sessions => {
  const { clock, log } = outside;
  const sessionSaver = store && createSessionSaver(store, clock, log);
  const runners = new Map<GuildId, SessionRunner>();
  /** A guild's panels continue from one session to the next. */
  const panelUpdaters = new Map<GuildId, UpdatePanel>();
  /** A guild's events one after another: opening and leaving take time. */
  const turns = createKeyedQueue<GuildId>();
  let closed = false;

  const panelUpdaterOf = (guild: GuildId): UpdatePanel => {
    const updatePanel =
      panelUpdaters.get(guild) ??
      createPanelUpdater(
        outside.panels,
        (session, posted) => {
          const runner = runners.get(guild);
          if (runner?.session().id === session) runner.report({ type: "panelPosted", posted });
        },
        clock,
        log,
      );
    panelUpdaters.set(guild, updatePanel);
    return updatePanel;
  };

  const begin = (guild: GuildId, opening: Step): SessionRunner => {
    const runner = startSessionRunner(opening, outside, { updatePanel: panelUpdaterOf(guild), sessionSaver });
    runners.set(guild, runner);
    void runner.left.then(() => {
      if (runners.get(guild) === runner) runners.delete(guild);
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
    runners.get(guild)?.report({ type: "settingsChanged", rules });
  };

  const open = async (guild: GuildId, event: StartEvent): Promise<SessionView> => {
    const { volumeDb, hostRole: _role, defaultChannel: _channel, ...rules } = await settingsOf(guild);
    const opening = { id: newSessionId(), guild, volumeDb, rules };
    const step = openSession(opening, event, clock.now());
    if (step.refusal !== undefined) throw step.refusal;
    return viewOf(begin(guild, step).session());
  };

  const decide = async (guild: GuildId, event: SessionEvent): Promise<SessionView> => {
    if (closed) throw restarting();
    const runner = runners.get(guild);
    const isLive = runner !== undefined && runner.session().status !== "over";
    if (!isStart(event)) {
      if (!isLive) throw nothingPlaying();
      return runner.dispatch(event);
    }
    if (isLive && givesWay(runner.session(), event)) runner.report({ type: "neededElsewhere" });
    else if (isLive) {
      runner.refreshListeners();
      return runner.dispatch(event);
    }
    await runner?.left;
    return open(guild, event);
  };

  const storedSessions = async () => {
    try {
      return (await store?.all()) ?? [];
    } catch (error) {
      log.error("The sessions of before could not be read", { error });
      return [];
    }
  };

  const revive = (session: Session, savedAt: Millis) => {
    if (runners.has(session.guild)) return;
    const step = restoreSession(session, savedAt, clock.now());
    if (step === undefined) return sessionSaver?.discard(session.guild);
    begin(session.guild, step);
    // What keeps it there may have been changed in the moment before the process ended.
    if (session.resting) void applySettings(session.guild);
  };

  const anyView = (guild: GuildId): SessionView | undefined => {
    const session = runners.get(guild)?.session();
    return session === undefined || session.status === "over" ? undefined : viewOf(session);
  };
  const view = (guild: GuildId): SessionView | undefined => {
    const found = anyView(guild);
    return found?.resting ? undefined : found;
  };

  return {
    async dispatch(guild, event) {
      const view = await turns.run(guild, () => decide(guild, event));
      await sessionSaver?.commit();
      return view;
    },
    view,
    anyView,
    totals() {
      const views = [...runners.keys()].map(view).filter((found) => found !== undefined);
      const playing = views.filter(isHeard);
      return {
        all: views.length,
        playing: playing.length,
        listeners: playing.reduce((sum, { listeners }) => sum + listeners.length, 0),
      };
    },
    listenerActive: (guild, listener, muted) =>
      runners.get(guild)?.report({ type: "listenerStirred", listener, muted }),
    avoidListChanged: (guild) => runners.get(guild)?.recheckExclusions(),
    settingsChanged: applySettings,
    listenersChanged: (guild) => runners.get(guild)?.refreshListeners(),
    async restore(includes = () => true) {
      const before = runners.size;
      for (const { session, savedAt } of await storedSessions()) {
        if (!includes(session.guild)) continue;
        try {
          revive(session, savedAt);
        } catch (error) {
          log.error("A session could not be brought back", { guild: session.guild, error });
          sessionSaver?.discard(session.guild);
        }
      }
      return [...runners.keys()].filter((guild) => anyView(guild) !== undefined).length - before;
    },
    async close() {
      closed = true;
      await sessionSaver?.commit();
      const open = [...runners.values()];
      for (const runner of open) runner.suspend();
      await Promise.all(open.map(({ left }) => left));
      await sessionSaver?.commit();
    },
  };
};
