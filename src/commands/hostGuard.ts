import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId } from "../kernel/ids.ts";
import type { CommandContext, Invoker, MemberRights } from "./command.ts";
import { nearestSession } from "./guards.ts";

/** Of an invoker, what makes them a host. */
type HostRights = Pick<Invoker, "guild" | "voiceChannel"> & MemberRights;

const hostsOnly = () => new UserError("hosts-only", message("session.hostsOnly"));

/** Whether the invoker has the role that the guild has chosen for its hosts. */
export const hasHostRole = async (
  { guild, roles }: Pick<Invoker, "guild" | "roles">,
  { settings }: Pick<CommandContext, "settings">,
): Promise<boolean> => {
  const { hostRole } = await settings.of(guild);
  return hostRole !== undefined && roles.includes(hostRole);
};

/**
 * Whether the invoker is a host of the guild: by *Manage Server* or *Manage Events* from their
 * roles, or by the role that the guild has chosen. A channel's overwrites don't count.
 */
const isGuildHost = async (invoker: HostRights, context: Pick<CommandContext, "settings">): Promise<boolean> =>
  invoker.hasGuildPermission("ManageGuild") ||
  invoker.hasGuildPermission("ManageEvents") ||
  (await hasHostRole(invoker, context));

/**
 * Whether the invoker is a host of what happens in one channel: a host of the guild, or a member
 * with *Manage Events* there.
 */
export const isChannelHost = async (
  invoker: HostRights,
  context: Pick<CommandContext, "settings">,
  channel: ChannelId,
): Promise<boolean> => invoker.hasChannelPermission(channel, "ManageEvents") || (await isGuildHost(invoker, context));

/** Whether the invoker is a host of the session that they hear, by its voice channel. */
export const isSessionHost = (
  invoker: HostRights,
  context: Pick<CommandContext, "sessions" | "settings">,
): Promise<boolean> => {
  const channel = nearestSession(invoker, context)?.channel;
  return channel === undefined ? isGuildHost(invoker, context) : isChannelHost(invoker, context, channel);
};

/** @throws UserError for everyone who isn't a host of the guild */
export const requireGuildHost = async (
  invoker: HostRights,
  context: Pick<CommandContext, "settings">,
): Promise<void> => {
  if (!(await isGuildHost(invoker, context))) throw hostsOnly();
};

/** @throws UserError for everyone who isn't a host of what happens in the channel */
export const requireChannelHost = async (
  invoker: HostRights,
  context: Pick<CommandContext, "settings">,
  channel: ChannelId,
): Promise<void> => {
  if (!(await isChannelHost(invoker, context, channel))) throw hostsOnly();
};
