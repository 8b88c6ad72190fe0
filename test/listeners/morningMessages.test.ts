import { describe, expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { type ChannelId, type GuildId, id, type MessageId, type SessionId, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hours, type Millis, minutes } from "../../src/kernel/units.ts";
import { morningMessage, nightOf } from "../../src/listeners/morningMessage.ts";
import { createMorningMessages } from "../../src/listeners/morningMessages.ts";
import type { Night } from "../../src/ports/listeners.ts";
import type { SessionView } from "../../src/session/view.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { fakeClock } from "../support/fakeClock.ts";

const BERLIN = "Europe/Berlin";
const [ana, bo, cy] = ["100", "200", "300"].map((user) => id<UserId>(user)) as [UserId, UserId, UserId];
const guild = id<GuildId>("1");
const lounge = id<ChannelId>("10");
const at = (time: string): Millis => Date.parse(time);

const endedSession = (from: string, to: string, more: Partial<SessionView> = {}): SessionView => {
  const view: Partial<SessionView> = {
    id: id<SessionId>("s"),
    guild,
    channel: lounge,
    status: "over",
    startedAt: at(from),
    endedAt: at(to),
    guests: [ana, bo, cy],
    posted: { channel: id<ChannelId>("20"), message: id<MessageId>("5"), at: at(from) },
    ...more,
  };
  return view as SessionView;
};

describe("a night", () => {
  test("is told of at seven by the host's clocks, with those who stayed", () => {
    const stays = [
      { user: ana, duration: hours(2) },
      { user: bo, duration: minutes(2) },
    ];
    const night = nightOf(endedSession("2026-11-22T22:00:00Z", "2026-11-23T00:30:00Z"), stays, BERLIN);
    expect(night).toMatchObject({ guests: [ana], dueAt: at("2026-11-23T06:00:00Z") });
    const late = nightOf(endedSession("2026-11-22T22:00:00Z", "2026-11-23T08:30:00Z"), stays, BERLIN);
    expect(late?.dueAt).toBe(at("2026-11-23T08:30:20Z"));
  });

  test("is not a nap by day, a short try, or one without a panel", () => {
    expect(nightOf(endedSession("2026-11-22T12:00:00Z", "2026-11-22T14:00:00Z"), [], BERLIN)).toBeUndefined();
    expect(nightOf(endedSession("2026-11-22T22:00:00Z", "2026-11-22T22:10:00Z"), [], BERLIN)).toBeUndefined();
    const { posted: _, ...withoutPanel } = endedSession("2026-11-22T22:00:00Z", "2026-11-23T00:00:00Z");
    expect(nightOf(withoutPanel, [], BERLIN)).toBeUndefined();
  });

  test("has one calm line, with the names of those who agreed and of nobody else", () => {
    const night = nightOf(endedSession("2026-11-22T22:00:00Z", "2026-11-23T00:30:00Z"), [], BERLIN)!;
    expect(english.of(morningMessage(night, night.endedAt, []))).toBe(
      "Good morning. Three of you rested here for 2 hours and 30 minutes.",
    );
    expect(english.of(morningMessage(night, night.startedAt + hours(1), [ana, cy]))).toBe(
      "Good morning. Three of you rested here for 1 hour, including <@100> and <@300>.",
    );
  });
});

describe("in the morning", () => {
  const openMornings = async (now: string, present: readonly UserId[] = []) => {
    const clock = fakeClock(at(now));
    const storage = await openStorage({ path: ":memory:", clock });
    const told: string[] = [];
    const open = () =>
      createMorningMessages({
        ...storage,
        voiceChannels: { listeners: () => present },
        appendToPanel: async (_guild, _posted, line) => void told.push(english.of(line)),
        clock,
        log: silentLog,
      });
    return { clock, storage, told, open };
  };
  const night = (): Night => nightOf(endedSession("2026-11-22T22:00:00Z", "2026-11-23T00:30:00Z"), [], BERLIN)!;

  test("a night is told of once, and then nothing of it is kept", async () => {
    const { clock, storage, told, open } = await openMornings("2026-11-23T00:30:00Z");
    await storage.consents.set(guild, bo, "named", true);
    open().add(night());
    await clock.advance(hours(5));
    expect(told).toEqual([]);
    await clock.advance(minutes(31));
    expect(told).toEqual(["Good morning. Three of you rested here for 2 hours and 30 minutes, including <@200>."]);
    await clock.advance(hours(30));
    expect(told).toHaveLength(1);
    expect(await storage.nights.all()).toEqual([]);
  });

  test("those who are still there rested until then", async () => {
    const { clock, told, open } = await openMornings("2026-11-23T00:30:00Z", [cy]);
    open().add(night());
    await clock.advance(hours(6));
    expect(told).toEqual(["Good morning. Three of you rested here for 8 hours."]);
  });

  test("a restart before it forgets nothing, and one long after it says nothing", async () => {
    const early = await openMornings("2026-11-23T00:30:00Z");
    await early.storage.nights.add(night());
    await early.open().open();
    await early.clock.advance(hours(6));
    expect(early.told).toHaveLength(1);
    const late = await openMornings("2026-11-23T18:00:00Z");
    await late.storage.nights.add(night());
    await late.open().open();
    await late.clock.advance(hours(1));
    expect(late.told).toEqual([]);
    expect(await late.storage.nights.all()).toEqual([]);
  });
});
