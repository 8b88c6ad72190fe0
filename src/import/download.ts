import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import { saveBody } from "./saveBody.ts";

/** Where Discord keeps attachments. */
const CDN_ORIGINS = ["https://cdn.discordapp.com", "https://media.discordapp.net"];
const LARGEST = 25 * 2 ** 20;
const LIMIT: Millis = seconds(30);

/** A file that a member has attached, where Discord keeps it. */
export interface Attachment {
  readonly url: string;
  /** As Discord tells it; counted again while it is read. */
  readonly size: number;
}

const tooLarge = () => new UserError("upload-too-large", message("import.fileTooLarge"));
const notOnDiscord = () => new UserError("not-an-attachment", message("import.notAnAttachment"));
const unreachable = () => new UserError("upload-unreachable", message("import.downloadFailed"));
const tooSlow = () => new UserError("upload-too-slow", message("import.downloadTooSlow"));

/**
 * The address, when it is one of Discord's own, without names or ports in it.
 * @param standInOrigin origin of what stands in for Discord, in rehearsal
 * @throws UserError for any other
 */
export const attachmentAddress = (text: string, standInOrigin?: string): URL => {
  if (!URL.canParse(text)) throw notOnDiscord();
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") throw notOnDiscord();
  if (!CDN_ORIGINS.includes(url.origin) && (standInOrigin === undefined || url.origin !== standInOrigin))
    throw notOnDiscord();
  return url;
};

/**
 * Fetches an attachment at once and never again: its address is signed, and runs out.
 * @param to path of a file that is not there yet; removed again when this fails
 * @throws UserError when it is too large, too slow, or elsewhere
 */
export const download = async (
  { url, size }: Attachment,
  to: string,
  { standInOrigin, limit = LIMIT }: { readonly standInOrigin?: string | undefined; readonly limit?: Millis } = {},
): Promise<void> => {
  if (size > LARGEST) throw tooLarge();
  const address = attachmentAddress(url, standInOrigin);
  const signal = AbortSignal.timeout(limit);
  const body = async () => {
    const response = await fetch(address, { redirect: "error", signal });
    if (!response.ok || response.body === null) throw unreachable();
    if (Number(response.headers.get("content-length") ?? 0) > LARGEST) throw tooLarge();
    return response.body;
  };
  try {
    await saveBody(to, body, { most: LARGEST, tooLarge });
  } catch (error) {
    if (error instanceof UserError) throw error;
    const refusal = signal.aborted ? tooSlow() : unreachable();
    refusal.cause = error;
    throw refusal;
  }
};
