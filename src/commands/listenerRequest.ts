import type { MemberRequest } from "../session/events.ts";
import type { SessionView } from "../session/view.ts";
import type { CommandContext, Invoker, MemberRights } from "./command.ts";
import { inBotChannel } from "./guards.ts";
import { isSessionHost } from "./hostGuard.ts";

type WithoutInvoker<Request> = Request extends unknown ? Omit<Request, "by" | "asHost"> : never;

/** What a listener asks of the session, without who asks and whether they are a host. */
export type ListenerRequest = WithoutInvoker<MemberRequest>;

const HOSTS_MAY_MORE: ReadonlySet<MemberRequest["type"]> = new Set([
  "skipped",
  "stopped",
  "queueRemoved",
  "queueCleared",
  "volumeChanged",
  "raised",
]);

/** Whether a host may do more with a request than other listeners. */
export const hostsMayMore = ({ type }: Pick<MemberRequest, "type">): boolean => HOSTS_MAY_MORE.has(type);

/**
 * Sends a listener's request to the session that they hear, with the rights that the invoker has now: the one way for commands,
 * the panel's buttons and the remote.
 * @returns the session's view afterwards
 * @throws UserError when the invoker is not in the bot's channel, or the session refuses
 */
export const requestAsListener = async (
  invoker: Pick<Invoker, "guild" | "user" | "voiceChannel"> & MemberRights,
  context: Pick<CommandContext, "sessions" | "settings">,
  request: ListenerRequest,
): Promise<SessionView> => {
  inBotChannel(invoker, context);
  const asHost = hostsMayMore(request) ? { asHost: await isSessionHost(invoker, context) } : {};
  const asked = { ...request, by: invoker.user, ...asHost } as MemberRequest;
  return context.sessions.dispatch(invoker.guild, asked, invoker.voiceChannel);
};
