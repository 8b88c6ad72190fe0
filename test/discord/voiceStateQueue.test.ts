import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUDGET, RESERVE } from "../../src/discord/sendBudget.ts";
import { createVoiceStateQueue, type SendPriority, type VoiceStateQueue } from "../../src/discord/voiceStateQueue.ts";
import { type ChannelId, type GuildId, id } from "../../src/kernel/ids.ts";
import { type Millis, minutes, seconds } from "../../src/kernel/units.ts";

const lounge = id<ChannelId>("lounge");
const guild = (number: number) => id<GuildId>(String(number));
const nobody: SendPriority = { isMember: false, listeners: 0 };

interface Sent {
  readonly at: Millis;
  readonly guild: GuildId;
  readonly channel: ChannelId | null;
  readonly attempt: number;
}

/** A shard under a clock that only the test moves. */
const openShard = (priorityOf: (guild: GuildId) => SendPriority = () => nobody) => {
  const queue: VoiceStateQueue = createVoiceStateQueue();
  const sent: Sent[] = [];
  let now: Millis = 0;
  let attempts = 0;
  const pump = () => {
    for (const { guild, channel, attempt } of queue.take(now, priorityOf))
      sent.push({ at: now, guild, channel, attempt });
  };
  const request = (number: number, channel: ChannelId | null, isInChannel: boolean) => {
    attempts += 1;
    queue.request(guild(number), { channel, payload: {}, attempt: attempts }, isInChannel, now);
    pump();
    return attempts;
  };
  return {
    queue,
    sent,
    join: (number: number, channel = lounge) => request(number, channel, false),
    leave: (number: number, isInChannel = true) => request(number, null, isInChannel),
    pass(duration: Millis) {
      const end = now + duration;
      for (let next = queue.nextAt(now); next !== undefined && next <= end; next = queue.nextAt(now)) {
        now = next;
        pump();
      }
      now = end;
    },
    channelsOf: (number: number) => sent.filter((each) => each.guild === guild(number)).map(({ channel }) => channel),
    /** The most sends within any minute. */
    busiestMinute: () =>
      Math.max(0, ...sent.map(({ at }) => sent.filter((each) => each.at > at - minutes(1) && each.at <= at).length)),
  };
};

describe("the send budget", () => {
  test("200 guilds at once: the first 100 now, all within 80 seconds, and never more than 100 a minute", () => {
    const shard = openShard();
    for (let number = 0; number < 200; number++) shard.join(number);
    shard.pass(seconds(10));
    expect(shard.queue.joinExpectedAt(guild(150), seconds(10))).toBe(seconds(75.25));
    expect(shard.queue.joinExpectedAt(guild(0), seconds(10))).toBeUndefined();
    expect(shard.sent).toHaveLength(BUDGET);
    shard.pass(seconds(70));
    expect(shard.sent).toHaveLength(200);
    expect(new Set(shard.sent.map((each) => each.guild)).size).toBe(200);
    expect(shard.busiestMinute()).toBe(BUDGET);
  });

  test("what the network holds up for ten seconds is still no more than Discord takes", () => {
    const shard = openShard(() => ({ isMember: true, listeners: 1 }));
    for (let number = 0; number < 500; number++) shard.join(number);
    shard.pass(minutes(10));
    const withDelay = seconds(70);
    const most = Math.max(
      ...shard.sent.map(({ at }) => shard.sent.filter((each) => each.at > at - withDelay && each.at <= at).length),
    );
    expect(most).toBeLessThan(118);
  });

  test("a member's own command does not wait for restored sessions", () => {
    const members = new Set([guild(999)]);
    const shard = openShard((each) => ({ isMember: members.has(each), listeners: 1 }));
    for (let number = 0; number < 200; number++) shard.join(number);
    shard.pass(seconds(5));
    shard.join(999);
    expect(shard.channelsOf(999)).toEqual([lounge]);
  });

  test("members' commands, too, are sent no faster than the reserve allows", () => {
    const shard = openShard(() => ({ isMember: true, listeners: 1 }));
    for (let number = 0; number < 500; number++) shard.join(number);
    shard.pass(minutes(7));
    expect(shard.sent).toHaveLength(500);
    expect(shard.busiestMinute()).toBe(BUDGET + RESERVE);
  });

  test("where not all can be sent, the channels with the most listeners come first", () => {
    const shard = openShard((each) => ({ isMember: false, listeners: Number(each) }));
    for (let number = 0; number < 200; number++) shard.join(number);
    shard.pass(seconds(30));
    const waiting = Array.from({ length: 200 }, (_, number) => number).filter(
      (number) => shard.channelsOf(number).length === 0,
    );
    const scarce = shard.sent.slice(BUDGET / 2).map((each) => Number(each.guild));
    expect(Math.min(...scarce)).toBeGreaterThan(Math.max(...waiting));
  });

  test("a guild with few listeners is not passed over for ever", () => {
    const shard = openShard((each) => ({ isMember: false, listeners: each === guild(1_000) ? 1 : 9 }));
    for (let number = 0; number < 150; number++) shard.join(number);
    shard.join(1_000);
    for (let second = 0; second < 240; second++) {
      for (let number = 0; number < 4; number++) shard.join(2_000 + second * 4 + number);
      shard.pass(seconds(1));
    }
    expect(shard.channelsOf(1_000)).toEqual([lounge]);
  });
});

