import type { ServerResponse } from "node:http";

/** An answer that is not JSON. */
export class FileResponse {
  readonly type: string;
  readonly bytes: Uint8Array;
  constructor(type: string, bytes: Uint8Array) {
    this.type = type;
    this.bytes = bytes;
  }
}

/** The first and last byte that a Range header names (RFC 9110, 14.1.2); undefined for the whole, null for none there. */
const rangeIn = (header: string | undefined, size: number): readonly [number, number] | undefined | null => {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return first <= last ? [first, last] : null;
};

/**
 * Sends a file, or the part of it that was asked for: a player finds out how long a sound is by its end.
 * @param range the request's Range header
 */
export const sendFile = (
  response: ServerResponse,
  { type, bytes }: FileResponse,
  range: string | undefined,
  headers: Readonly<Record<string, string>>,
): void => {
  const found = rangeIn(range, bytes.length);
  const [first, last] = found ?? [0, bytes.length - 1];
  const part = found === null ? new Uint8Array() : bytes.subarray(first, last + 1);
  const status = found === undefined ? 200 : found === null ? 416 : 206;
  response.writeHead(status, {
    "content-type": type || "application/octet-stream",
    "content-length": part.length,
    "accept-ranges": "bytes",
    "x-content-type-options": "nosniff",
    ...(found && { "content-range": `bytes ${first}-${last}/${bytes.length}` }),
    ...(found === null && { "content-range": `bytes */${bytes.length}` }),
    ...headers,
  });
  response.end(part);
};
