import type { Placement } from "../../kernel/placement.ts";

/** A point of the view from above, in units of which the view is 288 wide and 320 high. */
export interface HeadPoint {
  readonly x: number;
  readonly y: number;
}

/** The size of the view. */
export const VIEW: HeadPoint = { x: 288, y: 320 };
/** The size of a handle, in the same units: no smaller on the narrowest screen than a thumb. */
export const HANDLE = 48;

/** Where each placement is seen from above; the face looks up. */
export const HEAD_PLACES: Readonly<Record<Placement, HeadPoint>> = {
  centre: { x: 144, y: 160 },
  left: { x: 24, y: 160 },
  right: { x: 264, y: 160 },
  near: { x: 144, y: 80 },
  far: { x: 144, y: 24 },
  orbit: { x: 144, y: 260 },
};

/** How many handles lie side by side at each: six find room everywhere without covering those elsewhere. */
const COLUMNS: Readonly<Record<Placement, number>> = { centre: 3, left: 1, right: 1, near: 6, far: 6, orbit: 6 };

type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

/** The next placement in each direction; the same one where there is none. */
const NEIGHBOURS: Readonly<Record<Placement, Readonly<Partial<Record<Direction, Placement>>>>> = {
  centre: { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "near", ArrowDown: "orbit" },
  left: { ArrowRight: "centre", ArrowUp: "near", ArrowDown: "orbit" },
  right: { ArrowLeft: "centre", ArrowUp: "near", ArrowDown: "orbit" },
  near: { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "far", ArrowDown: "centre" },
  far: { ArrowLeft: "left", ArrowRight: "right", ArrowDown: "near" },
  orbit: { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "centre" },
};

/** The placement to which a key moves a sound; undefined where it moves nothing. */
export const placeAfterKey = (place: Placement, key: string): Placement | undefined =>
  key === "Home" ? "centre" : NEIGHBOURS[place][key as Direction];

/** The placement whose point is nearest. */
export const nearestPlace = ({ x, y }: HeadPoint): Placement => {
  const distance = (place: Placement) => Math.hypot(HEAD_PLACES[place].x - x, HEAD_PLACES[place].y - y);
  return (Object.keys(HEAD_PLACES) as Placement[]).reduce((best, place) =>
    distance(place) < distance(best) ? place : best,
  );
};

/**
 * Where the handles of several sounds lie, so that none covers another.
 * @param places of the sounds, in their order
 */
export const handlePoints = (places: readonly Placement[]): readonly HeadPoint[] =>
  places.map((place, index) => {
    const before = places.slice(0, index).filter((one) => one === place).length;
    const count = places.filter((one) => one === place).length;
    const columns = Math.min(COLUMNS[place], count);
    const rows = Math.ceil(count / columns);
    const row = Math.floor(before / columns);
    // The last row may be shorter, and lies in the middle.
    const inRow = Math.min(columns, count - row * columns);
    const { x, y } = HEAD_PLACES[place];
    return {
      x: x + ((before % columns) - (inRow - 1) / 2) * HANDLE,
      y: y + (row - (rows - 1) / 2) * HANDLE,
    };
  });
