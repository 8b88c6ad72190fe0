/** What happened, for the operator; names and texts of users go into `details`, where they cannot forge a line. */
export interface Log {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

export const silentLog: Log = { info() {}, warn() {}, error() {} };
