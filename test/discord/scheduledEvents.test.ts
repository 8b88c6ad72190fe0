import type { Emulator } from "discord-emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Discord, openDiscord } from "../../src/discord/client.ts";
import { english } from "../../src/i18n/english.ts";
import { type Message, plain } from "../../src/i18n/message.ts";
import {
  type ChannelId,
  type GuildId,
  id,
  type ScheduleId,
  type SessionId,
  type UserId,
} from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hours, seconds } from "../../src/kernel/units.ts";
import type { ScheduledEvents } from "../../src/ports/programmes.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import { DEFAULT_RULES } from "../../src/session/rules.ts";
import type { SessionView } from "../../src/session/view.ts";

/** A sentence for later that says so. */
const saying = (what: RegExp) => expect.toSatisfy((said: Message) => what.test(english.of(said)));

import { fakeClock } from "../support/fakeClock.ts";

const clock = fakeClock();
let emulator: Emulator;
let discord: Discord;
const warnings: string[] = [];
const notes: string[] = [];

beforeAll(async () => {
  emulator = await openLullEmulator();
  emulator.revokeBot("CREATE_EVENTS", "SET_VOICE_CHANNEL_STATUS");
  discord = await openDiscord({
    token: emulator.token,
    apiBase: emulator.apiBase,
    log: {
      ...silentLog,
      warn: (warning) => void warnings.push(warning),
      info: (note) => void notes.push(note),
    },
    clock,
    onRefused() {},
  });
});
afterAll(async () => {
  await discord.close();
  await emulator.close();
});

const guild = () => id<GuildId>(emulator.guildId);
const lounge = () => id<ChannelId>(emulator.channel("lounge").id);

