import { expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { plain } from "../../src/i18n/message.ts";
import type { MemberText } from "../../src/kernel/memberText.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { DEFAULT_RULES } from "../../src/session/rules.ts";
import { MAX_QUEUE } from "../../src/session/session.ts";
import { attic, bo, chat, playable, sessionFixture, soundQueued, soundRef } from "./sessionFixture.ts";

const titles = (view: { readonly queue: readonly { readonly title: MemberText }[] }) =>
  view.queue.map(({ title }) => title);

test("the first sound is joined for, prepared, and played on a ramp", () => {
  const room = sessionFixture("rain", { volumeDb: -6 });
  expect(room.view()).toMatchObject({ status: "playing", now: { title: "rain" }, panel: chat, volume: "soft" });
  expect(room.commands()).toMatchObject([
    { type: "setVolume", gainDb: -6, over: 0 },
    { type: "join", channel: "10" },
    { type: "play", layers: [{ sound: playable("rain") }], from: 0, crossfade: seconds(2) },
  ]);
});

test("a sound repeats while the queue has nothing else", () => {
  const room = sessionFixture();
  room.commands();
  room.passEnds();
  expect(room.commands()).toEqual([]);
  expect(room.view().now?.title).toBe("rain");
});

test("the queue goes on at the end of a sound, crossfaded over four seconds", () => {
  const room = sessionFixture();
  room.dispatch(soundQueued("ocean"));
  room.commands();
  room.passEnds();
  expect(room.commands()).toMatchObject([
    { type: "play", layers: [{ sound: { id: "ocean" } }], crossfade: seconds(4) },
  ]);
  expect(room.view()).toMatchObject({ now: { title: "ocean" }, queue: [], canGoBack: true });
});

test("now, next and last put a sound where they say", () => {
  const room = sessionFixture();
  room.dispatch(soundQueued("ocean"));
  room.dispatch(soundQueued("fire"));
  expect(titles(room.dispatch(soundQueued("wind", { when: "next" })))).toEqual(["wind", "ocean", "fire"]);
  room.commands();
  const view = room.dispatch(soundQueued("brown noise", { when: "now" }));
  expect(view.now?.title).toBe("brown noise");
  expect(titles(view)).toEqual(["wind", "ocean", "fire"]);
  expect(room.commands()).toMatchObject([{ type: "play", crossfade: seconds(1.5) }]);
});

test("a late report of an earlier sound changes nothing", () => {
  const room = sessionFixture();
  room.dispatch(soundQueued("ocean"));
  room.dispatch(soundQueued("fire"));
  room.passEnds();
  const before = room.session();
  room.report({ type: "passEnding", entry: before.history[0]!.id });
  expect(room.session()).toEqual(before);
});

test("while the next sound is not prepared, the one that plays goes on", () => {
  const room = sessionFixture("rain", { manualPreparation: true });
  room.dispatch({ type: "soundPrepared", entry: room.view().coming!.entry, sound: playable("rain") });
  room.dispatch(soundQueued("ocean"));
  room.commands();
  room.passEnds();
  expect(room.commands()).toEqual([]);
  const skipped = room.dispatch({ type: "skipped" });
  expect(skipped).toMatchObject({ status: "playing", now: { title: "rain" }, coming: { title: "ocean" } });
  room.dispatch({ type: "soundPrepared", entry: skipped.coming!.entry, sound: playable("ocean") });
  expect(room.view()).toMatchObject({ now: { title: "ocean" } });
  expect(room.view().coming).toBeUndefined();
});

test("only what comes next is prepared ahead", () => {
  const room = sessionFixture("rain", { manualPreparation: true });
  for (const name of ["ocean", "fire", "wind"]) room.dispatch(soundQueued(name));
  expect(room.prepared()).toMatchObject([{ sound: "rain" }, { sound: "ocean" }]);
});

test("a sound that was about to play is not lost when another one is wanted now", () => {
  const room = sessionFixture("rain", { manualPreparation: true });
  const view = room.dispatch(soundQueued("ocean", { when: "now" }));
  expect(view).toMatchObject({ status: "waiting", coming: { title: "ocean" }, queue: [{ title: "rain" }] });
});

test("back returns to what played before, and what played then comes next", () => {
  const room = sessionFixture();
  room.dispatch(soundQueued("ocean"));
  room.dispatch({ type: "skipped" });
  const view = room.dispatch({ type: "wentBack" });
  expect(view.now?.title).toBe("rain");
  expect(titles(view)).toEqual(["ocean"]);
  expect(room.dispatch({ type: "skipped" }).now?.title).toBe("ocean");
});

test("looping all sends what was heard to the end; looping one stays", () => {
  const room = sessionFixture();
  room.dispatch(soundQueued("ocean"));
  room.dispatch({ type: "loopChanged", loop: "all" });
  room.passEnds();
  expect(room.view()).toMatchObject({ now: { title: "ocean" }, queue: [{ title: "rain" }] });
  expect(titles(room.dispatch({ type: "wentBack" }))).toEqual(["ocean"]);
  room.dispatch({ type: "loopChanged", loop: "one" });
  room.passEnds();
  expect(room.view().now?.title).toBe("rain");
});

test("the queue is moved, thinned, shuffled and cleared", () => {
  const room = sessionFixture();
  for (const name of ["a", "b", "c", "d", "e"]) room.dispatch(soundQueued(name));
  expect(titles(room.dispatch({ type: "queueMoved", from: 4, to: 1 }))).toEqual(["d", "a", "b", "c", "e"]);
  expect(titles(room.dispatch({ type: "queueRemoved", place: 2 }))).toEqual(["d", "b", "c", "e"]);
  const shuffled = titles(room.dispatch({ type: "queueShuffled", seed: 7 }));
  expect(shuffled.toSorted()).toEqual(["b", "c", "d", "e"]);
  expect(titles(room.dispatch({ type: "queueCleared" }))).toEqual([]);
});

test("a hundred sounds may wait, and no more", () => {
  const room = sessionFixture();
  for (let i = 0; i < MAX_QUEUE; i++) room.dispatch(soundQueued(`sound ${i}`));
  expect(() => room.dispatch(soundQueued("one more"))).toThrow(/queue remove/);
  expect(room.view().queue).toHaveLength(MAX_QUEUE);
});

test.each([
  ["skipped", "nothing-next"],
  ["wentBack", "nothing-before"],
  ["resumed", "not-paused"],
  ["queueCleared", "queue-empty"],
  ["sleepCancelled", "no-timer"],
] as const)("%s is refused calmly where it cannot be", (type, code) => {
  const room = sessionFixture();
  const before = room.session();
  expect(() => room.dispatch({ type })).toThrow(expect.objectContaining({ name: "UserError", code }));
  expect(room.session()).toBe(before);
});

test.each([0, 3, 1.5, Number.NaN])("there is no place %d in a queue of two", (place) => {
  const room = sessionFixture();
  room.dispatch(soundQueued("a"));
  room.dispatch(soundQueued("b"));
  expect(() => room.dispatch({ type: "queueRemoved", place })).toThrow(/position from 1 to 2/);
  expect(() => room.dispatch({ type: "queueMoved", from: place, to: 1 })).toThrow(/position from 1 to 2/);
});

test("a room that listens elsewhere is not taken away; an empty one is", () => {
  const room = sessionFixture();
  expect(() => room.dispatch(soundQueued("ocean", { by: bo, channel: attic }))).toThrow(/already playing in <#10>/);
  room.dispatch({ type: "listenersChanged", listeners: [] });
  room.commands();
  const view = room.dispatch(soundQueued("ocean", { by: bo, channel: attic }));
  expect(view).toMatchObject({ channel: attic, status: "playing", listeners: [bo], queue: [{ title: "ocean" }] });
  expect(room.commands()).toMatchObject([{ type: "join", channel: attic }, { type: "resume" }]);
});

test("a sound that cannot be prepared is left out, with a note, and the queue goes on", () => {
  const room = sessionFixture("rain", { manualPreparation: true });
  room.dispatch(soundQueued("ocean"));
  room.dispatch({
    type: "preparationFailed",
    entry: room.view().coming!.entry,
    sound: soundRef("rain").id,
    reason: plain("Rain is gone."),
  });
  expect(room.view()).toMatchObject({ status: "waiting", coming: { title: "ocean" }, note: plain("Rain is gone.") });
  room.dispatch({
    type: "preparationFailed",
    entry: room.view().coming!.entry,
    sound: soundRef("ocean").id,
    reason: plain("Ocean is gone."),
  });
  expect(room.view()).toMatchObject({ status: "quiet", note: plain("Ocean is gone.") });
  expect(() => room.dispatch({ type: "paused" })).toThrow(/play/);
  room.pass(minutes(10));
  expect(room.view()).toMatchObject({ status: "over", endReason: "quiet" });
});

test("a sound that breaks while it plays is left out, and the queue goes on", () => {
  const room = sessionFixture();
  room.dispatch(soundQueued("ocean"));
  room.commands();
  room.report({ type: "soundFailed", entry: room.view().now!.entry, reason: "ENOENT" });
  expect(room.view()).toMatchObject({ status: "playing", now: { title: "ocean" } });
  expect(english.of(room.view().note!)).toMatch(/rain couldn’t be played/);
});

test("where nothing in a repeating queue may be played, each gives way once, and the last one stays", () => {
  const room = sessionFixture();
  for (const name of ["ocean", "fire"]) room.dispatch(soundQueued(name));
  room.dispatch({ type: "loopChanged", loop: "all" });
  const played: unknown[] = [];
  for (let count = 0; count < 10; count++) {
    const { entry, layers } = room.view().now ?? {};
    const sound = layers?.[0]?.sound;
    if (entry === undefined || sound === undefined) break;
    played.push(room.view().now?.title);
    room.dispatch({ type: "preparationFailed", entry, sound, reason: plain("Not tonight.") });
    for (const { sound: next } of room.view().queue.flatMap((one) => one.layers))
      room.dispatch({ type: "soundPrepared", entry: room.view().queue[0]!.entry, sound: playable(next) });
  }
  expect(played.slice(0, 3)).toEqual(["rain", "ocean", "fire"]);
  expect(new Set(played.slice(2))).toEqual(new Set(["fire"]));
  expect(room.view()).toMatchObject({ queue: [], loop: "all", now: { title: "fire" } });
});

test("paused and resumed where it was", () => {
  const room = sessionFixture();
  room.commands();
  room.pass(seconds(30));
  expect(room.dispatch({ type: "paused" })).toMatchObject({ status: "paused", now: { position: seconds(30) } });
  expect(() => room.dispatch({ type: "paused" })).toThrow(/already paused/);
  room.pass(minutes(5));
  expect(room.dispatch({ type: "resumed" })).toMatchObject({ status: "playing", now: { position: seconds(30) } });
  expect(room.commands()).toMatchObject([{ type: "pause" }, { type: "resume" }]);
});

test("stop lets the sound go to silence and leaves; afterwards nothing is possible but a new start", () => {
  const room = sessionFixture();
  room.commands();
  expect(room.dispatch({ type: "stopped" })).toMatchObject({ status: "over", endReason: "stopped" });
  expect(room.commands()).toMatchObject([{ type: "leave" }]);
  expect(() => room.dispatch({ type: "paused" })).toThrow(/Start with \/play/);
});

test("loudness goes in steps, ramped, never above the ceiling", () => {
  const room = sessionFixture("rain", { rules: { ceilingDb: -6 } });
  expect(room.view().volume).toBe("soft");
  room.commands();
  room.dispatch({ type: "volumeChanged", volume: "whisper" });
  expect(room.commands()).toMatchObject([{ type: "setVolume", gainDb: -18 }]);
  expect(() => room.dispatch({ type: "volumeChanged", volume: "normal" })).toThrow(/loudest setting is “soft”/);
  room.dispatch({ type: "volumeChanged", volume: "soft" });
  room.commands();
  room.dispatch({ type: "settingsChanged", rules: { ...DEFAULT_RULES, ceilingDb: -12 } });
  expect(room.commands()).toMatchObject([{ type: "setVolume", gainDb: -12, over: seconds(10) }]);
});
