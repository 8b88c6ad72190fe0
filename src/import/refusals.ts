import { type Message, message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";

/** A file of no bytes. */
export const emptyFile = () => new UserError("empty-file", message("import.emptyFile"));

/** Bytes that no reader knows. */
export const unknownKind = () => new UserError("unknown-kind", message("import.unknownFileType"));

/** A file that says where sound is, and holds none. */
export const isPlaylist = () => new UserError("playlist", message("import.isPlaylist"));

/** A kind that is read, but not whole. @param why completes “The file is damaged or cut off: …” */
export const damagedFile = (why: Message) =>
  new UserError("damaged-file", message("import.fileDamaged", { reason: why }));

/** @param kind what it is: one that no reader here knows */
export const otherKind = (kind: string | Message) => new UserError("other-kind", message("import.otherKind", { kind }));

/** A kind that is read, with something in it that is not. */
export const unfitFile = (why: Message) =>
  new UserError("unfit-file", message("import.fileUnsupported", { reason: why }));

/** More than two channels, or none. */
export const unfitChannels = (channels: number) =>
  new UserError("unfit-file", message("import.channelsUnsupported", { channels }));

/** A rate in Hz that is no rate of a recording. */
export const unfitRate = (rate: number) => new UserError("unfit-file", message("import.rateUnsupported", { rate }));

/** Silence from beginning to end. */
export const nothingToHear = () => new UserError("nothing-to-hear", message("import.silentFile"));

/** Less sound than can be looped. */
export const tooShort = () => new UserError("too-short", message("import.soundTooShort"));

/** @param hours the most that is taken */
export const tooLong = (hours: number) => new UserError("too-long", message("import.soundTooLong", { hours }));

/** More processor time than an import may take. */
export const tooMuchWork = () => new UserError("too-much-work", message("import.tooSlowToRead"));

/** More memory than an import may take. */
export const tooMuchMemory = () => new UserError("too-much-memory", message("import.tooMuchMemory"));

/** The machine has no process or file descriptor left for it. */
export const cannotStart = (cause: Error): UserError => {
  const refusal = new UserError("import-unavailable", message("import.machineBusy"));
  refusal.cause = cause;
  return refusal;
};
