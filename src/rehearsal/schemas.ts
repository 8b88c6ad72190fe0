import * as spec from "discord-api-spec/zod";
import type { Json } from "./world.ts";

const IS_COMPONENTS_V2 = 1 << 15;
const MOST_COMPONENTS = 40;
const MOST_TEXT = 4_000;
const MOST_CONTENT = 2_000;

/** Discord's own schemas for what the bot may send. */
export const SCHEMAS = {
  message: spec.MessageCreateRequestSchema,
  messageEdit: spec.MessageEditRequestPartialSchema,
  webhookMessage: spec.IncomingWebhookRequestPartialSchema,
  webhookEdit: spec.IncomingWebhookUpdateRequestPartialSchema,
  reply: spec.CreateMessageInteractionCallbackRequestSchema,
  update: spec.UpdateMessageInteractionCallbackRequestSchema,
  modal: spec.ModalInteractionCallbackRequestSchema,
  autocomplete: spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  command: spec.ApplicationCommandCreateRequestSchema,
  voiceState: spec.UpdateSelfVoiceStateRequestPartialSchema,
} as const;

/** @returns what is wrong with the body, or undefined */
export const schemaFault = (kind: keyof typeof SCHEMAS, body: unknown): string | undefined => {
  const result = SCHEMAS[kind].safeParse(body);
  if (result.success) return undefined;
  const issue = result.error?.issues[0];
  return `${issue?.path.map(String).join(".") || "body"}: ${issue?.message}`;
};

const inside = (component: Json): Json[] => {
  const children = [component.components, component.accessory, component.component].flat().filter(Boolean) as Json[];
  return [component, ...children.flatMap(inside)];
};

/** Every component of a message, nested ones included. */
export const componentsOf = (message: Json): Json[] => ((message.components ?? []) as Json[]).flatMap(inside);

/**
 * Limits that the schemas do not express.
 * @param before the message that is edited, whose flags stay
 */
export const messageFault = (body: Json, before?: Json): string | undefined => {
  const flags = Number(body.flags ?? 0) | Number(before?.flags ?? 0);
  const v2 = (flags & IS_COMPONENTS_V2) !== 0;
  const components = componentsOf(body);
  const content = String(body.content ?? "");
  if (content.length > MOST_CONTENT) return `content: Must be ${MOST_CONTENT} or fewer in length.`;
  if (v2 && (content !== "" || ((body.embeds as unknown[]) ?? []).length > 0)) {
    return "content and embeds cannot be used with IS_COMPONENTS_V2";
  }
  if (!v2 && components.some((each) => [9, 10, 11, 12, 13, 14, 17].includes(Number(each.type)))) {
    return "components of version 2 need the flag IS_COMPONENTS_V2";
  }
  if (components.length > MOST_COMPONENTS) return `components: more than ${MOST_COMPONENTS} in all`;
  const text = components.reduce((sum, each) => sum + (each.type === 10 ? String(each.content).length : 0), 0);
  if (text > MOST_TEXT) return `components: more than ${MOST_TEXT} characters of text`;
  const ids = components.map((each) => each.custom_id).filter((each) => each !== undefined);
  if (new Set(ids).size !== ids.length) return "components: custom_id is used twice";
  const everything = `${content} ${components.map((each) => each.content ?? "").join(" ")}`;
  const parse = (body.allowed_mentions as Json | null | undefined)?.parse as unknown[] | undefined;
  const quiet = (flags & 64) !== 0;
  if (!quiet && /<@[!&]?\d+>|@everyone|@here/.test(everything) && (parse === undefined || parse.length > 0)) {
    return "a mention that could ping: allowed_mentions must be { parse: [] }";
  }
  return undefined;
};
