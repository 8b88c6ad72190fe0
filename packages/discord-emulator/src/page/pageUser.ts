import { PermissionFlagsBits } from "discord-api-types/v10";
import type { ActivityFrame, Emulator, FileUpload, InteractionResponse, Member, VisibleMessage } from "../api.ts";
import { EVERYONE_PERMISSIONS } from "../state/guild.ts";
import type { ReceivedPacket } from "../voice/types.ts";
import { createBotControls } from "./botControls.ts";
import { PageError } from "./pageError.ts";
import type {
  FileHandle,
  GuildView,
  MessageView,
  ModalForm,
  Outcome,
  PageRequest,
  RegisteredCommand,
  Value,
} from "./protocol.ts";
import type { Walkthrough } from "./walkthrough.ts";

/** What the page uses of an emulator. */
export type PageEmulator = Pick<
  Emulator,
  | "apiBase"
  | "botName"
  | "botChannel"
  | "botPermissions"
  | "channel"
  | "channels"
  | "commands"
  | "faults"
  | "grantBot"
  | "member"
  | "members"
  | "onChange"
  | "revokeBot"
  | "roles"
>;

/** The page's user in the guild, shared by all pages that are open. */
export interface PageUser {
  view(): Omit<GuildView, "isListening">;
  commands(): readonly RegisteredCommand[];
  /** Does what the page asks for. Never rejects. */
  handle(request: PageRequest): Promise<Outcome>;
  /** Calls back with what the user hears in whichever voice channel they are. @returns a function that stops it */
  listen(callback: (packet: ReceivedPacket) => void): () => void;
  isInVoice(): boolean;
  /**
   * Opens the bot's activity in the user's voice channel, as `Member` does.
   * @returns why it can't, where it can't
   */
  openActivity(...how: Parameters<Member["openActivity"]>): ActivityFrame | Extract<Outcome, { kind: "failed" }>;
  leave(): Promise<void>;
}

type Request<Type extends PageRequest["type"]> = Extract<PageRequest, { type: Type }>;

/** Older messages are not shown. */
const MAX_MESSAGES = 500;
const MAX_MEMBERS = 50;
const DONE: Outcome = { kind: "done" };
/** What a moderator may do beyond what everybody may. */
const MODERATOR = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.MoveMembers | PermissionFlagsBits.MuteMembers;

const describeError = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

const failure = (error: unknown): Extract<Outcome, { kind: "failed" }> => ({
  kind: "failed",
  why: describeError(error),
  ...(error instanceof PageError && { sentence: error.sentence }),
});

const isHandle = (value: unknown): value is FileHandle =>
  typeof value === "object" && value !== null && "file" in value;

const toOutcome = (response: InteractionResponse): Outcome =>
  response.kind === "modal" ? { kind: "modal", modal: response.raw as unknown as ModalForm } : DONE;

/** What the user does as a member: everything but what concerns companions. */
const createMemberRequests = (me: Member, find: (handle: string) => FileUpload) => {
  const withFile = <T>(value: T | FileHandle): T | FileUpload => (isHandle(value) ? find(value.file) : value);
  const withFiles = (values: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, withFile(value)]));
  const messageOf = ({ channel, message }: { channel: string; message: string }): VisibleMessage => {
    const found = me.messages(channel).find(({ id }) => id === message);
    if (found === undefined) throw new PageError("This message is gone.", "messageGone");
    return found;
  };

  return {
    slash: ({ path, options, channel }: Request<"slash">) => me.slash(path, withFiles(options), { channel }),
    autocomplete: ({ path, option, typed, others, channel }: Request<"autocomplete">) =>
      me.autocomplete(path, option, typed, withFiles(others), { channel }),
    click: (request: Request<"click">) => me.click(request.customId, messageOf(request)),
    select: (request: Request<"select">) => me.select(request.customId, request.values, messageOf(request)),
    submit: ({ customId, fields }: Request<"submit">) => {
      const values = Object.entries(fields).map(([key, value]) => [
        key,
        Array.isArray(value) ? value.map((each) => withFile(each)) : value,
      ]);
      return me.submit(customId, Object.fromEntries(values));
    },
    messageCommand: (request: Request<"messageCommand">) => me.useMessageCommand(request.command, messageOf(request)),
    send({ text, channel, files }: Request<"send">): void {
      if (text === "" && files === undefined) throw new PageError("There is nothing to say.", "nothingToSend");
      me.send(text, { channel, files: (files ?? []).map((each) => find(each.file)) });
    },
  };
};

