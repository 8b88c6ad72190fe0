import { UserError } from "../kernel/errors.ts";
import { type Text, text } from "../kernel/text.ts";

/** A file of no bytes. */
export const emptyFile = () =>
  new UserError("empty-file", text`The file is empty. Export it again, then try once more.`);

/** Bytes that no reader knows. */
export const unknownKind = () =>
  new UserError(
    "unknown-kind",
    text`This is not a kind of sound that I can read. Send WAV, MP3, FLAC, Ogg Vorbis, Opus, M4A, AAC, AIFF or WebM.`,
  );

/** A file that says where sound is, and holds none. */
export const isPlaylist = () =>
  new UserError("playlist", text`This is a playlist or a script, not a sound. Send the sound file itself.`);

/** A kind that is read, but not whole. @param why completes “The file is damaged or cut off: …” */
export const damagedFile = (why: Text) =>
  new UserError("damaged-file", text`The file is damaged or cut off: ${why}. Export it again, then try once more.`);

/** @param kind what it is: one that no reader here knows */
export const otherKind = (kind: string | Text) =>
  new UserError(
    "other-kind",
    text`This is ${kind}, which I can't read. Export it as MP3, FLAC or WAV, then try again.`,
  );

/** A kind that is read, with something in it that is not. */
export const unfitFile = (why: Text) =>
  new UserError("unfit-file", text`I can't use this file: ${why}. Export it as MP3, FLAC or WAV, then try again.`);

/** More than two channels, or none. */
export const unfitChannels = (channels: number) =>
  new UserError(
    "unfit-file",
    text`I can't use this file: it has ${channels} channels. Export it in stereo, then try again.`,
  );

/** A rate in Hz that is no rate of a recording. */
export const unfitRate = (rate: number) =>
  new UserError(
    "unfit-file",
    text`I can't use this file: its sample rate is ${rate} Hz. Export it at 48 kHz, then try again.`,
  );

/** Silence from beginning to end. */
export const nothingToHear = () =>
  new UserError("nothing-to-hear", text`There is nothing to hear in this file. Send one with sound in it.`);

/** Less sound than can be looped. */
export const tooShort = () =>
  new UserError("too-short", text`This sound is shorter than a second. Send one of three seconds or more.`);

/** @param hours the most that is taken */
export const tooLong = (hours: number) =>
  new UserError("too-long", text`This sound is longer than ${hours} hours. Cut it into parts, then send each.`);

/** More processor time than an import may take. */
export const tooMuchWork = () =>
  new UserError(
    "too-much-work",
    text`This file takes too long to read. Send a shorter one, or export it again as MP3.`,
  );

/** More memory than an import may take. */
export const tooMuchMemory = () =>
  new UserError(
    "too-much-memory",
    text`This file takes too much memory. Send a shorter one, or export it again as MP3.`,
  );

/** The machine has no process or file descriptor left for it. */
export const cannotStart = (cause: Error): UserError => {
  const refusal = new UserError(
    "import-unavailable",
    text`This machine has too much to do right now to read files. Try again in a minute.`,
  );
  refusal.cause = cause;
  return refusal;
};
