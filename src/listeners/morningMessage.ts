import { Temporal } from "temporal-polyfill";
import { listed, type Message, message } from "../i18n/message.ts";
import type { UserId } from "../kernel/ids.ts";
import { hours, type Millis, minutes, seconds } from "../kernel/units.ts";
import { zonedTime } from "../kernel/zonedTime.ts";
import type { Night } from "../ports/listeners.ts";
import type { SessionView } from "../session/view.ts";
import type { ListenerStay } from "./listeningTracker.ts";

/** When a night is told of, by the host's clocks. */
const MORNING = Temporal.PlainTime.from("07:00");
/** Sessions that begin by day are no nights. */
const DUSK = 18;
const DAWN = 5;
const MIN_NIGHT: Millis = minutes(20);
/** Who left sooner only looked in. */
const MIN_STAY: Millis = minutes(10);
/** The panel says first that it is over. */
const DELAY_AFTER_END: Millis = seconds(20);
/** Later than this it is no morning any more. */
const MAX_DELAY: Millis = hours(6);

const nextMorning = (at: Millis, zone: string): Millis => {
  const here = zonedTime(at, zone);
  const today = here.withPlainTime(MORNING);
  return (Temporal.ZonedDateTime.compare(here, today) < 0 ? today : today.add({ days: 1 })).epochMilliseconds;
};

/** Who was there for more than a moment; of a short night, for half of it. */
const restedIn = ({ guests }: SessionView, stays: readonly ListenerStay[], length: Millis): readonly UserId[] => {
  const stayed = stays.filter((stay) => stay.duration >= Math.min(MIN_STAY, length / 2)).map(({ user }) => user);
  return stayed.length > 0 ? stayed : guests;
};

/** What there will be to tell of a session that is over; undefined where it was no night, or there is no panel. */
export const nightOf = (view: SessionView, stays: readonly ListenerStay[], timeZone: string): Night | undefined => {
  const { id: session, guild, channel, posted, startedAt, endedAt } = view;
  if (posted === undefined || endedAt === undefined || endedAt - startedAt < MIN_NIGHT) return undefined;
  const { hour } = zonedTime(startedAt, timeZone);
  if (hour >= DAWN && hour < DUSK) return undefined;
  const guests = restedIn(view, stays, endedAt - startedAt);
  const dueAt = Math.max(nextMorning(startedAt, timeZone), endedAt + DELAY_AFTER_END);
  return { session, guild, channel, posted, startedAt, endedAt, guests, dueAt };
};

/** Whether it is still early enough for the morning message. */
export const isStillMorning = ({ dueAt }: Night, now: Millis): boolean => now - dueAt <= MAX_DELAY;

const hoursText = (count: number): Message => message("morning.hours", { count });
const minutesText = (count: number): Message => message("morning.minutes", { count });

const lengthText = (length: Millis): Message => {
  const whole = Math.max(1, Math.round(length / minutes(1)));
  const [h, m] = [Math.floor(whole / 60), whole % 60];
  if (h === 0) return minutesText(m);
  return m === 0 ? hoursText(h) : message("morning.hoursAndMinutes", { hours: hoursText(h), minutes: minutesText(m) });
};

/**
 * One line for everybody.
 * @param until when the room had rested
 * @param named those of the guests who agreed to be
 */
export const morningMessage = ({ startedAt, guests }: Night, until: Millis, named: readonly UserId[]): Message => {
  const length = lengthText(until - startedAt);
  const count = guests.length;
  const names = listed(named.map((user) => `<@${user}>`));
  if (named.length === 0) return message("morning.rested", { length, count });
  return named.length === guests.length
    ? message("morning.restedAllNamed", { length, count, names })
    : message("morning.restedSomeNamed", { length, count, names });
};
