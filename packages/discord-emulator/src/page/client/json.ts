/** Reading what the bot has sent: any shape, and never an exception. */

export type Raw = Readonly<Record<string, unknown>>;

const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

export const raw = (value: unknown): Raw => (isRaw(value) ? value : {});

export const text = (value: unknown): string => (typeof value === "string" ? value : "");

export const count = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

export const raws = (value: unknown): readonly Raw[] => (Array.isArray(value) ? value.filter(isRaw) : []);

/** An address that may be followed or loaded; anything but http and https is dropped. */
export const address = (value: unknown): string | undefined =>
  typeof value === "string" && /^https?:\/\//u.test(value) && URL.canParse(value) ? value : undefined;
