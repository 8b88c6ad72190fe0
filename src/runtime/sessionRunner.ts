import type { PlayableSound } from "../catalogue/sound.ts";
import { asMessage, message } from "../i18n/message.ts";
import type { Clock } from "../kernel/clock.ts";
import { createDeadlineTimer } from "../kernel/deadlineTimer.ts";
import { UserError } from "../kernel/errors.ts";
import type { EntryId, SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { Panels, Settings, VoiceChannels, VoiceMembers } from "../ports/guild.ts";
import { type ListenerService, MIN_PRESENCE } from "../ports/listeners.ts";
import type { Player, Players } from "../ports/player.ts";
import type { SoundSource } from "../ports/sounds.ts";
import { nextDeadline } from "../session/deadlines.ts";
import type { Effect } from "../session/effects.ts";
import type { SessionEvent, SystemEvent } from "../session/events.ts";
import type { PlayerCommand, PlayerEvent } from "../session/protocol.ts";
import { reduce } from "../session/reduce.ts";
import { comingOf, type Session, trackOf } from "../session/session.ts";
import type { Step } from "../session/step.ts";
import { LEAVE_RAMP } from "../session/timing.ts";
import { type SessionView, viewOf } from "../session/view.ts";
import type { UpdatePanel } from "./panelUpdater.ts";
import type { SessionSaver } from "./sessionSaver.ts";

/** What a session needs of the rest of the bot. */
export interface SessionEnvironment {
  readonly players: Players;
  readonly soundSource: SoundSource;
  readonly settings: Settings;
  readonly voiceChannels: VoiceChannels;
  readonly panels: Panels;
  readonly voiceMembers: VoiceMembers;
  /** Absent: everything suits everyone. */
  readonly listenerService?: Pick<ListenerService, "excludedSounds" | "observe">;
  /** Called with every change; cheap. */
  readonly onView?: (view: SessionView) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** Runs the session of one guild. */
export interface SessionRunner {
  /** @throws UserError when the session refuses */
  dispatch(event: SessionEvent): SessionView;
  /** What happens outside the session; never refused. */
  report(report: SystemEvent): void;
  session(): Session;
  /** Checks who is listening. */
  refreshListeners(): void;
  /** Checks again whether the queue suits the people in the channel. */
  recheckExclusions(): void;
  /** Leaves without ending the session, so that it can be restored. */
  suspend(): void;
  /** Resolves when the bot has left the voice channel, or after a timeout. */
  readonly left: Promise<void>;
}

/** Where a session's state goes after each step. */
export interface SessionSinks {
  readonly updatePanel: UpdatePanel;
  readonly sessionSaver: SessionSaver | undefined;
}

/** How long an engine may take to leave, beyond its ramp. */
const LEAVE_TIMEOUT: Millis = seconds(3);

/** Runs one guild's session: decides through `reduce` and carries out the effects in order. */
export const startSessionRunner = (
  opening: Step,
  outside: SessionEnvironment,
  { updatePanel, sessionSaver }: SessionSinks,
): SessionRunner => {
  const { clock, log } = outside;
  const { guild, id } = opening.session;
  const details = { guild, session: id };
  const gone = Promise.withResolvers<void>();
  const inbox: SessionEvent[] = [];
  let session = opening.session;
  let busy = false;
  let suspended = false;
  let leaving: (() => void) | undefined;
  /** When the last to join are established, and count towards an anonymity set. */
  let stopSettling: (() => void) | undefined;

  const wakeUp = createDeadlineTimer(clock, () => hear({ type: "clockTicked" }));

  const heard = (report: PlayerEvent) => {
    if (report.type === "left") leave();
    hear({ type: "playerReported", report });
  };

  /** Runs once: closes the player and resolves for those who wait for that. */
  const leave = () => {
    leaving?.();
    stopSettling?.();
    try {
      player.close();
    } catch (error) {
      log.error("A player could not be closed", { ...details, error });
    }
    gone.resolve();
  };

  const tellPlayer = (command: PlayerCommand) => {
    if (command.type === "leave") {
      leaving?.();
      leaving = clock.after(command.over + LEAVE_TIMEOUT, leave);
    }
    try {
      player.send(command);
    } catch (error) {
      log.error("The engine did not take a command", { ...details, command: command.type, error });
    }
  };

  /** @returns whether it is skipped tonight; the session is told */
  const leaveOut = async (entry: EntryId, sound: SoundId): Promise<boolean> => {
    const reason = (await outside.listenerService?.excludedSounds(guild, session.channel, [sound]))?.get(sound);
    if (reason !== undefined) hear({ type: "preparationFailed", entry, sound, reason });
    return reason !== undefined;
  };

  /**
   * The queue was checked before these listeners joined, or before one of them changed their list.
   */
  const askAgain = async (entries = () => [comingOf(session), ...session.queue]) => {
    const waiting = () => entries().filter((entry) => entry !== undefined);
    const sounds = new Set(waiting().flatMap(({ layers }) => layers.map(({ sound }) => sound.id)));
    if (sounds.size === 0 || session.status === "over") return;
    const out = await outside.listenerService?.excludedSounds(guild, session.channel, [...sounds]);
    for (const { id: entry, layers } of out === undefined || out.size === 0 ? [] : waiting())
      for (const { id: sound } of layers.map((layer) => layer.sound)) {
        const reason = out?.get(sound);
        if (reason !== undefined) hear({ type: "preparationFailed", entry, sound, reason });
      }
  };

  const prepareSound = async (entry: EntryId, sound: SoundId) => {
    try {
      if (await leaveOut(entry, sound)) return;
      const prepared = (ready: PlayableSound) => hear({ type: "soundPrepared", entry, sound: ready });
      prepared(await outside.soundSource.prepare(sound, prepared));
    } catch (error) {
      if (!(error instanceof UserError)) log.error("A sound could not be prepared", { ...details, sound, error });
      const reason = error instanceof UserError ? asMessage(error.text) : message("session.soundNotPrepared");
      hear({ type: "preparationFailed", entry, sound, reason });
    }
  };

  const about = async (failed: string, work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      log.warn(failed, { ...details, error });
    }
  };

  const rememberLoudness = async (volumeDb: number) => {
    try {
      await outside.settings.change(guild, { volumeDb });
    } catch (error) {
      log.warn("The loudness could not be kept", { ...details, error });
    }
  };

  const run = (effect: Effect) => {
    switch (effect.type) {
      case "sendToPlayer":
        return tellPlayer(effect.command);
      case "prepareSound":
        return void prepareSound(effect.entry, effect.sound);
      case "disconnectMember":
        return void about("A member could not be disconnected", outside.voiceMembers.disconnect(guild, effect.user));
      case "moveListeners":
        return void about(
          "The listeners could not be taken along",
          outside.voiceMembers.moveAtTimerEnd(guild, effect.channel, effect.listeners),
        );
      case "saveVolume":
        return void rememberLoudness(effect.volumeDb);
    }
  };

  const tellOf = (view: SessionView) => {
    try {
      outside.onView?.(view);
    } catch (error) {
      log.error("A change could not be told", { ...details, error });
    }
  };

  const apply = (step: Step) => {
    const { channel: wasIn, listeners: were } = session;
    const heard = trackOf(session)?.entry.id;
    session = step.session;
    for (const effect of step.effects) run(effect);
    if (suspended) return;
    wakeUp.set(nextDeadline(session, clock.now()));
    const view = viewOf(session);
    updatePanel(view);
    outside.listenerService?.observe(view);
    tellOf(view);
    if (session.status === "over") {
      log.info("A session is over", { ...details, why: session.why });
      sessionSaver?.discard(guild);
      if (leaving === undefined) leave();
    } else sessionSaver?.save(session);
    if (session.channel !== wasIn) refreshListeners();
    if (session.listeners.some((user) => !were.includes(user))) {
      void askAgain();
      stopSettling?.();
      stopSettling = clock.after(MIN_PRESENCE, () => void askAgain());
    }
    // An entry from the history was checked before others joined.
    if (trackOf(session)?.entry.id !== heard) void askAgain(() => [trackOf(session)?.entry]);
  };

  const reduceNext = (event: SessionEvent) => {
    const step = reduce(session, event, clock.now());
    if (step.session !== session || step.effects.length > 0) apply(step);
    else wakeUp.set(nextDeadline(session, clock.now()));
  };

  /** Events that arrive while another is being handled wait for it. */
  const inOrder = (work: () => void) => {
    busy = true;
    try {
      work();
      for (let next = inbox.shift(); next !== undefined; next = inbox.shift()) if (!suspended) reduceNext(next);
    } finally {
      busy = false;
    }
  };

  const hear = (event: SessionEvent) => {
    if (busy) {
      inbox.push(event);
      return;
    }
    try {
      inOrder(() => void inbox.push(event));
    } catch (error) {
      log.error("An event was lost", { ...details, event: event.type, error });
    }
  };

  const refreshListeners = () => {
    if (session.status === "over") return;
    try {
      const listeners = outside.voiceChannels.listeners(guild, session.channel);
      const known = new Set(session.listeners);
      if (listeners.length !== known.size || listeners.some((user) => !known.has(user)))
        hear({ type: "listenersChanged", listeners });
    } catch (error) {
      log.error("Who is in the voice channel could not be told", { ...details, error });
    }
  };

  const player: Player = outside.players.open(guild, heard);
  log.info("A session begins", { ...details, channel: session.channel });
  inOrder(() => {
    apply(opening);
    refreshListeners();
  });

  return {
    dispatch(event) {
      const step = reduce(session, event, clock.now());
      if (step.refusal !== undefined) throw step.refusal;
      inOrder(() => apply(step));
      return viewOf(session);
    },
    report: hear,
    session: () => session,
    refreshListeners,
    recheckExclusions: () => void askAgain(),
    suspend() {
      if (suspended || session.status === "over") return;
      suspended = true;
      wakeUp.set(undefined);
      tellPlayer({ type: "leave", over: LEAVE_RAMP });
    },
    left: gone.promise,
  };
};
