import type { ChannelId, SessionId } from "../kernel/ids.ts";
import type { RemotePass } from "../ports/remote.ts";

/** For whom a page is, and what it shows: one session, or whatever plays in a voice channel. */
export type PagePass = Pick<RemotePass, "guild" | "user" | "language"> &
  (
    | { readonly session: SessionId; readonly channel?: never }
    | { readonly channel: ChannelId; readonly session?: never }
  );
