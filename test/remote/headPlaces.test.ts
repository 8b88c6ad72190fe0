import { expect, test } from "vitest";
import { PLACEMENTS, type Placement } from "../../src/kernel/placement.ts";
import {
  HANDLE,
  HEAD_PLACES,
  handlePoints,
  nearestPlace,
  placeAfterKey,
  VIEW,
} from "../../src/remote/client/headPlaces.ts";

/** Every way in which so many sounds can be placed, whatever their order. */
const arrangements = (count: number): readonly (readonly Placement[])[] =>
  count === 0
    ? [[]]
    : arrangements(count - 1).flatMap((rest) =>
        PLACEMENTS.slice(PLACEMENTS.indexOf(rest.at(-1) ?? "centre")).map((place) => [...rest, place]),
      );

test.each([1, 2, 3, 4, 5, 6])("%i handles never cover each other, and none lies outside", (count) => {
  for (const places of arrangements(count)) {
    const points = handlePoints(places);
    for (const [index, { x, y }] of points.entries()) {
      const isInside = Math.min(x, y) >= HANDLE / 2 && x <= VIEW.x - HANDLE / 2 && y <= VIEW.y - HANDLE / 2;
      const isFree = points.every(
        (other, at) => at === index || Math.abs(other.x - x) >= HANDLE || Math.abs(other.y - y) >= HANDLE,
      );
      if (!isInside || !isFree) expect({ places, points }).toBeUndefined();
    }
  }
});

test("a hand drops a sound at the placement that is nearest", () => {
  for (const place of PLACEMENTS) {
    const { x, y } = HEAD_PLACES[place];
    expect(nearestPlace({ x: x + 12, y: y - 12 })).toBe(place);
  }
});

test("the arrow keys reach every placement from every other, and Home brings a sound back to the middle", () => {
  for (const from of PLACEMENTS) {
    const reached = new Set<Placement>([from]);
    for (const place of reached)
      for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])
        reached.add(placeAfterKey(place, key) ?? place);
    expect(reached.size).toBe(PLACEMENTS.length);
    expect(placeAfterKey(from, "Home")).toBe("centre");
    expect(placeAfterKey(from, "a")).toBeUndefined();
  }
});
