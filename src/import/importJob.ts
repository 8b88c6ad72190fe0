import type { Message } from "../i18n/message.ts";
import type { Decibels, Frames } from "../kernel/units.ts";
import type { FileKind } from "./formats/fileKind.ts";

/** What a process may take before it is ended. */
export interface ImportLimits {
  /** Of decoded sound, whatever the file claims. */
  readonly longest: Frames;
  /** Of processor time. */
  readonly seconds: number;
  /** Bytes of memory. */
  readonly memory: number;
}

/** A sound of somebody else's making that is to become one of ours; plain data, as it goes to a process. */
export interface ImportJob {
  readonly source: string;
  /** Where the file is to lie. */
  readonly path: string;
  readonly title: string;
  readonly licence: string;
  /** Number of the Ogg stream: arbitrary, but the same each time. */
  readonly serial: number;
  /** Round off what is sudden. */
  readonly soften: boolean;
  /** Let the end go over into the beginning. */
  readonly loop: boolean;
  readonly limits: ImportLimits;
}

/** What was found in a sound. */
export interface ImportResult {
  readonly kind: FileKind;
  /** Of what was made of it. */
  readonly length: Frames;
  /** LUFS, as it came. */
  readonly loudness: Decibels;
  /** LUFS, as it is now. */
  readonly level: Decibels;
  /** Frames of silence that were left out, and what a loop leaves away. */
  readonly trimmed: Frames;
  /** Where a sudden sound begins, in frames of the sound as it came. */
  readonly onsets: readonly Frames[];
}

/** What a process tells of its job. */
export type ImportReport =
  | { readonly type: "advanced"; readonly fraction: number }
  | { readonly type: "done"; readonly findings: ImportResult }
  /** Its words are for the user. */
  | { readonly type: "refused"; readonly code: string; readonly reason: Message | string }
  | { readonly type: "failed"; readonly reason: string };
