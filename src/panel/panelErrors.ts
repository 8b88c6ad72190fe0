import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, RESTJSONErrorCodes } from "discord.js";

/** Errors after which the message can't be edited any more, though it may still be there. */
const OUT_OF_REACH: ReadonlySet<string | number> = new Set([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  RESTJSONErrorCodes.ThreadLocked,
]);

/**
 * Whether a message is gone or out of reach: Discord says so, or discord.js does before it asks,
 * since it forgets a deleted channel at once.
 */
export const isGone = (error: unknown): boolean =>
  error instanceof DiscordAPIError
    ? error.status === 404 || OUT_OF_REACH.has(error.code)
    : error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.ChannelNotCached;

/** Whether Discord refused the edit because the message is too old. */
export const isTooOld = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  error.code === RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached;
