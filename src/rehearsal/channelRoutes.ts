import { PermissionFlagsBits } from "discord-api-types/v10";
import { channelJson } from "./objects.ts";
import { need, type Parts } from "./parts.ts";
import { asJson, File, Refusal, type Router } from "./rest.ts";
import type { World } from "./world.ts";

/** About what Discord grants for writing and editing in one channel. */
const WRITING = { limit: { requests: 5, seconds: 5 } };
const LONGEST_STATUS = 500;

const page = (world: World, channel: string, query: URLSearchParams) => {
  const limit = Number(query.get("limit") ?? 50);
  if (!(limit >= 1 && limit <= 100)) throw new Refusal(400, 50_035, "Invalid Form Body: limit: not 1 to 100");
  const all = [...world.messages.values()].filter((each) => each.channelId === channel && each.onlyFor === undefined);
  const before = query.get("before");
  const after = query.get("after");
  const idOf = (each: (typeof all)[number]) => BigInt(String(each.json.id));
  if (after !== null) return all.filter((each) => idOf(each) > BigInt(after)).slice(0, limit);
  return all.filter((each) => before === null || idOf(each) < BigInt(before)).slice(-limit);
};

/** Channels, their messages and their status. */
export const addChannelRoutes = (route: Router, parts: Parts) => {
  const { world, messages } = parts;
  route("GET", "/channels/:channel", ({ parameters: [channel = ""] }) => {
    need(parts, channel);
    return channelJson(world.channels.get(channel)!);
  });
  route(
    "POST",
    "/channels/:channel/messages",
    ({ parameters: [channel = ""], body, files }) => {
      need(parts, channel, PermissionFlagsBits.SendMessages);
      if (files.length > 0) need(parts, channel, PermissionFlagsBits.AttachFiles);
      messages.checkNew("message", asJson(body), files);
      const again = messages.sentBefore(channel, asJson(body));
      return (again ?? messages.post({ channelId: channel, body: asJson(body), files })).json;
    },
    WRITING,
  );
  route("GET", "/channels/:channel/messages", ({ parameters: [channel = ""], query }) => {
    need(parts, channel, PermissionFlagsBits.ReadMessageHistory);
    return page(world, channel, query)
      .reverse()
      .map((each) => messages.asBotSees(each));
  });
  route("GET", "/channels/:channel/messages/:id", ({ parameters: [channel = "", id = ""] }) => {
    need(parts, channel, PermissionFlagsBits.ReadMessageHistory);
    return messages.asBotSees(messages.open(id, channel));
  });
  route(
    "PATCH",
    "/channels/:channel/messages/:id",
    ({ parameters: [channel = "", id = ""], body, files }) => {
      need(parts, channel);
      const message = messages.open(id, channel);
      if (!messages.isOwn(message)) throw new Refusal(403, 50_005, "Cannot edit a message authored by another user");
      messages.checkEdit("messageEdit", asJson(body), files, message);
      return messages.edit(message, asJson(body), files).json;
    },
    WRITING,
  );
  route(
    "DELETE",
    "/channels/:channel/messages/:id",
    ({ parameters: [channel = "", id = ""] }) => {
      need(parts, channel);
      const message = messages.open(id, channel);
      if (!messages.isOwn(message)) need(parts, channel, PermissionFlagsBits.ManageMessages);
      messages.remove(message);
    },
    WRITING,
  );
  route("POST", "/channels/:channel/typing", ({ parameters: [channel = ""] }) => {
    need(parts, channel, PermissionFlagsBits.SendMessages);
  });
  route("PUT", "/channels/:channel/voice-status", ({ parameters: [channel = ""], body }) => {
    need(parts, channel, PermissionFlagsBits.SetVoiceChannelStatus);
    const { status } = asJson(body);
    if (status !== null && (typeof status !== "string" || status.length > LONGEST_STATUS)) {
      throw new Refusal(400, 50_035, `Invalid Form Body: status: more than ${LONGEST_STATUS}`);
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
      const found = world.messages.get(message)?.files.get(file);
      if (found === undefined) throw new Refusal(404, 0, "404: Not Found");
      return new File(found.type, found.bytes);
    },
    { open: true },
  );
  route(
    "GET",
    "/ephemeral-attachments/:file/:name",
    ({ parameters: [file = ""] }) => {
      const found = world.handed.get(file);
      if (found === undefined) throw new Refusal(404, 0, "404: Not Found");
      return new File(found.type, found.bytes);
    },
    { open: true },
  );
};
