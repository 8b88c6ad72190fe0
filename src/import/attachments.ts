import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { Attachments } from "../ports/sounds.ts";
import { download } from "./download.ts";

const tooLarge = () => new UserError("file-too-large", message("favourites.importFileTooLarge"));

/**
 * Reads small files that members attach.
 * @param standInOrigin origin of what stands in for Discord, in rehearsal
 */
export const createAttachments = (standInOrigin?: string): Attachments => ({
  async read(file, most) {
    if (file.size > most) throw tooLarge();
    const path = join(tmpdir(), `lull-attachment-${randomUUID()}`);
    try {
      await download(file, path, { standInOrigin });
      const bytes = await readFile(path);
      if (bytes.length > most) throw tooLarge();
      return bytes;
    } finally {
      await rm(path, { force: true });
    }
  },
});
