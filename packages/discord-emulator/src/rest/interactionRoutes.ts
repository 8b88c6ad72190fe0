import type { Interaction } from "../interactions/interactions.ts";
import type { MultipartFile } from "../messages/attachments.ts";
import { checkEdit, checkNewMessage } from "../messages/messageChecks.ts";
import { ApiError } from "../shared/apiError.ts";
import { asJson, type Json } from "../shared/json.ts";
import { BOT_ID, type StoredMessage } from "../state/guild.ts";
import type { GuildRegistry } from "./guildContext.ts";
import { addCallbackRoute } from "./interactionCallback.ts";
import { createPoster, type PostResponse } from "./interactionMessages.ts";
import type { AddRoute } from "./server.ts";

/** An interaction's token takes the place of the bot's. */
const BY_TOKEN = { unauthenticated: true } as const;

/** Follow-ups and the original response, by the interaction's token as a webhook. */
const addWebhookRoutes = (route: AddRoute, guilds: GuildRegistry, postResponse: PostResponse) => {
  const base = `/webhooks/${BOT_ID}/:token`;
  const messagesOf = ({ guild }: Interaction) => guilds.of(guild).messages;
  const answered = (token = ""): Interaction => {
    const interaction = guilds.first().interactions.byToken(token);
    if (interaction === undefined) throw new ApiError(401, 50_027, "Invalid Webhook Token");
    if (!interaction.answered) throw new ApiError(404, 10_015, "Unknown Webhook");
    return interaction;
  };
  /** The message of this interaction by that id: no other's. */
  const messageOf = (interaction: Interaction, id: string): StoredMessage => {
    const message = messagesOf(interaction).find(id === "@original" ? (interaction.responseId ?? "") : id);
    const origin = message.json.interaction_metadata as Json | undefined;
    if (message.json.id !== interaction.responseId && origin?.id !== interaction.id) {
      throw new ApiError(404, 10_008, "Unknown Message");
    }
    return message;
  };

  const followUp = (interaction: Interaction, body: Json, files: readonly MultipartFile[]): StoredMessage => {
    const { messages, guild } = guilds.of(interaction.guild);
    checkNewMessage("webhookMessage", body, files);
    // The first follow-up to a deferred response takes its place, and is as ephemeral as that was.
    const deferred = guild.messages.get(interaction.responseId ?? "");
    if (deferred !== undefined && messages.isLoading(deferred)) return messages.edit(deferred, body, files);
    return postResponse(interaction, body, files);
  };

  route(
    "POST",
    base,
    ({ parameters: [token], body, files }) => followUp(answered(token), asJson(body), files).json,
    BY_TOKEN,
  );
  route(
    "GET",
    `${base}/messages/:id`,
    ({ parameters: [token, id = ""] }) => messageOf(answered(token), id).json,
    BY_TOKEN,
  );
  route(
    "PATCH",
    `${base}/messages/:id`,
    ({ parameters: [token, id = ""], body, files }) => {
      const interaction = answered(token);
      const message = messageOf(interaction, id);
      checkEdit("webhookEdit", asJson(body), files, message);
      return messagesOf(interaction).edit(message, asJson(body), files).json;
    },
    BY_TOKEN,
  );
  route(
    "DELETE",
    `${base}/messages/:id`,
    ({ parameters: [token, id = ""] }) => {
      const interaction = answered(token);
      messagesOf(interaction).remove(messageOf(interaction, id));
    },
    BY_TOKEN,
  );
};

/** Interaction callbacks, follow-ups and the original response. */
export const addInteractionRoutes = (route: AddRoute, guilds: GuildRegistry): void => {
  const postResponse = createPoster(guilds);
  addCallbackRoute(route, guilds, postResponse);
  addWebhookRoutes(route, guilds, postResponse);
};
