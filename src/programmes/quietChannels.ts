import type { Clock } from "../kernel/clock.ts";
import { createDeadlineTimer, type DeadlineTimer } from "../kernel/deadlineTimer.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId, GuildId, UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import type { QuietChannel, QuietChannelStore, VoiceChannels } from "../ports/guild.ts";
import type { Sessions } from "../runtime/sessions.ts";
import { decideQuietChannel, hasBeenLeft, type QuietChannelDecision } from "../session/quietChannel.ts";
import type { EndReason } from "../session/session.ts";
import type { SessionView } from "../session/view.ts";
import { createQuietChannelSounds, type QuietChannelSoundsOptions } from "./quietChannelSounds.ts";

/** Between two attempts where it is not possible. */
const RETRY_INTERVAL: Millis = minutes(1);
/** Between two attempts at most, so that nothing that comes and goes makes the bot do the same. */
const SETTLE_INTERVAL: Millis = seconds(5);

/** After these the bot does not come back to an empty channel by itself. */
const SENT_AWAY: ReadonlySet<EndReason | undefined> = new Set<EndReason>([
  "disconnected",
  "channel-gone",
  "no-permission",
  "unreachable",
]);

/** Quiet channels, with what only the bot itself may do. */
export interface QuietChannels {
  /** Starts watching, once earlier sessions have been restored. */
  open(): Promise<void>;
  /** Somebody joined, left or moved between voice channels of the guild. Cheap: call it with every voice state. */
  listenersChanged(guild: GuildId): void;
  /** A session has changed or ended. Cheap. */
  observe(view: SessionView): void;
  /** A host has chosen a quiet channel, or none; call it after the guild's session has been told. */
  settingsChanged(guild: GuildId, rule: QuietChannel | undefined): void;
  /** Forgets a guild whose rows have been deleted. */
  forgetGuild(guild: GuildId): void;
  close(): void;
}

/** What quiet channels need of the rest of the bot. */
export interface QuietChannelsOptions extends QuietChannelSoundsOptions {
  readonly sessions: Pick<Sessions, "dispatch" | "all" | "freeBot">;
  readonly quietChannelStore: QuietChannelStore;
  readonly voiceChannels: Pick<VoiceChannels, "listeners">;
  /** The bot's own user, for whom sound is queued that no member has chosen. */
  readonly botUser: UserId;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the guild is available: not during an outage, nor before its session is back after a start. */
  isAvailable(guild: GuildId): boolean;
  /** Whether this process looks after the guild; absent: after every one. */
  readonly carries?: (guild: GuildId) => boolean;
  /** @throws UserError when the bot can't be heard in the channel */
  checkAccess(guild: GuildId, channel: ChannelId): void;
}

type Act = NonNullable<QuietChannelDecision["act"]>;

/** A guild's quiet channel, and what is known of it. */
interface Watch {
  readonly rule: QuietChannel;
  readonly timer: DeadlineTimer;
  occupiedSince?: Millis | undefined;
  /** As the store has it. */
  heardIn?: ChannelId | undefined;
  wasSentAway: boolean;
  isActing: boolean;
  /** The next attempt of each kind is not before this. */
  readonly notBefore: Record<Act, Millis>;
  /** The last problem, so that it is logged once. */
  problem?: string | undefined;
}

