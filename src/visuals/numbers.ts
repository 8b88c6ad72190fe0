/** A whole turn, in radians. */
export const TURN = 2 * Math.PI;

/** Limits a value to a range. */
export const clamp = (value: number, low = 0, high = 1): number => (value < low ? low : value > high ? high : value);

/** Interpolates linearly: `from` at a share of 0, `to` at 1. */
export const mix = (from: number, to: number, share: number): number => from + (to - from) * share;

/** 0 below `from`, 1 above `to`, and smooth between; `from` may be the larger. */
export const smooth = (from: number, to: number, value: number): number => {
  const share = clamp((value - from) / (to - from));
  return share * share * (3 - 2 * share);
};

/** A bell of height 1 at 0. */
export const bell = (distance: number, width: number): number => Math.exp(-(distance * distance) / (width * width));

/** The part after the point, also below zero: a phase. */
export const wrap = (value: number): number => value - Math.floor(value);

/** Rises from 0 to 1 and stays, without a corner at either end (a quintic). */
export const ease = (value: number): number => {
  const t = clamp(value);
  return t * t * t * (t * (6 * t - 15) + 10);
};
