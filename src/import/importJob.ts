import type { MemberText } from "../kernel/memberText.ts";
import type { Decibels, Frames } from "../kernel/units.ts";
import type { FileKind } from "./formats/fileKind.ts";

/** What an import process may take before it is ended. */
export interface ImportLimits {
  /** Of decoded sound, whatever the file claims. */
  readonly longest: Frames;
  /** Of processor time. */
  readonly seconds: number;
  /** Bytes of memory. */
  readonly memory: number;
}

/** How a file is to be made one of our sounds; plain data, as it is sent to a process. */
export interface ImportOptions {
  readonly title: MemberText;
  readonly licence: MemberText;
  /** Number of the Ogg stream: arbitrary, but the same each time. */
  readonly serial: number;
  /** Round off sudden sounds. */
  readonly soften: boolean;
  /** Crossfade the end into the beginning. */
  readonly loop: boolean;
  readonly limits: ImportLimits;
}

/** An import: which file, where the sound goes, and how. */
export interface ImportJob extends ImportOptions {
  /** Path of the file. */
  readonly source: string;
  /** Path of the sound. */
  readonly path: string;
}

/** What was found in a file. */
export interface ImportResult {
  readonly kind: FileKind;
  /** Of the sound made from it. */
  readonly length: Frames;
  /** Integrated loudness of the file, in LUFS. */
  readonly loudness: Decibels;
  /** Integrated loudness of the sound made from it, in LUFS. */
  readonly level: Decibels;
  /** Frames of silence that were cut off, and what a loop leaves out. */
  readonly trimmed: Frames;
  /** Where sudden sounds begin, in frames of the file. */
  readonly onsets: readonly Frames[];
}

/** Descriptors that an import process is given: the file to read, and the one to write. */
export const [SOURCE_FD, SOUND_FD] = [4, 5] as const;
/** Exit code of an import process that could not start the thread which keeps its limits (`EX_OSERR`). */
export const UNLIMITED = 71;
