/** A Discord object as JSON carries it. */
export type Json = Record<string, unknown>;

/** @returns the value where it is an object, and an empty object otherwise */
export const asJson = (body: unknown): Json => (typeof body === "object" && body !== null ? (body as Json) : {});
