import type { Clock } from "../kernel/clock.ts";
import { createDeadlineTimer } from "../kernel/deadlineTimer.ts";
import type { Log } from "../kernel/log.ts";
import type { Panels, Settings, VoiceChannels, VoiceMembers } from "../ports/guild.ts";
import { type ListenerService, MIN_PRESENCE } from "../ports/listeners.ts";
import type { Players } from "../ports/player.ts";
import type { SoundSource } from "../ports/sounds.ts";
import { nextDeadline } from "../session/deadlines.ts";
import type { Effect } from "../session/effects.ts";
import type { SessionEvent, SystemEvent } from "../session/events.ts";
import { reduce } from "../session/reduce.ts";
import { type Session, trackOf } from "../session/session.ts";
import type { Step } from "../session/step.ts";
import { LEAVE_RAMP } from "../session/timing.ts";
import { type SessionView, viewOf } from "../session/view.ts";
import { createInbox } from "./inbox.ts";
import type { UpdatePanel } from "./panelUpdater.ts";
import { openSessionPlayer } from "./sessionPlayer.ts";
import type { SessionSaver } from "./sessionSaver.ts";
import { createSoundPreparation } from "./soundPreparation.ts";

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

/** Runs the session of one voice channel. */
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
  /** Ends its sound at once, without a word to anyone. */
  abandon(): void;
  /** Resolves when the bot has left the voice channel, or after a timeout. */
  readonly left: Promise<void>;
}

/** Where a session's state goes after each step. */
export interface SessionSinks {
  readonly updatePanel: UpdatePanel;
  readonly sessionSaver: SessionSaver | undefined;
  /** Whether another of our sessions is in the session's voice channel. */
  isTaken(session: Session): boolean;
}

/** Runs one session: decides through `reduce` and carries out the effects in order. */
export const startSessionRunner = (
  opening: Step,
  outside: SessionEnvironment,
  { updatePanel, sessionSaver, isTaken }: SessionSinks,
): SessionRunner => {
  const { clock, log, listenerService, voiceMembers } = outside;
  const { guild, id, helper } = opening.session;
  const details = { guild, session: id, ...(helper !== undefined && { helper }) };
  let session = opening.session;
  let suspended = false;
  /** When the last to join are established, and count towards an anonymity set. */
  let stopSettling: (() => void) | undefined;

  const wakeUp = createDeadlineTimer(clock, () => inbox.take({ type: "clockTicked" }));

  const attempt = async (failure: string, work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      log.warn(failure, { ...details, error });
    }
  };

  const run = (effect: Effect) => {
    switch (effect.type) {
      case "sendToPlayer":
        return player.send(effect.command);
      case "prepareSound":
        return void sounds.prepare(effect.entry, effect.sound);
      case "disconnectMember":
        return void attempt("A member could not be disconnected", voiceMembers.disconnect(guild, effect.user));
      case "moveListeners":
        return void attempt(
          "The listeners could not be moved",
          voiceMembers.moveAtTimerEnd(guild, effect.channel, effect.listeners),
        );
      case "saveVolume":
        return void attempt(
          "The volume could not be saved",
          outside.settings.change(guild, { volumeDb: effect.volumeDb }),
        );
    }
  };

  const publish = () => {
    const view = viewOf(session);
    // Nothing is to be seen or counted of silence.
    const isSeen = view.resting !== true;
    if (isSeen) updatePanel(view);
    // Observers only report: whatever becomes of them, the session goes on.
    for (const observe of [isSeen ? listenerService?.observe : undefined, outside.onView]) {
      try {
        observe?.(view);
      } catch (error) {
        log.error("A change of a session could not be passed on", { ...details, error });
      }
    }
  };

  const recheckForNewListeners = () => {
    void sounds.recheckQueue();
    stopSettling?.();
    stopSettling = clock.after(MIN_PRESENCE, () => void sounds.recheckQueue());
  };

  const apply = (step: Step) => {
    const before = session;
    session = step.session;
    for (const effect of step.effects) run(effect);
    if (suspended) return;
    wakeUp.set(nextDeadline(session, clock.now()));
    publish();
    if (session.status === "over") {
      log.info("A session is over", { ...details, why: session.why });
      stopSettling?.();
      sessionSaver?.discard(session);
      player.closeUnlessLeaving();
    } else sessionSaver?.save(session);
    if (session.channel !== before.channel) arrive();
    if (session.listeners.some((user) => !before.listeners.includes(user))) recheckForNewListeners();
    if (trackOf(session)?.entry.id !== trackOf(before)?.entry.id) void sounds.recheckTrack();
  };

  const inbox = createInbox<SessionEvent>(
    (event) => {
      if (suspended) return;
      const step = reduce(session, event, clock.now());
      if (step.session !== session || step.effects.length > 0) apply(step);
      else wakeUp.set(nextDeadline(session, clock.now()));
    },
    (event, error) => log.error("An event was lost", { ...details, event: event.type, error }),
  );

  const sounds = createSoundPreparation({
    ...outside,
    listenerService,
    session: () => session,
    report: inbox.take,
  });

  const refreshListeners = () => {
    if (session.status === "over") return;
    try {
      const listeners = outside.voiceChannels.listeners(guild, session.channel);
      const known = new Set(session.listeners);
      if (listeners.length !== known.size || listeners.some((user) => !known.has(user)))
        inbox.take({ type: "listenersChanged", listeners });
    } catch (error) {
      log.error("The members in the voice channel could not be read", { ...details, error });
    }
  };

  /** In another channel, into which a moderator has moved the bot, or a member who is alone with it has called it. */
  const arrive = () => {
    if (session.status !== "over" && isTaken(session)) inbox.take({ type: "channelTaken" });
    else refreshListeners();
  };

  const player = openSessionPlayer(outside, details, (report) => inbox.take({ type: "playerReported", report }));
  log.info("A session begins", { ...details, channel: session.channel });
  inbox.before(() => {
    apply(opening);
    refreshListeners();
  });

  return {
    dispatch(event) {
      const step = reduce(session, event, clock.now());
      if (step.refusal !== undefined) throw step.refusal;
      inbox.before(() => apply(step));
      return viewOf(session);
    },
    report: inbox.take,
    session: () => session,
    refreshListeners,
    recheckExclusions: () => void sounds.recheckQueue(),
    suspend() {
      if (suspended || session.status === "over") return;
      suspended = true;
      wakeUp.set(undefined);
      stopSettling?.();
      player.send({ type: "leave", over: LEAVE_RAMP });
    },
    abandon() {
      suspended = true;
      wakeUp.set(undefined);
      stopSettling?.();
      player.close();
    },
    left: player.left,
  };
};
