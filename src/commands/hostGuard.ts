import { UserError } from "../kernel/errors.ts";
import { text } from "../kernel/text.ts";
import type { CommandContext, Invoker } from "./command.ts";

const hostsOnly = () =>
  new UserError(
    "hosts-only",
    text`This is for those who may manage events or the server, and for those with the host role. Ask one of them.`,
  );

/** Whether somebody hosts the guild's rooms: by Discord's permissions, or by the role that the guild has chosen. */
export const isHost = async ({ guild, isManager, roles }: Invoker, { settings }: CommandContext): Promise<boolean> => {
  if (isManager) return true;
  const { hostRole } = await settings.of(guild);
  return hostRole !== undefined && roles.includes(hostRole);
};

/** @throws UserError for everybody else */
export const requireHost = async (invoker: Invoker, context: CommandContext): Promise<void> => {
  if (!(await isHost(invoker, context))) throw hostsOnly();
};
