import { type Message, message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";

export const emptyFile = () => new UserError("empty-file", message("import.emptyFile"));

export const unknownKind = () => new UserError("unknown-kind", message("import.unknownFileType"));

/** A file that says where sound is, and holds none. */
export const isPlaylist = () => new UserError("playlist", message("import.isPlaylist"));

export const damagedFile = (why: Message) =>
  new UserError("damaged-file", message("import.fileDamaged", { reason: why }));

export const unfitFile = (why: Message) =>
  new UserError("unfit-file", message("import.fileUnsupported", { reason: why }));

export const nothingToHear = () => new UserError("nothing-to-hear", message("import.silentFile"));

export const tooShort = () => new UserError("too-short", message("import.soundTooShort"));

export const tooLong = (hours: number) => new UserError("too-long", message("import.soundTooLong", { hours }));

export const tooMuchWork = () => new UserError("too-much-work", message("import.tooSlowToRead"));

export const tooMuchMemory = () => new UserError("too-much-memory", message("import.tooMuchMemory"));
