import { randomBytes } from "node:crypto";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { type GuildId, id, type SessionId, type UserId } from "../kernel/ids.ts";
import { createKeyedQueue } from "../kernel/serialise.ts";
import type { Millis } from "../kernel/units.ts";
import { DEFAULT_SETTINGS } from "../ports/defaultSettings.ts";
import type { GuildSettings, SessionStore } from "../ports/guild.ts";
import type { SessionEvent } from "../session/events.ts";
import { nothingPlaying } from "../session/refusals.ts";
import { restoreSession } from "../session/restore.ts";
import type { Session } from "../session/session.ts";
import { openSession, type StartEvent } from "../session/settings.ts";
import type { Step } from "../session/step.ts";
import { type SessionView, viewOf } from "../session/view.ts";
import { createPanelUpdater, type UpdatePanel } from "./panelUpdater.ts";
import { type SessionEnvironment, type SessionRunner, startSessionRunner } from "./sessionRunner.ts";
import { createSessionSaver } from "./sessionSaver.ts";

/** The listening sessions of this process, at most one per guild. */
export interface Sessions {
  /**
   * Sends an event to the guild's session; `soundQueued` and `programmeStarted` open one if there
   * is none. Resolves once the change is committed to the store, so that what is answered survives
   * a crash.
   * @returns the session's view afterwards
   * @throws UserError when the request is not possible, in words for the member
   */
  dispatch(guild: GuildId, event: SessionEvent): Promise<SessionView>;
  /** Undefined when the guild has no session; ended sessions are forgotten. */
  view(guild: GuildId): SessionView | undefined;
  /**
   * Somebody joined, left or moved between voice channels of the guild. Cheap: call it with every
   * voice state.
   */
  listenersChanged(guild: GuildId): void;
  /** A listener muted or deafened themselves, or sent a moon. Cheap. */
  listenerActive(guild: GuildId, listener: UserId): void;
  /** A member's avoid list has changed. */
  avoidListChanged(guild: GuildId): void;
  /** The guild's settings have changed: applies them to its session. */
  settingsChanged(guild: GuildId): Promise<void>;
  /**
   * Restores the sessions that were cut off, once the gateway is ready.
   * @returns how many were restored
   */
  restore(): Promise<number>;
  /** Fades every session out, leaves, and saves what can be restored; for shutdown. */
  close(): Promise<void>;
}

/** What sessions need of the rest of the bot. */
export interface SessionsOptions extends SessionEnvironment {
  /** Absent: nothing is restored after a restart. */
  readonly store?: SessionStore;
}

const restarting = () => new UserError("restarting", message("session.restarting"));

const newSessionId = (): SessionId => id<SessionId>(randomBytes(6).toString("hex"));

/** Creates the registry of sessions; each is run by a session runner. */
export const createSessions = ({ store, ...outside }: SessionsOptions): Sessions => {
  const { clock, log } = outside;
  const sessionSaver = store && createSessionSaver(store, clock, log);
  const hosts = new Map<GuildId, SessionRunner>();
  /** A guild's panels continue from one session to the next. */
  const pumps = new Map<GuildId, UpdatePanel>();
  /** A guild's events one after another: opening and leaving take time. */
  const turns = createKeyedQueue<GuildId>();
  let closed = false;

  const pumpOf = (guild: GuildId): UpdatePanel => {
    const pump =
      pumps.get(guild) ??
      createPanelUpdater(
        outside.panels,
        (session, posted) => {
          const host = hosts.get(guild);
          if (host?.session().id === session) host.report({ type: "panelPosted", posted });
        },
        clock,
        log,
      );
    pumps.set(guild, pump);
    return pump;
  };

  const begin = (guild: GuildId, opening: Step): SessionRunner => {
    const host = startSessionRunner(opening, outside, { updatePanel: pumpOf(guild), sessionSaver });
    hosts.set(guild, host);
    void host.left.then(() => {
      if (hosts.get(guild) === host) hosts.delete(guild);
    });
    return host;
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

  const open = async (guild: GuildId, event: StartEvent): Promise<SessionView> => {
    const { volumeDb, hostRole: _role, defaultChannel: _channel, ...rules } = await settingsOf(guild);
    const opening = { id: newSessionId(), guild, volumeDb, rules };
    const step = openSession(opening, event, clock.now());
    if (step.refusal !== undefined) throw step.refusal;
    return viewOf(begin(guild, step).session());
  };

  const decide = async (guild: GuildId, event: SessionEvent): Promise<SessionView> => {
    if (closed) throw restarting();
    const host = hosts.get(guild);
    const isLive = host !== undefined && host.session().status !== "over";
    if (event.type !== "soundQueued" && event.type !== "programmeStarted") {
      if (!isLive) throw nothingPlaying();
      return host.dispatch(event);
    }
    if (isLive) {
      host.refreshListeners();
      return host.dispatch(event);
    }
    await host?.left;
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
    if (hosts.has(session.guild)) return;
    const step = restoreSession(session, savedAt, clock.now());
    if (step === undefined) sessionSaver?.discard(session.guild);
    else begin(session.guild, step);
  };

  const view = (guild: GuildId): SessionView | undefined => {
    const session = hosts.get(guild)?.session();
    return session === undefined || session.status === "over" ? undefined : viewOf(session);
  };

  return {
    async dispatch(guild, event) {
      const view = await turns.run(guild, () => decide(guild, event));
      await sessionSaver?.commit();
      return view;
    },
    view,
    listenerActive: (guild, listener) => hosts.get(guild)?.report({ type: "listenerStirred", listener }),
    avoidListChanged: (guild) => hosts.get(guild)?.recheckExclusions(),
    async settingsChanged(guild) {
      const { volumeDb: _, hostRole: _role, defaultChannel: _channel, ...rules } = await settingsOf(guild);
      hosts.get(guild)?.report({ type: "settingsChanged", rules });
    },
    listenersChanged: (guild) => hosts.get(guild)?.refreshListeners(),
    async restore() {
      const before = hosts.size;
      for (const { session, savedAt } of await storedSessions()) {
        try {
          revive(session, savedAt);
        } catch (error) {
          log.error("A session could not be brought back", { guild: session.guild, error });
          sessionSaver?.discard(session.guild);
        }
      }
      return [...hosts.keys()].filter((guild) => view(guild) !== undefined).length - before;
    },
    async close() {
      closed = true;
      await sessionSaver?.commit();
      const open = [...hosts.values()];
      for (const host of open) host.suspend();
      await Promise.all(open.map(({ left }) => left));
      await sessionSaver?.commit();
    },
  };
};
