import { UserError } from "../kernel/errors.ts";
import { type Text, text } from "../kernel/text.ts";

export const emptyFile = () =>
  new UserError("empty-file", text`The file is empty. Export it again, then try once more.`);

export const unknownKind = () =>
  new UserError(
    "unknown-kind",
    text`This is not a kind of sound that I can read. Send WAV, MP3, FLAC, Ogg Vorbis, Opus, M4A, AAC, AIFF or WebM.`,
  );

/** A file that says where sound is, and holds none. */
export const isPlaylist = () =>
  new UserError("playlist", text`This is a playlist or a script, not a sound. Send the sound file itself.`);

export const damagedFile = (why: Text) =>
  new UserError("damaged-file", text`The file is damaged or cut off: ${why}. Export it again, then try once more.`);

export const unfitFile = (why: Text) =>
  new UserError("unfit-file", text`I cannot use this file: ${why}. Export it as 48 kHz stereo, then try once more.`);

export const nothingToHear = () =>
  new UserError("nothing-to-hear", text`There is nothing to hear in this file. Send one with sound in it.`);

export const tooShort = () =>
  new UserError("too-short", text`This sound is shorter than a second. Send one of three seconds or more.`);

export const tooLong = (hours: number) =>
  new UserError("too-long", text`This sound is longer than ${hours} hours. Cut it into parts, then send each.`);

export const tooMuchWork = () =>
  new UserError(
    "too-much-work",
    text`This file takes too long to read. Send a shorter one, or export it again as MP3.`,
  );

export const tooMuchMemory = () =>
  new UserError(
    "too-much-memory",
    text`This file takes too much memory. Send a shorter one, or export it again as MP3.`,
  );
