import { describe, expect, test } from "vitest";
import type {
  ConnectionEffect,
  ConnectionEvent,
  ConnectionState,
} from "../../../src/engine/connection/connectionState.ts";
import { supervise } from "../../../src/engine/connection/supervisor.ts";
import { type ChannelId, id } from "../../../src/kernel/ids.ts";
import { type Millis, minutes, seconds } from "../../../src/kernel/units.ts";

const lounge = id<ChannelId>("1");
const loft = id<ChannelId>("2");

/** A connection under a clock that only the test moves. */
const supervised = ({ sendsAtOnce = true } = {}) => {
  let connection: ConnectionState = { status: "idle" };
  let now: Millis = 0;
  const log: (ConnectionEffect & { readonly at: Millis })[] = [];
  const happen = (event: ConnectionEvent) => {
    const step = supervise(connection, event, now, () => 0.5);
    connection = step.connection;
    log.push(...step.effects.map((effect) => ({ ...effect, at: now })));
    if (sendsAtOnce && step.effects.some(({ type }) => type === "connect")) happen({ type: "joinSent" });
  };
  const self = {
    happen,
    status: () => connection.status,
    channel: () => ("channel" in connection ? connection.channel : undefined),
    connects: () => log.filter(({ type }) => type === "connect"),
    left: () => log.flatMap((each) => (each.type === "reportLeft" ? [each.why] : [])),
    effects: () => log,
    /** Lets time pass; `onConnect` answers each join that is made meanwhile. */
    pass(duration: Millis, onConnect: () => void = () => {}) {
      const end = now + duration;
      while (now < end) {
        now += 250;
        const before = self.connects().length;
        happen({ type: "ticked" });
        if (self.connects().length > before) onConnect();
      }
    },
    answer(channel = lounge) {
      happen({ type: "ownVoiceState", channel });
      happen({ type: "voiceServerAssigned" });
    },
    up() {
      happen({ type: "joinRequested", channel: lounge });
      self.answer();
      happen({ type: "established" });
      return self;
    },
    refuse: (code: number) => () => {
      self.answer();
      happen({ type: "closed", code });
    },
  };
  return self;
};

describe("a session that is refused or lost", () => {
  test.each([4001, 4002, 4003, 4005, 4006, 4009, 4011, 4012, 4015, 1006])(
    "%i: a new session within a second",
    (code) => {
      const room = supervised().up();
      room.happen({ type: "closed", code });
      expect(room.status()).toBe("backingOff");
      room.pass(seconds(1), () => room.answer());
      room.happen({ type: "established" });
      expect(room.status()).toBe("connected");
      expect(room.connects()).toHaveLength(2);
      expect(room.left()).toEqual([]);
    },
  );

  test("refused for ever: five quick tries, then one a minute, and it does not give up", () => {
    const room = supervised().up();
    room.happen({ type: "closed", code: 4006 });
    room.pass(seconds(10), room.refuse(4006));
    expect(room.connects().length).toBeLessThanOrEqual(7);
    room.pass(minutes(10), room.refuse(4006));
    expect(room.connects().length).toBeGreaterThan(10);
    expect(room.connects().length).toBeLessThanOrEqual(18);
    expect(room.left()).toEqual([]);
  });

  test("short successes do not reset the back-off; a minute of sound does", () => {
    const room = supervised().up();
    const succeed = () => {
      room.answer();
      room.happen({ type: "established" });
    };
    for (let round = 0; round < 5; round++) {
      room.happen({ type: "closed", code: 4006 });
      room.pass(seconds(10), succeed);
    }
    expect(room.connects()).toHaveLength(6);
    room.happen({ type: "closed", code: 4006 });
    room.pass(seconds(45), succeed);
    expect(room.connects()).toHaveLength(6);
    room.pass(seconds(90), succeed);
    room.happen({ type: "closed", code: 4006 });
    room.pass(seconds(1), succeed);
    expect(room.connects()).toHaveLength(8);
  });

  test.each([4004, 4016, 4020])("%i: three tries, then it is said", (code) => {
    const room = supervised();
    room.happen({ type: "joinRequested", channel: lounge });
    room.refuse(code)();
    room.pass(minutes(5), room.refuse(code));
    expect(room.connects()).toHaveLength(3);
    expect(room.left()).toEqual(["unreachable"]);
  });

  test("4017: one try", () => {
    const room = supervised();
    room.happen({ type: "joinRequested", channel: lounge });
    room.refuse(4017)();
    room.pass(minutes(5));
    expect(room.connects()).toHaveLength(1);
    expect(room.left()).toEqual(["unreachable"]);
  });

  test("4021: nothing for a minute, then one try", () => {
    const room = supervised().up();
    room.happen({ type: "closed", code: 4021 });
    room.pass(seconds(59));
    expect(room.connects()).toHaveLength(1);
    room.pass(seconds(2));
    expect(room.connects()).toHaveLength(2);
  });

  test("4022: five seconds; out for good if the seat is taken away meanwhile", () => {
    const room = supervised().up();
    room.happen({ type: "closed", code: 4022 });
    room.pass(seconds(4));
    expect(room.connects()).toHaveLength(1);
    expect(room.status()).toBe("backingOff");
    room.happen({ type: "ownVoiceState", channel: null });
    room.pass(minutes(2));
    expect(room.connects()).toHaveLength(1);
    expect(room.left()).toEqual(["disconnected"]);
  });
});

