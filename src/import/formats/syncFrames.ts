import { message } from "../../i18n/message.ts";
import { damagedFile } from "../refusals.ts";
import { id3Length } from "./id3.ts";

/** A frame of a stream of frames with headers of their own. */
interface FrameHeader {
  /** Bytes, with the header. */
  readonly length: number;
  /** The same for two frames that one decoder can decode one after the other. */
  readonly format: string;
}

/** Reads the header at an offset; undefined where no frame begins. */
export type HeaderReader = (bytes: Uint8Array, at: number) => FrameHeader | undefined;

/** A frame where it was found. */
export interface SyncedFrame extends FrameHeader {
  readonly at: number;
}

/** Damage that players step over: so many places, and one in so many frames. */
const [FORGIVEN, ONE_IN] = [10, 20];
/** So many frames in a row are no accident. */
const ENOUGH = 3;

/** Whether frames follow one another at an offset; the last may reach beyond the bytes. */
export const framesFollow = (bytes: Uint8Array, at: number, read: HeaderReader): boolean => {
  let next = at;
  for (let count = 0; count < ENOUGH && next < bytes.length; count++) {
    const frame = read(bytes, next);
    if (frame === undefined) return false;
    next += frame.length;
  }
  return next > at;
};

/**
 * As `framesFollow`, for bytes in which they have to be looked for: all frames are there, and
 * alike.
 */
export const framesFoundAt = (bytes: Uint8Array, at: number, read: HeaderReader): boolean => {
  const first = read(bytes, at);
  let next = at;
  for (let count = 0; count < ENOUGH; count++) {
    const frame = read(bytes, next);
    if (frame === undefined || frame.format !== first?.format || next + frame.length > bytes.length) return false;
    next += frame.length;
  }
  return true;
};

/** Where the next two frames in a row begin; the end where there are none. */
const resync = (bytes: Uint8Array, from: number, read: HeaderReader): number => {
  const tag = id3Length(bytes.subarray(from));
  for (let at = from + Math.max(1, tag); at < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const frame = read(bytes, at);
    if (frame === undefined || at + frame.length > bytes.length) continue;
    if (at + frame.length === bytes.length || read(bytes, at + frame.length) !== undefined) return at;
  }
  return bytes.length;
};

/**
 * The frames of a stream. What stands between them, such as the tags of files that were joined, is
 * stepped over; a frame that is cut off at the end is dropped.
 * @throws UserError when there is more damage than players step over
 */
export function* syncFrames(bytes: Uint8Array, read: HeaderReader): Generator<SyncedFrame> {
  let [frames, gaps] = [0, 0];
  for (let at = 0; at < bytes.length; ) {
    const frame = read(bytes, at);
    if (frame !== undefined && at + frame.length <= bytes.length) {
      frames += 1;
      yield { ...frame, at };
      at += frame.length;
      continue;
    }
    at = resync(bytes, at, read);
    if (at < bytes.length) gaps += 1;
    if (gaps > FORGIVEN + frames / ONE_IN) throw damagedFile(message("import.reasonPartlyUndecodable"));
  }
}
