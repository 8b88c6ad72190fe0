import { z } from "zod";
import type { ChannelView, MemberView } from "../api.ts";

/** Longest frame that the page may send, in bytes: a modal with every field full. */
export const LONGEST_FRAME = 64 * 1024;

const id = z.int().min(0).max(0xffff_ffff);
const snowflake = z.string().regex(/^\d{1,20}$/);
const channel = z.string().min(1).max(100);
const person = z.string().trim().min(1).max(32);
const customId = z.string().min(1).max(100);
const optionName = z.string().min(1).max(32);
const file = z.strictObject({ file: z.uuid() });
/** A file that the page has uploaded before, by the handle that it was given in return. */
export type FileHandle = z.infer<typeof file>;
const optionValue = z.union([z.string().max(6_000), z.number(), z.boolean(), file]);
/** A value of a command's option. */
export type Value = z.infer<typeof optionValue>;
const options = z.record(optionName, optionValue);
const path = z.string().min(1).max(100);
const values = z.array(z.string().max(100)).max(25);
const fields = z.record(
  z.string().min(1).max(100),
  z.union([z.string().max(4_000), z.boolean(), z.array(z.union([z.string().max(100), file])).max(25)]),
);
/** The values of a modal's fields, by custom id. */
export type Fields = z.infer<typeof fields>;

/** What the page may ask for. Every question carries a number of the page's own, and gets one answer with that number. */
export const PageRequest = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("slash"), id, path, options, channel }),
  z.strictObject({
    type: z.literal("autocomplete"),
    id,
    path,
    option: optionName,
    typed: z.string().max(6_000),
    others: options,
    channel,
  }),
  z.strictObject({ type: z.literal("click"), id, channel, message: snowflake, customId }),
  z.strictObject({ type: z.literal("select"), id, channel, message: snowflake, customId, values }),
  z.strictObject({ type: z.literal("submit"), id, customId, fields }),
  /** Runs a command of a message's menu. */
  z.strictObject({
    type: z.literal("messageCommand"),
    id,
    channel,
    message: snowflake,
    command: z.string().min(1).max(32),
  }),
  /** The user's locale, as Discord names it. */
  z.strictObject({ type: z.literal("setLocale"), id, locale: z.string().regex(/^[a-z]{2}(-[A-Z]{2}|-419)?$/) }),
  /** Sends an emoji as an effect into the user's voice channel. */
  z.strictObject({ type: z.literal("voiceEffect"), id, emoji: z.string().min(1).max(32) }),
  z.strictObject({
    type: z.literal("send"),
    id,
    channel,
    text: z.string().max(2_000),
    files: z.array(file).max(10).optional(),
  }),
  z.strictObject({ type: z.literal("join"), id, channel }),
  z.strictObject({ type: z.literal("leave"), id }),
  /** Sends the sound to this page, for a user who is in a voice channel already. */
  z.strictObject({ type: z.literal("listen"), id }),
  z.strictObject({ type: z.literal("deafen"), id, on: z.boolean() }),
  z.strictObject({ type: z.literal("addMember"), id, name: person }),
  z.strictObject({ type: z.literal("removeMember"), id, name: person }),
  /** Moves a companion to a voice channel, or out of theirs. */
  z.strictObject({ type: z.literal("moveMember"), id, name: person, channel: channel.nullable() }),
  /** Mutes a companion by their own hand, or takes that back. */
  z.strictObject({ type: z.literal("muteMember"), id, name: person, on: z.boolean() }),
  /** Gives the bot's role a permission, as Discord names it, or takes it away. */
  z.strictObject({
    type: z.literal("setBotPermission"),
    id,
    permission: z.string().regex(/^[A-Z_]{1,40}$/),
    on: z.boolean(),
  }),
  /** Invites the bot to speak on a stage, or sends it back to the audience. */
  z.strictObject({ type: z.literal("inviteToSpeak"), id, on: z.boolean() }),
  /** Makes the user a moderator of the server, or an ordinary member. */
  z.strictObject({ type: z.literal("moderate"), id, on: z.boolean() }),
  /** Opens the bot's activity in this page. */
  z.strictObject({ type: z.literal("openActivity"), id, platform: z.enum(["desktop", "mobile"]) }),
  /** What the activity's page has posted: opcode and payload. */
  z.strictObject({ type: z.literal("activityMessage"), id, message: z.tuple([z.int(), z.unknown()]) }),
  z.strictObject({ type: z.literal("closeActivity"), id }),
  /** Has companions show what a group does, or ends that early. */
  z.strictObject({ type: z.literal("walkthrough"), id, on: z.boolean() }),
]);
/** A request of the page, as it has passed the schema. */
export type PageRequest = z.infer<typeof PageRequest>;

/** A question before it has its number. */
export type RequestBody = PageRequest extends infer One ? (One extends PageRequest ? Omit<One, "id"> : never) : never;

/** By Discord's names of languages. */
export type Translations = Readonly<Record<string, string>> | null;

