import { extname } from "node:path";
import type { FileUpload } from "../api.ts";
import type { Json } from "../shared/json.ts";
import type { GuildState } from "../state/guild.ts";

/** A file of a multipart request, or one that a member sends. */
export interface MultipartFile {
  /** The n of `files[n]`, by which `attachments` speaks of it. */
  readonly index: number;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Largest file that members with Nitro can send, in bytes; a bot that takes less refuses it itself. */
const LARGEST = 500 * 2 ** 20;

/** As Discord names the types of files: by how their names end. */
const TYPES: Readonly<Record<string, string>> = {
  ".aac": "audio/aac",
  ".aiff": "audio/x-aiff",
  ".flac": "audio/x-flac",
  ".gif": "image/gif",
  ".jpg": "image/jpeg",
  ".json": "application/json; charset=utf-8",
  ".m4a": "audio/mp4",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".opus": "audio/ogg",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
  ".wav": "audio/x-wav",
  ".webm": "video/webm",
  ".webp": "image/webp",
};

/** The type of a file by its name, as Discord reports it; empty where it knows none. */
export const typeOfName = (name: string): string => TYPES[extname(name).toLowerCase()] ?? "";

/** Discord keeps letters, digits, dots, dashes and underscores of a file's name. */
const sanitiseName = (name: string): string => name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "_");

/**
 * What Discord knows of a file by its name.
 * @throws Error for files that its own client would not let anybody send
 */
export const toMultipartFile = ({ name, bytes, type }: FileUpload, index = 0) => {
  if (bytes.length === 0) throw new Error(`The file "${name}" is empty.`);
  if (bytes.length > LARGEST) throw new Error(`The file "${name}" is larger than 500 MB.`);
  return { index, name: sanitiseName(name), bytes, type: type ?? typeOfName(name) };
};

/** Files that members send with commands and modals: on no message, at an address of their own. */
export const createAttachmentStore = (guild: GuildState, address: () => string) => ({
  /** @returns the attachment, as interactions carry it */
  add(file: FileUpload): Json {
    const { name, bytes, type } = toMultipartFile(file);
    const id = guild.snowflake();
    guild.ephemeralAttachments.set(id, { name, bytes, type });
    const url = `${address()}/ephemeral-attachments/${id}/${encodeURIComponent(name)}`;
    return {
      id,
      filename: name,
      size: bytes.length,
      url,
      proxy_url: url,
      ephemeral: true,
      ...(type !== "" && { content_type: type }),
    };
  },
});

/** Files that members send with commands and modals. */
export type AttachmentStore = ReturnType<typeof createAttachmentStore>;
