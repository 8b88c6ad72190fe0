declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]?: Name };

/** A duration, or a moment as milliseconds since the Unix epoch; the name of the value says which. */
export type Millis = Unit<"Millis">;
/** A level relative to another, in decibels; 0 changes nothing. */
export type Decibels = Unit<"Decibels">;
/** A frequency or a sample rate. */
export type Hertz = Unit<"Hertz">;
/** A number of audio frames of 20 ms each; positions in a sound are counted in them. */
export type Frames = Unit<"Frames">;

/** Seconds in milliseconds. */
export const seconds = (count: number): Millis => count * 1_000;
/** Minutes in milliseconds. */
export const minutes = (count: number): Millis => count * 60_000;
/** Hours in milliseconds. */
export const hours = (count: number): Millis => count * 3_600_000;

/** The length of an audio frame. */
export const FRAME_MILLIS: Millis = 20;
/** The number of frames in a duration, rounded. */
export const framesIn = (duration: Millis): Frames => Math.round(duration / FRAME_MILLIS);
/** The duration of a number of frames. */
export const millisIn = (frames: Frames): Millis => frames * FRAME_MILLIS;

/** Linear amplitude of a level; −Infinity is silence. */
export const gainOf = (level: Decibels): number => 10 ** (level / 20);
/** Level of a linear amplitude; 0 is −Infinity. */
export const decibelsOf = (gain: number): Decibels => 20 * Math.log10(gain);