describe("scheduled events", () => {
  type Shown = { id: string; name: string; status: number; scheduled_start_time: string };
  const events = async () => {
    const answer = await fetch(`${emulator.apiBase}/v10/guilds/${emulator.guildId}/scheduled-events`, {
      headers: { authorization: `Bot ${emulator.token}` },
    });
    return (await answer.json()) as readonly Shown[];
  };
  const planned = (more: Partial<Parameters<ScheduledEvents["publish"]>[0]> = {}) => ({
    id: id<ScheduleId>("s"),
    guild: guild(),
    programme: "sleep",
    days: [1, 3, 5] as const,
    time: "23:00",
    zone: "UTC",
    channel: lounge(),
    panel: lounge(),
    by: id<UserId>("1"),
    createdAt: 0,
    title: plain("Drift Off"),
    about: plain("Rain."),
    next: Date.now() + hours(3),
    ...more,
  });

  /** Asks until the bot has heard of its permission. */
  const granted = async (ask: () => ReturnType<ScheduledEvents["publish"]>) => {
    emulator.grantBot("CREATE_EVENTS", "SET_VOICE_CHANNEL_STATUS");
    for (let tries = 0; tries < 100; tries++) {
      const shown = await ask();
      if ("event" in shown) return shown;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error("The bot has not heard of its permission.");
  };

  test("without the permission Discord is not asked, and the reason is said", async () => {
    emulator.faults.failRequests(/scheduled-events/, 500, 1);
    expect(await discord.scheduledEvents.publish(planned())).toMatchObject({ trouble: saying(/Create Events/) });
    // The fault is still there for the first request.
    await fetch(`${emulator.apiBase}/v10/guilds/${emulator.guildId}/scheduled-events`, {
      headers: { authorization: `Bot ${emulator.token}` },
    });
  });

  test("an evening has one event, which moves on, opens, and goes on to the next when it is over", async () => {
    const first = await granted(() => discord.scheduledEvents.publish(planned()));
    const next = Date.now() + hours(27);
    expect(
      await discord.scheduledEvents.publish(planned({ event: first.event, next, title: plain("Slow Water") })),
    ).toEqual(first);
    expect(await events()).toMatchObject([
      { id: first.event, name: "Slow Water", status: 1, scheduled_start_time: new Date(next).toISOString() },
    ]);
    await discord.scheduledEvents.start(guild(), first.event);
    // Started twice, as by a member's hand before, it stays on, and nobody is warned.
    await discord.scheduledEvents.start(guild(), first.event);
    expect([await events(), warnings]).toMatchObject([[{ status: 2 }], []]);
    await discord.scheduledEvents.end(guild(), first.event);
    // Discord goes on to the next one itself, or lets the event go: there is one again either way.
    const again = await discord.scheduledEvents.publish(planned({ event: first.event }));
    expect(await events()).toMatchObject([{ id: (again as { event: string }).event, status: 1 }]);
  });

  test("an event that a crash has left open is closed, and the next one is there", async () => {
    const [event] = await events();
    await discord.scheduledEvents.start(guild(), event!.id);
    await discord.scheduledEvents.publish(planned({ event: event!.id }));
    expect(await events()).toMatchObject([{ status: 1 }]);
  });

  test("one that a moderator has deleted is posted again; removing it twice is fine", async () => {
    const [event] = await events();
    await discord.scheduledEvents.remove(guild(), event!.id);
    await discord.scheduledEvents.remove(guild(), event!.id);
    await discord.scheduledEvents.start(guild(), event!.id);
    await discord.scheduledEvents.end(guild(), event!.id);
    expect(await events()).toEqual([]);
    await discord.scheduledEvents.publish(planned({ event: event!.id }));
    expect(await events()).toHaveLength(1);
  });

  test("on a stage it is an event of the stage", async () => {
    const stage = id<ChannelId>(emulator.channel("stage").id);
    const shown = await discord.scheduledEvents.publish(planned({ id: id<ScheduleId>("t"), channel: stage }));
    expect(shown).toHaveProperty("event");
    expect(await events()).toContainEqual(expect.objectContaining({ entity_type: 1, channel_id: stage }));
  });

  test("a channel that is gone is said, with what to do", async () => {
    const gone = planned({ channel: id<ChannelId>("1") });
    expect(await discord.scheduledEvents.publish(gone)).toMatchObject({ trouble: saying(/\/evening schedule/) });
  });

  test("when Discord does not answer well, it is said that the evening begins all the same", async () => {
    emulator.faults.failRequests(/scheduled-events$/, 400, 1);
    expect(await discord.scheduledEvents.publish(planned())).toMatchObject({ trouble: saying(/will still start/) });
  });
});

describe("the voice channel's status", () => {
  const view = (title: string | undefined, more: Partial<SessionView> = {}): SessionView => ({
    id: id<SessionId>("s"),
    guild: guild(),
    channel: lounge(),
    panel: lounge(),
    status: "playing",
    queue: [],
    canGoBack: false,
    loop: "off",
    volume: "normal",
    listeners: [],
    guests: [],
    rules: DEFAULT_RULES,
    departures: [],
    tingles: 0,
    startedAt: 0,
    ...(title !== undefined && {
      now: { entry: id("1"), title, layers: [], by: id("1"), position: 0, elapsed: 0, at: 0, length: 1, heard: true },
    }),
    ...more,
  });
  const status = () => emulator.channels().find(({ name }) => name === "lounge")?.status;

  test("it shows what plays, changes rarely, and is cleared at once when it is over", async () => {
    const { voiceStatus } = discord;
    voiceStatus.show(view("Rain on Glass"));
    await emulator.waitUntil("it says so", () => status() === "🌙 Rain on Glass");
    for (const title of ["Hearth", "Slow Shore", "Paper"]) voiceStatus.show(view(title));
    await clock.advance(seconds(19));
    expect(status()).toBe("🌙 Rain on Glass");
    await clock.advance(seconds(1));
    await emulator.waitUntil("it has changed once", () => status() === "🌙 Paper");
    voiceStatus.show(view(undefined, { status: "over" }));
    await emulator.waitUntil("it is cleared", () => status() === undefined);
  });

  test("where Discord refuses, it is not asked again", async () => {
    const { voiceStatus } = discord;
    emulator.faults.failRequests(/voice-status/, 403, 1);
    voiceStatus.show(view("Rain on Glass"));
    // The answer takes real time, which the fake clock doesn't wait for.
    await emulator.waitUntil("Discord has refused", () => notes.some((note) => note.includes("status was not taken")));
    await clock.advance(seconds(30));
    voiceStatus.show(view("Hearth"));
    // A line that is written later is there, and the status is not.
    await clock.advance(seconds(30));
    await discord.announce(guild(), id<ChannelId>(emulator.channel("general").id), plain("A line."));
    await emulator.waitUntil("the line is there", () => emulator.messages("general").at(-1)?.text === "A line.");
    expect(status()).toBeUndefined();
  });
});
