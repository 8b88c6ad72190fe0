import type { Gateway } from "./gateway.ts";
import { type Interaction, type Interactions, textOf } from "./interactions.ts";
import type { Messages } from "./messages.ts";
import type { Answer, Member, Shown } from "./scenario.ts";
import { componentsOf } from "./schemas.ts";
import type { Seats } from "./seats.ts";
import { BOT_ID, GUILD_ID, type Json, type World, type WorldMember, type WorldMessage } from "./world.ts";

type Values = Readonly<Record<string, string | number | boolean>>;

const EPHEMERAL = 1 << 6;
const TYPES: Readonly<Record<number, string>> = {
  3: "string",
  4: "number",
  5: "boolean",
  6: "string",
  7: "string",
  8: "string",
  10: "number",
  11: "string",
};

export const shown = (world: World, message: WorldMessage): Shown => ({
  id: String(message.json.id),
  channel: world.channels.get(message.channelId)?.name ?? "",
  ephemeral: (Number(message.json.flags) & EPHEMERAL) !== 0,
  text: textOf(message.json),
  flags: Number(message.json.flags),
  raw: message.json,
});

/** The command and its leaf of options that a path such as "sleep in" names. */
const findCommand = (world: World, path: string) => {
  const [name, ...rest] = path.split(" ");
  const command = [...world.commands.values()].find((each) => each.name === name && each.type === 1);
  if (command === undefined) throw new Error(`The bot has registered no command /${name}.`);
  let options = (command.options ?? []) as Json[];
  for (const part of rest) {
    const sub = options.find((each) => each.name === part && (each.type === 1 || each.type === 2));
    if (sub === undefined) throw new Error(`/${name} has no subcommand "${part}".`);
    options = (sub.options ?? []) as Json[];
  }
  if (options.some((each) => each.type === 1 || each.type === 2)) throw new Error(`/${path} needs a subcommand.`);
  return { command, options, parts: rest };
};

const checkOption = (path: string, option: Json, value: string | number | boolean) => {
  const wrong = (why: string) => new Error(`/${path} ${String(option.name)}: ${why}`);
  const type = TYPES[Number(option.type)];
  if (typeof value !== type) throw wrong(`takes a ${type}, not ${JSON.stringify(value)}.`);
  if (option.type === 4 && !Number.isInteger(value)) throw wrong("takes a whole number.");
  if (
    typeof value === "number" &&
    (value < Number(option.min_value ?? -Infinity) || value > Number(option.max_value ?? Infinity))
  ) {
    throw wrong(`${value} is out of bounds.`);
  }
  if (
    typeof value === "string" &&
    (value.length < Number(option.min_length ?? 0) || value.length > Number(option.max_length ?? 6_000))
  ) {
    throw wrong("its length is out of bounds.");
  }
  const choices = (option.choices ?? []) as Json[];
  if (choices.length > 0 && !choices.some((each) => each.value === value))
    throw wrong(`${value} is not one of its choices.`);
};

