import { ApiError } from "../shared/apiError.ts";
import type { Json } from "../shared/json.ts";
import { schemaFault } from "../shared/requestSchemas.ts";
import { BOT_ID, type GuildState, type StoredFile, type StoredMessage } from "../state/guild.ts";
import { memberJson, userJson } from "../state/objects.ts";
import type { MultipartFile } from "./attachments.ts";
import { componentsOf, mediaOf, messageFault } from "./messageRules.ts";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
/** What a bot may set on a message in a channel: embeds hidden, no notification, a voice message, components of version 2. */
const SETTABLE_FLAGS = (1 << 2) | (1 << 12) | (1 << 13) | (1 << 15);
const LARGEST_FILE = 10 * 2 ** 20;

interface NewMessage {
  readonly channelId: string;
  /** The bot, unless said. */
  readonly author?: string;
  readonly body: Json;
  readonly files?: readonly MultipartFile[];
  /** Who alone sees it. */
  readonly onlyFor?: string | undefined;
  /** The interaction that it answers. */
  readonly interaction?: Json;
}

/** Numbers the components, and turns references to attachments into their addresses, as Discord does in its answers. */
const withResolvedComponents = (body: Json, attachments: readonly Json[]): Json[] => {
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
  guild: GuildState,
  address: () => string,
  dispatch: (event: string, payload: Json) => void,
) => {
  const check = (fault: string | undefined) => {
    if (fault !== undefined) throw new ApiError(400, 50_035, `Invalid Form Body: ${fault}`);
  };
  const checkFiles = (files: readonly MultipartFile[]) => {
    if (files.some((file) => file.bytes.length > LARGEST_FILE)) {
      throw new ApiError(413, 40_005, "Request entity too large");
    }
  };

  /** Takes files in, and describes them as `attachments` of the body asks. */
  const storeFiles = (message: string, files: readonly MultipartFile[], body: Json) => {
    const kept = new Map<string, StoredFile>();
    const asked = (body.attachments ?? []) as Json[];
    const attachments = files.map((file): Json => {
      const id = guild.snowflake();
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
  const asBotSees = ({ json }: StoredMessage): Json =>
    (json.author as Json).id === BOT_ID || String(json.content).includes(`<@${BOT_ID}>`)
      ? json
      : { ...json, content: "", embeds: [], attachments: [], components: [] };

  const post = ({
    channelId,
    author = BOT_ID,
    body,
    files = [],
    onlyFor: visibleTo,
    interaction,
  }: NewMessage): StoredMessage => {
    const id = guild.snowflake();
    const member = guild.members.get(author);
    if (member === undefined) throw new ApiError(404, 10_013, "Unknown User");
    const { kept, attachments } = storeFiles(id, files, body);
    const json: Json = {
      id,
      channel_id: channelId,
      type: interaction?.type === 2 ? 20 : 0,
      content: body.content ?? "",
      embeds: body.embeds ?? [],
      components: withResolvedComponents(body, attachments),
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
    const message: StoredMessage = { json, channelId, files: kept, ...(visibleTo !== undefined && { visibleTo }) };
    guild.messages.set(id, message);
    const channel = guild.channels.get(channelId);
    if (visibleTo === undefined) {
      if (channel) channel.lastMessageId = id;
      dispatch("MESSAGE_CREATE", { ...asBotSees(message), guild_id: guild.id });
    }
    guild.notifyChange();
    return message;
  };

  const edit = (message: StoredMessage, body: Json, files: readonly MultipartFile[] = []): StoredMessage => {
    const { json } = message;
    const { kept, attachments } = storeFiles(String(json.id), files, body);
    const stays = (id: unknown) =>
      body.attachments === undefined || ((body.attachments ?? []) as Json[]).some((each) => each.id === id);
    for (const id of [...message.files.keys()]) if (!stays(id)) message.files.delete(id);
    for (const [id, file] of kept) message.files.set(id, file);
    const wasLoading = (Number(json.flags) & LOADING) !== 0;
    json.attachments = [...((json.attachments ?? []) as Json[]).filter((each) => stays(each.id)), ...attachments];
    if (body.content !== undefined) json.content = body.content ?? "";
    if (body.embeds !== undefined) json.embeds = body.embeds ?? [];
    if (body.components !== undefined) json.components = withResolvedComponents(body, json.attachments as Json[]);
    json.flags = (Number(json.flags) & ~LOADING) | (Number(body.flags ?? 0) & SETTABLE_FLAGS);
    if (!wasLoading) json.edited_timestamp = new Date().toISOString();
    if (message.visibleTo === undefined) dispatch("MESSAGE_UPDATE", { ...asBotSees(message), guild_id: guild.id });
    guild.notifyChange();
    return message;
  };

  const remove = (message: StoredMessage) => {
    guild.messages.delete(String(message.json.id));
    if (message.visibleTo === undefined)
      dispatch("MESSAGE_DELETE", { id: message.json.id, channel_id: message.channelId, guild_id: guild.id });
    guild.notifyChange();
  };

  const find = (id: string): StoredMessage => {
    const message = guild.messages.get(id);
    if (message === undefined) throw new ApiError(404, 10_008, "Unknown Message");
    return message;
  };

  return {
    post,
    /** The message that the bot has sent with the nonce before, where it asks that there be one alone. */
    sentBefore: (channelId: string, { nonce, enforce_nonce: once }: Json): StoredMessage | undefined =>
      once === true && nonce !== undefined
        ? [...guild.messages.values()].find((each) => each.channelId === channelId && each.json.nonce === nonce)
        : undefined,
    edit,
    remove,
    find,
    check,
    asBotSees,
    /** One that a bot's token can see in the channel: no ephemeral one. */
    findInChannel(id: string, channelId: string): StoredMessage {
      const message = find(id);
      if (message.channelId !== channelId || message.visibleTo !== undefined) {
        throw new ApiError(404, 10_008, "Unknown Message");
      }
      return message;
    },
    isOwn: (message: StoredMessage) => (message.json.author as Json).id === BOT_ID,
    isLoading: (message: StoredMessage) => (Number(message.json.flags) & LOADING) !== 0,
    /** @throws ApiError for what Discord would not take as a new message */
    checkNew(kind: "message" | "webhookMessage", body: Json, files: readonly MultipartFile[]) {
      checkFiles(files);
      check(schemaFault(kind, body) ?? messageFault(body, files));
      const most = kind === "message" ? SETTABLE_FLAGS : SETTABLE_FLAGS | EPHEMERAL;
      if ((Number(body.flags ?? 0) & ~most) !== 0) check("flags: not what a bot may set here");
      const context = [body.content, ...((body.embeds ?? []) as unknown[]), ...((body.components ?? []) as unknown[])];
      if (context.every((each) => each === undefined || each === null || each === "") && files.length === 0) {
        throw new ApiError(400, 50_006, "Cannot send an empty message");
      }
    },
    /** @throws ApiError for what Discord would not take as an edit */
    checkEdit(kind: "messageEdit" | "webhookEdit", body: Json, files: readonly MultipartFile[], before: StoredMessage) {
      checkFiles(files);
      check(schemaFault(kind, body) ?? messageFault(body, files, before.json));
    },
  };
};

export type Messages = ReturnType<typeof createMessages>;
