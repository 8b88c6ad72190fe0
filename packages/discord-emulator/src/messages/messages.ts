import { ApiError } from "../shared/apiError.ts";
import type { Json } from "../shared/json.ts";
import { schemaFault } from "../shared/requestSchemas.ts";
import { BOT_ID, type Shared, type World, type WorldMessage } from "../state/guildState.ts";
import { memberJson, userJson } from "../state/objects.ts";
import type { Upload } from "./attachments.ts";
import { componentsOf, mediaOf, messageFault } from "./messageRules.ts";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
/** What a bot may set on a message in a channel: embeds hidden, no notification, a voice message, components of version 2. */
const SETTABLE = (1 << 2) | (1 << 12) | (1 << 13) | (1 << 15);
const LARGEST_FILE = 10 * 2 ** 20;

interface Post {
  readonly channelId: string;
  /** The bot, unless said. */
  readonly author?: string;
  readonly body: Json;
  readonly files?: readonly Upload[];
  /** Who alone sees it. */
  readonly onlyFor?: string | undefined;
  /** The interaction that it answers. */
  readonly interaction?: Json;
}

/** Numbers the components, and turns references to attachments into their addresses, as Discord does in its answers. */
const settled = (body: Json, attachments: readonly Json[]): Json[] => {
  const components = structuredClone((body.components ?? []) as Json[]);
  componentsOf({ components }).forEach((component, index) => {
    component.id ??= index + 1;
    for (const media of componentsOf({ components: [component] }).flatMap(mediaOf)) {
      const name = String(media.url ?? "").replace(/^attachment:\/\//, "");
      const found = attachments.find((each) => each.filename === name);
      if (found !== undefined) Object.assign(media, { url: found.url, proxy_url: found.url });
    }
  });
  return components;
};

/** The messages of the guild: written, edited and taken away under Discord's rules. */
export const createMessages = (
  world: World,
  address: () => string,
  dispatch: (event: string, payload: Json) => void,
) => {
  const check = (fault: string | undefined) => {
    if (fault !== undefined) throw new ApiError(400, 50_035, `Invalid Form Body: ${fault}`);
  };
  const checkFiles = (files: readonly Upload[]) => {
    if (files.some((file) => file.bytes.length > LARGEST_FILE)) {
      throw new ApiError(413, 40_005, "Request entity too large");
    }
  };

  /** Takes files in, and describes them as `attachments` of the body asks. */
  const store = (message: string, files: readonly Upload[], body: Json) => {
    const kept = new Map<string, Shared>();
    const asked = (body.attachments ?? []) as Json[];
    const attachments = files.map((file): Json => {
      const id = world.snowflake();
      kept.set(id, file);
      const url = `${address()}/attachments/${message}/${id}/${encodeURIComponent(file.name)}`;
      const { description } = asked.find((each) => String(each.id) === String(file.index)) ?? {};
      return {
        id,
        filename: file.name,
        size: file.bytes.length,
        url,
        proxy_url: url,
        ...(file.type !== "" && { content_type: file.type }),
        ...(description !== undefined && { description }),
      };
    });
    return { kept, attachments };
  };

  /** Without the intent for message content a bot sees its own messages whole, and of others no more than that they are. */
  const asBotSees = ({ json }: WorldMessage): Json =>
    (json.author as Json).id === BOT_ID || String(json.content).includes(`<@${BOT_ID}>`)
      ? json
      : { ...json, content: "", embeds: [], attachments: [], components: [] };

  const post = ({ channelId, author = BOT_ID, body, files = [], onlyFor, interaction }: Post): WorldMessage => {
    const id = world.snowflake();
    const member = world.members.get(author);
    if (member === undefined) throw new ApiError(404, 10_013, "Unknown User");
    const { kept, attachments } = store(id, files, body);
    const json: Json = {
      id,
      channel_id: channelId,
      type: interaction?.type === 2 ? 20 : 0,
      content: body.content ?? "",
      embeds: body.embeds ?? [],
      components: settled(body, attachments),
      attachments,
      author: userJson(member),
      member: memberJson(member),
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      pinned: false,
      flags: Number(body.flags ?? 0),
      ...(body.nonce !== undefined && body.nonce !== null && { nonce: body.nonce }),
      ...(interaction && { webhook_id: BOT_ID, application_id: BOT_ID, interaction_metadata: interaction }),
    };
    const message: WorldMessage = { json, channelId, files: kept, ...(onlyFor !== undefined && { onlyFor }) };
    world.messages.set(id, message);
    const channel = world.channels.get(channelId);
    if (onlyFor === undefined) {
      if (channel) channel.lastMessageId = id;
      dispatch("MESSAGE_CREATE", { ...asBotSees(message), guild_id: world.guild });
    }
    world.changed();
    return message;
  };

  const edit = (message: WorldMessage, body: Json, files: readonly Upload[] = []): WorldMessage => {
    const { json } = message;
    const { kept, attachments } = store(String(json.id), files, body);
    const stays = (id: unknown) =>
      body.attachments === undefined || ((body.attachments ?? []) as Json[]).some((each) => each.id === id);
    for (const id of [...message.files.keys()]) if (!stays(id)) message.files.delete(id);
    for (const [id, file] of kept) message.files.set(id, file);
    const wasLoading = (Number(json.flags) & LOADING) !== 0;
    json.attachments = [...((json.attachments ?? []) as Json[]).filter((each) => stays(each.id)), ...attachments];
    if (body.content !== undefined) json.content = body.content ?? "";
    if (body.embeds !== undefined) json.embeds = body.embeds ?? [];
    if (body.components !== undefined) json.components = settled(body, json.attachments as Json[]);
    json.flags = (Number(json.flags) & ~LOADING) | (Number(body.flags ?? 0) & SETTABLE);
    if (!wasLoading) json.edited_timestamp = new Date().toISOString();
    if (message.onlyFor === undefined) dispatch("MESSAGE_UPDATE", { ...asBotSees(message), guild_id: world.guild });
    world.changed();
    return message;
  };

  const remove = (message: WorldMessage) => {
    world.messages.delete(String(message.json.id));
    if (message.onlyFor === undefined)
      dispatch("MESSAGE_DELETE", { id: message.json.id, channel_id: message.channelId, guild_id: world.guild });
    world.changed();
  };

  const find = (id: string): WorldMessage => {
    const message = world.messages.get(id);
    if (message === undefined) throw new ApiError(404, 10_008, "Unknown Message");
    return message;
  };

  return {
    post,
    /** The message that the bot has sent with the nonce before, where it asks that there be one alone. */
    sentBefore: (channelId: string, { nonce, enforce_nonce: once }: Json): WorldMessage | undefined =>
      once === true && nonce !== undefined
        ? [...world.messages.values()].find((each) => each.channelId === channelId && each.json.nonce === nonce)
        : undefined,
    edit,
    remove,
    find,
    check,
    asBotSees,
    /** One that a bot's token can see in the channel: no ephemeral one. */
    open(id: string, channelId: string): WorldMessage {
      const message = find(id);
      if (message.channelId !== channelId || message.onlyFor !== undefined) {
        throw new ApiError(404, 10_008, "Unknown Message");
      }
      return message;
    },
    isOwn: (message: WorldMessage) => (message.json.author as Json).id === BOT_ID,
    isLoading: (message: WorldMessage) => (Number(message.json.flags) & LOADING) !== 0,
    /** @throws ApiError for what Discord would not take as a new message */
    checkNew(kind: "message" | "webhookMessage", body: Json, files: readonly Upload[]) {
      checkFiles(files);
      check(schemaFault(kind, body) ?? messageFault(body, files));
      const most = kind === "message" ? SETTABLE : SETTABLE | EPHEMERAL;
      if ((Number(body.flags ?? 0) & ~most) !== 0) check("flags: not what a bot may set here");
      const parts = [body.content, ...((body.embeds ?? []) as unknown[]), ...((body.components ?? []) as unknown[])];
      if (parts.every((each) => each === undefined || each === null || each === "") && files.length === 0) {
        throw new ApiError(400, 50_006, "Cannot send an empty message");
      }
    },
    /** @throws ApiError for what Discord would not take as an edit */
    checkEdit(kind: "messageEdit" | "webhookEdit", body: Json, files: readonly Upload[], before: WorldMessage) {
      checkFiles(files);
      check(schemaFault(kind, body) ?? messageFault(body, files, before.json));
    },
  };
};

export type Messages = ReturnType<typeof createMessages>;
