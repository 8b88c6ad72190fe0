import type { Interaction, InteractionType } from "../interactions/interactions.ts";
import type { MultipartFile } from "../messages/attachments.ts";
import { messageFault } from "../messages/messageRules.ts";
import { ApiError } from "../shared/apiError.ts";
import type { Json } from "../shared/json.ts";
import { asJson } from "../shared/json.ts";
import { type Body, schemaFault } from "../shared/requestSchemas.ts";
import { BOT_ID } from "../state/guild.ts";
import { userJson } from "../state/objects.ts";
import type { GuildRegistry } from "./guildContext.ts";
import type { AddRoute } from "./server.ts";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const LONGEST_CHOICE = 100;

/** The callback types: their schema, and which interactions they may answer. */
const CALLBACKS: Readonly<Record<number, { schema: Body; answers: readonly InteractionType[] }>> = {
  4: { schema: "reply", answers: [2, 3, 5] },
  5: { schema: "reply", answers: [2, 3, 5] },
  6: { schema: "update", answers: [3, 5] },
  7: { schema: "update", answers: [3, 5] },
  8: { schema: "autocomplete", answers: [4] },
  9: { schema: "modal", answers: [2, 3] },
};

const choiceFault = (choices: Json[]): string | undefined =>
  choices.some(({ value }) => typeof value === "string" && (value.length < 1 || value.length > LONGEST_CHOICE))
    ? `data.choices: a value is not of 1 to ${LONGEST_CHOICE} characters`
    : undefined;

/** Interaction callbacks, follow-ups and the original answer. */
export const addInteractionRoutes = (route: AddRoute, guilds: GuildRegistry) => {
  const { interactions, violation } = guilds.all()[0]!;
  const contextOf = ({ guild }: Interaction) => guilds.of(guild);
  const postResponse = (interaction: Interaction, body: Json, files: readonly MultipartFile[] = []) =>
    contextOf(interaction).messages.post({
      channelId: interaction.channelId,
      body,
      files,
      interaction: {
        id: interaction.id,
        type: interaction.type,
        ...interaction.command,
        user: userJson(contextOf(interaction).guild.members.get(interaction.user)!),
        authorizing_integration_owners: {},
      },
      onlyFor: (Number(body.flags ?? 0) & EPHEMERAL) !== 0 ? interaction.user : undefined,
    });
  const invalid = (what: string) => new ApiError(400, 50_035, `Invalid Form Body: ${what}`);

  /** Does what the callback asks for. @returns the message that there is now, if any */
  const callBack = (
    interaction: Interaction,
    type: number,
    data: Json,
    files: readonly MultipartFile[],
  ): Json | undefined => {
    const { message } = interaction;
    const { messages } = contextOf(interaction);
    if (type === 4) {
      messages.checkNew("webhookMessage", data, files);
      interaction.kind = "message";
      return postResponse(interaction, data, files).json;
    }
    if (type === 5) {
      interaction.kind = "message";
      return postResponse(interaction, { flags: Number(data.flags ?? 0) | LOADING }).json;
    }
    if (type === 6 || type === 7) {
      if (message === undefined) throw invalid("type: there is no message to update");
      interaction.kind = "update";
      if (type === 7) {
        messages.check(messageFault(data, files, message.json));
        messages.edit(message, data, files);
      }
      return message.json;
    }
    if (type === 8) {
      interaction.choices = (data.choices ?? []) as Json[];
      messages.check(choiceFault(interaction.choices));
      return undefined;
    }
    interaction.kind = "modal";
    interaction.modal = data;
    interactions.showModal(interaction.user, { form: data, channelId: interaction.channelId, message });
    return undefined;
  };

  const refuse = (status: number, code: number, message: string) => {
    violation(`${code}: ${message}`);
    return new ApiError(status, code, message);
  };
  route(
    "POST",
    "/interactions/:id/:token/callback",
    ({ parameters: [id = "", token], body, files, query }) => {
      const interaction = interactions.byId(id);
      if (interaction === undefined || interaction.token !== token) throw refuse(404, 10_062, "Unknown interaction");
      if (interaction.answered) throw refuse(400, 40_060, "Interaction has already been acknowledged.");
      if (interactions.isLate(interaction)) throw refuse(404, 10_062, "Unknown interaction");
      const { type, data } = asJson(body) as { type: number; data?: Json };
      const callback = CALLBACKS[type];
      if (!callback?.answers.includes(interaction.type)) throw invalid(`type: ${type} does not answer this`);
      const { messages, guild } = contextOf(interaction);
      messages.check(schemaFault(callback.schema, body));
      const message = callBack(interaction, type, data ?? {}, files);
      if (message !== undefined) interaction.responseId = String(message.id);
      interaction.answered = true;
      interaction.responseTime = performance.now() - interaction.started;
      interaction.resolveAnswer();
      guild.notifyChange();
      if (query.get("with_response") !== "true") return undefined;
      return {
        interaction: {
          id,
          type: interaction.type,
          ...(message && {
            response_message_id: message.id,
            response_message_loading: (Number(message.flags) & LOADING) !== 0,
            response_message_ephemeral: (Number(message.flags) & EPHEMERAL) !== 0,
          }),
        },
        resource: { type, ...(message && { message }) },
      };
    },
    { unauthenticated: true },
  );

  const answeredInteraction = (token = "") => {
    const interaction = interactions.byToken(token);
    if (interaction === undefined) throw new ApiError(401, 50_027, "Invalid Webhook Token");
    if (!interaction.answered) throw new ApiError(404, 10_015, "Unknown Webhook");
    return interaction;
  };
  /** The message of this interaction by that id: no other's. */
  const target = (interaction: Interaction, id: string) => {
    const message = contextOf(interaction).messages.find(id === "@original" ? (interaction.responseId ?? "") : id);
    const origin = message.json.interaction_metadata as Json | undefined;
    if (message.json.id !== interaction.responseId && origin?.id !== interaction.id) {
      throw new ApiError(404, 10_008, "Unknown Message");
    }
    return message;
  };
  const base = `/webhooks/${BOT_ID}/:token`;
  route(
    "POST",
    base,
    ({ parameters: [token], body, files }) => {
      const interaction = answeredInteraction(token);
      const content = asJson(body);
      const { messages, guild } = contextOf(interaction);
      messages.checkNew("webhookMessage", content, files);
      // The first follow-up to a deferred answer takes its place, and is as ephemeral as that was.
      const deferred = guild.messages.get(interaction.responseId ?? "");
      if (deferred !== undefined && messages.isLoading(deferred)) return messages.edit(deferred, content, files).json;
      return postResponse(interaction, content, files).json;
    },
    { unauthenticated: true },
  );
  route(
    "GET",
    `${base}/messages/:id`,
    ({ parameters: [token, id = ""] }) => target(answeredInteraction(token), id).json,
    {
      unauthenticated: true,
    },
  );
  route(
    "PATCH",
    `${base}/messages/:id`,
    ({ parameters: [token, id = ""], body, files }) => {
      const interaction = answeredInteraction(token);
      const { messages } = contextOf(interaction);
      const message = target(interaction, id);
      messages.checkEdit("webhookEdit", asJson(body), files, message);
      return messages.edit(message, asJson(body), files).json;
    },
    { unauthenticated: true },
  );
  route(
    "DELETE",
    `${base}/messages/:id`,
    ({ parameters: [token, id = ""] }) => {
      const interaction = answeredInteraction(token);
      contextOf(interaction).messages.remove(target(interaction, id));
    },
    { unauthenticated: true },
  );
};
