import { PermissionFlagsBits } from "discord-api-types/v10";
import { ApiError } from "../shared/apiError.ts";
import { asJson } from "../shared/json.ts";
import type { World } from "../state/guildState.ts";
import { channelJson } from "../state/objects.ts";
import { type Guilds, need } from "./guildContext.ts";
import { File, type Router } from "./server.ts";

/** About what Discord grants for writing and editing in one channel. */
const WRITING = { limit: { requests: 5, seconds: 5 } };
const LONGEST_STATUS = 500;

const page = (world: World, channel: string, query: URLSearchParams) => {
  const limit = Number(query.get("limit") ?? 50);
  if (!(limit >= 1 && limit <= 100)) throw new ApiError(400, 50_035, "Invalid Form Body: limit: not 1 to 100");
  const all = [...world.messages.values()].filter((each) => each.channelId === channel && each.onlyFor === undefined);
  const before = query.get("before");
  const after = query.get("after");
  const idOf = (each: (typeof all)[number]) => BigInt(String(each.json.id));
  if (after !== null) return all.filter((each) => idOf(each) > BigInt(after)).slice(0, limit);
  return all.filter((each) => before === null || idOf(each) < BigInt(before)).slice(-limit);
};

/** Channels, their messages and their status. */
export const addChannelRoutes = (route: Router, guilds: Guilds) => {
  const at = guilds.ofChannel;
  route("GET", "/channels/:channel", ({ parameters: [channel = ""] }) => {
    need(at(channel), channel);
    return channelJson(at(channel).world.channels.get(channel)!);
  });
  route(
    "POST",
    "/channels/:channel/messages",
    ({ parameters: [channel = ""], body, files }) => {
      const { messages } = at(channel);
      need(at(channel), channel, PermissionFlagsBits.SendMessages);
      if (files.length > 0) need(at(channel), channel, PermissionFlagsBits.AttachFiles);
      messages.checkNew("message", asJson(body), files);
      const again = messages.sentBefore(channel, asJson(body));
      return (again ?? messages.post({ channelId: channel, body: asJson(body), files })).json;
    },
    WRITING,
  );
  route("GET", "/channels/:channel/messages", ({ parameters: [channel = ""], query }) => {
    const { world, messages } = at(channel);
    need(at(channel), channel, PermissionFlagsBits.ReadMessageHistory);
    return page(world, channel, query)
      .reverse()
      .map((each) => messages.asBotSees(each));
  });
  route("GET", "/channels/:channel/messages/:id", ({ parameters: [channel = "", id = ""] }) => {
    const { messages } = at(channel);
    need(at(channel), channel, PermissionFlagsBits.ReadMessageHistory);
    return messages.asBotSees(messages.open(id, channel));
  });
  route(
    "PATCH",
    "/channels/:channel/messages/:id",
    ({ parameters: [channel = "", id = ""], body, files }) => {
      const { messages } = at(channel);
      need(at(channel), channel);
      const message = messages.open(id, channel);
      if (!messages.isOwn(message)) throw new ApiError(403, 50_005, "Cannot edit a message authored by another user");
      messages.checkEdit("messageEdit", asJson(body), files, message);
      return messages.edit(message, asJson(body), files).json;
    },
    WRITING,
  );
  route(
    "DELETE",
    "/channels/:channel/messages/:id",
    ({ parameters: [channel = "", id = ""] }) => {
      const { messages } = at(channel);
      need(at(channel), channel);
      const message = messages.open(id, channel);
      if (!messages.isOwn(message)) need(at(channel), channel, PermissionFlagsBits.ManageMessages);
      messages.remove(message);
    },
    WRITING,
  );
  route("POST", "/channels/:channel/typing", ({ parameters: [channel = ""] }) => {
    need(at(channel), channel, PermissionFlagsBits.SendMessages);
  });
  route("PUT", "/channels/:channel/voice-status", ({ parameters: [channel = ""], body }) => {
    const { world } = at(channel);
    need(at(channel), channel, PermissionFlagsBits.SetVoiceChannelStatus);
    const { status } = asJson(body);
    if (status !== null && (typeof status !== "string" || status.length > LONGEST_STATUS)) {
      throw new ApiError(400, 50_035, `Invalid Form Body: status: more than ${LONGEST_STATUS}`);
    }
    const place = world.channels.get(channel)!;
    if (status === null || status === "") delete place.status;
    else place.status = status;
    world.changed();
  });
  route(
    "GET",
    "/attachments/:message/:file/:name",
    ({ parameters: [message = "", file = ""] }) => {
      const { world } = guilds.all().find((each) => each.world.messages.has(message)) ?? guilds.all()[0]!;
      const found = world.messages.get(message)?.files.get(file);
      if (found === undefined) throw new ApiError(404, 0, "404: Not Found");
      return new File(found.type, found.bytes);
    },
    { open: true },
  );
  route(
    "GET",
    "/ephemeral-attachments/:file/:name",
    ({ parameters: [file = ""] }) => {
      const found = guilds.all()[0]?.world.handed.get(file);
      if (found === undefined) throw new ApiError(404, 0, "404: Not Found");
      return new File(found.type, found.bytes);
    },
    { open: true },
  );
};
