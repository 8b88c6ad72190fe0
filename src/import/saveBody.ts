import { open, rm } from "node:fs/promises";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";

/** A disk that is full, or a machine without file descriptors, is not the sender's doing. */
const cannotStore = (cause: unknown) => {
  const refusal = new UserError("upload-not-stored", message("import.cannotStore"));
  refusal.cause = cause;
  return refusal;
};

/**
 * Writes what a server sends into a file that is not there yet; removed again when this fails.
 * @param body asked for once the file is open
 * @param limit.most bytes that are read, and what is thrown where there are more
 * @param limit.least bytes below which it was cut off
 * @throws UserError when it can't be stored or is too large; Error when it was cut off, and what `body` throws
 */
export const saveBody = async (
  path: string,
  body: () => Promise<AsyncIterable<Uint8Array>> | AsyncIterable<Uint8Array>,
  limit: { readonly most: number; tooLarge(): UserError; readonly least?: number | undefined },
): Promise<void> => {
  const file = await open(path, "wx", 0o600).catch((error: unknown) => {
    throw cannotStore(error);
  });
  try {
    let read = 0;
    for await (const part of await body()) {
      read += part.length;
      if (read > limit.most) throw limit.tooLarge();
      await file.write(part).catch((error: unknown) => {
        throw cannotStore(error);
      });
    }
    if (read < (limit.least ?? 0)) throw new Error("It was cut off");
    await file.close();
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
};
