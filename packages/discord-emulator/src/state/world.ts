import { z } from "zod";
import type { Json } from "../shared/json.ts";
import type { GuildChannel, GuildState } from "./guild.ts";

const snowflake = z.string().regex(/^\d{1,20}$/);
/** Permissions, as Discord's API writes them. */
const bits = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);

const channel = z.strictObject({
  id: snowflake,
  name: z.string().min(1),
  type: z.literal([0, 2, 13]),
  userLimit: z.int().min(0),
  deniedToBot: bits,
  allowedToMembers: z.record(snowflake, bits),
});
const role = z.strictObject({ id: snowflake, name: z.string(), permissions: bits, isPersonal: z.boolean() });
const member = z.strictObject({
  id: snowflake,
  name: z.string().min(1),
  permissions: bits,
  roles: z.array(snowflake),
  locale: z.string(),
});

/** What is kept of a guild: what others refer to by an id, and what the bot may do there. */
const World = z.strictObject({
  version: z.literal(1),
  channels: z.array(channel),
  roles: z.array(role),
  members: z.array(member),
  events: z.array(z.looseObject({ id: snowflake })),
  afkChannelId: snowflake.nullable(),
  /** What the bot's invite asked for, and what its role has. */
  invited: bits,
  rolePermissions: bits,
});
type World = z.infer<typeof World>;

const channelOf = ({ id, name, type, userLimit, deniedToBot, allowedToMembers }: GuildChannel) => ({
  id,
  name,
  type,
  userLimit,
  deniedToBot,
  allowedToMembers: Object.fromEntries(allowedToMembers),
});

/** The guild as text. Messages, voice states and commands are not kept: the bot brings them again. */
export const writeWorld = (guild: GuildState): string => {
  const people = [...guild.members.values()].filter(({ bot }) => !bot);
  const worn = new Set(people.flatMap(({ roles }) => roles));
  const world: World = {
    version: 1,
    channels: [...guild.channels.values()].map(channelOf),
    // A personal role that a member had before is nobody's.
    roles: [...guild.roles.values()]
      .filter(({ id, isPersonal }) => isPersonal !== true || worn.has(id))
      .map(({ id, name, permissions, isPersonal = false }) => ({ id, name, permissions, isPersonal })),
    members: people.map(({ id, name, permissions, roles, locale }) => ({ id, name, permissions, roles, locale })),
    events: [...guild.events.values()] as World["events"],
    afkChannelId: guild.afkChannelId,
    invited: guild.bot.permissions,
    rolePermissions: guild.rolePermissions,
  };
  return JSON.stringify(world, (_key, value) => (typeof value === "bigint" ? value.toString() : value));
};

/** @returns what `writeWorld` has written; undefined where the text is anything else */
export const readWorld = (text: string): World | undefined => {
  try {
    return World.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** Puts what was kept into a guild in which there is nobody but the bot yet. */
export const restoreWorld = (guild: GuildState, world: World): void => {
  guild.channels.clear();
  for (const kept of world.channels)
    guild.channels.set(kept.id, {
      ...kept,
      guild: guild.id,
      lastMessageId: null,
      allowedToMembers: new Map(Object.entries(kept.allowedToMembers)),
    });
  for (const kept of world.roles) guild.roles.set(kept.id, kept);
  for (const kept of world.members) guild.members.set(kept.id, { ...kept, bot: false, online: true, timedOutUntil: 0 });
  for (const kept of world.events) guild.events.set(kept.id, kept satisfies Json);
  guild.afkChannelId = world.afkChannelId;
  // What the invite asks for now and did not before is granted with it.
  guild.rolePermissions = world.rolePermissions | (guild.bot.permissions & ~world.invited);
};
