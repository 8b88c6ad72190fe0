import { describeError, scrub } from "./describeError.ts";

const MAX_ITEMS = 20;
const MAX_DEPTH = 4;

/** Which interaction it was; what was typed, chosen or attached is nobody's business. */
const REQUEST_KEYS: ReadonlySet<string> = new Set(["kind", "name", "subcommand", "option", "customId"]);

const describe = (value: unknown, depth: number): unknown => {
  switch (typeof value) {
    case "string":
      return scrub(value);
    case "bigint":
      return String(value);
    case "function":
    case "symbol":
      return undefined;
    case "object":
      break;
    default:
      return value;
  }
  if (value === null) return null;
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "invalid date" : value.toISOString();
  if (ArrayBuffer.isView(value)) return `<${value.byteLength} bytes>`;
  if (depth >= MAX_DEPTH) return "…";
  if (value instanceof Map || value instanceof Set) return `<${value.size} items>`;
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => describe(item, depth + 1));
    return value.length > MAX_ITEMS ? [...items, `… ${value.length} in all`] : items;
  }
  return fields(value, depth + 1);
};

const fields = (object: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(object)
      .slice(0, MAX_ITEMS)
      .map(([key, value]) => [scrub(key, 60), describe(value, depth)]),
  );

const requestOf = (request: unknown): unknown =>
  typeof request === "object" && request !== null
    ? fields(Object.fromEntries(Object.entries(request).filter(([key]) => REQUEST_KEYS.has(key))), 1)
    : undefined;

/**
 * What goes into a line of the log beside its message: errors by their allow-list, interactions
 * without their contents, everything else bounded.
 */
export const describeDetails = (details: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(details).map(([key, value]) => [
      key,
      key === "request" ? requestOf(value) : key === "error" ? describeError(value) : describe(value, 0),
    ]),
  );