describe("moved and sent away", () => {
  test.each(["close first", "state first"])("kicked, %s: it stays out", (order) => {
    const room = supervised().up();
    if (order === "close first") room.happen({ type: "closed", code: 4014 });
    room.happen({ type: "ownVoiceState", channel: null });
    if (order === "state first") room.happen({ type: "closed", code: 4014 });
    room.pass(minutes(5));
    expect(room.left()).toEqual(["disconnected"]);
    expect(room.connects()).toHaveLength(1);
    expect(room.effects().filter((each) => each.type === "disconnect" && each.tellDiscord)).toEqual([]);
  });

  test.each(["close first", "state first"])("moved, %s: it follows without a join of its own", (order) => {
    const room = supervised().up();
    if (order === "close first") room.happen({ type: "closed", code: 4014 });
    room.happen({ type: "ownVoiceState", channel: loft });
    if (order === "state first") room.happen({ type: "closed", code: 4014 });
    room.happen({ type: "established" });
    expect(room.status()).toBe("joining");
    room.happen({ type: "voiceServerAssigned" });
    room.happen({ type: "established" });
    expect([room.status(), room.channel()]).toEqual(["connected", loft]);
    expect(room.connects()).toHaveLength(1);
  });

  test("4014 and then no word: it looks after five seconds", () => {
    const room = supervised().up();
    room.happen({ type: "closed", code: 4014 });
    room.pass(seconds(4.5));
    expect(room.connects()).toHaveLength(1);
    room.pass(seconds(1));
    expect(room.connects()).toHaveLength(2);
  });

  test("an old word that it sits nowhere, while it joins, is about the seat of before", () => {
    const room = supervised();
    room.happen({ type: "joinRequested", channel: lounge });
    room.happen({ type: "ownVoiceState", channel: null });
    expect(room.status()).toBe("joining");
    room.happen({ type: "ownVoiceState", channel: lounge });
    room.happen({ type: "ownVoiceState", channel: null });
    expect(room.left()).toEqual(["disconnected"]);
  });
});

describe("joins that nobody answers", () => {
  test("three tries of ten seconds, then it is said", () => {
    const room = supervised();
    room.happen({ type: "joinRequested", channel: lounge });
    room.pass(seconds(29));
    expect(room.left()).toEqual([]);
    room.pass(minutes(1));
    expect(room.connects()).toHaveLength(3);
    expect(room.left()).toEqual(["unreachable"]);
    expect(room.effects().filter((each) => each.type === "connect" && each.leaveFirst)).toHaveLength(2);
  });

  test("a room that has sounded is tried for once a minute, for as long as it is wanted", () => {
    const room = supervised().up();
    room.happen({ type: "closed", code: 4006 });
    room.pass(minutes(10));
    expect(room.left()).toEqual([]);
    expect(room.connects().length).toBeGreaterThan(9);
    expect(room.connects().length).toBeLessThan(16);
  });

  test("answered, but never made: the back-off, not the end", () => {
    const room = supervised();
    room.happen({ type: "joinRequested", channel: lounge });
    room.answer();
    room.pass(minutes(5), () => room.answer());
    expect(room.left()).toEqual([]);
    expect(room.connects().length).toBeGreaterThan(5);
  });
});

