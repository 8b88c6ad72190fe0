import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FileUpload } from "../api.ts";
import { PageError } from "./pageError.ts";

/** Largest upload, in bytes: more than most bots take, so that their refusal can be seen. */
const LARGEST = 32 * 2 ** 20;
/** Older ones are forgotten. */
const MOST = 10;

/** Files that the page uploads before the command or the modal that names them. */
export interface PageUploads {
  /** Answers the request with `{ file }`, by which the page names it from then on. */
  receive(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** @throws Error for one that is not kept any more */
  find(handle: string): FileUpload;
}

const tooLarge = (response: ServerResponse) =>
  void response.writeHead(413, { "content-type": "text/plain", connection: "close" }).end("Too large.\n");

/** Keeps the newest uploads of all pages in memory. */
export const createPageUploads = (): PageUploads => {
  const kept = new Map<string, FileUpload>();
  return {
    async receive(request, response) {
      const name = new URL(request.url ?? "/", "http://127.0.0.1").searchParams.get("name") ?? "";
      if (name === "" || name.length > 260) return void response.writeHead(400).end();
      if (Number(request.headers["content-length"] ?? 0) > LARGEST) return tooLarge(response);
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const part of request as AsyncIterable<Buffer>) {
        size += part.length;
        if (size > LARGEST) return tooLarge(response);
        chunks.push(part);
      }
      const file = randomUUID();
      kept.set(file, { name, bytes: new Uint8Array(Buffer.concat(chunks)) });
      for (const oldest of kept.keys()) if (kept.size > MOST) kept.delete(oldest);
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ file }));
    },
    find(handle) {
      const file = kept.get(handle);
      if (file === undefined) throw new PageError("The file is gone. Please choose it again.", "fileGone");
      return file;
    },
  };
};
