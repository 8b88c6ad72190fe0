import type { Language } from "../i18n/say.ts";
import type { GuildId, SessionId, UserId } from "../kernel/ids.ts";

/** Whom a link is for, and to what it leads. */
export interface RemotePass {
  readonly guild: GuildId;
  readonly user: UserId;
  /** The link ends with it. */
  readonly session: SessionId;
  /** Of the page. */
  readonly language: Language;
}

/** Links to the remote: the page with which a listener controls the session. */
export interface RemoteLinks {
  /** Makes a link for one member; an earlier one of theirs in the same guild no longer works. */
  issue(pass: RemotePass): string;
}
