import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { CommandContext, Invoker } from "./command.ts";

const hostsOnly = () => new UserError("hosts-only", message("session.hostsOnly"));

/**
 * Whether the invoker is a host: by Discord's permissions, or by the role that the guild has
 * chosen.
 */
export const isHost = async ({ guild, isManager, roles }: Invoker, { settings }: CommandContext): Promise<boolean> => {
  if (isManager) return true;
  const { hostRole } = await settings.of(guild);
  return hostRole !== undefined && roles.includes(hostRole);
};

/** @throws UserError for everyone else */
export const requireHost = async (invoker: Invoker, context: CommandContext): Promise<void> => {
  if (!(await isHost(invoker, context))) throw hostsOnly();
};