/** Watches every guild's quiet channel, and begins its sound when somebody is there. */
export const createQuietChannels = (options: QuietChannelsOptions): QuietChannels => {
  const { sessions, quietChannelStore, voiceChannels, botUser, clock, log, isAvailable, checkAccess } = options;
  const { carries = () => true } = options;
  const soundOf = createQuietChannelSounds(options);
  const watches = new Map<GuildId, Watch>();
  let closed = false;

  const save = (guild: GuildId, heardIn: ChannelId | undefined) => {
    quietChannelStore
      .setHeardIn(guild, heardIn)
      .catch((error: unknown) => log.warn("What a quiet channel has heard could not be saved", { guild, error }));
  };

  /** Notes who is there, and whether a session is heard. */
  const notice = (guild: GuildId, watch: Watch, session: SessionView | undefined) => {
    const { channel } = watch.rule;
    const isEmpty = voiceChannels.listeners(guild, channel).length === 0;
    if (!isEmpty && watch.occupiedSince === undefined) watch.wasSentAway = false;
    watch.occupiedSince = isEmpty ? undefined : (watch.occupiedSince ?? clock.now());
    const isOn = session?.channel === channel && !session.resting;
    const heardIn = isOn ? channel : isEmpty ? undefined : watch.heardIn;
    if (heardIn === watch.heardIn) return;
    watch.heardIn = heardIn;
    save(guild, heardIn);
  };

  const perform = async (guild: GuildId, watch: Watch, act: Act): Promise<void> => {
    const { rule } = watch;
    const { channel } = rule;
    checkAccess(guild, channel);
    // The panel is in the voice channel's own chat, where those who hear it are.
    const place = { channel, panel: channel };
    if (act === "keep") await sessions.dispatch(guild, { type: "quietChannelKept", ...place });
    else {
      const plays = await soundOf(guild, rule);
      // A host may have chosen something else meanwhile.
      if (watches.get(guild) !== watch) return;
      await sessions.dispatch(guild, { type: "quietChannelEntered", by: botUser, plays, ...place });
    }
  };

  const attempt = async (guild: GuildId, watch: Watch, act: Act): Promise<void> => {
    const details = { guild, channel: watch.rule.channel };
    watch.isActing = true;
    try {
      await perform(guild, watch, act);
      watch.notBefore[act] = clock.now() + SETTLE_INTERVAL;
      watch.problem = undefined;
    } catch (error) {
      watch.notBefore[act] = clock.now() + RETRY_INTERVAL;
      const problem = error instanceof UserError ? error.code : String(error);
      const isExpected = error instanceof UserError;
      if (problem !== watch.problem && !closed)
        log[isExpected ? "info" : "warn"]("A quiet channel stays silent", { ...details, error });
      watch.problem = problem;
    }
    watch.isActing = false;
    look(guild);
  };

  /** The session in the channel; where there is none and no bot is free, one that plays elsewhere. */
  const sessionAt = (guild: GuildId, channel: ChannelId): SessionView | undefined => {
    const all = sessions.all(guild);
    const there = all.find((view) => view.channel === channel);
    if (there !== undefined || sessions.freeBot(guild, channel) !== undefined) return there;
    return all.find((view) => view.resting === true || hasBeenLeft(view)) ?? all[0];
  };

  const look = (guild: GuildId) => {
    const watch = watches.get(guild);
    if (watch === undefined || closed || watch.isActing) return;
    const now = clock.now();
    if (!isAvailable(guild)) return watch.timer.set(now + SETTLE_INTERVAL);
    const session = sessionAt(guild, watch.rule.channel);
    notice(guild, watch, session);
    const { rule, occupiedSince, heardIn, wasSentAway, notBefore } = watch;
    const wasHeard = heardIn === rule.channel;
    const { act, lookAt } = decideQuietChannel({ rule, occupiedSince, wasHeard, wasSentAway, session }, now);
    if (act === undefined) return watch.timer.set(lookAt);
    if (now < notBefore[act]) return watch.timer.set(notBefore[act]);
    void attempt(guild, watch, act);
  };

  const forget = (guild: GuildId) => {
    watches.get(guild)?.timer.set(undefined);
    watches.delete(guild);
  };

  const watch = (guild: GuildId, rule: QuietChannel, heardIn?: ChannelId) => {
    forget(guild);
    const timer = createDeadlineTimer(clock, () => look(guild));
    watches.set(guild, { rule, timer, heardIn, wasSentAway: false, isActing: false, notBefore: { enter: 0, keep: 0 } });
  };

  return {
    async open() {
      for (const { guild, rule, heardIn } of await quietChannelStore.all()) {
        // What a host has chosen meanwhile is newer.
        if (!carries(guild) || watches.has(guild)) continue;
        watch(guild, rule, heardIn);
        look(guild);
      }
    },
    listenersChanged: look,
    observe(view) {
      const watch = watches.get(view.guild);
      if (watch === undefined || closed) return;
      if (view.status === "over" && view.channel === watch.rule.channel && SENT_AWAY.has(view.endReason))
        watch.wasSentAway = true;
      // The session is in the middle of a step.
      watch.timer.set(clock.now());
    },
    settingsChanged(guild, rule) {
      const heardIn = watches.get(guild)?.heardIn;
      if (rule === undefined) {
        if (heardIn !== undefined) save(guild, undefined);
        return forget(guild);
      }
      watch(guild, rule, heardIn);
      look(guild);
    },
    forgetGuild: forget,
    close() {
      closed = true;
      for (const guild of [...watches.keys()]) forget(guild);
    },
  };
};
