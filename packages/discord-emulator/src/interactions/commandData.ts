import { PermissionFlagsBits } from "discord-api-types/v10";
import type { FileUpload, OptionValues } from "../api.ts";
import type { AttachmentStore } from "../messages/attachments.ts";
import type { Json } from "../shared/json.ts";
import type { GuildMember, GuildState } from "../state/guild.ts";
import { channelJson, memberJson, rolesJson, userJson } from "../state/objects.ts";

/** The JavaScript type of a value, by option type. */
const TYPES: Readonly<Record<number, string>> = {
  3: "string",
  4: "number",
  5: "boolean",
  6: "string",
  7: "string",
  8: "string",
  9: "string",
  10: "number",
};
const LONGEST_STRING = 6_000;
const ATTACHMENT = 11;

/** The command and its leaf of options that a path such as "sleep in" names. */
const findCommand = (guild: GuildState, path: string) => {
  const [name, ...rest] = path.split(" ");
  const command = [...guild.commands.values()].find((each) => each.name === name && each.type === 1);
  if (command === undefined) throw new Error(`The bot has registered no command /${name}.`);
  let options = (command.options ?? []) as Json[];
  for (const part of rest) {
    const sub = options.find((each) => each.name === part && (each.type === 1 || each.type === 2));
    if (sub === undefined) throw new Error(`/${name} has no subcommand "${part}".`);
    options = (sub.options ?? []) as Json[];
  }
  if (options.some((each) => each.type === 1 || each.type === 2)) throw new Error(`/${path} needs a subcommand.`);
  return { command, options, subcommands: rest };
};

/** What Discord's own client would not let anybody send. */
const optionFault = (option: Json, value: OptionValues[string]): string | undefined => {
  if (option.type === ATTACHMENT) return typeof value === "object" ? undefined : "takes a file.";
  if (typeof value === "object") return "takes no file.";
  const type = TYPES[Number(option.type)];
  if (type === undefined) return "cannot be given in the emulator.";
  if (typeof value !== type) return `takes a ${type}, not ${JSON.stringify(value)}.`;
  if (option.type === 4 && !Number.isInteger(value)) return "takes a whole number.";
  const [size, least, most] =
    typeof value === "string"
      ? [value.length, option.min_length ?? 0, option.max_length ?? LONGEST_STRING]
      : [Number(value), option.min_value ?? -Infinity, option.max_value ?? Infinity];
  if (typeof value !== "boolean" && (size < Number(least) || size > Number(most))) {
    return typeof value === "string" ? "its length is out of bounds." : `${value} is out of bounds.`;
  }
  const choices = (option.choices ?? []) as Json[];
  if (choices.length > 0 && !choices.some((each) => each.value === value)) return `${value} is not one of its choices.`;
  return undefined;
};

/**
 * The people, roles and channels that ids name, as interactions carry them.
 * @throws Error for ids that name nothing
 */
export const resolved = (guild: GuildState, ids: readonly string[]): Json => {
  const users: Json = {};
  const members: Json = {};
  const roles: Json = {};
  const channels: Json = {};
  for (const id of ids) {
    const member = guild.members.get(id);
    const channel = guild.channels.get(id);
    const role = rolesJson(guild).find((each) => each.id === id);
    if (member !== undefined) {
      const { user, deaf: _, mute: __, ...rest } = memberJson(member);
      users[id] = user ?? userJson(member);
      members[id] = { ...rest, permissions: guild.permissionsOf(member).toString() };
    } else if (channel !== undefined) channels[id] = { ...channelJson(channel), permissions: "0" };
    else if (role !== undefined) roles[id] = role;
    else throw new Error(`There is nobody and nothing of the id ${id}.`);
  }
  const kinds = Object.entries({ users, members, roles, channels });
  return Object.fromEntries(kinds.filter(([, each]) => Object.keys(each).length > 0));
};

const nested = (subcommands: readonly string[], options: Json[]): Json[] => {
  const [first, second] = subcommands;
  if (first === undefined) return options;
  if (second === undefined) return [{ name: first, type: 1, options }];
  return [{ name: first, type: 2, options: [{ name: second, type: 1, options }] }];
};

/** Throws where Discord would not list the command for the member. */
const requireVisible = (guild: GuildState, command: Json, member: GuildMember) => {
  const wanted = command.default_member_permissions;
  const has = guild.permissionsOf(member);
  const hasAll = (has & PermissionFlagsBits.Administrator) !== 0n;
  if (typeof wanted === "string" && !hasAll && (has & BigInt(wanted)) !== BigInt(wanted)) {
    throw new Error(`${member.name} does not see /${String(command.name)}: it needs other permissions.`);
  }
};

/**
 * The data of a command's interaction.
 * @param focused the option that is being typed, of an autocomplete
 * @throws Error with what Discord's own client would not let them send
 */
export const commandData = (
  { guild, attachments: store }: { readonly guild: GuildState; readonly attachments: AttachmentStore },
  member: GuildMember,
  path: string,
  values: OptionValues,
  focused?: string,
): Json => {
  const { command, options, subcommands } = findCommand(guild, path);
  requireVisible(guild, command, member);
  const unknown = Object.keys(values).find((name) => !options.some((each) => each.name === name));
  if (unknown !== undefined) throw new Error(`/${path} has no option "${unknown}".`);
  if (focused !== undefined && options.find((each) => each.name === focused)?.autocomplete !== true) {
    throw new Error(`/${path} ${focused} has no autocomplete.`);
  }
  const attachments: Json = {};
  const attach = (file: FileUpload) => {
    const attachment = store.add(file);
    attachments[String(attachment.id)] = attachment;
    return attachment.id;
  };
  const given = options.flatMap((option): Json[] => {
    const name = String(option.name);
    const value = values[name];
    if (value === undefined) {
      if (option.required === true && focused === undefined) throw new Error(`/${path} needs the option "${name}".`);
      return [];
    }
    const wrong = name === focused ? undefined : optionFault(option, value);
    if (wrong !== undefined) throw new Error(`/${path} ${name}: ${wrong}`);
    const sent = typeof value === "object" ? attach(value) : value;
    return [{ name, type: option.type, value: sent, ...(name === focused && { focused: true }) }];
  });
  const ids = given.filter((each) => [6, 7, 8, 9].includes(Number(each.type))).map((each) => String(each.value));
  const found = {
    ...(ids.length > 0 && resolved(guild, ids)),
    ...(Object.keys(attachments).length > 0 && { attachments }),
  };
  return {
    id: command.id,
    name: command.name,
    type: 1,
    options: nested(subcommands, given),
    ...(Object.keys(found).length > 0 && { resolved: found }),
    ...(command.guild_id !== undefined && { guild_id: command.guild_id }),
  };
};

const ON_MESSAGE = 3;

/**
 * The data of a command of a message's menu.
 * @throws Error where Discord's own client would not list it
 */
export const messageCommandData = (guild: GuildState, member: GuildMember, name: string, message: Json): Json => {
  const command = [...guild.commands.values()].find((each) => each.name === name && each.type === ON_MESSAGE);
  if (command === undefined) throw new Error(`The bot has registered no command "${name}" for messages.`);
  requireVisible(guild, command, member);
  return {
    id: command.id,
    name: command.name,
    type: ON_MESSAGE,
    target_id: message.id,
    resolved: { messages: { [String(message.id)]: message } },
    ...(command.guild_id !== undefined && { guild_id: command.guild_id }),
  };
};
