import { randomUUID } from "node:crypto";
import { message } from "../i18n/message.ts";
import type { Clock } from "../kernel/clock.ts";
import { createDeadlineTimer } from "../kernel/deadlineTimer.ts";
import { UserError } from "../kernel/errors.ts";
import { type GuildId, id, type UserId, type WakeUpId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { createLimit } from "../kernel/serialise.ts";
import { type Millis, seconds } from "../kernel/units.ts";
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
  /** Starts waiting, once earlier sessions have been restored. */
  open(): Promise<void>;
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
}

const formatTime = (at: Millis): string => `<t:${Math.round(at / seconds(1))}:t>`;

/**
 * Starts each wake-up once: its session is saved with its id before its row is removed, so that a
 * restart in between finds it on.
 */
export const createWakeUps = (options: WakeUpsOptions): WakeUpsService => {
  const { wakeUpStore, announce, clock, log, isAvailable, carries = () => true } = options;
  const starter = createWakeUpStarter(options);
  const pending = new Map<WakeUpId, WakeUp>();
  /** When each is to be looked at next. */
  const looks = new Map<WakeUpId, Millis>();
  /** What this process has tried to start: the others were missed while it was not running. */
  const tried = new Set<WakeUpId>();
  const starting = createLimit(MAX_STARTING);
  let isLooking = false;
  let closed = false;

  const timer = createDeadlineTimer(clock, () => void look());
  const wait = () => timer.set(closed || looks.size === 0 ? undefined : Math.min(...looks.values()));

  const put = (wakeUp: WakeUp) => {
    pending.set(wakeUp.id, wakeUp);
    looks.set(wakeUp.id, wakeUp.at - wakeUp.rise);
    wait();
  };

  const forget = (wakeUp: WakeUpId) => {
    pending.delete(wakeUp);
    looks.delete(wakeUp);
    tried.delete(wakeUp);
  };

  const done = async ({ id: wakeUp, guild }: WakeUp): Promise<void> => {
    forget(wakeUp);
    try {
      await wakeUpStore.remove(wakeUp);
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

  const attend = async (wakeUp: WakeUp): Promise<void> => {
    const isReachable = isAvailable(wakeUp.guild);
    if (isReachable && starter.isOn(wakeUp)) return done(wakeUp);
    if (isReachable && clock.now() >= wakeUp.at + WAKE_UP_LENGTH) return missed(wakeUp);
    if (isReachable && (await start(wakeUp))) return done(wakeUp);
    if (pending.has(wakeUp.id)) looks.set(wakeUp.id, clock.now() + RETRY_INTERVAL);
  };

  const look = async (): Promise<void> => {
    if (isLooking || closed) return;
    isLooking = true;
    const now = clock.now();
    const due = [...pending.values()].filter((wakeUp) => (looks.get(wakeUp.id) ?? 0) <= now);
    await Promise.all(
      due.map((wakeUp) =>
        starting(() => attend(wakeUp)).catch((error) => {
          log.error("A wake-up was lost", { guild: wakeUp.guild, error });
          looks.set(wakeUp.id, clock.now() + RETRY_INTERVAL);
        }),
      ),
    );
    isLooking = false;
    wait();
  };

  const visible = (guild: GuildId, user: UserId): readonly WakeUp[] =>
    [...pending.values()]
      .filter((one) => one.guild === guild && (one.scope === "channel" || one.by === user))
      .toSorted((a, b) => a.at - b.at);

  return {
    async plan(guild, { id: given, time, zone, ...request }) {
      const next = nextOccurrence(parseRecurrence({ days: "daily", at: time, zone }), clock.now());
      if (next === undefined) throw unknownWakeUp();
      const wakeUp: WakeUp = { ...request, id: given ?? id<WakeUpId>(randomUUID()), guild, at: next.at };
      const before = visible(guild, wakeUp.by).filter(({ scope, by }) => scope === "me" && by === wakeUp.by);
      if (wakeUp.scope === "me") for (const one of before) await done(one);
      await wakeUpStore.add(wakeUp);
      put(wakeUp);
      return wakeUp;
    },

    list: visible,

    async cancel(guild, user, name) {
      const found = visible(guild, user).find(({ id: wakeUp }) => wakeUp === name);
      if (found === undefined) throw unknownWakeUp();
      await wakeUpStore.remove(found.id);
      forget(found.id);
      wait();
      return found;
    },

    async open() {
      for (const wakeUp of await wakeUpStore.all()) if (carries(wakeUp.guild)) put(wakeUp);
      await look();
    },

    forgetUser(user) {
      for (const wakeUp of [...pending.values()]) if (wakeUp.by === user) forget(wakeUp.id);
      wait();
    },
    forgetGuild(guild) {
      for (const wakeUp of [...pending.values()]) if (wakeUp.guild === guild) forget(wakeUp.id);
      wait();
    },
    close() {
      closed = true;
      timer.set(undefined);
    },
  };
};