/** An option or a subcommand, as Discord's API describes it; only what the page uses. */
export interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly name_localizations?: Translations;
  readonly description_localizations?: Translations;
  readonly required?: boolean;
  readonly choices?: readonly (Choice & { readonly name_localizations?: Translations })[];
  readonly options?: readonly CommandOption[];
  readonly autocomplete?: boolean;
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
}

/** A command that the bot has registered, as Discord's API describes it; only what the page uses. */
export interface RegisteredCommand {
  readonly name: string;
  readonly description: string;
  readonly name_localizations?: Translations;
  readonly description_localizations?: Translations;
  /** Slash commands are 1. */
  readonly type?: number;
  readonly options?: readonly CommandOption[];
}

/** A message as the page's user sees it. */
export interface MessageView {
  readonly id: string;
  readonly ephemeral: boolean;
  /** As Discord's API describes it. */
  readonly raw: Record<string, unknown>;
}

/** A permission of the bot's role, under its name in Discord's documentation. */
export interface BotPermission {
  readonly id: string;
  readonly isGranted: boolean;
}

/** The page's user. */
interface UserView {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  /** Whether they manage the server and its voice channels. */
  readonly isModerator: boolean;
}

/** All that the page's user sees. */
export interface GuildView {
  readonly user: UserView;
  readonly botPermissions: readonly BotPermission[];
  readonly channels: readonly ChannelView[];
  readonly members: readonly MemberView[];
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  /** By the name of the text channel, oldest first. */
  readonly messages: Readonly<Record<string, readonly MessageView[]>>;
  /** Whether the sound of the user's voice channel is sent to this page. */
  readonly isListening: boolean;
}

/** What has changed in a list whose items have an id: only items that changed, and the order where that did. */
export interface ListChanges<Item extends { readonly id: string }> {
  /** New items come last where no order is given. */
  readonly put?: readonly Item[];
  readonly removed?: readonly string[];
  /** The ids of all items, where removing and adding does not lead to the right order. */
  readonly order?: readonly string[];
}

/** What has changed for the page's user since the last message; what is absent is as before. */
export interface GuildChanges {
  readonly user?: UserView;
  readonly isListening?: boolean;
  readonly botPermissions?: ListChanges<BotPermission>;
  readonly channels?: ListChanges<ChannelView>;
  readonly members?: ListChanges<MemberView>;
  readonly roles?: ListChanges<GuildView["roles"][number]>;
  /** By the name of the text channel; null for one that is gone. */
  readonly messages?: Readonly<Record<string, ListChanges<MessageView> | null>>;
}

/** A choice of an option. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** A form that the bot opens, as Discord's API describes it. */
export interface ModalForm {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly Record<string, unknown>[];
}

/** A sentence for the user, as a key of the page's words and the values of its placeholders. */
export interface Sentence {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What became of a request. */
export type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "choices"; readonly choices: readonly Choice[] }
  | { readonly kind: "modal"; readonly modal: ModalForm }
  /** `query`: of the address of the activity's page. */
  | { readonly kind: "activity"; readonly query: string }
  /** One sentence for the user; `sentence` says it in the page's words. */
  | { readonly kind: "failed"; readonly why: string; readonly sentence?: Sentence };

/** What the bot is busy with. */
export interface Progress {
  readonly text: string;
  /** Says the text in the page's words. */
  readonly sentence?: Sentence;
  /** How much of it is done, for a bar. */
  readonly steps?: { readonly done: number; readonly total: number };
  /** What exactly it is at. */
  readonly detail?: string;
  /** Goes from the page by itself after so many milliseconds. */
  readonly hideAfter?: number;
}

/** A message to the page. Sound comes as binary frames: see `packetFrame`. */
export type ServerMessage =
  /** All of it, to a page that has just come. */
  | { readonly type: "guild"; readonly guild: GuildView }
  | { readonly type: "changes"; readonly changes: GuildChanges }
  | { readonly type: "commands"; readonly commands: readonly RegisteredCommand[] }
  | { readonly type: "progress"; readonly progress: Progress | null }
  /** The step that the walkthrough is at, and null when it is at none; why it ended early, if it did so by itself. */
  | { readonly type: "walkthrough"; readonly step: number | null; readonly sentence?: Sentence }
  /** What Discord's client says to the activity's page: opcode and payload. Opcode 2 closes it. */
  | { readonly type: "activity"; readonly message: readonly [number, unknown] }
  | { readonly type: "answer"; readonly id: number; readonly outcome: Outcome };

/** A binary frame: the RTP sequence number (16 bits, big-endian), then the Opus packet. */
export const packetFrame = (sequence: number, opus: Uint8Array): Uint8Array => {
  const frame = new Uint8Array(2 + opus.length);
  frame[0] = (sequence >> 8) & 0xff;
  frame[1] = sequence & 0xff;
  frame.set(opus, 2);
  return frame;
};