describe("a join that waits for the gateway's send budget", () => {
  const queued = () => supervised({ sendsAtOnce: false });

  test("is not given up however long it waits; its ten seconds begin when it is sent", () => {
    const room = queued();
    room.happen({ type: "joinRequested", channel: lounge });
    room.pass(minutes(10));
    expect([room.status(), room.connects().length, room.left()]).toEqual(["queued", 1, []]);
    room.happen({ type: "joinSent" });
    room.pass(seconds(9));
    expect(room.status()).toBe("joining");
    room.answer();
    room.happen({ type: "established" });
    expect([room.status(), room.connects().length]).toEqual(["connected", 1]);
  });

  test("adds no leaves and no joins of its own while it waits", () => {
    const room = queued();
    room.happen({ type: "joinRequested", channel: lounge });
    room.happen({ type: "joinRequested", channel: lounge });
    room.pass(minutes(10));
    expect(room.effects().map(({ type }) => type)).toEqual(["connect"]);
  });

  test("a member who disconnects the bot meanwhile is obeyed", () => {
    const room = queued();
    room.happen({ type: "joinRequested", channel: lounge });
    room.happen({ type: "joinSent" });
    room.answer();
    room.happen({ type: "established" });
    room.happen({ type: "closed", code: 4006 });
    room.pass(seconds(1));
    expect(room.status()).toBe("queued");
    room.happen({ type: "ownVoiceState", channel: null });
    expect(room.left()).toEqual(["disconnected"]);
  });

  test("a member who moves the bot meanwhile is followed", () => {
    const room = queued();
    room.happen({ type: "joinRequested", channel: lounge });
    room.happen({ type: "joinSent" });
    room.answer();
    room.happen({ type: "established" });
    room.happen({ type: "closed", code: 4006 });
    room.pass(seconds(1));
    room.happen({ type: "ownVoiceState", channel: loft });
    expect([room.status(), room.channel()]).toEqual(["queued", loft]);
  });

  test("after a new gateway session, a late voice state of the old one ends nothing, and no join leaves first", () => {
    const room = queued();
    room.happen({ type: "joinRequested", channel: lounge });
    room.happen({ type: "joinSent" });
    room.answer();
    room.happen({ type: "established" });
    room.happen({ type: "gatewayReidentified" });
    room.happen({ type: "ownVoiceState", channel: null });
    room.pass(minutes(5));
    expect([room.status(), room.left()]).toEqual(["queued", []]);
    expect(room.connects().at(-1)).toMatchObject({ leaveFirst: false });
  });
});

describe("a voice session of an engine that has ended", () => {
  test("is taken over without a join", () => {
    const room = supervised();
    room.happen({ type: "sessionAdopted", channel: lounge });
    room.happen({ type: "joinRequested", channel: lounge });
    room.happen({ type: "established" });
    expect([room.status(), room.channel(), room.connects()]).toEqual(["connected", lounge, []]);
  });

  test.each([4006, 4009, 4015])("refused with %i: it leaves and joins once, and is connected", (code) => {
    const room = supervised();
    room.happen({ type: "sessionAdopted", channel: lounge });
    room.happen({ type: "closed", code });
    room.pass(seconds(1), () => room.answer());
    room.happen({ type: "established" });
    expect(room.status()).toBe("connected");
    expect(room.connects()).toMatchObject([{ leaveFirst: true }]);
  });

  test("a member who disconnects the bot meanwhile is obeyed", () => {
    const room = supervised();
    room.happen({ type: "sessionAdopted", channel: lounge });
    room.happen({ type: "ownVoiceState", channel: null });
    expect(room.left()).toEqual(["disconnected"]);
  });
});

