import { expect, test } from "vitest";
import { framesIn, minutes, seconds } from "../../src/kernel/units.ts";
import { restoreSession } from "../../src/session/restore.ts";
import { playable, sessionFixture, soundQueued } from "./sessionFixture.ts";

/** A script of two minutes that plays, and whatever is queued after it prepared. */
const spoken = () => {
  const room = sessionFixture("script", { manualPreparation: true, rules: { fade: seconds(30) } });
  const ready = (name: string, ends: boolean) => {
    for (const effect of room.prepared())
      if (effect.type === "prepareSound")
        room.dispatch({
          type: "soundPrepared",
          entry: effect.entry,
          sound: { ...playable(name), ...(ends && { ends: true as const }) },
        });
  };
  ready("script", true);
  room.commands();
  return { ...room, ready };
};

test("what has an end is not begun again: its bed goes on until something is queued", () => {
  const room = spoken();
  room.plays(seconds(116));
  room.passEnds();
  room.plays(minutes(5));
  room.passEnds();
  expect(room.commands()).toEqual([]);
  expect(room.view().now).toMatchObject({ position: minutes(2), length: minutes(2) });
  room.dispatch(soundQueued("rain"));
  room.ready("rain", false);
  room.passEnds();
  expect(room.commands()).toMatchObject([{ type: "play", from: 0, crossfade: seconds(4) }]);
});

test("a timer that ends with it ends at its end, and at once after that", () => {
  const room = spoken();
  room.plays(seconds(80));
  const asked = () => room.dispatch({ type: "sleepAfterThisRequested" }).sleepTimer?.endsAt;
  expect(asked()).toBe(room.now() + seconds(40));
  room.plays(minutes(3));
  expect(asked()).toBe(room.now() + seconds(5));
});

test.each(["one", "all"] as const)("where the loop is %s it begins again, from its beginning", (loop) => {
  const room = spoken();
  room.dispatch({ type: "loopChanged", loop });
  room.plays(seconds(116));
  room.passEnds();
  expect(room.commands()).toMatchObject([{ type: "play", from: 0, crossfade: seconds(4) }]);
});

test("after a restart it goes on in its bed, where it was", () => {
  const room = spoken();
  room.plays(minutes(7));
  const restored = restoreSession(room.session(), room.now(), room.now() + seconds(8));
  expect(restored?.session).toMatchObject({ status: "waiting" });
  const from = restored?.session.status === "waiting" ? restored.session.from : undefined;
  expect(from).toBeGreaterThanOrEqual(framesIn(minutes(7)));
  expect(from).toBeLessThan(framesIn(minutes(8)));
});
