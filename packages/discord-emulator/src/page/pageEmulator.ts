import type { Emulator } from "../api.ts";

/** What the page uses of an emulator. */
export type PageEmulator = Pick<
  Emulator,
  | "apiBase"
  | "botName"
  | "botChannel"
  | "botPermissions"
  | "channel"
  | "channels"
  | "commands"
  | "faults"
  | "grantBot"
  | "member"
  | "members"
  | "onChange"
  | "revokeBot"
  | "roles"
>;
