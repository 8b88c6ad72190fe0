import pino from "pino";
import { scrub } from "./describeError.ts";
import { openLineFile } from "./lineFile.ts";
import { describeDetails } from "./logDetails.ts";

/** What happened, for the operator; names and texts of users go into `details`, where they cannot forge a line. */
export interface Log {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** A log that discards everything. */
export const silentLog: Log = { info() {}, warn() {}, error() {} };

/** Bytes of a line, its line feed included. */
const MAX_LINE = 4_096;

/** A line that is too long, as one that is not: its beginning, as text. */
const shortened = (line: string): string => {
  if (Buffer.byteLength(line) <= MAX_LINE) return line;
  const { level, time, msg } = JSON.parse(line) as Record<string, unknown>;
  for (let length = MAX_LINE; ; length = Math.floor(length / 2)) {
    const cut = `${JSON.stringify({ level, time, msg, cut: line.slice(0, length) })}\n`;
    if (Buffer.byteLength(cut) <= MAX_LINE) return cut;
  }
};

/**
 * Opens a log of one JSON object per line, at most 4 kB each. Errors are described by an allow-list:
 * no request body, token or text of a member. A log that cannot be written never throws.
 * @param file path of the file, or "-" for standard output
 * @param onFailure called with the cause when writing begins to fail, once until it works again
 * @throws the file system's error when the file cannot be opened
 */
export const openLog = (
  file: string,
  level: "info" | "warn" | "error",
  onFailure: (error: Error) => void = () => {},
): Log => {
  const sink = openLineFile(file, {
    onFailure,
    onRecovery: (lost, error) => lines.warn(describeDetails({ lost, error }), "The log can be written again"),
  });
  const lines = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line) => sink.write(shortened(line)) },
  );
  const at =
    (severity: "info" | "warn" | "error") =>
    (message: string, details: Readonly<Record<string, unknown>> = {}) => {
      try {
        lines[severity](describeDetails(details), scrub(message, 500));
      } catch {
        // A detail that cannot even be looked at: its message is worth a line all the same.
        lines[severity](scrub(message, 500));
      }
    };
  return { info: at("info"), warn: at("warn"), error: at("error") };
};
