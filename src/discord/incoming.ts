import {
  type Attachment,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type InteractionEditReplyOptions,
  type InteractionReplyOptions,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
} from "discord.js";
import type { Asker, Choice, GivenFile, Modal, Options, Reply } from "../commands/command.ts";
import { type ChannelId, id, type MessageId, type RoleId } from "../kernel/ids.ts";

/** Where an interaction comes from, and what its author may. */
export type Origin = Omit<Asker, "voice" | "say">;

export type Request =
  | {
      readonly kind: "command";
      readonly name: string;
      readonly subcommand: string | undefined;
      readonly options: Options;
    }
  | {
      readonly kind: "complete";
      readonly name: string;
      readonly subcommand: string | undefined;
      readonly option: string;
      readonly typed: string;
    }
  | { readonly kind: "control"; readonly customId: string; readonly values: readonly string[] }
  | {
      readonly kind: "message";
      readonly name: string;
      readonly message: {
        readonly id: MessageId;
        readonly files: readonly GivenFile[];
        readonly customIds: readonly string[];
      };
    }
  | {
      readonly kind: "form";
      readonly customId: string;
      values(field: string): readonly string[];
      files(field: string): readonly GivenFile[];
    };

/** An interaction as the router sees it. Each of its answers may reject with Discord's reason. */
export interface Incoming {
  readonly id: string;
  /** Discord's name of its author's language. */
  readonly locale: string;
  /** Undefined outside a guild, and in one of which the bot is no member. */
  readonly origin: Origin | undefined;
  readonly request: Request;
  answer(reply: Reply): Promise<void>;
  /** Answers with nothing to see, and gives 15 minutes for what comes later. */
  acknowledge(): Promise<void>;
  /** After `acknowledge`; may be said again, each in place of the one before. */
  answerLater(reply: Reply): Promise<void>;
  /** Answers an autocomplete. */
  offer(choices: readonly Choice[]): Promise<void>;
}

type Answers = Omit<Incoming, "id" | "locale" | "origin">;
type Shown = Exclude<Reply, { readonly modal: Modal }>;

/** Nobody is pinged by a name in an answer. */
const allowedMentions = { parse: [] };

const content = (reply: Shown) => ({
  ...("text" in reply ? { content: reply.text } : { components: reply.components }),
  ...(reply.files && {
    files: reply.files.map(({ name, data, description }) => ({
      attachment: Buffer.from(data),
      name,
      ...(description !== undefined && { description }),
    })),
  }),
  allowedMentions,
});
const layout = (reply: Shown) => ("text" in reply ? [] : ([MessageFlags.IsComponentsV2] as const));
const audience = (reply: Shown) => (reply.public ? MessageFlags.SuppressNotifications : MessageFlags.Ephemeral);

const asReply = (reply: Shown): InteractionReplyOptions => ({
  ...content(reply),
  flags: [audience(reply), ...layout(reply)],
});

/** Components take the place of words that said how far it was: Discord shows either. */
const asEdit = (reply: Shown): InteractionEditReplyOptions => ({
  ...content(reply),
  ...("components" in reply && { content: null }),
  flags: [...layout(reply)],
});

const inPlace = (reply: Reply): boolean => "components" in reply && reply.inPlace === true;

const never = () => Promise.reject(new Error("This interaction has no such answer"));

const asModal = ({ customId, title, components }: Modal) => ({ custom_id: customId, title, components });

/** A form can only be the first answer. */
const shownOf = (reply: Reply): Shown => {
  if ("modal" in reply) throw new Error("A form came too late");
  return reply;
};

const given = ({ name, url, size, contentType }: Attachment): GivenFile => ({
  name,
  url,
  size,
  contentType: contentType ?? undefined,
});

const optionsOf = ({ options }: ChatInputCommandInteraction): Options => ({
  text: (name) => options.getString(name, true),
  textIfGiven: (name) => options.getString(name) ?? undefined,
  integer: (name) => options.getInteger(name, true),
  flag: (name) => options.getBoolean(name) ?? undefined,
  file(name) {
    const file = options.getAttachment(name);
    return file === null ? undefined : given(file);
  },
  channel: (name) => id<ChannelId>(options.getChannel(name, true).id),
  channelIfGiven(name) {
    const channel = options.getChannel(name);
    return channel === null ? undefined : id<ChannelId>(channel.id);
  },
});

/** Commands answer with a message of their own, which the asker alone sees unless the reply is for the room. */
const ownMessage = (
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction | ModalSubmitInteraction,
): Omit<Answers, "request"> => ({
  async answer(reply) {
    if (!("modal" in reply)) await interaction.reply(asReply(reply));
    else if (interaction.isModalSubmit()) throw new Error("A form cannot follow a form");
    else await interaction.showModal(asModal(reply.modal));
  },
  async acknowledge() {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  },
  async answerLater(reply) {
    const shown = shownOf(reply);
    if (!shown.public) return void (await interaction.editReply(asEdit(shown)));
    // What was announced as private stays so: the room's part is a message of its own.
    await interaction.deleteReply().catch(() => {});
    await interaction.followUp(asReply(shown));
  },
  offer: never,
});

