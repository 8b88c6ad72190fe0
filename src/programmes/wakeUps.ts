import { v7 as uuid } from "uuid";
import { message } from "../i18n/message.ts";
import type { Clock } from "../kernel/clock.ts";
import { createDueTimers } from "../kernel/dueTimers.ts";
import { UserError } from "../kernel/errors.ts";
import { type GuildId, id, type UserId, type WakeUpId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { createLimit } from "../kernel/serialise.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { DueJobResult, OpenDueJobs } from "../ports/dueJobs.ts";
import type { Announce } from "../ports/guild.ts";
import type { WakeUp, WakeUpStore, WakeUps } from "../ports/wakeUps.ts";
import { WAKE_UP_LENGTH } from "../session/timing.ts";
import { nextOccurrence } from "./occurrences.ts";
import { parseRecurrence } from "./parseRecurrence.ts";
import { createWakeUpStarter, type WakeUpStarterOptions } from "./wakeUpStarter.ts";

/** Between two attempts while nobody is there, somebody has not agreed, or it is not possible. */
const RETRY_INTERVAL: Millis = seconds(5);
/** How many are started at a time; many are set for the same minute. */
const MAX_STARTING = 5;

const unknownWakeUp = () => new UserError("no-such-wake-up", message("wake.notFound"));

/** Wake-ups, with what only the bot itself may do. */
export interface WakeUpsService extends WakeUps {
  /** Starts waiting, once earlier sessions have been restored; later, reads all wake-ups again. */
  open(): Promise<void>;
  /** Reads a guild's wake-ups again, which another process may have changed. */
  reload(guild: GuildId): Promise<void>;
  /** Forgets the wake-ups of a guild whose rows have been deleted. */
  forgetGuild(guild: GuildId): void;
  close(): void;
}

/** What wake-ups need of the rest of the bot. */
export interface WakeUpsOptions extends WakeUpStarterOptions {
  readonly wakeUpStore: WakeUpStore;
  readonly announce: Announce;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the guild is available: not during an outage, nor before its session is back after a start. */
  isAvailable(guild: GuildId): boolean;
  /** Whether this process looks after the guild; absent: after every one. */
  readonly carries?: (guild: GuildId) => boolean;
  /** What says when a wake-up is due; absent: this process's own timer. */
  readonly openDueJobs?: OpenDueJobs | undefined;
  /** Is told when what a guild has planned may have changed. */
  readonly onPlansChanged?: ((guild: GuildId) => void) | undefined;
}

const formatTime = (at: Millis): string => `<t:${Math.round(at / seconds(1))}:t>`;

/**
 * Starts each wake-up once: its session is saved with its id before its row is removed, so that a
 * restart in between finds it on.
 */
export const createWakeUps = (options: WakeUpsOptions): WakeUpsService => {
  const { wakeUpStore, announce, clock, log, isAvailable, carries = () => true, onPlansChanged = () => {} } = options;
  const { openDueJobs = createDueTimers(clock) } = options;
  const starter = createWakeUpStarter(options);
  const pending = new Map<WakeUpId, WakeUp>();
  /** What this process has tried to start: the others were missed while it was not running. */
  const tried = new Set<WakeUpId>();
  const starting = createLimit(MAX_STARTING);

  const put = (wakeUp: WakeUp) => {
    pending.set(wakeUp.id, wakeUp);
    dueJobs.set(wakeUp.id, wakeUp.guild, wakeUp.at - wakeUp.rise);
    onPlansChanged(wakeUp.guild);
  };

  const forget = ({ id: wakeUp, guild }: Pick<WakeUp, "id" | "guild">) => {
    pending.delete(wakeUp);
    tried.delete(wakeUp);
    dueJobs.delete(wakeUp, guild);
    onPlansChanged(guild);
  };

  const done = async (wakeUp: WakeUp): Promise<void> => {
    const { id: name, guild } = wakeUp;
    forget(wakeUp);
    try {
      await wakeUpStore.remove(name);
    } catch (error) {
      log.warn("A wake-up that is over could not be removed", { guild, error });
    }
  };

  const missed = async (wakeUp: WakeUp): Promise<void> => {
    const wasTried = tried.has(wakeUp.id);
    await done(wakeUp);
    // Of one to which nobody came, or not everybody agreed, nothing is said.
    if (wasTried || wakeUp.scope === "me") return;
    await announce(wakeUp.guild, wakeUp.panel, message("wake.missed", { time: formatTime(wakeUp.at) }));
  };

  const start = async (wakeUp: WakeUp): Promise<boolean> => {
    tried.add(wakeUp.id);
    const now = clock.now();
    const due = [...pending.values()].filter(({ guild, at, rise }) => guild === wakeUp.guild && at - rise <= now);
    try {
      return await starter.start(wakeUp, due);
    } catch (error) {
      if (!(error instanceof UserError))
        log.warn("A wake-up could not start; trying again", { guild: wakeUp.guild, error });
      return false;
    }
  };

  /** @returns whether there is nothing more to do */
  const attend = async (wakeUp: WakeUp): Promise<boolean> => {
    if (!isAvailable(wakeUp.guild)) return false;
    const isOver = clock.now() >= wakeUp.at + WAKE_UP_LENGTH;
    if (!starter.isOn(wakeUp) && isOver) await missed(wakeUp);
    else if (starter.isOn(wakeUp) || (await start(wakeUp))) await done(wakeUp);
    return !pending.has(wakeUp.id);
  };

  /** A wake-up, which another process may have set. */
  const wakeUpOf = async (name: WakeUpId): Promise<WakeUp | undefined> => {
    const found = pending.get(name) ?? (await wakeUpStore.find(name));
    if (found !== undefined) pending.set(name, found);
    return found;
  };

  const run = async (name: string): Promise<DueJobResult> => {
    const retry = () => ({ isDone: false, at: clock.now() + RETRY_INTERVAL });
    try {
      const wakeUp = await wakeUpOf(id<WakeUpId>(name));
      if (wakeUp === undefined) return { isDone: true, at: undefined };
      const first = wakeUp.at - wakeUp.rise;
      if (clock.now() < first) return { isDone: true, at: first };
      return (await starting(() => attend(wakeUp))) ? { isDone: true, at: undefined } : retry();
    } catch (error) {
      log.error("A wake-up could not be looked after; trying again", { wakeUp: name, error });
      return retry();
    }
  };
  const dueJobs = openDueJobs("wake-up", run);

  /** Takes what has been read in place of what was known. */
  const take = (read: readonly WakeUp[], known: readonly WakeUp[]): void => {
    const found = new Map(read.filter(({ guild }) => carries(guild)).map((wakeUp) => [wakeUp.id, wakeUp]));
    for (const one of known) if (!found.has(one.id)) forget(one);
    // A wake-up is never changed.
    for (const wakeUp of found.values()) if (!pending.has(wakeUp.id)) put(wakeUp);
  };

  const visible = (guild: GuildId, user: UserId): readonly WakeUp[] =>
    [...pending.values()]
      .filter((one) => one.guild === guild && (one.scope === "channel" || one.by === user))
      .toSorted((a, b) => a.at - b.at);

  return {
    async plan(guild, { id: given, time, zone, ...request }) {
      const next = nextOccurrence(parseRecurrence({ days: "daily", at: time, zone }), clock.now());
      if (next === undefined) throw unknownWakeUp();
      const wakeUp: WakeUp = { ...request, id: given ?? id<WakeUpId>(uuid()), guild, at: next.at };
      const before = visible(guild, wakeUp.by).filter(({ scope, by }) => scope === "me" && by === wakeUp.by);
      await wakeUpStore.add(wakeUp);
      if (wakeUp.scope === "me") for (const one of before) forget(one);
      put(wakeUp);
      return wakeUp;
    },

    list: visible,

    async cancel(guild, user, name) {
      const found = visible(guild, user).find(({ id: wakeUp }) => wakeUp === name);
      if (found === undefined) throw unknownWakeUp();
      await wakeUpStore.remove(found.id);
      forget(found);
      return found;
    },

    async open() {
      take(await wakeUpStore.all(), [...pending.values()]);
    },
    async reload(guild) {
      take(
        await wakeUpStore.of(guild),
        [...pending.values()].filter((one) => one.guild === guild),
      );
    },

    forgetUser(user) {
      for (const wakeUp of [...pending.values()]) if (wakeUp.by === user) forget(wakeUp);
    },
    forgetGuild(guild) {
      for (const wakeUp of [...pending.values()]) if (wakeUp.guild === guild) forget(wakeUp);
    },
    close() {
      dueJobs.close();
    },
  };
};
