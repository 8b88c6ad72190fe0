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
} from "discord.js";
import type { AttachedFile, Choice, CommandOptions, Invoker, Modal, Reply } from "../commands/command.ts";
import { type ChannelId, id, type MessageId } from "../kernel/ids.ts";
import { memberRights } from "./memberRights.ts";

/** Where an interaction comes from, and what its invoker may do. */
export type InteractionOrigin = Omit<Invoker, "voiceChannel" | "say">;

/** What a member asks for, by kind of interaction. */
export type InteractionRequest =
  | {
      readonly kind: "command";
      readonly name: string;
      readonly subcommand: string | undefined;
      readonly options: CommandOptions;
    }
  | {
      readonly kind: "autocomplete";
      readonly name: string;
      readonly subcommand: string | undefined;
      readonly option: string;
      readonly typed: string;
      /** What has been given for another option so far. */
      given?(option: string): string | undefined;
    }
  | { readonly kind: "component"; readonly customId: string; readonly values: readonly string[] }
  | {
      readonly kind: "messageCommand";
      readonly name: string;
      readonly message: {
        readonly id: MessageId;
        readonly files: readonly AttachedFile[];
        readonly customIds: readonly string[];
      };
    }
  | {
      readonly kind: "modalSubmit";
      readonly customId: string;
      values(field: string): readonly string[];
      files(field: string): readonly AttachedFile[];
    };

/** An interaction as the router sees it. Each answer may reject with Discord's error. */
export interface IncomingInteraction {
  readonly id: string;
  /** The invoker's locale, by Discord's name. */
  readonly locale: string;
  /** Undefined outside a guild, and in a guild of which the bot is not a member. */
  readonly origin: InteractionOrigin | undefined;
  readonly request: InteractionRequest;
  reply(reply: Reply): Promise<void>;
  /** Defers the answer, which allows 15 minutes for it. */
  defer(): Promise<void>;
  /** After `acknowledge`; can be repeated, each time replacing the previous text. */
  editReply(reply: Reply): Promise<void>;
  /** Answers an autocomplete. */
  respond(choices: readonly Choice[]): Promise<void>;
}

type Responder = Omit<IncomingInteraction, "id" | "locale" | "origin">;
type MessageReply = Exclude<Reply, { readonly modal: Modal }>;

/** A name in an answer pings nobody. */
const allowedMentions = { parse: [] };

