import type { Answer, Shown, ShownFile } from "../api.ts";
import type { Interaction } from "../interactions/interactions.ts";
import { componentsOf } from "../messages/messageRules.ts";
import type { Json } from "../shared/json.ts";
import type { World, WorldMessage } from "../state/guildState.ts";

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

const filesOf = ({ json, files }: WorldMessage): ShownFile[] =>
  ((json.attachments ?? []) as Json[]).flatMap(({ id, filename, description, url }) => {
    const file = files.get(String(id));
    if (file === undefined) return [];
    const { bytes, type } = file;
    const said = typeof description === "string" ? description : undefined;
    return [{ name: String(filename), description: said, type, bytes, url: String(url) }];
  });

/** A message as somebody sees it. */
export const shown = (world: World, message: WorldMessage): Shown => ({
  id: String(message.json.id),
  channel: world.channels.get(message.channelId)?.name ?? "",
  ephemeral: (Number(message.json.flags) & EPHEMERAL) !== 0,
  text: textOf(message.json),
  flags: Number(message.json.flags),
  files: filesOf(message),
  raw: message.json,
});

/** The answer to an interaction, as it was at this moment; `latest` reads it again. */
export const answerOf = (world: World, interaction: Interaction): Answer => {
  const latest = (): Shown => {
    const message = world.messages.get(interaction.original ?? "");
    if (message !== undefined) return shown(world, message);
    const raw = interaction.modal ?? {};
    return {
      id: interaction.original ?? "",
      channel: world.channels.get(interaction.channelId)?.name ?? "",
      ephemeral: true,
      text: textOf(raw),
      flags: 0,
      files: [],
      raw,
    };
  };
  const { files, ...rest } = latest();
  return { ...structuredClone(rest), files, kind: interaction.kind, took: interaction.took, latest };
};