describe("the latest request of a guild", () => {
  const exhausted = () => {
    const shard = openShard();
    for (let number = 10_000; number < 10_000 + BUDGET; number++) shard.join(number);
    shard.pass(seconds(5));
    return shard;
  };

  test("takes the place of the one before", () => {
    const shard = exhausted();
    shard.join(1);
    const second = shard.join(1, id<ChannelId>("loft"));
    shard.pass(minutes(2));
    expect(shard.sent.filter((each) => each.guild === guild(1)).map(({ attempt }) => attempt)).toEqual([second]);
  });

  test("to leave cancels a join that was not sent", () => {
    const shard = exhausted();
    shard.join(1);
    shard.leave(1, false);
    shard.pass(minutes(2));
    expect(shard.channelsOf(1)).toEqual([]);
  });

  test("a leave that a join follows is neither lost nor sent twice", () => {
    const shard = exhausted();
    shard.leave(1);
    shard.join(1);
    shard.leave(1);
    shard.join(1);
    shard.join(1);
    shard.pass(minutes(2));
    expect(shard.channelsOf(1)).toEqual([null, lounge]);
  });

  test("a second leave is not sent, answered or not", () => {
    const shard = openShard();
    shard.join(1);
    shard.leave(1);
    shard.leave(1);
    shard.pass(seconds(1));
    expect(shard.channelsOf(1)).toEqual([lounge, null]);
  });

  test("a player that is closed joins no more, but leaves", () => {
    const shard = exhausted();
    shard.leave(1);
    shard.join(1);
    shard.queue.cancelJoin(guild(1));
    shard.join(2);
    shard.queue.cancelJoin(guild(2));
    shard.pass(minutes(2));
    expect([shard.channelsOf(1), shard.channelsOf(2)]).toEqual([[null], []]);
  });

  test("a new gateway session forgets what waits: no burst of leaves, and each guild asks again", () => {
    const shard = exhausted();
    for (let number = 0; number < 100; number++) shard.leave(number);
    shard.queue.sessionRenewed();
    shard.pass(minutes(3));
    expect(shard.sent.filter(({ channel }) => channel === null)).toEqual([]);
  });
});

describe("whose doing a voice state without a channel is", () => {
  test("the bot's own leave is recognised, a member's disconnect afterwards is not", () => {
    const shard = openShard();
    shard.join(1);
    shard.leave(1);
    shard.join(1);
    shard.pass(seconds(1));
    const answers = [lounge, null, lounge].map((channel) => shard.queue.isOwnLeave(guild(1), channel));
    expect(answers).toEqual([false, true, false]);
    expect(shard.queue.isOwnLeave(guild(1), null)).toBe(false);
  });

  test("a leave that Discord did not answer excuses nothing once a later join was answered", () => {
    const shard = openShard();
    shard.leave(1);
    shard.join(1);
    shard.pass(seconds(1));
    expect(shard.queue.isOwnLeave(guild(1), lounge)).toBe(false);
    expect(shard.queue.isOwnLeave(guild(1), null)).toBe(false);
  });
});

test("whatever is requested: within the budget, each attempt once at most, and the latest request of each guild is what was sent last", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("join" as const), guild: fc.nat(150) }),
    fc.record({ kind: fc.constant("leave" as const), guild: fc.nat(150) }),
    fc.record({ kind: fc.constant("pass" as const), millis: fc.nat(20_000) }),
    fc.record({ kind: fc.constant("answer" as const), guild: fc.nat(150) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 600 }), fc.func(fc.boolean()), (steps, isMember) => {
      const shard = openShard((each) => ({ isMember: isMember(each), listeners: Number(each) % 7 }));
      const wanted = new Map<number, ChannelId | null>();
      /** Discord's own view, which follows what it is sent. */
      const isInChannel = (number: number) => (shard.channelsOf(number).at(-1) ?? null) !== null;
      for (const each of steps) {
        if (each.kind === "pass") shard.pass(each.millis);
        else if (each.kind === "answer") {
          const last = shard.channelsOf(each.guild).at(-1);
          if (last !== undefined) shard.queue.isOwnLeave(guild(each.guild), last);
        } else {
          wanted.set(each.guild, each.kind === "join" ? lounge : null);
          if (each.kind === "join") shard.join(each.guild);
          else shard.leave(each.guild, isInChannel(each.guild));
        }
      }
      shard.pass(minutes(10));
      expect(shard.queue.waiting()).toBe(0);
      expect(shard.busiestMinute()).toBeLessThanOrEqual(BUDGET + RESERVE);
      expect(new Set(shard.sent.map(({ attempt }) => attempt)).size).toBe(shard.sent.length);
      for (const [number, channel] of wanted) expect(shard.channelsOf(number).at(-1) ?? null).toBe(channel);
    }),
    { numRuns: 60 },
  );
});
