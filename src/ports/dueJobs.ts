import type { GuildId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";

/** What begins by itself at its time. */
export type DueJobKind = "evening" | "wake-up" | "morning";

/** What has become of a job that was due. */
export interface DueJobResult {
  /** Otherwise the same job is to be tried again. */
  readonly isDone: boolean;
  /** When it is to be tried again, or when its key is due the next time; undefined: never. */
  readonly at: Millis | undefined;
}

/**
 * Does a job that is due; must not reject.
 * @param turn a number that is higher each time a job is handed out, so that what an earlier turn does too late can be
 *   told; undefined where one process does them all
 */
export type DueJobRun = (key: string, turn: number | undefined) => Promise<DueJobResult>;

/** Jobs of one kind, each due at a moment. */
export interface DueJobs {
  /** Sets when a key is due, in place of what was set before. What the database does not take now is set later. */
  set(key: string, guild: GuildId, at: Millis): void;
  delete(key: string, guild: GuildId): void;
  /** Begins no further job. */
  close(): void;
}

/** Opens the jobs of a kind: each that is due is handed to one of the processes that carry its guild. */
export type OpenDueJobs = (kind: DueJobKind, run: DueJobRun) => DueJobs;