const fromCommand = (interaction: ChatInputCommandInteraction): Answers => ({
  request: {
    kind: "command",
    name: interaction.commandName,
    subcommand: interaction.options.getSubcommand(false) ?? undefined,
    options: optionsOf(interaction),
  },
  ...ownMessage(interaction),
});

/** Every custom id of a message's buttons and selects, wherever they are nested. */
const customIdsOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(customIdsOf);
  if (typeof value !== "object" || value === null) return [];
  const { custom_id, components, accessory } = value as Record<string, unknown>;
  return [...(typeof custom_id === "string" ? [custom_id] : []), ...customIdsOf(components), ...customIdsOf(accessory)];
};

const fromMessage = (interaction: MessageContextMenuCommandInteraction): Answers => {
  const { targetMessage: message, client } = interaction;
  const isOurs = message.author?.id === client.user.id;
  return {
    request: {
      kind: "message",
      name: interaction.commandName,
      message: {
        id: id<MessageId>(message.id),
        files: [...message.attachments.values()].map(given),
        customIds: isOurs ? customIdsOf(message.components.map((component) => component.toJSON())) : [],
      },
    },
    ...ownMessage(interaction),
  };
};

const fromForm = (interaction: ModalSubmitInteraction): Answers => {
  const field = (name: string) => interaction.fields.fields.get(name) as Record<string, unknown> | undefined;
  return {
    request: {
      kind: "form",
      customId: interaction.customId,
      values(name) {
        const { value, values } = field(name) ?? {};
        if (Array.isArray(values)) return values.map(String);
        return value === undefined || value === null || value === "" ? [] : [String(value)];
      },
      files(name) {
        const { attachments } = field(name) ?? {};
        return attachments instanceof Map ? [...attachments.values()].map((file) => given(file as Attachment)) : [];
      },
    },
    ...ownMessage(interaction),
  };
};

const fromComplete = (interaction: AutocompleteInteraction): Answers => {
  const { name, value } = interaction.options.getFocused(true);
  return {
    request: {
      kind: "complete",
      name: interaction.commandName,
      subcommand: interaction.options.getSubcommand(false) ?? undefined,
      option: name,
      typed: String(value),
    },
    answer: never,
    acknowledge: never,
    answerLater: never,
    async offer(choices) {
      await interaction.respond([...choices]);
    },
  };
};

const fromControl = (interaction: MessageComponentInteraction): Answers => ({
  request: {
    kind: "control",
    customId: interaction.customId,
    values: interaction.isAnySelectMenu() ? interaction.values : [],
  },
  async answer(reply) {
    if ("modal" in reply) await interaction.showModal(asModal(reply.modal));
    else if (!inPlace(reply)) await interaction.reply(asReply(reply));
    else if ("components" in reply) await interaction.update({ ...content(reply), flags: MessageFlags.IsComponentsV2 });
  },
  async acknowledge() {
    await interaction.deferUpdate();
  },
  async answerLater(reply) {
    const shown = shownOf(reply);
    if (inPlace(reply)) await interaction.editReply(asEdit(shown));
    else await interaction.followUp(asReply(shown));
  },
  offer: never,
});

const answersOf = (interaction: Interaction): Answers | undefined => {
  if (interaction.isChatInputCommand()) return fromCommand(interaction);
  if (interaction.isMessageContextMenuCommand()) return fromMessage(interaction);
  if (interaction.isAutocomplete()) return fromComplete(interaction);
  if (interaction.isMessageComponent()) return fromControl(interaction);
  if (interaction.isModalSubmit()) return fromForm(interaction);
  return undefined;
};

const originOf = (interaction: Interaction): Origin | undefined => {
  if (!interaction.inCachedGuild() || interaction.channelId === null) return undefined;
  const { member, memberPermissions } = interaction;
  return {
    guild: id(interaction.guildId),
    user: id(interaction.user.id),
    channel: id(interaction.channelId),
    manages: memberPermissions.any([PermissionFlagsBits.ManageGuild, PermissionFlagsBits.ManageEvents]),
    roles: [...member.roles.cache.keys()].map((role) => id<RoleId>(role)),
    may: (permission) => memberPermissions.has(PermissionFlagsBits[permission]),
    fileLimit: interaction.attachmentSizeLimit,
  };
};

/** @returns undefined for kinds of interaction that Lull does not use */
export const incoming = (interaction: Interaction): Incoming | undefined => {
  const answers = answersOf(interaction);
  return answers && { id: interaction.id, locale: interaction.locale, origin: originOf(interaction), ...answers };
};
