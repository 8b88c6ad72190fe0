import { asJson, Refusal, type Upload } from "./rest.ts";
import { componentsOf, messageFault, schemaFault } from "./schemas.ts";
import { BOT_ID, type Json, memberJson, userJson, type World, type WorldMessage } from "./world.ts";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;

export interface Post {
  readonly channelId: string;
  readonly author?: string;
  readonly body: Json;
  readonly files?: readonly Upload[];
  readonly onlyFor?: string | undefined;
  readonly interaction?: Json;
  readonly webhook?: boolean;
}

/** Numbers the components and turns attachment references into addresses, as Discord does in its answers. */
const settled = (body: Json, attachments: readonly Json[]): Json[] => {
  const components = structuredClone((body.components ?? []) as Json[]);
  componentsOf({ components }).forEach((component, index) => {
    component.id ??= index + 1;
    for (const media of [
      component.media,
      component.file,
      ...((component.items ?? []) as Json[]).map((item) => item.media),
    ]) {
      const reference = asJson(media);
      const name = String(reference.url ?? "").replace(/^attachment:\/\//, "");
      const found = attachments.find((each) => each.filename === name);
      if (found !== undefined) Object.assign(reference, { url: found.url, proxy_url: found.url });
    }
  });
  return components;
};

export const createMessages = (
  world: World,
  address: () => string,
  dispatch: (event: string, payload: Json) => void,
) => {
  const check = (fault: string | undefined) => {
    if (fault !== undefined) throw new Refusal(400, 50_035, `Invalid Form Body: ${fault}`);
  };

  const store = (id: string, files: readonly Upload[]) => {
    const kept = new Map<string, { name: string; type: string; bytes: Uint8Array }>();
    const attachments = files.map((file) => {
      const attachment = world.snowflake();
      kept.set(attachment, file);
      const url = `${address()}/attachments/${id}/${attachment}/${encodeURIComponent(file.name)}`;
      return {
        id: attachment,
        filename: file.name,
        size: file.bytes.length,
        content_type: file.type,
        url,
        proxy_url: url,
      };
    });
    return { kept, attachments };
  };

  const described = (attachments: Json[], body: Json) =>
    attachments.map((each, index) => {
      const asked = ((body.attachments ?? []) as Json[])[index];
      return { ...each, ...(asked?.description !== undefined && { description: asked.description }) };
    });

  const post = ({
    channelId,
    author = BOT_ID,
    body,
    files = [],
    onlyFor,
    interaction,
    webhook,
  }: Post): WorldMessage => {
    const id = world.snowflake();
    const member = world.members.get(author);
    if (member === undefined) throw new Refusal(404, 10_013, "Unknown User");
    const { kept, attachments } = store(id, files);
    const listed = described(attachments, body);
    const json: Json = {
      id,
      channel_id: channelId,
      type: interaction === undefined ? 0 : 20,
      content: body.content ?? "",
      embeds: body.embeds ?? [],
      components: settled(body, listed),
      attachments: listed,
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
      ...(webhook && { webhook_id: BOT_ID, application_id: BOT_ID }),
      ...(interaction && { interaction_metadata: interaction }),
    };
    const message: WorldMessage = { json, channelId, files: kept, ...(onlyFor !== undefined && { onlyFor }) };
    world.messages.set(id, message);
    const channel = world.channels.get(channelId);
    if (onlyFor === undefined) {
      if (channel) channel.lastMessageId = id;
      dispatch("MESSAGE_CREATE", { ...json, guild_id: undefined });
    }
    world.changed();
    return message;
  };

  const edit = (message: WorldMessage, body: Json, files: readonly Upload[] = []): WorldMessage => {
    const { kept, attachments } = store(String(message.json.id), files);
    for (const [key, file] of kept) (message.files as Map<string, unknown>).set(key, file);
    const json = message.json;
    const wasLoading = (Number(json.flags) & LOADING) !== 0;
    const listed = described(attachments, body);
    if (body.content !== undefined) json.content = body.content ?? "";
    if (body.embeds !== undefined) json.embeds = body.embeds ?? [];
    if (listed.length > 0 || body.attachments !== undefined) json.attachments = listed;
    if (body.components !== undefined) json.components = settled(body, listed);
    json.flags = (Number(json.flags) & ~LOADING) | (Number(body.flags ?? 0) & ~EPHEMERAL);
    if (!wasLoading) json.edited_timestamp = new Date().toISOString();
    if (message.onlyFor === undefined) dispatch("MESSAGE_UPDATE", json);
    world.changed();
    return message;
  };

  const remove = (message: WorldMessage) => {
    world.messages.delete(String(message.json.id));
    if (message.onlyFor === undefined)
      dispatch("MESSAGE_DELETE", { id: message.json.id, channel_id: message.channelId });
    world.changed();
  };

  const find = (id: string, channelId?: string): WorldMessage => {
    const message = world.messages.get(id);
    if (message === undefined || (channelId !== undefined && message.channelId !== channelId)) {
      throw new Refusal(404, 10_008, "Unknown Message");
    }
    return message;
  };

  return {
    post,
    edit,
    remove,
    find,
    checkNew(kind: "message" | "webhookMessage", body: Json, files: readonly Upload[]) {
      check(schemaFault(kind, body) ?? messageFault(body));
      const parts = [body.content, ...((body.embeds ?? []) as unknown[]), ...((body.components ?? []) as unknown[])];
      if (parts.every((each) => each === undefined || each === null || each === "") && files.length === 0) {
        throw new Refusal(400, 50_006, "Cannot send an empty message");
      }
    },
    checkEdit(kind: "messageEdit" | "webhookEdit", body: Json, before: WorldMessage) {
      check(schemaFault(kind, body) ?? messageFault(body, before.json));
    },
    check,
  };
};

export type Messages = ReturnType<typeof createMessages>;
