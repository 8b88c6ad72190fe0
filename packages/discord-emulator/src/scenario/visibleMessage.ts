import type { InteractionResponse, VisibleAttachment, VisibleMessage } from "../api.ts";
import type { Interaction } from "../interactions/interactions.ts";
import { componentsOf } from "../messages/messageRules.ts";
import type { Json } from "../shared/json.ts";
import type { GuildState, StoredMessage } from "../state/guild.ts";

const EPHEMERAL = 1 << 6;

const wordsOf = (component: Json): unknown[] => [component.content, component.label, component.placeholder];

/** All that can be read on a message or a modal, a line each. */
const textOf = (message: Json): string => {
  const embeds = ((message.embeds ?? []) as Json[]).flatMap((embed) => [
    embed.title,
    embed.description,
    ...((embed.fields ?? []) as Json[]).flatMap((field) => [field.name, field.value]),
    (embed.footer as Json | undefined)?.text,
  ]);
  return [message.title, message.content, ...embeds, ...componentsOf(message).flatMap(wordsOf)]
    .filter((each) => typeof each === "string" && each !== "")
    .join("\n");
};

const attachmentsOf = ({ json, files }: StoredMessage): VisibleAttachment[] =>
  ((json.attachments ?? []) as Json[]).flatMap(({ id, filename, description, url }) => {
    const file = files.get(String(id));
    if (file === undefined) return [];
    const { bytes, type } = file;
    const said = typeof description === "string" ? description : undefined;
    return [{ name: String(filename), description: said, type, bytes, url: String(url) }];
  });

/** A message as somebody sees it. */
export const toVisibleMessage = (guild: GuildState, message: StoredMessage): VisibleMessage => ({
  id: String(message.json.id),
  channel: guild.channels.get(message.channelId)?.name ?? "",
  ephemeral: (Number(message.json.flags) & EPHEMERAL) !== 0,
  text: textOf(message.json),
  flags: Number(message.json.flags),
  attachments: attachmentsOf(message),
  raw: message.json,
});

/** The answer to an interaction, as it was at this moment; `latest` reads it again. */
export const toInteractionResponse = (guild: GuildState, interaction: Interaction): InteractionResponse => {
  const latest = (): VisibleMessage => {
    const message = guild.messages.get(interaction.responseId ?? "");
    if (message !== undefined) return toVisibleMessage(guild, message);
    const raw = interaction.modal ?? {};
    return {
      id: interaction.responseId ?? "",
      channel: guild.channels.get(interaction.channelId)?.name ?? "",
      ephemeral: true,
      text: textOf(raw),
      flags: 0,
      attachments: [],
      raw,
    };
  };
  const { attachments, ...rest } = latest();
  return {
    ...structuredClone(rest),
    attachments,
    kind: interaction.kind,
    responseTime: interaction.responseTime,
    latest,
  };
};
