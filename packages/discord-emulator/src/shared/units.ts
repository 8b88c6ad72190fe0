/** A duration in milliseconds, or a moment on the clock that its name says. */
export type Millis = number;

/** @returns so many seconds, in milliseconds */
export const seconds = (count: number): Millis => count * 1_000;

/** @returns so many hours, in milliseconds */
export const hours = (count: number): Millis => count * 3_600_000;
