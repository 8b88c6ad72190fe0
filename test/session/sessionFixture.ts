import type { PlayableSound } from "../../src/catalogue/sound.ts";
import {
  type ChannelId,
  type EntryId,
  type GuildId,
  id,
  type SessionId,
  type SoundId,
  type UserId,
} from "../../src/kernel/ids.ts";
import { framesIn, type Millis, minutes } from "../../src/kernel/units.ts";
import { nextDeadline } from "../../src/session/deadlines.ts";
import type { Effect } from "../../src/session/effects.ts";
import type { SessionEvent, SoundQueued, SystemEvent } from "../../src/session/events.ts";
import { singleLayer } from "../../src/session/mix.ts";
import { openSession } from "../../src/session/openSession.ts";
import type { PlayerCommand, PlayerEvent } from "../../src/session/protocol.ts";
import { reduce } from "../../src/session/reduce.ts";
import { DEFAULT_RULES, type SessionRules } from "../../src/session/rules.ts";
import { type Session, type SoundRef, trackOf } from "../../src/session/session.ts";
import type { Step } from "../../src/session/step.ts";
import { type SessionView, viewOf } from "../../src/session/view.ts";

export const ana = id<UserId>("100");
export const bo = id<UserId>("200");
export const lounge = id<ChannelId>("10");
export const attic = id<ChannelId>("11");
export const chat = id<ChannelId>("20");

export const soundRef = (name: string): SoundRef => ({ id: id<SoundId>(name), title: name });
export const playable = (name: string, length: Millis = minutes(2)): PlayableSound => ({
  id: id<SoundId>(name),
  title: name,
  path: `/sounds/${name}.ogg`,
  length: framesIn(length),
});

export const soundQueued = (name: string, more: Partial<SoundQueued> = {}): SoundQueued => ({
  type: "soundQueued",
  by: ana,
  request: { title: name, layers: singleLayer(soundRef(name)) },
  when: "last",
  channel: lounge,
  panel: chat,
  ...more,
});

const SYSTEM_EVENTS: ReadonlySet<string> = new Set<SystemEvent["type"]>([
  "clockTicked",
  "listenersChanged",
  "settingsChanged",
  "listenerStirred",
  "neededElsewhere",
  "quietChannelKept",
  "channelTaken",
  "panelPosted",
  "soundPrepared",
  "preparationFailed",
  "playerReported",
]);

/** Events as requests write them, with Ana as the member. */
type EventInput = SessionEvent extends infer E
  ? E extends { by: unknown }
    ? Omit<E, "by"> & { by?: UserId }
    : E
  : never;

export interface SessionFixtureOptions {
  /** How the first sound is requested. */
  readonly first?: Partial<SoundQueued>;
  readonly rules?: Partial<SessionRules>;
  readonly volumeDb?: number;
  /** When it begins. */
  readonly now?: Millis;
  /** Sounds are prepared only when the test says so. */
  readonly manualPreparation?: boolean;
  /** Packets go out only when the test says so; otherwise at once. */
  readonly manualStart?: boolean;
}

/**
 * A session under a clock of its own, from its first sound on; time passes only when it is told to.
 */
export const sessionFixture = (first = "rain", options: SessionFixtureOptions = {}) => {
  let now: Millis = options.now ?? 1_000_000_000;
  const commands: PlayerCommand[] = [];
  const prepared: Effect[] = [];
  const others: Effect[] = [];
  const opening = {
    id: id<SessionId>("s"),
    guild: id<GuildId>("1"),
    volumeDb: options.volumeDb ?? 0,
    // The silence after a timer has tests of its own.
    rules: { ...DEFAULT_RULES, grace: 0, ...options.rules },
  };

  const opened = openSession(opening, soundQueued(first, options.first), now);
  let session: Session = opened.session;

  const take = (step: Step): void => {
    if (step.refusal) throw step.refusal;
    session = step.session;
    for (const effect of step.effects) {
      if (effect.type === "sendToPlayer") {
        // What is said of ceiling and ducking has tests of its own.
        if (!/^set(Ceiling|Ducking)$/.test(effect.command.type)) commands.push(effect.command);
      } else if (effect.type !== "prepareSound") others.push(effect);
      if (effect.type !== "prepareSound") continue;
      prepared.push(effect);
      if (!options.manualPreparation)
        dispatch({ type: "soundPrepared", entry: effect.entry, sound: playable(effect.sound) });
    }
    const track = trackOf(session);
    if (!options.manualStart && session.status === "playing" && track !== undefined && track.heard !== true)
      dispatch({ type: "playerReported", report: { type: "soundStarted", entry: track.entry.id } });
  };
  const dispatch = (event: EventInput): SessionView => {
    take(reduce(session, (SYSTEM_EVENTS.has(event.type) ? event : { by: ana, ...event }) as SessionEvent, now));
    return viewOf(session);
  };
  const report = (event: PlayerEvent) => dispatch({ type: "playerReported", report: event });

  take(opened);

  const current = () => trackOf(session)?.entry.id ?? id<EntryId>("none");

  return {
    dispatch,
    report,
    now: () => now,
    session: () => session,
    view: () => viewOf(session),
    /** What the engine was told since the last look. */
    commands: () => commands.splice(0),
    /** Whatever else the host was told since the last look. */
    effects: () => others.splice(0),
    prepared: () => prepared.splice(0),
    /** Lets the time pass, with every wake-up on the way. */
    pass(duration: Millis) {
      const until = now + duration;
      for (
        let next = nextDeadline(session, now);
        next !== undefined && next <= until;
        next = nextDeadline(session, now)
      ) {
        now = Math.max(now, next);
        dispatch({ type: "clockTicked" });
      }
      now = until;
      dispatch({ type: "clockTicked" });
    },
    /** The engine reports where the sound is. */
    plays(position: Millis) {
      report({ type: "positionAdvanced", entry: current(), position: framesIn(position) });
    },
    passEnds() {
      report({ type: "passEnding", entry: current() });
    },
  };
};