export const createPeople = (parts: {
  readonly world: World;
  readonly gateway: Gateway;
  readonly interactions: Interactions;
  readonly messages: Messages;
  readonly seats: Seats;
}) => {
  const { world, gateway, interactions, messages, seats } = parts;

  const answerOf = (interaction: Interaction): Answer => {
    const latest = (): Shown => {
      const message = interaction.original === undefined ? undefined : world.messages.get(interaction.original);
      if (message !== undefined) return shown(world, message);
      const raw = interaction.modal ?? {};
      const channel = world.channels.get(interaction.channelId)?.name ?? "";
      return {
        id: interaction.original ?? "",
        channel,
        ephemeral: true,
        text: [raw.title, textOf(raw)].filter(Boolean).join("\n"),
        flags: 0,
        raw,
      };
    };
    return { ...structuredClone(latest()), kind: interaction.kind, took: interaction.took, latest };
  };

  const send = async (member: WorldMember, channelId: string, type: number, data: Json, on?: WorldMessage) => {
    const { interaction, payload } = interactions.create(member, channelId, type, data, on);
    gateway.dispatch("INTERACTION_CREATE", payload);
    await interaction.settled;
    return interaction;
  };

  const commandData = (path: string, values: Values, focused?: string): Json => {
    const {
      command,
      options,
      parts: [first, second],
    } = findCommand(world, path);
    for (const name of Object.keys(values)) {
      if (!options.some((each) => each.name === name)) throw new Error(`/${path} has no option "${name}".`);
    }
    const given = options.flatMap((option) => {
      const value = values[String(option.name)];
      if (value === undefined) {
        if (option.required === true && focused === undefined)
          throw new Error(`/${path} needs the option "${String(option.name)}".`);
        return [];
      }
      if (option.name !== focused) checkOption(path, option, value);
      return [{ name: option.name, type: option.type, value, ...(option.name === focused && { focused: true }) }];
    });
    const nested = [second, first].reduce<Json[]>(
      (inner, name, index) =>
        name === undefined ? inner : [{ name, type: index === 1 && second !== undefined ? 2 : 1, options: inner }],
      given,
    );
    return { id: command.id, name: command.name, type: 1, options: nested };
  };

  const channelFor = (member: WorldMember, where?: { channel?: string }): string => {
    const found = world.channelNamed(where?.channel ?? "general");
    if (found === undefined) throw new Error(`There is no channel "${where?.channel}" for ${member.name}.`);
    return found.id;
  };

  const visible = (user: string, each: WorldMessage) => each.onlyFor === undefined || each.onlyFor === user;

  const messageWith = (
    user: string,
    fits: (component: Json) => boolean,
    on?: Shown,
  ): { message: WorldMessage; component: Json } => {
    const candidates = on === undefined ? [...world.messages.values()].reverse() : [world.messages.get(on.id)];
    for (const message of candidates) {
      if (message === undefined || !visible(user, message)) continue;
      const component = componentsOf(message.json).find(fits);
      if (component !== undefined) return { message, component };
    }
    throw new Error("No message that this member sees has such a component.");
  };

  const memberApi = (member: WorldMember): Member => {
    const api: Member = {
      id: member.id,
      name: member.name,
      async join(name) {
        const channel = world.channelNamed(name);
        if (channel === undefined) throw new Error(`There is no channel "${name}".`);
        seats.sit(member.id, channel.id);
        return api;
      },
      async leave() {
        seats.sit(member.id, undefined);
        return api;
      },
      setSelfMute: (on) => seats.sit(member.id, world.voiceStates.get(member.id)?.channelId, { selfMute: on }),
      setSelfDeaf: (on) => seats.sit(member.id, world.voiceStates.get(member.id)?.channelId, { selfDeaf: on }),
      slash: async (path, options = {}, where) =>
        answerOf(await send(member, channelFor(member, where), 2, commandData(path, options))),
      async autocomplete(path, option, typed, others = {}, where) {
        const { options } = findCommand(world, path);
        if (options.find((each) => each.name === option)?.autocomplete !== true) {
          throw new Error(`/${path} ${option} has no autocomplete.`);
        }
        const data = commandData(path, { ...others, [option]: typed }, option);
        const { choices } = await send(member, channelFor(member, where), 4, data);
        return (choices ?? []) as { name: string; value: string | number }[];
      },
      async click(button, on) {
        const fits = (each: Json) => each.type === 2 && (each.custom_id === button || each.label === button);
        const { message, component } = messageWith(member.id, fits, on);
        if (component.disabled === true) throw new Error(`The button "${button}" is disabled.`);
        const data = { custom_id: component.custom_id, component_type: 2, id: component.id };
        return answerOf(await send(member, message.channelId, 3, data, message));
      },
      async select(customId, values, on) {
        const fits = (each: Json) => [3, 5, 6, 7, 8].includes(Number(each.type)) && each.custom_id === customId;
        const { message, component } = messageWith(member.id, fits, on);
        const options = (component.options ?? []) as Json[];
        const unknown = values.find((value) => options.length > 0 && !options.some((each) => each.value === value));
        if (unknown !== undefined) throw new Error(`The select "${customId}" has no value "${unknown}".`);
        const data = { custom_id: customId, component_type: component.type, id: component.id, values };
        return answerOf(await send(member, message.channelId, 3, data, message));
      },
      async submit(customId, fields) {
        const modal = interactions.modalOf(member.id);
        if (modal?.custom_id !== customId) throw new Error(`${member.name} is not looking at the modal "${customId}".`);
        interactions.rememberModal(member.id, undefined);
        const filled = (component: Json): Json => ({
          type: component.type,
          id: component.id ?? 1,
          ...(component.custom_id !== undefined && { custom_id: component.custom_id }),
          ...(component.component !== undefined && { component: filled(component.component as Json) }),
          ...(component.components !== undefined && { components: (component.components as Json[]).map(filled) }),
          ...(typeof component.custom_id === "string" && filledIn(component, fields[component.custom_id])),
        });
        const components = ((modal.components ?? []) as Json[]).map(filled);
        const on = world.messages.get(String(modal.on));
        return answerOf(await send(member, String(modal.channelId), 5, { custom_id: customId, components }, on));
      },
      sees: (name) => {
        const channel = channelFor(member, { channel: name });
        return [...world.messages.values()]
          .filter((each) => each.channelId === channel && visible(member.id, each))
          .map((each) => shown(world, each));
      },
      say: (text, where) =>
        shown(
          world,
          messages.post({ channelId: channelFor(member, where), author: member.id, body: { content: text } }),
        ),
      listener: () => seats.earsOf(member.id),
      async quit() {
        seats.sit(member.id, undefined);
        world.members.delete(member.id);
        gateway.dispatch("GUILD_MEMBER_REMOVE", {
          guild_id: GUILD_ID,
          user: { id: member.id, username: member.name, discriminator: "0" },
        });
        world.changed();
      },
    };
    return api;
  };

  return {
    member(name: string, options: { permissions?: bigint; roles?: readonly string[]; locale?: string } = {}): Member {
      const known = world.memberNamed(name);
      if (known?.id === BOT_ID) throw new Error("The bot speaks for itself.");
      const member = known ?? world.addMember(name);
      if (options.permissions !== undefined) member.permissions = options.permissions;
      if (options.roles !== undefined) member.roles = [...options.roles];
      if (options.locale !== undefined) member.locale = options.locale;
      if (known === undefined) world.changed();
      return memberApi(member);
    },
  };
};

const filledIn = (component: Json, given: string | readonly string[] | undefined): Json => {
  if (component.type === 4) return { value: String(given ?? component.value ?? "") };
  return { values: given === undefined ? [] : [given].flat() };
};
