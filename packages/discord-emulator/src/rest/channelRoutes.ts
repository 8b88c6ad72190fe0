import { PermissionFlagsBits } from "discord-api-types/v10";
import { checkEdit, checkNewMessage } from "../messages/messageChecks.ts";
import { ApiError } from "../shared/apiError.ts";
import { asJson } from "../shared/json.ts";
import type { GuildState } from "../state/guild.ts";
import { channelJson } from "../state/objects.ts";
import { FileResponse } from "./fileResponse.ts";
import { type GuildRegistry, requirePermissions } from "./guildContext.ts";
import type { AddRoute } from "./server.ts";

/** About what Discord grants for writing and editing in one channel. */
const WRITING = { limit: { requests: 5, seconds: 5 } };
const LONGEST_STATUS = 500;

const page = (guild: GuildState, channel: string, query: URLSearchParams) => {
  const limit = Number(query.get("limit") ?? 50);
  if (!(limit >= 1 && limit <= 100)) throw new ApiError(400, 50_035, "Invalid Form Body: limit: not 1 to 100");
  const all = [...guild.messages.values()].filter((each) => each.channelId === channel && each.visibleTo === undefined);
  const before = query.get("before");
  const after = query.get("after");
  const idOf = (each: (typeof all)[number]) => BigInt(String(each.json.id));
  if (after !== null) return all.filter((each) => idOf(each) > BigInt(after)).slice(0, limit);
  return all.filter((each) => before === null || idOf(each) < BigInt(before)).slice(-limit);
};

/** Channels, their messages and their status. */
export const addChannelRoutes = (route: AddRoute, guilds: GuildRegistry) => {
  const at = guilds.ofChannel;
  route("GET", "/channels/:channel", ({ parameters: [channel = ""] }) => {
    return channelJson(requirePermissions(at(channel), channel));
  });
  route(
    "POST",
    "/channels/:channel/messages",
    ({ parameters: [channel = ""], body, files }) => {
      const { messages } = at(channel);
      requirePermissions(at(channel), channel, [PermissionFlagsBits.SendMessages]);
      if (files.length > 0) requirePermissions(at(channel), channel, [PermissionFlagsBits.AttachFiles]);
      checkNewMessage("message", asJson(body), files);
      const again = messages.sentBefore(channel, asJson(body));
      return (again ?? messages.post({ channelId: channel, body: asJson(body), files })).json;
    },
    WRITING,
  );
  route("GET", "/channels/:channel/messages", ({ parameters: [channel = ""], query }) => {
    const { guild, messages } = at(channel);
    requirePermissions(at(channel), channel, [PermissionFlagsBits.ReadMessageHistory]);
    return page(guild, channel, query)
      .reverse()
      .map((each) => messages.asBotSees(each));
  });
  route("GET", "/channels/:channel/messages/:id", ({ parameters: [channel = "", id = ""] }) => {
    const { messages } = at(channel);
    requirePermissions(at(channel), channel, [PermissionFlagsBits.ReadMessageHistory]);
    return messages.asBotSees(messages.findInChannel(id, channel));
  });
  route(
    "PATCH",
    "/channels/:channel/messages/:id",
    ({ parameters: [channel = "", id = ""], body, files }) => {
      const { messages } = at(channel);
      requirePermissions(at(channel), channel);
      const message = messages.findInChannel(id, channel);
      if (!messages.isOwn(message)) throw new ApiError(403, 50_005, "Cannot edit a message authored by another user");
      checkEdit("messageEdit", asJson(body), files, message);
      return messages.edit(message, asJson(body), files).json;
    },
    WRITING,
  );
  route(
    "DELETE",
    "/channels/:channel/messages/:id",
    ({ parameters: [channel = "", id = ""] }) => {
      const { messages } = at(channel);
      requirePermissions(at(channel), channel);
      const message = messages.findInChannel(id, channel);
      if (!messages.isOwn(message)) requirePermissions(at(channel), channel, [PermissionFlagsBits.ManageMessages]);
      messages.remove(message);
    },
    WRITING,
  );
  route("POST", "/channels/:channel/typing", ({ parameters: [channel = ""] }) => {
    requirePermissions(at(channel), channel, [PermissionFlagsBits.SendMessages]);
  });
  route("PUT", "/channels/:channel/voice-status", ({ parameters: [channel = ""], body, bot }) => {
    const { guild } = at(channel);
    const voiceChannel = requirePermissions(at(channel), channel, [PermissionFlagsBits.SetVoiceChannelStatus], bot);
    const { status } = asJson(body);
    if (status !== null && (typeof status !== "string" || status.length > LONGEST_STATUS)) {
      throw new ApiError(400, 50_035, `Invalid Form Body: status: more than ${LONGEST_STATUS}`);
    }
    if (status === null || status === "") delete voiceChannel.status;
    else voiceChannel.status = status;
    guild.notifyChange();
  });
  route(
    "GET",
    "/attachments/:message/:file/:name",
    ({ parameters: [message = "", file = ""] }) => {
      const owner = guilds.all().find(({ guild }) => guild.messages.has(message));
      const found = owner?.guild.messages.get(message)?.files.get(file);
      if (found === undefined) throw new ApiError(404, 0, "404: Not Found");
      return new FileResponse(found.type, found.bytes);
    },
    { unauthenticated: true },
  );
  route(
    "GET",
    "/ephemeral-attachments/:file/:name",
    ({ parameters: [file = ""] }) => {
      const found = guilds.first().guild.ephemeralAttachments.get(file);
      if (found === undefined) throw new ApiError(404, 0, "404: Not Found");
      return new FileResponse(found.type, found.bytes);
    },
    { unauthenticated: true },
  );
};
