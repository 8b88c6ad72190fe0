import { expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { plain } from "../../src/i18n/message.ts";
import { framesIn, minutes, seconds } from "../../src/kernel/units.ts";
import type { PlayRequest } from "../../src/session/session.ts";
import { LAYER_RAMP } from "../../src/session/timing.ts";
import { bo, playable, sessionFixture, soundQueued, soundRef } from "./sessionFixture.ts";

const hut: PlayRequest = {
  title: "Hut by the sea",
  layers: [
    { sound: soundRef("rain"), gainDb: 0, place: "centre" },
    { sound: soundRef("ocean"), gainDb: -6, place: "far" },
  ],
};

test("a mix is heard when all of its sounds are prepared, each as loud and where it should be", () => {
  const room = sessionFixture("fire", { manualPreparation: true });
  room.dispatch(soundQueued("", { request: hut, when: "now" }));
  room.commands();
  const { entry } = room.view().coming!;
  room.dispatch({ type: "soundPrepared", entry, sound: playable("rain") });
  expect(room.commands()).toEqual([]);
  room.dispatch({ type: "soundPrepared", entry, sound: playable("ocean", minutes(10)) });
  expect(room.commands()).toMatchObject([
    {
      type: "play",
      entry,
      layers: [
        { sound: { id: "rain" }, gainDb: 0, place: "centre" },
        { sound: { id: "ocean" }, gainDb: -6, place: "far" },
      ],
    },
  ]);
  expect(room.view().now).toMatchObject({ title: "Hut by the sea", length: minutes(10) });
});

test("what cannot be prepared of a mix is left out, with a note, and the rest is heard", () => {
  const room = sessionFixture("fire", { manualPreparation: true });
  room.dispatch(soundQueued("", { request: hut, when: "now" }));
  room.commands();
  const { entry } = room.view().coming!;
  room.dispatch({ type: "preparationFailed", entry, sound: soundRef("ocean").id, reason: plain("Ocean is gone.") });
  room.dispatch({ type: "soundPrepared", entry, sound: playable("rain") });
  expect(room.view()).toMatchObject({
    status: "playing",
    now: { layers: [{ title: "rain" }] },
    note: plain("Ocean is gone."),
  });
});

test("layers come, change and go while it plays, and the sound stays where it is", () => {
  const room = sessionFixture();
  room.plays(seconds(50));
  room.commands();
  room.dispatch({ type: "layerAdded", sound: soundRef("fire"), gainDb: -3, place: "left" });
  expect(room.commands()).toMatchObject([
    { type: "setLayers", layers: [{ sound: { id: "rain" } }, { sound: { id: "fire" }, gainDb: -3, place: "left" }] },
  ]);
  room.dispatch({ type: "layerChanged", sound: soundRef("fire").id, gainDb: -9, place: "orbit" });
  expect(room.commands()).toMatchObject([{ type: "setLayers", layers: [{}, { gainDb: -9, place: "orbit" }] }]);
  room.dispatch({ type: "layerRemoved", sound: soundRef("rain").id });
  expect(room.commands()).toMatchObject([{ type: "setLayers", layers: [{ sound: { id: "fire" } }] }]);
  expect(room.view().now?.position).toBe(seconds(50));
});

test("a layer that breaks while it plays leaves the mix, and nothing else changes", () => {
  const room = sessionFixture();
  room.dispatch({ type: "layerAdded", sound: soundRef("fire"), gainDb: 0, place: "near" });
  room.commands();
  const { entry } = room.view().now!;
  room.report({ type: "layerFailed", entry, sound: soundRef("rain").id, reason: "EIO" });
  expect(room.commands()).toEqual([]);
  expect(room.view()).toMatchObject({ status: "playing", now: { layers: [{ title: "fire" }] } });
  expect(english.of(room.view().note!)).toMatch(/rain couldn’t be played/);
});

test("what cannot be of a mix is refused with what to do", () => {
  const room = sessionFixture();
  const add = (name: string) =>
    room.dispatch({ type: "layerAdded", sound: soundRef(name), gainDb: 0, place: "centre" });
  expect(() => add("rain")).toThrow(/already in the mix/);
  expect(() => room.dispatch({ type: "layerRemoved", sound: soundRef("rain").id })).toThrow(/only sound left/);
  expect(() => room.dispatch({ type: "layerChanged", sound: soundRef("ocean").id, gainDb: -3 })).toThrow(/isn’t in/);
  for (const name of ["a", "b", "c", "d", "e"]) add(name);
  expect(() => add("f")).toThrow(/6 layers/);
});

test("a layer is never louder than it is stored, nor softer than the softest", () => {
  const room = sessionFixture();
  for (const [asked, given] of [
    [12, 0],
    [-99, -30],
    [Number.NaN, 0],
  ] as const) {
    room.dispatch({ type: "layerChanged", sound: soundRef("rain").id, gainDb: asked });
    expect(room.view().now?.layers[0]?.gainDb).toBe(given);
  }
});

test("what is to be heard for 20 minutes makes room for the next after that, and waits where nothing follows", () => {
  const room = sessionFixture();
  room.dispatch(
    soundQueued("ocean", { request: { ...soundQueued("ocean").request, lasts: framesIn(minutes(20)) }, when: "now" }),
  );
  room.commands();
  room.pass(minutes(25));
  expect(room.view().now).toMatchObject({ title: "ocean", length: minutes(20) });
  room.dispatch(soundQueued("fire", { by: bo }));
  room.pass(seconds(1));
  expect(room.view().now?.title).toBe("fire");
  expect(room.commands()).toMatchObject([{ type: "play", crossfade: seconds(4) }]);
});

test("its length counts what was heard, not the time it was paused", () => {
  const room = sessionFixture();
  const lasts = framesIn(minutes(20));
  room.dispatch(soundQueued("ocean", { request: { ...soundQueued("ocean").request, lasts }, when: "now" }));
  room.dispatch(soundQueued("fire"));
  room.pass(minutes(10));
  room.dispatch({ type: "paused" });
  room.pass(minutes(60));
  room.dispatch({ type: "resumed" });
  room.pass(minutes(9));
  expect(room.view().now?.title).toBe("ocean");
  room.pass(minutes(2));
  expect(room.view().now?.title).toBe("fire");
});

test("a pause that comes after a request holds what was requested, too", () => {
  const room = sessionFixture("rain", { manualPreparation: true });
  const first = room.view().coming!.entry;
  room.dispatch({ type: "soundPrepared", entry: first, sound: playable("rain") });
  room.dispatch(soundQueued("fire", { when: "now" }));
  room.dispatch({ type: "paused" });
  room.commands();
  room.dispatch({ type: "soundPrepared", entry: room.view().coming!.entry, sound: playable("fire") });
  expect(room.view()).toMatchObject({ status: "paused", now: { title: "rain" }, coming: { title: "fire" } });
  expect(room.commands()).toEqual([]);
  room.dispatch({ type: "resumed" });
  expect(room.view()).toMatchObject({ status: "playing", now: { title: "fire" } });
  expect(room.commands()).toMatchObject([{ type: "play", layers: [{ sound: { id: "fire" } }] }, { type: "resume" }]);
});

test("a sound laid over once begins at its beginning, leaves by itself, and is in nothing that is played again", () => {
  const room = sessionFixture("rain");
  room.dispatch(soundQueued("ocean"));
  room.commands();
  room.dispatch({ type: "layerAdded", sound: soundRef("bell"), gainDb: -6, place: "left", once: seconds(20) });
  const [came] = room.commands();
  expect(came).toMatchObject({ type: "setLayers", layers: [{ sound: { id: "rain" } }, { fromStart: true }] });
  expect(room.view().now?.layers).toMatchObject([{ once: false }, { once: true }]);
  room.pass(seconds(18));
  expect(room.commands()).toEqual([]);
  room.pass(seconds(1));
  const [left] = room.commands();
  expect(left).toMatchObject({ type: "setLayers", layers: [{ sound: { id: "rain" } }], over: LAYER_RAMP });
  room.dispatch({ type: "layerAdded", sound: soundRef("bell"), gainDb: 0, place: "left", once: seconds(20) });
  room.dispatch({ type: "skipped" });
  expect(room.session().history.at(-1)?.layers).toHaveLength(1);
});

test("a short sound is heard whole, and has left before it would begin again", () => {
  const room = sessionFixture("rain", { manualPreparation: true });
  const { entry } = room.view().coming!;
  room.dispatch({ type: "soundPrepared", entry, sound: playable("rain") });
  room.dispatch({ type: "layerAdded", sound: soundRef("words"), gainDb: 0, place: "near", once: seconds(20) });
  room.dispatch({ type: "soundPrepared", entry, sound: playable("words", seconds(45)) });
  room.commands();
  room.pass(seconds(42));
  expect(room.commands()).toEqual([]);
  room.pass(seconds(1));
  expect(room.commands()).toMatchObject([{ type: "setLayers", layers: [{ sound: { id: "rain" } }] }]);
});

test("what is laid over once stays where everything else has failed, and never keeps a session busy", () => {
  const room = sessionFixture("rain");
  room.dispatch({ type: "layerAdded", sound: soundRef("bell"), gainDb: 0, place: "left", once: seconds(20) });
  const entry = room.view().now!.entry;
  room.report({ type: "layerFailed", entry, sound: soundRef("rain").id, reason: "" });
  room.pass(minutes(1));
  expect(room.view().now?.layers).toMatchObject([{ sound: "bell", once: false }]);
  expect(() => room.dispatch({ type: "layerRemoved", sound: soundRef("bell").id })).toThrow(/only sound left/);
});
