import { type EntryId, type GuildId, type HelperId, id, type SessionId } from "../kernel/ids.ts";
import type { Decibels, Millis } from "../kernel/units.ts";
import { ceilingOf } from "./changeVolume.ts";
import type { SoundQueued } from "./events.ts";
import { prepareEffects } from "./mix.ts";
import { type ProgrammeStarted, startProgramme } from "./programme.ts";
import { enterQuietChannel, type QuietChannelEntered, type QuietChannelKept } from "./quietChannel.ts";
import { isQuietAt } from "./quietHours.ts";
import type { SessionRules } from "./rules.ts";
import type { QueueEntry, SessionBase, WaitingSession } from "./session.ts";
import { initialPlayerSettings, startQuietHoursTimer } from "./settings.ts";
import { prependEffects, refuse, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import { startWakeUp, type WakeUpStarted } from "./wakeUp.ts";

/** What a guild's settings mean for a new session. */
export interface SessionInit {
  readonly id: SessionId;
  readonly guild: GuildId;
  /** The helper that speaks; absent: the bot itself. */
  readonly helper?: HelperId | undefined;
  readonly volumeDb: Decibels;
  readonly rules: SessionRules;
}

/** Events that start a session. */
export type StartEvent = SoundQueued | ProgrammeStarted | WakeUpStarted | QuietChannelEntered | QuietChannelKept;

/**
 * Starts a session with the first requested sound; with a programme, a wake-up or what a quiet channel plays, for which
 * nobody has to be there yet; or in silence.
 */
export const openSession = ({ volumeDb, rules, ...opening }: SessionInit, event: StartEvent, now: Millis): Step => {
  const quietNow = rules.quiet !== undefined && isQuietAt(rules.quiet, now);
  const present = event.type === "soundQueued" ? [event.by] : [];
  const base: SessionBase = {
    ...opening,
    rules,
    quietNow,
    volumeDb: Math.min(volumeDb, ceilingOf({ rules, quietNow }), 0),
    startedAt: now,
    channel: event.channel,
    panel: event.panel,
    queue: [],
    history: [],
    loop: "off",
    listeners: present,
    guests: present,
    departures: [],
    counter: 1,
  };
  const begun = begin(base, event, now);
  if (begun.refusal !== undefined || begun.session.status === "over") return begun;
  const timed = quietNow ? startQuietHoursTimer(begun.session, now) : stay(begun.session);
  const joining = [...initialPlayerSettings(begun.session), sendToPlayer({ type: "join", channel: event.channel })];
  return prependEffects([...joining, ...begun.effects], timed);
};

const begin = (base: SessionBase, event: StartEvent, now: Millis): Step => {
  switch (event.type) {
    case "soundQueued":
      return startWithSound(base, event);
    case "programmeStarted":
      return startWithProgramme(base, event, now);
    case "wakeUpStarted":
      return startWakeUp({ ...base, status: "quiet", since: now }, event, now);
    case "quietChannelEntered":
      return withQueueHead(enterQuietChannel({ ...base, status: "quiet", since: now }, event, now));
    case "quietChannelKept":
      return stay({ ...base, status: "quiet", since: now, aloneSince: now, resting: true });
  }
};

const startWithSound = (base: SessionBase, { request, by }: SoundQueued): Step => {
  const entry: QueueEntry = { ...request, id: id<EntryId>(`${base.counter}`), by };
  const waiting: WaitingSession = { ...base, status: "waiting", coming: entry, counter: base.counter + 1 };
  return stepTo(waiting, ...prepareEffects(entry));
};

const startWithProgramme = (base: SessionBase, event: ProgrammeStarted, now: Millis): Step =>
  withQueueHead(startProgramme({ ...base, status: "quiet", since: now }, event, now));

/** Prepares what comes second, so that playback continues without a gap. */
const withQueueHead = ({ session, effects, refusal }: Step): Step =>
  refusal
    ? refuse(session, refusal)
    : stepTo(session, ...effects, ...session.queue.slice(0, 1).flatMap(prepareEffects));
