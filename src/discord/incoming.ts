import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type InteractionEditReplyOptions,
  type InteractionReplyOptions,
  type MessageComponentInteraction,
  MessageFlags,
} from "discord.js";
import type { Choice, Options, Reply } from "../commands/command.ts";
import type { ChannelId, GuildId, UserId } from "../kernel/ids.ts";
import { id } from "../kernel/ids.ts";

/** Where an interaction comes from. */
export interface Origin {
  readonly guild: GuildId;
  readonly user: UserId;
  readonly channel: ChannelId;
}

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
  | { readonly kind: "control"; readonly customId: string; readonly values: readonly string[] };

/** An interaction as the router sees it. Each of its answers may reject with Discord's reason. */
export interface Incoming {
  readonly id: string;
  /** Undefined outside a guild, and in one of which the bot is no member. */
  readonly origin: Origin | undefined;
  readonly request: Request;
  answer(reply: Reply): Promise<void>;
  /** Answers with nothing to see, and gives 15 minutes for what comes later. */
  acknowledge(): Promise<void>;
  /** After `acknowledge`. */
  answerLater(reply: Reply): Promise<void>;
  /** Answers an autocomplete. */
  offer(choices: readonly Choice[]): Promise<void>;
}

/** Nobody is pinged by a name in an answer. */
const allowedMentions = { parse: [] };

const content = (reply: Reply) => ("text" in reply ? { content: reply.text } : { components: reply.components });
const layout = (reply: Reply) => ("text" in reply ? [] : ([MessageFlags.IsComponentsV2] as const));

const asReply = (reply: Reply): InteractionReplyOptions => ({
  ...content(reply),
  flags: [MessageFlags.Ephemeral, ...layout(reply)],
  allowedMentions,
});

const asEdit = (reply: Reply): InteractionEditReplyOptions => ({
  ...content(reply),
  flags: [...layout(reply)],
  allowedMentions,
});

const inPlace = (reply: Reply): boolean => "components" in reply && reply.inPlace === true;

const never = () => Promise.reject(new Error("This interaction has no such answer"));

const optionsOf = ({ options }: ChatInputCommandInteraction): Options => ({
  text: (name) => options.getString(name, true),
  textIfGiven: (name) => options.getString(name) ?? undefined,
  integer: (name) => options.getInteger(name, true),
});

const fromCommand = (interaction: ChatInputCommandInteraction): Omit<Incoming, "id" | "origin"> => ({
  request: {
    kind: "command",
    name: interaction.commandName,
    subcommand: interaction.options.getSubcommand(false) ?? undefined,
    options: optionsOf(interaction),
  },
  async answer(reply) {
    await interaction.reply(asReply(reply));
  },
  async acknowledge() {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  },
  async answerLater(reply) {
    await interaction.editReply(asEdit(reply));
  },
  offer: never,
});

const fromComplete = (interaction: AutocompleteInteraction): Omit<Incoming, "id" | "origin"> => {
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

const fromControl = (interaction: MessageComponentInteraction): Omit<Incoming, "id" | "origin"> => ({
  request: {
    kind: "control",
    customId: interaction.customId,
    values: interaction.isStringSelectMenu() ? interaction.values : [],
  },
  async answer(reply) {
    if (!inPlace(reply)) await interaction.reply(asReply(reply));
    else if ("components" in reply)
      await interaction.update({ components: reply.components, flags: MessageFlags.IsComponentsV2, allowedMentions });
  },
  async acknowledge() {
    await interaction.deferUpdate();
  },
  async answerLater(reply) {
    if (inPlace(reply)) await interaction.editReply(asEdit(reply));
    else await interaction.followUp(asReply(reply));
  },
  offer: never,
});

const answersOf = (interaction: Interaction): Omit<Incoming, "id" | "origin"> | undefined => {
  if (interaction.isChatInputCommand()) return fromCommand(interaction);
  if (interaction.isAutocomplete()) return fromComplete(interaction);
  if (interaction.isMessageComponent()) return fromControl(interaction);
  return undefined;
};

const originOf = (interaction: Interaction): Origin | undefined =>
  interaction.inCachedGuild() && interaction.channelId !== null
    ? { guild: id(interaction.guildId), user: id(interaction.user.id), channel: id(interaction.channelId) }
    : undefined;

/** @returns undefined for kinds of interaction that Lull does not use */
export const incoming = (interaction: Interaction): Incoming | undefined => {
  const answers = answersOf(interaction);
  return answers && { id: interaction.id, origin: originOf(interaction), ...answers };
};