/** Members that the page invites, moves and sends home: neither the bot nor the user. */
const createCompanions = (emulator: PageEmulator, userName: string) => {
  const find = (name: string): Member => {
    const member = emulator.members().find((each) => each.name === name);
    if (member === undefined || member.bot || member.name === userName)
      throw new PageError(`${name} is not a companion.`, "notACompanion", { name });
    return emulator.member(name);
  };
  return {
    add(name: string): void {
      const members = emulator.members();
      if (members.some((each) => each.name.toLowerCase() === name.toLowerCase()))
        throw new PageError(`There is a ${name} already.`, "nameTaken", { name });
      if (members.length >= MAX_MEMBERS)
        throw new PageError("This server is full: send somebody home first.", "serverFull");
      emulator.member(name);
    },
    remove: (name: string) => find(name).leaveGuild(),
    mute: (name: string, on: boolean) => find(name).setSelfMute(on),
    async move(name: string, channel: string | null): Promise<void> {
      const member = find(name);
      if (channel === null) await member.leave();
      else await member.join(channel);
    },
  };
};

/**
 * Adds the page's user to the guild.
 * @param find the file of a handle that the page was given for its upload
 * @param walkthrough that the user may start
 */
export const createPageUser = (
  emulator: PageEmulator,
  name: string,
  find: (handle: string) => FileUpload,
  walkthrough: Walkthrough,
): PageUser => {
  // The page's user is a moderator at first, so that every command can be tried.
  let isModerator = true;
  const moderate = (on: boolean) => {
    isModerator = on;
    return emulator.member(name, { permissions: EVERYONE_PERMISSIONS | (on ? MODERATOR : 0n) });
  };
  const me = moderate(true);
  const botControls = createBotControls(emulator);
  const requests = createMemberRequests(me, find);
  const companions = createCompanions(emulator, name);
  let locale = "en-US";

  const messagesIn = (channel: string): readonly MessageView[] =>
    me
      .messages(channel)
      .slice(-MAX_MESSAGES)
      .map(({ id, ephemeral, raw }) => ({ id, ephemeral, raw }));

  const act = async (request: PageRequest): Promise<Outcome> => {
    switch (request.type) {
      case "slash":
        return toOutcome(await requests.slash(request));
      case "autocomplete":
        return { kind: "choices", choices: await requests.autocomplete(request) };
      case "click":
        return toOutcome(await requests.click(request));
      case "select":
        return toOutcome(await requests.select(request));
      case "submit":
        return toOutcome(await requests.submit(request));
      case "messageCommand":
        return toOutcome(await requests.messageCommand(request));
      case "setLocale":
        locale = request.locale;
        emulator.member(name, { locale });
        return DONE;
      case "voiceEffect":
        me.sendVoiceEffect(request.emoji);
        return DONE;
      case "send":
        requests.send(request);
        return DONE;
      case "join":
        await me.join(request.channel);
        return DONE;
      case "leave":
        await me.leave();
        return DONE;
      case "listen":
        return DONE;
      case "deafen":
        me.setSelfMute(request.on);
        me.setSelfDeaf(request.on);
        return DONE;
      case "addMember":
        companions.add(request.name);
        return DONE;
      case "removeMember":
        await companions.remove(request.name);
        return DONE;
      case "moveMember":
        await companions.move(request.name, request.channel);
        return DONE;
      case "muteMember":
        companions.mute(request.name, request.on);
        return DONE;
      case "setBotPermission":
        botControls.setPermission(request.permission, request.on);
        return DONE;
      case "inviteToSpeak":
        botControls.inviteToSpeak(request.on);
        return DONE;
      case "moderate":
        moderate(request.on);
        return DONE;
      case "openActivity":
      case "activityMessage":
      case "closeActivity":
        // Of one page: see `pageConnection.ts`.
        return DONE;
      case "walkthrough":
        if (request.on) walkthrough.start();
        else walkthrough.stop();
        return DONE;
    }
  };

  return {
    view() {
      const channels = emulator.channels();
      const texts = channels.filter(({ kind }) => kind === "text");
      return {
        user: { id: me.id, name: me.name, locale, isModerator },
        botPermissions: botControls.permissions(),
        channels,
        members: emulator.members(),
        roles: emulator.roles(),
        messages: Object.fromEntries(texts.map((channel) => [channel.name, messagesIn(channel.name)])),
      };
    },
    commands: () => emulator.commands() as unknown as readonly RegisteredCommand[],
    async handle(request) {
      try {
        return await act(request);
      } catch (error) {
        return failure(error);
      }
    },
    openActivity(...how) {
      try {
        return me.openActivity(...how);
      } catch (error) {
        return failure(error);
      }
    },
    listen(callback) {
      let listener = me.listener();
      let stop = listener?.onPacket(callback);
      const off = emulator.onChange(() => {
        // In another channel the user has another listener.
        if (me.listener() === listener) return;
        stop?.();
        listener = me.listener();
        stop = listener?.onPacket(callback);
      });
      return () => {
        off();
        stop?.();
      };
    },
    isInVoice: () => emulator.members().some((one) => one.id === me.id && one.voice !== undefined),
    leave: async () => {
      await me.leave();
    },
  };
};