const content = (reply: MessageReply) => ({
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
const layoutFlags = (reply: MessageReply) => ("text" in reply ? [] : ([MessageFlags.IsComponentsV2] as const));
const visibilityFlag = (reply: MessageReply) =>
  reply.public ? MessageFlags.SuppressNotifications : MessageFlags.Ephemeral;

const replyOptions = (reply: MessageReply): InteractionReplyOptions => ({
  ...content(reply),
  flags: [visibilityFlag(reply), ...layoutFlags(reply)],
});

/** Components replace the progress text: Discord shows one or the other. */
const editOptions = (reply: MessageReply): InteractionEditReplyOptions => ({
  ...content(reply),
  ...("components" in reply && { content: null }),
  flags: [...layoutFlags(reply)],
});

const updatesInPlace = (reply: Reply): boolean => "components" in reply && reply.inPlace === true;

const notSupported = () => Promise.reject(new Error("This interaction has no such answer"));

const modalData = ({ customId, title, components }: Modal) => ({ custom_id: customId, title, components });

/** A modal can only be the first answer. */
const messageReply = (reply: Reply): MessageReply => {
  if ("modal" in reply) throw new Error("A form came too late");
  return reply;
};

const attachedFile = ({ name, title, url, size, contentType }: Attachment): AttachedFile => ({
  title: title ?? undefined,
  name,
  url,
  size,
  contentType: contentType ?? undefined,
});

const optionsOf = ({ options }: ChatInputCommandInteraction): CommandOptions => ({
  text: (name) => options.getString(name, true),
  optionalText: (name) => options.getString(name) ?? undefined,
  integer: (name) => options.getInteger(name, true),
  optionalInteger: (name) => options.getInteger(name) ?? undefined,
  flag: (name) => options.getBoolean(name) ?? undefined,
  file(name) {
    const file = options.getAttachment(name);
    return file === null ? undefined : attachedFile(file);
  },
  channel: (name) => id<ChannelId>(options.getChannel(name, true).id),
  optionalChannel(name) {
    const channel = options.getChannel(name);
    return channel === null ? undefined : id<ChannelId>(channel.id);
  },
});

/**
 * Commands answer with a message of their own, which only the invoker sees unless the reply is
 * public.
 */
const messageResponder = (
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction | ModalSubmitInteraction,
): Omit<Responder, "request"> => ({
  async reply(reply) {
    if (!("modal" in reply)) await interaction.reply(replyOptions(reply));
    else if (interaction.isModalSubmit()) throw new Error("A form cannot follow a form");
    else await interaction.showModal(modalData(reply.modal));
  },
  async defer() {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  },
  async editReply(reply) {
    const shown = messageReply(reply);
    if (!shown.public) return void (await interaction.editReply(editOptions(shown)));
    // A deferred private answer stays private: the public part is a message of its own.
    await interaction.deleteReply().catch(() => {});
    await interaction.followUp(replyOptions(shown));
  },
  respond: notSupported,
});

const fromCommand = (interaction: ChatInputCommandInteraction): Responder => ({
  request: {
    kind: "command",
    name: interaction.commandName,
    subcommand: interaction.options.getSubcommand(false) ?? undefined,
    options: optionsOf(interaction),
  },
  ...messageResponder(interaction),
});

/** Every custom id in a message, however deeply it is nested. */
const customIdsOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(customIdsOf);
  if (typeof value !== "object" || value === null) return [];
  const { custom_id, components, accessory } = value as Record<string, unknown>;
  return [...(typeof custom_id === "string" ? [custom_id] : []), ...customIdsOf(components), ...customIdsOf(accessory)];
};

const fromMessageCommand = (interaction: MessageContextMenuCommandInteraction): Responder => {
  const { targetMessage: message, client } = interaction;
  const isOurs = message.author?.id === client.user.id;
  return {
    request: {
      kind: "messageCommand",
      name: interaction.commandName,
      message: {
        id: id<MessageId>(message.id),
        files: [...message.attachments.values()].map(attachedFile),
        customIds: isOurs ? customIdsOf(message.components.map((component) => component.toJSON())) : [],
      },
    },
    ...messageResponder(interaction),
  };
};

const fromModalSubmit = (interaction: ModalSubmitInteraction): Responder => {
  const field = (name: string) => interaction.fields.fields.get(name) as Record<string, unknown> | undefined;
  return {
    request: {
      kind: "modalSubmit",
      customId: interaction.customId,
      values(name) {
        const { value, values } = field(name) ?? {};
        if (Array.isArray(values)) return values.map(String);
        return value === undefined || value === null || value === "" ? [] : [String(value)];
      },
      files(name) {
        const { attachments } = field(name) ?? {};
        return attachments instanceof Map
          ? [...attachments.values()].map((file) => attachedFile(file as Attachment))
          : [];
      },
    },
    ...messageResponder(interaction),
  };
};

const fromAutocomplete = (interaction: AutocompleteInteraction): Responder => {
  const { name, value } = interaction.options.getFocused(true);
  return {
    request: {
      kind: "autocomplete",
      name: interaction.commandName,
      subcommand: interaction.options.getSubcommand(false) ?? undefined,
      option: name,
      typed: String(value),
      given: (option) => interaction.options.getString(option) ?? undefined,
    },
    reply: notSupported,
    defer: notSupported,
    editReply: notSupported,
    async respond(choices) {
      await interaction.respond([...choices]);
    },
  };
};

const fromComponent = (interaction: MessageComponentInteraction): Responder => ({
  request: {
    kind: "component",
    customId: interaction.customId,
    values: interaction.isAnySelectMenu() ? interaction.values : [],
  },
  async reply(reply) {
    if ("modal" in reply) await interaction.showModal(modalData(reply.modal));
    else if (!updatesInPlace(reply)) await interaction.reply(replyOptions(reply));
    else if ("components" in reply) await interaction.update({ ...content(reply), flags: MessageFlags.IsComponentsV2 });
  },
  async defer() {
    await interaction.deferUpdate();
  },
  async editReply(reply) {
    const shown = messageReply(reply);
    if (updatesInPlace(reply)) await interaction.editReply(editOptions(shown));
    else await interaction.followUp(replyOptions(shown));
  },
  respond: notSupported,
});

const responderFor = (interaction: Interaction): Responder | undefined => {
  if (interaction.isChatInputCommand()) return fromCommand(interaction);
  if (interaction.isMessageContextMenuCommand()) return fromMessageCommand(interaction);
  if (interaction.isAutocomplete()) return fromAutocomplete(interaction);
  if (interaction.isMessageComponent()) return fromComponent(interaction);
  if (interaction.isModalSubmit()) return fromModalSubmit(interaction);
  return undefined;
};

const originOf = (interaction: Interaction): InteractionOrigin | undefined => {
  if (!interaction.inCachedGuild() || interaction.channelId === null) return undefined;
  const { member } = interaction;
  return {
    guild: id(interaction.guildId),
    user: id(interaction.user.id),
    channel: id(interaction.channelId),
    // Not `interaction.memberPermissions`: those are the channel's, overwrites included.
    ...memberRights(member),
    botPermissions: interaction.appPermissions.bitfield,
    fileLimit: interaction.attachmentSizeLimit,
  };
};

/** @returns undefined for kinds of interaction that Lull does not use */
export const adaptInteraction = (interaction: Interaction): IncomingInteraction | undefined => {
  const answers = responderFor(interaction);
  return answers && { id: interaction.id, locale: interaction.locale, origin: originOf(interaction), ...answers };
};
