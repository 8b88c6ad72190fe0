/// <reference path="./discord-api-spec.d.ts" />
import * as spec from "discord-api-spec/zod";

/** Discord's own schemas (from its OpenAPI document) for what the bot may send. */
const SCHEMAS = {
  message: spec.MessageCreateRequestSchema,
  messageEdit: spec.MessageEditRequestPartialSchema,
  webhookMessage: spec.IncomingWebhookRequestPartialSchema,
  webhookEdit: spec.IncomingWebhookUpdateRequestPartialSchema,
  reply: spec.CreateMessageInteractionCallbackRequestSchema,
  update: spec.UpdateMessageInteractionCallbackRequestSchema,
  modal: spec.ModalInteractionCallbackRequestSchema,
  autocomplete: spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  command: spec.ApplicationCommandCreateRequestSchema,
  selfVoiceState: spec.UpdateSelfVoiceStateRequestPartialSchema,
  voiceState: spec.UpdateVoiceStateRequestPartialSchema,
  voiceEvent: spec.VoiceScheduledEventCreateRequestSchema,
  voiceEventEdit: spec.VoiceScheduledEventPatchRequestPartialSchema,
  stageEvent: spec.StageScheduledEventCreateRequestSchema,
  stageEventEdit: spec.StageScheduledEventPatchRequestPartialSchema,
} as const;

/** A kind of request body that Discord has a schema for. */
export type Body = keyof typeof SCHEMAS;

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly errors?: readonly (readonly Issue[])[];
}

/** Of the alternatives of a union, the complaint that came furthest: that of the one which was meant. */
const furthest = (issue: Issue): Issue => {
  const alternatives = (issue.errors ?? [])
    .filter((issues) => !issues.some(({ path }) => path.at(-1) === "type" && path.length === 1))
    .flatMap(([first]) => (first === undefined ? [] : [furthest(first)]));
  const best = alternatives.sort((a, b) => b.path.length - a.path.length)[0];
  return best === undefined ? issue : { ...best, path: [...issue.path, ...best.path] };
};

const described = ({ path, code, minimum, maximum, message }: Issue): string => {
  const place = path.map(String).join(".") || "body";
  if (code === "too_big") return `${place}: more than ${String(maximum)}`;
  if (code === "too_small") return `${place}: less than ${String(minimum)}`;
  return `${place}: ${message} (${code})`;
};

/** @returns what is wrong with the body, or undefined */
export const schemaFault = (kind: Body, body: unknown): string | undefined => {
  const result = SCHEMAS[kind].safeParse(body);
  if (result.success) return undefined;
  const issue = result.error?.issues[0];
  return issue === undefined ? "body: not as Discord wants it" : described(furthest(issue));
};
