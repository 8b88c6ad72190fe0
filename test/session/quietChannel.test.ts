import { describe, expect, test } from "vitest";
import { type GuildId, id, type SessionId, type WakeUpId } from "../../src/kernel/ids.ts";
import { hours, type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import { nextDeadline } from "../../src/session/deadlines.ts";
import type { SessionEvent } from "../../src/session/events.ts";
import { openSession } from "../../src/session/openSession.ts";
import {
  decideQuietChannel,
  type QuietChannelEntered,
  type QuietChannelSituation,
} from "../../src/session/quietChannel.ts";
import { reduce } from "../../src/session/reduce.ts";
import { restoreSession } from "../../src/session/restore.ts";
import { DEFAULT_RULES, type QuietChannelRule, type SessionRules } from "../../src/session/rules.ts";
import { type ActiveSession, comingOf, type Session } from "../../src/session/session.ts";
import { viewOf } from "../../src/session/view.ts";
import { ana, attic, bo, chat, lounge, playable, soundQueued } from "./sessionFixture.ts";

const bot = id<typeof ana>("999");
const NIGHT = { from: 22 * 60, to: 7 * 60, timeZone: "Europe/Berlin" };
const rule: QuietChannelRule = { channel: lounge, stay: false };
const berlin = (local: string): Millis => Date.parse(`${local}+01:00`);

const decide = (more: Partial<QuietChannelSituation>, now: Millis = 0) =>
  decideQuietChannel({ rule, wasHeard: false, wasSentAway: false, ...more }, now);
const session = (more: Partial<ActiveSession>) => ({ channel: lounge, listeners: [], guests: [], ...more });

describe("in a quiet channel", () => {
  test("sound begins once somebody has been there for three seconds, and with nobody it does not", () => {
    expect(decide({})).toEqual({});
    expect(decide({ occupiedSince: 1_000 }, 2_000)).toEqual({ lookAt: 4_000 });
    expect(decide({ occupiedSince: 1_000 }, 4_000)).toEqual({ act: "enter" });
  });

  test("what has ended does not begin again until the channel was empty", () => {
    expect(decide({ occupiedSince: 0, wasHeard: true }, minutes(5))).toEqual({});
  });

  test("a session that is on stays, there and elsewhere, while anyone listens or it waits for its first listener", () => {
    const there = { occupiedSince: 0 };
    for (const busy of [
      session({ listeners: [ana] }),
      session({ guests: [ana] }),
      session({ channel: attic, listeners: [bo], guests: [bo] }),
      session({ channel: attic }),
    ])
      expect(decide({ ...there, session: busy }, minutes(1))).toEqual({});
    expect(decide({ ...there, session: session({ channel: attic, guests: [bo] }) }, minutes(1))).toEqual({
      act: "enter",
    });
    expect(decide({ ...there, session: session({ resting: true }) }, minutes(1))).toEqual({ act: "enter" });
  });

  test("the bot stays only where that is wanted, where nothing is on, and where it was not sent away", () => {
    const staying = { rule: { ...rule, stay: true } };
    expect(decide(staying)).toEqual({ act: "keep" });
    expect(decide({ ...staying, wasSentAway: true })).toEqual({});
    expect(decide({ ...staying, session: session({ channel: attic, listeners: [bo] }) })).toEqual({});
    expect(decide({ ...staying, session: session({ resting: true }) })).toEqual({});
  });

  test("nothing begins outside its hours, which may span midnight", () => {
    const at = (local: string) => decide({ rule: { ...rule, hours: NIGHT }, occupiedSince: 0 }, berlin(local));
    expect(at("2026-11-29T21:59:00")).toEqual({ lookAt: berlin("2026-11-29T22:00:00") });
    for (const inside of ["2026-11-29T22:00:00", "2026-11-29T23:59:00", "2026-11-30T00:00:00", "2026-11-30T06:59:00"])
      expect(at(inside)).toEqual({ act: "enter" });
    expect(at("2026-11-30T07:00:00")).toEqual({ lookAt: berlin("2026-11-30T22:00:00") });
  });

  test("where the clocks change at night, its hours are those of the local clock", () => {
    const look = (utc: string, between: { from: number; to: number }) =>
      decide(
        { rule: { ...rule, hours: { ...between, timeZone: "Europe/Berlin" } }, occupiedSince: 0 },
        Date.parse(utc),
      );
    // On 29 March 2026 there is no 02:30: it is looked at again at 03:30 summer time.
    const spring = { from: 150, to: 300 };
    expect(look("2026-03-29T00:59:00Z", spring)).toEqual({ lookAt: Date.parse("2026-03-29T01:30:00Z") });
    expect(look("2026-03-29T01:30:00Z", spring)).toEqual({ act: "enter" });
    // On 25 October 2026 the hour from 02:00 comes twice.
    const autumn = { from: 120, to: 180 };
    for (const inside of ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"])
      expect(look(inside, autumn)).toEqual({ act: "enter" });
    expect(look("2026-10-25T02:00:00Z", autumn).act).toBeUndefined();
  });
});

const rules: SessionRules = { ...DEFAULT_RULES, quietChannel: { channel: lounge, stay: true } };
const opening = { id: id<SessionId>("s"), guild: id<GuildId>("1"), volumeDb: 0, rules } as const;
const entered = (more: Partial<QuietChannelEntered> = {}): QuietChannelEntered => ({
  type: "quietChannelEntered",
  by: bot,
  plays: { request: soundQueued("rain").request },
  channel: lounge,
  panel: lounge,
  ...more,
});
const resting = (more: Partial<SessionRules> = {}, now = 0): Session =>
  openSession(
    { ...opening, rules: { ...rules, ...more } },
    { type: "quietChannelKept", channel: lounge, panel: lounge },
    now,
  ).session;
const next = (before: Session, event: SessionEvent, now: Millis) => {
  const step = reduce(before, event, now);
  if (step.refusal) throw step.refusal;
  return step;
};
const commandsOf = ({ effects }: ReturnType<typeof next>) =>
  effects.flatMap((effect) => (effect.type === "sendToPlayer" ? [effect.command] : []));

describe("a session that rests", () => {
  test("joins, plays nothing, and ends at no time of its own", () => {
    const { effects, session: begun } = openSession(
      opening,
      { type: "quietChannelKept", channel: lounge, panel: lounge },
      0,
    );
    expect(viewOf(begun)).toMatchObject({ status: "quiet", resting: true, channel: lounge });
    expect(effects.map((effect) => ("command" in effect ? effect.command.type : effect.type))).toEqual([
      "setVolume",
      "setCeiling",
      "setDucking",
      "join",
    ]);
    expect(nextDeadline(begun, 0)).toBeUndefined();
    expect(next(begun, { type: "clockTicked" }, hours(50)).session).toBe(begun);
  });

  test("has no timer, even when the quiet hours begin", () => {
    const quiet = { from: 60, to: 120, timeZone: "UTC", timer: minutes(30), softerBy: 6 };
    const night = next(resting({ quiet }), { type: "clockTicked" }, hours(1)).session;
    expect(night).toMatchObject({ quietNow: true, resting: true });
    expect(night.timer).toBeUndefined();
    // What begins then has one.
    const { session: begun } = next(night, entered(), hours(1) + 1);
    expect(begun).toMatchObject({ timer: { endsAt: hours(1) + 1 + minutes(30) }, volumeDb: -6 });
  });

  test("rises over ten seconds when somebody has come, as a session that begins then", () => {
    const here = next(resting(), { type: "listenersChanged", listeners: [ana] }, hours(5)).session;
    expect(here).toMatchObject({ resting: true, status: "quiet" });
    const begun = next(here, entered(), hours(5) + seconds(3));
    expect(begun.session).toMatchObject({ status: "waiting", startedAt: hours(5) + seconds(3), guests: [ana] });
    expect(viewOf(begun.session).resting).toBeUndefined();
    const coming = comingOf(begun.session)!;
    const heard = next(begun.session, { type: "soundPrepared", entry: coming.id, sound: playable("rain") }, hours(5));
    expect(commandsOf(begun)).toMatchObject([{ type: "fadeOut", over: 0 }]);
    expect(commandsOf(heard)).toMatchObject([{ type: "play" }, { type: "fadeIn", over: seconds(10) }]);
  });

  test("gives way to what members ask for, and refuses the rest as if there were no session", () => {
    expect(() => next(resting(), { type: "paused", by: ana }, 1)).toThrow(/Nothing is playing/);
    expect(() => next(resting(), { type: "stopped", by: ana }, 1)).toThrow(/Nothing is playing/);
    const asked = next(resting(), soundQueued("sea", { channel: attic }), hours(1));
    expect(asked.session).toMatchObject({ status: "waiting", channel: attic, panel: chat, listeners: [ana] });
    expect(asked.session.resting).toBeUndefined();
    expect(commandsOf(asked)).toContainEqual({ type: "join", channel: attic });
    const woken = next(
      resting(),
      {
        type: "wakeUpStarted",
        by: ana,
        wakeUp: id<WakeUpId>("w"),
        request: soundQueued("birds").request,
        fullAt: hours(1),
        channel: lounge,
        panel: chat,
      },
      minutes(50),
    );
    expect(woken.session).toMatchObject({ status: "waiting", wakeUp: { by: ana } });
    expect(woken.session.resting).toBeUndefined();
  });

  test("leaves when its hours are over, and when a host no longer wants it", () => {
    const hoursOnly = { channel: lounge, stay: true, hours: { from: 0, to: 60, timeZone: "UTC" } };
    const night = resting({ quietChannel: hoursOnly });
    expect(nextDeadline(night, minutes(10))).toBe(hours(1));
    const ended = next(night, { type: "clockTicked" }, hours(1));
    expect(ended.session).toMatchObject({ status: "over", why: "alone" });
    expect(commandsOf(ended)).toMatchObject([{ type: "leave" }]);
    for (const quietChannel of [
      { channel: lounge, stay: false },
      { channel: attic, stay: true },
    ]) {
      const changed = next(resting(), { type: "settingsChanged", rules: { ...rules, quietChannel } }, 5).session;
      expect(nextDeadline(changed, 5)).toBe(5);
      expect(next(changed, { type: "clockTicked" }, 5).session.status).toBe("over");
    }
  });

  test("is silent again after kill -9", () => {
    const stored = JSON.parse(JSON.stringify(resting())) as Session;
    const { session: back, effects } = restoreSession(stored, 0, minutes(30))!;
    expect(back).toMatchObject({ resting: true, status: "quiet" });
    expect(effects).toContainEqual({ type: "sendToPlayer", command: { type: "join", channel: lounge } });
    expect(effects.some((effect) => "command" in effect && effect.command.type === "play")).toBe(false);
  });
});

describe("what a quiet channel plays", () => {
  const phase = (name: "settle" | "deepen") => ({
    name,
    minutes: 10,
    fromDb: 0,
    toDb: -6,
    ...soundQueued(name).request,
  });

  test("opens a session that waits for those who are there, with nobody as its owner", () => {
    const { session: begun } = openSession(opening, entered(), 0);
    expect(begun).toMatchObject({ status: "waiting", coming: { by: bot }, riseOver: seconds(10), guests: [] });
  });

  test("may be a programme, whose next phase is prepared with the first", () => {
    const programme = {
      id: "sleep",
      title: "Drift Off",
      phases: [phase("settle"), phase("deepen")],
      ends: "silence",
    } as const;
    const { session: begun, effects } = openSession(opening, entered({ plays: { programme } }), 0);
    expect(begun).toMatchObject({ programme: { id: "sleep" }, timer: { endsAt: minutes(20) }, riseOver: seconds(10) });
    expect(effects.flatMap((effect) => (effect.type === "prepareSound" ? [effect.sound] : []))).toEqual([
      "settle",
      "deepen",
    ]);
  });

  test("changes nothing where something is on", () => {
    const on = openSession(opening, soundQueued("sea"), 0).session;
    expect(reduce(on, entered(), 1).session).toEqual(on);
    expect(reduce(on, { type: "quietChannelKept", channel: lounge, panel: lounge }, 1).session).toBe(on);
  });

  test("pauses when the last has left, goes on with the first to return, and leaves after ten minutes", () => {
    let now = 0;
    const { session: begun } = openSession(opening, entered(), now);
    const coming = comingOf(begun)!;
    const here = next(begun, { type: "listenersChanged", listeners: [ana] }, now).session;
    const playing = next(here, { type: "soundPrepared", entry: coming.id, sound: playable("rain") }, now).session;
    now = minutes(5);
    const left = next(playing, { type: "listenersChanged", listeners: [] }, now);
    expect(commandsOf(left)).toEqual([{ type: "pause" }]);
    const back = next(left.session, { type: "listenersChanged", listeners: [bo] }, now + seconds(2));
    expect(commandsOf(back)).toEqual([{ type: "resume" }]);
    const gone = next(back.session, { type: "listenersChanged", listeners: [] }, now + seconds(4)).session;
    expect(nextDeadline(gone, now)).toBe(now + seconds(4) + minutes(10));
    expect(next(gone, { type: "clockTicked" }, now + minutes(11)).session).toMatchObject({
      status: "over",
      why: "alone",
    });
  });

  test("ends a session elsewhere that everyone has left, and no other", () => {
    const on = openSession(opening, soundQueued("sea", { channel: attic }), 0).session;
    expect(reduce(on, { type: "neededElsewhere" }, 1).session).toBe(on);
    const left = next(on, { type: "listenersChanged", listeners: [] }, 1).session;
    expect(reduce(left, { type: "neededElsewhere" }, 2).session).toMatchObject({ status: "over", why: "alone" });
  });
});
