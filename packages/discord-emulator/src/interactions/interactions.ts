import { InteractionType } from "discord-api-types/v10";
import type { Json } from "../shared/json.ts";
import { BOT_ID, type GuildMember, type GuildState, type StoredMessage } from "../state/guild.ts";
import { channelJson, memberJson } from "../state/objects.ts";

const TOKEN_LIFETIME = 15 * 60_000;
const RESPONSE_LIMIT = 3_000;

/** An interaction from its event until its token expires. */
export interface Interaction {
  readonly id: string;
  readonly type: InteractionType;
  readonly token: string;
  /** Ids of its guild and of the member. */
  readonly guild: string;
  readonly user: string;
  readonly channelId: string;
  /** What was run, of a command: its path, and its kind by Discord's numbers. */
  readonly command: { readonly name: string; readonly command_type: number } | undefined;
  /** The message on which a component was used. */
  readonly message: StoredMessage | undefined;
  /** On the monotonic clock (`performance.now()`). */
  readonly started: number;
  /** Milliseconds until the first response; 0 before it. */
  responseTime: number;
  answered: boolean;
  /** What the first response was. */
  kind: "message" | "update" | "modal" | "none";
  /** Message id of the response. */
  responseId: string | undefined;
  modal: Json | undefined;
  choices: Json[] | undefined;
  /** Resolves with the first response; rejects when none came in time. */
  readonly answer: Promise<void>;
  resolveAnswer(): void;
}

/** A modal as somebody looks at it. */
export interface OpenModal {
  readonly form: Json;
  readonly channelId: string;
  readonly message: StoredMessage | undefined;
}

const pathOf = (data: Json): string => {
  const part = ((data.options ?? []) as Json[]).find(({ type }) => type === 1 || type === 2);
  return part === undefined ? String(data.name) : `${String(data.name)} ${pathOf(part)}`;
};

/**
 * Interactions under Discord's rules: 3 s to respond, tokens of 15 minutes.
 * @param onUnanswered told what was not responded to in time
 */
export const createInteractions = (snowflake: () => string, onUnanswered: (text: string) => void) => {
  const all = new Map<string, Interaction>();
  const tokens = new Map<string, Interaction>();
  const modals = new Map<string, OpenModal>();

  /** The oldest come first. */
  const forgetExpired = () => {
    for (const [id, { token, started }] of all) {
      if (performance.now() - started < TOKEN_LIFETIME) return;
      all.delete(id);
      tokens.delete(token);
    }
  };

  const payloadOf = (
    guild: GuildState,
    { id, type, token, channelId, message }: Interaction,
    member: GuildMember,
    data: Json,
  ): Json => {
    const channel = guild.channels.get(channelId);
    const permissions = guild.permissionsOf(member, channelId).toString();
    return {
      id,
      application_id: BOT_ID,
      type,
      data,
      token,
      version: 1,
      guild_id: guild.id,
      guild: { id: guild.id, locale: "en-US", features: [] },
      guild_locale: "en-US",
      locale: member.locale,
      channel_id: channelId,
      channel: channel && { ...channelJson(channel), permissions },
      member: { ...memberJson(member), permissions },
      app_permissions: guild.botPermissionsIn(channelId).toString(),
      entitlements: [],
      authorizing_integration_owners: { 0: guild.id },
      context: 0,
      attachment_size_limit: 10_485_760,
      ...(message && { message: message.json }),
    };
  };

  return {
    /** @returns the interaction, and what the gateway is to send of it */
    create(
      guild: GuildState,
      member: GuildMember,
      channelId: string,
      type: InteractionType,
      data: Json,
      message?: StoredMessage,
    ) {
      forgetExpired();
      const id = snowflake();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      // A rejection is told where the answer is awaited; where nobody awaits it, it must not end the process.
      promise.catch(() => {});
      const limit = setTimeout(() => {
        onUnanswered(`no answer within 3 s to ${JSON.stringify(data).slice(0, 120)}`);
        reject(new Error("The application did not respond within 3 s."));
      }, RESPONSE_LIMIT).unref();
      const interaction: Interaction = {
        id,
        type,
        token: `interaction-${id}-${crypto.randomUUID()}`,
        guild: guild.id,
        user: member.id,
        channelId,
        command:
          type === InteractionType.ApplicationCommand
            ? { name: pathOf(data), command_type: Number(data.type) }
            : undefined,
        message,
        started: performance.now(),
        responseTime: 0,
        answered: false,
        kind: "none",
        responseId: undefined,
        modal: undefined,
        choices: undefined,
        answer: promise,
        resolveAnswer() {
          clearTimeout(limit);
          resolve();
        },
      };
      all.set(id, interaction);
      tokens.set(interaction.token, interaction);
      return { interaction, payload: payloadOf(guild, interaction, member, data) };
    },
    byId: (id: string): Interaction | undefined => all.get(id),
    /** Undefined after 15 minutes. */
    byToken(token: string): Interaction | undefined {
      const found = tokens.get(token);
      return found !== undefined && performance.now() - found.started < TOKEN_LIFETIME ? found : undefined;
    },
    isLate: ({ started }: Interaction) => performance.now() - started > RESPONSE_LIMIT,
    /** The modal that the member was shown last. */
    modalOf: (user: string): OpenModal | undefined => modals.get(user),
    showModal: (user: string, modal: OpenModal) => void modals.set(user, modal),
    closeModal: (user: string) => void modals.delete(user),
  };
};

/** The interactions of an emulator. */
export type Interactions = ReturnType<typeof createInteractions>;
