import { ApiError } from "../shared/apiError.ts";
import type { Json } from "../shared/json.ts";
import { BOT_ID, type GuildMember, type GuildState, type StoredFile, type StoredMessage } from "../state/guild.ts";
import { memberJson, userJson } from "../state/objects.ts";
import type { MultipartFile } from "./attachments.ts";
import { hasFlag, LOADING, SETTABLE_FLAGS } from "./flags.ts";
import { componentsOf, mediaOf } from "./messageRules.ts";

/** The author as a member, without what may change while the message stays: a message keeps its JSON. */
const authorJson = (member: GuildMember): Json => {
  const { communication_disabled_until: _, ...rest } = memberJson(member);
  return rest;
};

interface NewMessage {
  readonly channelId: string;
  /** Id of the user; the bot by default. */
  readonly author?: string;
  readonly body: Json;
  readonly files?: readonly MultipartFile[];
  /** Id of the one user who sees it. */
  readonly visibleTo?: string | undefined;
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

const messageJson = ({
  id,
  channelId,
  member,
  body,
  attachments,
  interaction,
}: Pick<NewMessage, "channelId" | "body"> & {
  readonly id: string;
  readonly member: GuildMember;
  readonly attachments: readonly Json[];
  readonly interaction: Json | undefined;
}): Json => ({
  id,
  channel_id: channelId,
  type: interaction?.type === 2 ? 20 : 0,
  content: body.content ?? "",
  embeds: body.embeds ?? [],
  components: withResolvedComponents(body, attachments),
  attachments,
  author: userJson(member),
  member: authorJson(member),
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
});

/**
 * Without the intent for message content a bot sees its own messages, and those that mention it, whole, and of others
 * that they are there.
 */
const asBotSees = ({ json }: StoredMessage): Json =>
  (json.author as Json).id === BOT_ID || String(json.content).includes(`<@${BOT_ID}>`)
    ? json
    : { ...json, content: "", embeds: [], attachments: [], components: [] };

/**
 * The messages of one guild; what is posted, edited and deleted is dispatched to the bot.
 * @param address of the REST API, without a path: attachments are fetched there
 */
export const createMessages = (
  guild: GuildState,
  address: () => string,
  dispatch: (event: string, payload: Json) => void,
) => {
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

  const post = ({ channelId, author = BOT_ID, body, files = [], visibleTo, interaction }: NewMessage) => {
    const id = guild.snowflake();
    const member = guild.members.get(author);
    if (member === undefined) throw new ApiError(404, 10_013, "Unknown User");
    const { kept, attachments } = storeFiles(id, files, body);
    const json = messageJson({ id, channelId, member, body, attachments, interaction });
    const message: StoredMessage = { json, channelId, files: kept, ...(visibleTo !== undefined && { visibleTo }) };
    guild.messages.set(id, message);
    if (visibleTo === undefined) {
      const channel = guild.channels.get(channelId);
      if (channel !== undefined) channel.lastMessageId = id;
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
    const wasLoading = hasFlag(json, LOADING);
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
    /** The earlier message with the nonce, where `enforce_nonce` asks that it be sent once. */
    sentBefore: (channelId: string, { nonce, enforce_nonce: once }: Json): StoredMessage | undefined =>
      once === true && nonce !== undefined
        ? [...guild.messages.values()].find((each) => each.channelId === channelId && each.json.nonce === nonce)
        : undefined,
    edit,
    remove,
    find,
    asBotSees,
    /** A message that a bot's token can see in the channel, which no ephemeral one is. @throws ApiError 10008 */
    findInChannel(id: string, channelId: string): StoredMessage {
      const message = find(id);
      if (message.channelId !== channelId || message.visibleTo !== undefined) {
        throw new ApiError(404, 10_008, "Unknown Message");
      }
      return message;
    },
    isOwn: (message: StoredMessage) => (message.json.author as Json).id === BOT_ID,
    /** Whether it is a deferred response still. */
    isLoading: (message: StoredMessage) => hasFlag(message.json, LOADING),
  };
};

/** The messages of one guild. */
export type Messages = ReturnType<typeof createMessages>;
