import { describe, expect, test } from "vitest";
import { id, type UserId, type WakeUpId } from "../../src/kernel/ids.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { ana, bo, chat, lounge, sessionFixture, soundQueued } from "./sessionFixture.ts";

describe("softer for everyone", () => {
  test("needs no permission, goes step by step, and is kept for the next session", () => {
    const tonight = sessionFixture("rain");
    tonight.report({ type: "soundStarted", entry: tonight.view().now!.entry });
    tonight.commands();
    for (const gainDb of [-6, -12, -18]) {
      tonight.dispatch({ type: "softened", by: bo });
      expect(tonight.effects()).toContainEqual({ type: "saveVolume", volumeDb: gainDb });
      expect(tonight.commands()).toEqual([{ type: "setVolume", gainDb, over: seconds(1.5) }]);
    }
    expect(() => tonight.dispatch({ type: "softened", by: bo })).toThrow("as soft as it gets");
  });

  test("counts once where two ask for it before it is as soft as one of them has asked for", () => {
    const tonight = sessionFixture("rain");
    tonight.report({ type: "soundStarted", entry: tonight.view().now!.entry });
    tonight.commands();
    const ask = (by: UserId) => {
      tonight.dispatch({ type: "softened", by });
      return tonight.commands();
    };
    const to = (gainDb: number) => [{ type: "setVolume", gainDb, over: seconds(1.5) }];
    expect(ask(ana)).toEqual(to(-6));
    tonight.pass(seconds(1.4));
    expect(ask(bo)).toEqual([]);
    tonight.pass(seconds(0.2));
    expect(ask(bo)).toEqual(to(-12));
    // What was asked for is no longer on its way.
    tonight.dispatch({ type: "volumeChanged", by: bo, volume: "normal", asHost: true });
    tonight.commands();
    expect(ask(ana)).toEqual(to(-6));
    tonight.pass(seconds(2));
    expect(ask(bo)).toEqual(to(-12));
    tonight.pass(seconds(2));
    // Where it can't be any softer, either.
    expect(ask(ana)).toEqual(to(-18));
    expect(ask(bo)).toEqual([]);
    tonight.pass(seconds(2));
    expect(() => ask(bo)).toThrow("as soft as it gets");
  });

  test("of a wake-up that is still rising never makes it louder: it goes to a whisper", () => {
    const room = sessionFixture("rain", { volumeDb: -18 });
    const fullAt = room.now() + minutes(10);
    const { request } = soundQueued("birds");
    room.dispatch({ type: "wakeUpStarted", wakeUp: id<WakeUpId>("w"), request, fullAt, channel: lounge, panel: chat });
    room.pass(minutes(1));
    room.commands();
    room.dispatch({ type: "softened", by: bo });
    expect(room.commands()).toEqual([{ type: "setVolume", gainDb: -18, over: seconds(10) }]);
    expect(room.effects()).toEqual([]);
  });
});

describe("louder for everyone", () => {
  const open = () => {
    const tonight = sessionFixture("rain", { volumeDb: -18 });
    tonight.report({ type: "soundStarted", entry: tonight.view().now!.entry });
    tonight.commands();
    const ask = (by: UserId, asHost = true) => {
      tonight.dispatch({ type: "raised", by, asHost });
      return tonight.commands();
    };
    return { tonight, ask };
  };
  const to = (gainDb: number) => [{ type: "setVolume", gainDb, over: seconds(1.5) }];

  test("counts once where two hosts ask for it at the same moment, and twice where one of them means it", () => {
    const { tonight, ask } = open();
    expect(ask(ana)).toEqual(to(-12));
    expect(ask(bo)).toEqual([]);
    expect(ask(ana)).toEqual(to(-6));
    tonight.pass(seconds(1.6));
    expect(ask(bo)).toEqual(to(0));
    tonight.pass(seconds(1.6));
    expect(ask(ana)).toEqual([]);
    expect(tonight.view().volume).toBe("normal");
  });

  test("is for those who may, while a step of a host is on its way, too", () => {
    const { ask } = open();
    ask(ana);
    expect(() => ask(bo, false)).toThrow("Anyone can turn it down");
  });

  test("and softer at the same moment are two wishes, of which the last one holds", () => {
    const { tonight, ask } = open();
    expect(ask(ana)).toEqual(to(-12));
    tonight.dispatch({ type: "softened", by: bo });
    expect(tonight.commands()).toEqual(to(-18));
    expect(ask(ana)).toEqual(to(-12));
  });
});

describe("leaving quietly", () => {
  test("disconnects that listener alone, and forgets their own timer", () => {
    const tonight = sessionFixture("rain");
    tonight.dispatch({ type: "departureSet", by: ana, at: tonight.now() + minutes(10) });
    tonight.dispatch({ type: "leftQuietly", by: ana });
    expect(tonight.effects()).toEqual([{ type: "disconnectMember", user: ana }]);
    expect(tonight.view()).toMatchObject({ departures: [] });
  });

  test("does nothing for somebody who is not there", () => {
    const tonight = sessionFixture("rain");
    tonight.dispatch({ type: "leftQuietly", by: bo });
    expect(tonight.effects()).toEqual([]);
  });
});
