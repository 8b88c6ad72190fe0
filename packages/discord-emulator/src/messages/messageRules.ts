import type { Json } from "../shared/json.ts";
import type { MultipartFile } from "./attachments.ts";

// Limits of messages that Discord documents, and its schemas do not express (docs: Message resource, Component reference).
const IS_COMPONENTS_V2 = 1 << 15;
const EPHEMERAL = 1 << 6;
const MOST_COMPONENTS = 40;
const MOST_TEXT = 4_000;
const MOST_CONTENT = 2_000;
const MOST_EMBED_TEXT = 6_000;
const MOST_FILES = 10;
/** Components that exist in version 2 alone: section, text display, thumbnail, gallery, file, separator, container. */
const OF_VERSION_2 = new Set([9, 10, 11, 12, 13, 14, 17]);

const inside = (component: Json): Json[] => {
  const children = [component.components, component.accessory, component.component].flat().filter(Boolean) as Json[];
  return [component, ...children.flatMap(inside)];
};

/** Every component of a message, nested ones included. */
export const componentsOf = (message: Json): Json[] => ((message.components ?? []) as Json[]).flatMap(inside);

/** The media that a component shows. */
export const mediaOf = (component: Json): Json[] =>
  [component.media, component.file, ...((component.items ?? []) as Json[]).map((item) => item.media)].filter(
    (each): each is Json => typeof each === "object" && each !== null,
  );

const embedText = (embed: Json): number => {
  const fields = ((embed.fields ?? []) as Json[]).flatMap((field) => [field.name, field.value]);
  const parts = [embed.title, embed.description, (embed.footer as Json)?.text, (embed.author as Json)?.name, ...fields];
  return parts.reduce<number>((sum, part) => sum + (typeof part === "string" ? part.length : 0), 0);
};

const componentFault = (components: Json[], v2: boolean): string | undefined => {
  if (!v2 && components.some((each) => OF_VERSION_2.has(Number(each.type)))) {
    return "components: those of version 2 need the flag IS_COMPONENTS_V2";
  }
  if (components.length > MOST_COMPONENTS) return `components: more than ${MOST_COMPONENTS} in all`;
  const text = components.reduce((sum, each) => sum + (each.type === 10 ? String(each.content).length : 0), 0);
  if (text > MOST_TEXT) return `components: more than ${MOST_TEXT} characters of text`;
  const ids = components.map((each) => each.custom_id).filter((each) => each !== undefined && each !== null);
  if (new Set(ids).size !== ids.length) return "components: a custom_id is used twice";
  const numbers = components.map((each) => each.id).filter((each) => each !== undefined && each !== null && each !== 0);
  if (new Set(numbers).size !== numbers.length) return "components: an id is used twice";
  for (const row of components.filter((each) => each.type === 1)) {
    const held = (row.components ?? []) as Json[];
    if (held.length === 0) return "components: a row is empty";
    if (held.some((each) => each.type !== 2) && held.length > 1) return "components: a select shares its row";
  }
  return undefined;
};

const fileFault = (body: Json, files: readonly MultipartFile[], before: Json | undefined): string | undefined => {
  if (files.length > MOST_FILES) return `files: more than ${MOST_FILES}`;
  const names = new Set([
    ...files.map((file) => file.name),
    ...((before?.attachments ?? []) as Json[]).map((each) => String(each.filename)),
  ]);
  const asked = componentsOf(body)
    .flatMap(mediaOf)
    .map((media) => String(media.url));
  const missing = asked.find((url) => url.startsWith("attachment://") && !names.has(url.slice("attachment://".length)));
  return missing === undefined ? undefined : `components: there is no file for ${missing}`;
};

/** What could reach people who did not ask for it, unless allowed_mentions says otherwise. */
const pings = (body: Json, components: Json[]): boolean => {
  const everything = [body.content, ...components.map((each) => each.content)].join(" ");
  const parse = (body.allowed_mentions as Json | null | undefined)?.parse as unknown[] | undefined;
  return /<@[!&]?\d+>|@everyone|@here/.test(everything) && (parse === undefined || parse.length > 0);
};

/**
 * What Discord would refuse in a message, and pings that the bot has not thought of.
 * @param before the message that is edited, whose flags stay
 */
export const messageFault = (body: Json, files: readonly MultipartFile[] = [], before?: Json): string | undefined => {
  const flags = Number(body.flags ?? 0) | Number(before?.flags ?? 0);
  const v2 = (flags & IS_COMPONENTS_V2) !== 0;
  const components = componentsOf(body);
  const embeds = (body.embeds ?? []) as Json[];
  if (String(body.content ?? "").length > MOST_CONTENT) return `content: more than ${MOST_CONTENT}`;
  if (v2 && (String(body.content ?? "") !== "" || embeds.length > 0)) {
    return "content and embeds cannot be used with the flag IS_COMPONENTS_V2";
  }
  if (embeds.reduce((sum, each) => sum + embedText(each), 0) > MOST_EMBED_TEXT) {
    return `embeds: more than ${MOST_EMBED_TEXT} characters in all`;
  }
  if ((flags & EPHEMERAL) === 0 && pings(body, components)) {
    return "a mention that could ping: allowed_mentions must be { parse: [] }";
  }
  return componentFault(components, v2) ?? fileFault(body, files, before);
};
