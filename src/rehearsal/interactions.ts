import { componentsOf } from "./schemas.ts";
import {
  BOT_ID,
  channelJson,
  GUILD_ID,
  type Json,
  memberJson,
  type World,
  type WorldMember,
  type WorldMessage,
} from "./world.ts";

const LIFE = 15 * 60_000;
const LIMIT = 3_000;

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly user: string;
  readonly channelId: string;
  /** The message on which a component was used. */
  readonly on: WorldMessage | undefined;
  readonly createdAt: number;
  readonly started: number;
  took: number;
  answered: boolean;
  kind: "message" | "update" | "modal" | "none";
  ephemeral: boolean;
  /** Message id of the answer. */
  original: string | undefined;
  modal: Json | undefined;
  choices: Json[] | undefined;
  readonly settled: Promise<void>;
  settle(): void;
  fail(reason: string): void;
}

export interface Interactions {
  create(
    member: WorldMember,
    channelId: string,
    type: number,
    data: Json,
    on?: WorldMessage,
  ): { interaction: Interaction; payload: Json };
  byId(id: string): Interaction | undefined;
  byToken(token: string): Interaction | undefined;
  /** The modal that the member was shown last. */
  modalOf(user: string): Json | undefined;
  rememberModal(user: string, modal: Json | undefined): void;
}

/** Interactions under Discord's rules: 3 s to answer, tokens of 15 minutes. */
export const createInteractions = (world: World, onUnanswered: (text: string) => void): Interactions => {
  const all = new Map<string, Interaction>();
  const tokens = new Map<string, Interaction>();
  const modals = new Map<string, Json>();
  return {
    create(member, channelId, type, data, on) {
      const id = world.snowflake();
      const token = `interaction-${id}-${Math.random().toString(36).slice(2)}`;
      let settle = () => {};
      let fail = (_: string) => {};
      const settled = new Promise<void>((resolve, reject) => {
        settle = resolve;
        fail = (reason) => reject(new Error(reason));
      });
      settled.catch(() => {});
      const limit = setTimeout(() => {
        if (interaction.answered) return;
        onUnanswered(`no answer within 3 s to ${JSON.stringify(data).slice(0, 120)}`);
        fail("The application did not respond within 3 s.");
      }, LIMIT);
      const interaction: Interaction = {
        id,
        token,
        user: member.id,
        channelId,
        on,
        createdAt: Date.now(),
        started: performance.now(),
        took: 0,
        answered: false,
        kind: "none",
        ephemeral: false,
        original: undefined,
        modal: undefined,
        choices: undefined,
        settled,
        settle() {
          clearTimeout(limit);
          settle();
        },
        fail,
      };
      all.set(id, interaction);
      tokens.set(token, interaction);
      const channel = world.channels.get(channelId);
      const payload = {
        id,
        application_id: BOT_ID,
        type,
        data,
        token,
        version: 1,
        guild_id: GUILD_ID,
        guild: { id: GUILD_ID, locale: "en-US", features: [] },
        guild_locale: "en-US",
        locale: member.locale,
        channel_id: channelId,
        channel: channel && { ...channelJson(channel), permissions: member.permissions.toString() },
        member: { ...memberJson(member), permissions: member.permissions.toString() },
        app_permissions: world.botPermissions(channelId).toString(),
        entitlements: [],
        authorizing_integration_owners: { 0: GUILD_ID },
        context: 0,
        attachment_size_limit: 10_485_760,
        ...(on && { message: on.json }),
      };
      return { interaction, payload };
    },
    byId: (id) => all.get(id),
    byToken(token) {
      const found = tokens.get(token);
      return found !== undefined && Date.now() - found.createdAt < LIFE ? found : undefined;
    },
    modalOf: (user) => modals.get(user),
    rememberModal: (user, modal) => void (modal === undefined ? modals.delete(user) : modals.set(user, modal)),
  };
};

const labelsOf = (component: Json): string[] =>
  [component.content, component.label, component.placeholder].filter(
    (each): each is string => typeof each === "string",
  );

/** All that can be read on a message. */
export const textOf = (message: Json): string => {
  const embeds = ((message.embeds ?? []) as Json[]).flatMap((embed) => [
    embed.title,
    embed.description,
    ...((embed.fields ?? []) as Json[]).flatMap((field) => [field.name, field.value]),
    (embed.footer as Json | undefined)?.text,
  ]);
  return [message.content, ...embeds, ...componentsOf(message).flatMap(labelsOf)].filter(Boolean).join("\n");
};
