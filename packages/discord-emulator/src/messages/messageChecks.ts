import { ApiError } from "../shared/apiError.ts";
import type { Json } from "../shared/json.ts";
import { schemaFault } from "../shared/requestSchemas.ts";
import type { StoredMessage } from "../state/guild.ts";
import type { MultipartFile } from "./attachments.ts";
import { EPHEMERAL, SETTABLE_FLAGS } from "./flags.ts";
import { messageFault } from "./messageRules.ts";

/** In bytes. */
const MAX_FILE_BYTES = 10 * 2 ** 20;

/** @throws ApiError 50035 where there is a fault */
export const check = (fault: string | undefined): void => {
  if (fault !== undefined) throw new ApiError(400, 50_035, `Invalid Form Body: ${fault}`);
};

const checkFiles = (files: readonly MultipartFile[]) => {
  if (files.some((file) => file.bytes.length > MAX_FILE_BYTES)) {
    throw new ApiError(413, 40_005, "Request entity too large");
  }
};

/** @throws ApiError for what Discord would not take as a new message */
export const checkNewMessage = (
  kind: "message" | "webhookMessage",
  body: Json,
  files: readonly MultipartFile[],
): void => {
  checkFiles(files);
  check(schemaFault(kind, body) ?? messageFault(body, files));
  const settable = kind === "message" ? SETTABLE_FLAGS : SETTABLE_FLAGS | EPHEMERAL;
  if ((Number(body.flags ?? 0) & ~settable) !== 0) check("flags: not what a bot may set here");
  const parts = [body.content, ...((body.embeds ?? []) as unknown[]), ...((body.components ?? []) as unknown[])];
  if (parts.every((each) => each === undefined || each === null || each === "") && files.length === 0) {
    throw new ApiError(400, 50_006, "Cannot send an empty message");
  }
};

/** @throws ApiError for what Discord would not take as an edit of the message */
export const checkEdit = (
  kind: "messageEdit" | "webhookEdit",
  body: Json,
  files: readonly MultipartFile[],
  before: StoredMessage,
): void => {
  checkFiles(files);
  check(schemaFault(kind, body) ?? messageFault(body, files, before.json));
};
