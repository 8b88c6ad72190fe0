import type { IncomingMessage } from "node:http";

/**
 * Reads a request's body.
 * @param largest in bytes
 * @returns undefined where it is larger
 */
export const readBody = async (request: IncomingMessage, largest: number): Promise<string | undefined> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
};
