import { InteractionResponseType, InteractionType } from "discord-api-types/v10";
import type { Interaction } from "../interactions/interactions.ts";
import type { MultipartFile } from "../messages/attachments.ts";
import { EPHEMERAL, hasFlag, LOADING } from "../messages/flags.ts";
import { check, checkNewMessage } from "../messages/messageChecks.ts";
import { messageFault } from "../messages/messageRules.ts";
import { ApiError } from "../shared/apiError.ts";
import { asJson, type Json } from "../shared/json.ts";
import { type Body, schemaFault } from "../shared/requestSchemas.ts";
import type { GuildRegistry } from "./guildContext.ts";
import type { PostResponse } from "./interactionMessages.ts";
import type { AddRoute } from "./server.ts";

const MAX_CHOICE_LENGTH = 100;

const { ApplicationCommand, MessageComponent, ApplicationCommandAutocomplete, ModalSubmit } = InteractionType;
const Type = InteractionResponseType;

/** The callback types: their schema, and which interactions they may answer. */
const CALLBACKS: Readonly<Record<number, { readonly schema: Body; readonly answers: readonly InteractionType[] }>> = {
  [Type.ChannelMessageWithSource]: { schema: "reply", answers: [ApplicationCommand, MessageComponent, ModalSubmit] },
  [Type.DeferredChannelMessageWithSource]: {
    schema: "reply",
    answers: [ApplicationCommand, MessageComponent, ModalSubmit],
  },
  [Type.DeferredMessageUpdate]: { schema: "update", answers: [MessageComponent, ModalSubmit] },
  [Type.UpdateMessage]: { schema: "update", answers: [MessageComponent, ModalSubmit] },
  [Type.ApplicationCommandAutocompleteResult]: { schema: "autocomplete", answers: [ApplicationCommandAutocomplete] },
  [Type.Modal]: { schema: "modal", answers: [ApplicationCommand, MessageComponent] },
};

const choiceFault = (choices: readonly Json[]): string | undefined =>
  choices.some(({ value }) => typeof value === "string" && (value.length < 1 || value.length > MAX_CHOICE_LENGTH))
    ? `data.choices: a value is not of 1 to ${MAX_CHOICE_LENGTH} characters`
    : undefined;

const invalid = (what: string) => new ApiError(400, 50_035, `Invalid Form Body: ${what}`);

/** What a callback answers with `with_response`. */
const callbackJson = ({ id, type }: Interaction, callbackType: number, message: Json | undefined): Json => ({
  interaction: {
    id,
    type,
    ...(message && {
      response_message_id: message.id,
      response_message_loading: hasFlag(message, LOADING),
      response_message_ephemeral: hasFlag(message, EPHEMERAL),
    }),
  },
  resource: { type: callbackType, ...(message && { message }) },
});

/** The first response to an interaction, within 3 s of it. */
export const addCallbackRoute = (route: AddRoute, guilds: GuildRegistry, postResponse: PostResponse): void => {
  const { interactions, violation } = guilds.first();

  const update = (interaction: Interaction, type: number, data: Json, files: readonly MultipartFile[]): Json => {
    const { message } = interaction;
    if (message === undefined) throw invalid("type: there is no message to update");
    interaction.kind = "update";
    if (type === Type.UpdateMessage) {
      check(messageFault(data, files, message.json));
      guilds.of(interaction.guild).messages.edit(message, data, files);
    }
    return message.json;
  };

  /** Does what the callback asks for. @returns the message that there is now, if any */
  const respond = (interaction: Interaction, type: number, data: Json, files: readonly MultipartFile[]) => {
    switch (type) {
      case Type.ChannelMessageWithSource:
        checkNewMessage("webhookMessage", data, files);
        interaction.kind = "message";
        return postResponse(interaction, data, files).json;
      case Type.DeferredChannelMessageWithSource:
        interaction.kind = "message";
        return postResponse(interaction, { flags: Number(data.flags ?? 0) | LOADING }).json;
      case Type.DeferredMessageUpdate:
      case Type.UpdateMessage:
        return update(interaction, type, data, files);
      case Type.ApplicationCommandAutocompleteResult:
        interaction.choices = (data.choices ?? []) as Json[];
        check(choiceFault(interaction.choices));
        return undefined;
      default: {
        const { user, channelId, message } = interaction;
        interaction.kind = "modal";
        interaction.modal = data;
        interactions.showModal(user, { form: data, channelId, message });
        return undefined;
      }
    }
  };

  const refuse = (status: number, code: number, message: string) => {
    violation(`${code}: ${message}`);
    return new ApiError(status, code, message);
  };
  const unanswered = (id: string, token: string | undefined): Interaction => {
    const interaction = interactions.byId(id);
    if (interaction === undefined || interaction.token !== token) throw refuse(404, 10_062, "Unknown interaction");
    if (interaction.answered) throw refuse(400, 40_060, "Interaction has already been acknowledged.");
    if (interactions.isLate(interaction)) throw refuse(404, 10_062, "Unknown interaction");
    return interaction;
  };

  route(
    "POST",
    "/interactions/:id/:token/callback",
    ({ parameters: [id = "", token], body, files, query }) => {
      const interaction = unanswered(id, token);
      const { type, data } = asJson(body) as { type: number; data?: Json };
      const callback = CALLBACKS[type];
      if (!callback?.answers.includes(interaction.type)) throw invalid(`type: ${type} does not answer this`);
      check(schemaFault(callback.schema, body));
      const message = respond(interaction, type, data ?? {}, files);
      if (message !== undefined) interaction.responseId = String(message.id);
      interaction.answered = true;
      interaction.responseTime = performance.now() - interaction.started;
      interaction.resolveAnswer();
      guilds.of(interaction.guild).guild.notifyChange();
      return query.get("with_response") === "true" ? callbackJson(interaction, type, message) : undefined;
    },
    { unauthenticated: true },
  );
};
