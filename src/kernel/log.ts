import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import pino from "pino";

/** What happened, for the operator; names and texts of users go into `details`, where they cannot forge a line. */
export interface Log {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** A log that discards everything. */
export const silentLog: Log = { info() {}, warn() {}, error() {} };

/**
 * A log of one JSON object a line.
 * @param file path of the file, or "-" for standard output
 * @throws the file system's error when the file cannot be opened
 */
export const openLog = (file: string, level: "info" | "warn" | "error"): Log => {
  if (file !== "-") mkdirSync(dirname(file), { recursive: true });
  const lines = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: pino.stdSerializers.err } },
    // Written at once, so that the last line before a crash is there.
    pino.destination({ dest: file === "-" ? 1 : file, sync: true }),
  );
  const at =
    (severity: "info" | "warn" | "error") =>
    (message: string, details: Readonly<Record<string, unknown>> = {}) =>
      lines[severity](details, message);
  return { info: at("info"), warn: at("warn"), error: at("error") };
};
