import { describeError } from "./kernel/describeError.ts";
import { UserError } from "./kernel/errors.ts";

/** `EX_CONFIG` of sysexits.h: starting again would change nothing; a service manager may be told so. */
export const EX_CONFIG = 78;

/** What only the operator can change. */
const CONFIGURATION_ERRORS: ReadonlySet<string> = new Set([
  "bad-config",
  "bad-manifest",
  "bad-script",
  "bad-token",
  "data-in-use",
  "gateway-refused",
  "no-manifest",
  "storage-too-new",
]);

/** What the system says, as a sentence that names what to change. */
const systemSentence = (error: NodeJS.ErrnoException): string | undefined => {
  const where = error.path === undefined ? "a file" : error.path;
  switch (error.code) {
    case "EMFILE":
    case "ENFILE":
      return "ulimit -n: this process may open too few files. Allow 1024 or more, and start again.";
    case "ENOSPC":
    case "EDQUOT":
      return `The disk is full, so ${where} could not be written. Make room, and start again.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `${where} cannot be used (${error.code}). Give this user the right to read and write it, and start again.`;
    case "ENOMEM":
    case "EAGAIN":
      return "This machine has no memory or no process left for Lull. End something else, and start again.";
    default:
      return undefined;
  }
};

/** How a start ends that failed. */
export interface StartFailure {
  /** For standard error, without a line feed. */
  readonly text: string;
  readonly exitCode: number;
}

/**
 * Turns what a start failed with into what the operator reads. Only an error of Lull's own has a stack.
 */
export const describeFailure = (error: unknown): StartFailure => {
  if (error instanceof UserError)
    return { text: error.message, exitCode: CONFIGURATION_ERRORS.has(error.code) ? EX_CONFIG : 1 };
  const sentence = error instanceof Error ? systemSentence(error) : undefined;
  if (sentence !== undefined) return { text: sentence, exitCode: 1 };
  const { type, message = "", at = [] } = describeError(error);
  return {
    text: [`Lull stopped on an error of its own: ${type} ${message}`.trimEnd(), ...at].join("\n  "),
    exitCode: 1,
  };
};
