import { expect, test } from "vitest";
import { createCommandReplay } from "../../src/engine/commandReplay.ts";
import { type ChannelId, type EntryId, id, type SoundId } from "../../src/kernel/ids.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import type { PlayerLayer } from "../../src/session/protocol.ts";

const channel = id<ChannelId>("10");
const entry = id<EntryId>("1");
const layer = (name: string): PlayerLayer => ({
  sound: { id: id<SoundId>(name), title: name, path: `/${name}`, length: 3_000 },
  gainDb: 0,
  place: "centre",
});

const replayFixture = ({ heard = true } = {}) => {
  let now = 5_000;
  const replay = createCommandReplay(() => now);
  replay.recordCommand({ type: "setVolume", gainDb: -6, over: 2_000 });
  replay.recordCommand({ type: "join", channel });
  replay.recordCommand({ type: "play", entry, layers: [layer("rain")], from: 100, crossfade: 4_000 });
  if (heard) replay.recordEvent({ type: "soundStarted", entry });
  const pass = (time: number) => {
    now += time;
  };
  return { replay, pass };
};

test("another engine goes on from where the sound is by now, at its loudness", () => {
  const { replay, pass } = replayFixture();
  pass(seconds(10));
  expect(replay.commands()).toMatchObject([
    { type: "setVolume", gainDb: -6, over: 0 },
    { type: "join", channel },
    { type: "play", entry, from: 600 },
  ]);
});

test("a report of the position counts for more than the time", () => {
  const { replay, pass } = replayFixture();
  pass(seconds(10));
  replay.recordEvent({ type: "positionAdvanced", entry, position: 250 });
  replay.recordEvent({ type: "positionAdvanced", entry: id<EntryId>("0"), position: 9 });
  pass(seconds(1));
  expect(replay.commands()).toContainEqual(expect.objectContaining({ type: "play", from: 300 }));
});

test("another engine goes on in the take that was heard", () => {
  const { replay } = replayFixture();
  const takes = { [id<SoundId>("rain")]: { take: 3, pass: 2, from: 150 } };
  replay.recordEvent({ type: "positionAdvanced", entry, position: 250, takes });
  expect(replay.commands()).toContainEqual(expect.objectContaining({ type: "play", takes }));
});

test("before the first packet, and while the connection is made again, the position stands", () => {
  const { replay, pass } = replayFixture({ heard: false });
  pass(minutes(1));
  expect(replay.commands().at(-1)).toMatchObject({ type: "play", from: 100 });
  replay.recordEvent({ type: "soundStarted", entry });
  pass(seconds(10));
  replay.recordEvent({ type: "interrupted", why: "reconnecting" });
  pass(minutes(1));
  expect(replay.commands().at(-1)).toMatchObject({ type: "play", from: 600 });
});

test("a pause stays one, and holds the place", () => {
  const { replay, pass } = replayFixture();
  pass(seconds(2));
  replay.recordCommand({ type: "pause" });
  pass(minutes(5));
  expect(replay.commands().slice(-2)).toMatchObject([{ type: "play", from: 200 }, { type: "pause" }]);
});

test("a fade has as much left as it had, to the same end", () => {
  const { replay, pass } = replayFixture();
  replay.recordCommand({ type: "fadeOut", over: minutes(3), to: -18 });
  pass(minutes(1));
  expect(replay.commands().at(-1)).toEqual({ type: "fadeOut", over: minutes(2), to: -18 });
  replay.recordCommand({ type: "fadeIn", over: 0 });
  expect(replay.commands().at(-1)).toMatchObject({ type: "play" });
});

test("the mix is as it was changed, without what failed", () => {
  const { replay } = replayFixture();
  replay.recordCommand({ type: "setLayers", entry, layers: [layer("rain"), layer("fire"), layer("gone")], over: 0 });
  replay.recordEvent({ type: "layerFailed", entry, sound: id<SoundId>("gone"), reason: "" });
  const play = replay.commands().at(-1);
  expect(play).toMatchObject({ type: "play", layers: [{ sound: { id: "rain" } }, { sound: { id: "fire" } }] });
  expect((play as { layers: readonly unknown[] }).layers).toHaveLength(2);
});

test("where the bot was moved it is joined; where it has left there is nothing to go on with", () => {
  const { replay } = replayFixture();
  replay.recordEvent({ type: "connected", channel: id<ChannelId>("11") });
  expect(replay.commands()).toContainEqual({ type: "join", channel: "11" });
  replay.recordCommand({ type: "leave", over: 0 });
  expect(replay.isConnected()).toBe(false);
  expect(replay.commands()).toEqual([]);
});

test("of what was stopped or could not be played, silence is left", () => {
  const { replay } = replayFixture();
  replay.recordEvent({ type: "soundFailed", entry, reason: "" });
  expect(replay.commands().some(({ type }) => type === "play")).toBe(false);
});
