/** Reading what the bot has sent: any shape, and never an exception. */

export type Raw = Readonly<Record<string, unknown>>;

const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

/** The value where it is an object, else an empty one. */
export const raw = (value: unknown): Raw => (isRaw(value) ? value : {});

/** The value where it is a string, else an empty one. */
export const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The value where it is a number. */
export const count = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** The objects of a list; an empty list for anything else. */
export const raws = (value: unknown): readonly Raw[] => (Array.isArray(value) ? value.filter(isRaw) : []);

/** An address that may be followed or loaded; anything but http and https is dropped. */
export const address = (value: unknown): string | undefined =>
  typeof value === "string" && /^https?:\/\//u.test(value) && URL.canParse(value) ? value : undefined;