describe("voice servers", () => {
  test("seated again without a host: the one of before after two seconds; where it fails, the next try leaves first", () => {
    const room = supervised().up();
    room.happen({ type: "closed", code: 4006 });
    room.pass(seconds(0.5));
    room.happen({ type: "ownVoiceState", channel: lounge });
    room.pass(seconds(1.5));
    expect(room.effects().filter(({ type }) => type === "reuseVoiceServer")).toEqual([]);
    room.pass(seconds(1));
    expect(room.effects().filter(({ type }) => type === "reuseVoiceServer")).toHaveLength(1);
    room.happen({ type: "closed", code: 4006 });
    room.pass(seconds(1));
    expect(room.connects().map((each) => each.type === "connect" && each.leaveFirst)).toEqual([false, false, true]);
  });

  test("moved while it joins: the host of the other channel is waited for", () => {
    const room = supervised().up();
    room.happen({ type: "ownVoiceState", channel: loft });
    room.pass(seconds(4));
    expect(room.effects().filter(({ type }) => type === "reuseVoiceServer")).toEqual([]);
  });

  test("none for now: it holds, and connects when one is named", () => {
    const room = supervised().up();
    room.happen({ type: "voiceServerUnavailable" });
    room.happen({ type: "established" });
    room.happen({ type: "closed", code: 4006 });
    room.pass(seconds(30));
    expect([room.status(), room.connects().length]).toEqual(["awaitingServer", 1]);
    room.happen({ type: "voiceServerAssigned" });
    room.happen({ type: "established" });
    expect([room.status(), room.connects().length]).toEqual(["connected", 1]);
  });

  test("another region: one connection, without a join of its own", () => {
    const room = supervised().up();
    room.happen({ type: "voiceServerAssigned" });
    expect(room.status()).toBe("joining");
    room.happen({ type: "established" });
    expect([room.status(), room.connects().length]).toEqual(["connected", 1]);
  });
});

describe("what is mended in place", () => {
  test("a socket that is resumed costs no join; one that is not is replaced within five seconds", () => {
    const room = supervised().up();
    room.happen({ type: "socketResuming" });
    room.pass(seconds(1));
    room.happen({ type: "established" });
    expect([room.status(), room.connects().length]).toEqual(["connected", 1]);
    room.happen({ type: "socketResuming" });
    room.pass(seconds(4));
    expect(room.connects()).toHaveLength(2);
  });

  test("keys that do not arrive within ten seconds are requested again", () => {
    const room = supervised().up();
    room.happen({ type: "encryptionPending" });
    room.pass(seconds(9));
    expect(room.connects()).toHaveLength(1);
    room.pass(seconds(2));
    expect(room.connects()).toHaveLength(2);
  });

  test("a broken connection is replaced at once", () => {
    const room = supervised().up();
    room.happen({ type: "broken", why: "no echo" });
    room.pass(seconds(1));
    expect(room.connects()).toHaveLength(2);
  });
});

describe("the main gateway", () => {
  test("while it cannot send, a try a second that counts for nothing", () => {
    const room = supervised().up();
    room.happen({ type: "gatewayUnavailable" });
    room.happen({ type: "ownVoiceState", channel: null });
    room.pass(minutes(2), () => room.happen({ type: "gatewayUnavailable" }));
    expect(room.left()).toEqual([]);
    room.pass(seconds(2), () => room.answer());
    room.happen({ type: "established" });
    expect(room.status()).toBe("connected");
  });

  test("a new gateway session rejoins at once, and an old word does not end it", () => {
    const room = supervised().up();
    room.happen({ type: "closed", code: 4014 });
    room.happen({ type: "gatewayReidentified" });
    room.happen({ type: "ownVoiceState", channel: null });
    room.answer();
    room.happen({ type: "established" });
    expect([room.status(), room.connects().length, room.left()]).toEqual(["connected", 2, []]);
  });

  test("where the bot may not enter any more, it ends at once", () => {
    const room = supervised().up();
    room.happen({ type: "closed", code: 4006 });
    room.pass(seconds(1));
    room.happen({ type: "accessDenied" });
    room.pass(minutes(5));
    expect([room.status(), room.connects().length, room.left()]).toEqual(["ended", 2, ["no-permission"]]);
  });

  test("what is not wanted any more is let go of, and comes back for nothing", () => {
    const room = supervised().up();
    room.happen({ type: "leaveRequested" });
    room.happen({ type: "gatewayReidentified" });
    room.happen({ type: "voiceServerAssigned" });
    room.pass(minutes(5));
    expect([room.status(), room.connects().length, room.left()]).toEqual(["idle", 1, ["asked"]]);
  });
});
