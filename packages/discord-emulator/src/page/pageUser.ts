import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Emulator, FileUpload, InteractionResponse, Member } from "../api.ts";
import { EVERYONE_PERMISSIONS } from "../state/guild.ts";
import type { ReceivedPacket } from "../voice/types.ts";
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

/** What the page uses of an evening. */
export type PageEmulator = Pick<
  Emulator,
  "apiBase" | "botName" | "member" | "onChange" | "commands" | "channels" | "roles" | "members"
>;

/** The visitor's place in the guild, shared by all pages that are open. */
export interface PageUser {
  view(): Omit<GuildView, "isListening">;
  commands(): readonly RegisteredCommand[];
  /** Does what was asked. Never rejects. */
  handle(question: PageRequest): Promise<Outcome>;
  /** Calls back with what the visitor hears, wherever they sit, until the function that it returns is called. */
  listen(packet: (packet: ReceivedPacket) => void): () => void;
  isInVoice(): boolean;
  leave(): Promise<void>;
}

/** Older messages are not shown. */
const LONGEST_LOG = 100;

const why = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

const isHandle = (value: unknown): value is FileHandle =>
  typeof value === "object" && value !== null && "file" in value;

/**
 * Seats the visitor in an evening.
 * @param find the file that the page has handed over before
 */
export const createPageUser = (
  emulator: PageEmulator,
  name: string,
  find: (handle: string) => FileUpload,
): PageUser => {
  // Whoever rehearses hosts: every command can be tried.
  const me = emulator.member(name, { permissions: EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageGuild });
  let locale = "en-US";

  const opened = <T>(value: T | FileHandle): T | FileUpload => (isHandle(value) ? find(value.file) : value);
  const openedAll = (values: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, opened(value)]));

  const seen = (channel: string): readonly MessageView[] =>
    me
      .messages(channel)
      .slice(-LONGEST_LOG)
      .map(({ id, ephemeral, raw }) => ({ id, ephemeral, raw }));

  const outcomeOf = (answer: InteractionResponse): Outcome =>
    answer.kind === "modal" ? { kind: "modal", modal: answer.raw as unknown as ModalForm } : { kind: "done" };

  const shown = (channel: string, message: string) => {
    const found = me.messages(channel).find(({ id }) => id === message);
    if (found === undefined) throw new Error("This message is gone.");
    return found;
  };

  /** Companions alone: neither the bot nor the visitor can be sent away from the page. */
  const companion = (wanted: string): Member => {
    const person = emulator.members().find((one) => one.name === wanted);
    if (person === undefined || person.bot || person.name === name) throw new Error(`${wanted} is not a companion.`);
    return emulator.member(wanted);
  };

  const act = async (question: PageRequest): Promise<Outcome> => {
    switch (question.type) {
      case "slash":
        return outcomeOf(await me.slash(question.path, openedAll(question.options), { channel: question.channel }));
      case "autocomplete": {
        const { path, option, typed, others, channel } = question;
        return { kind: "choices", choices: await me.autocomplete(path, option, typed, openedAll(others), { channel }) };
      }
      case "click":
        return outcomeOf(await me.click(question.customId, shown(question.channel, question.message)));
      case "select": {
        const { customId, values, channel, message } = question;
        return outcomeOf(await me.select(customId, values, shown(channel, message)));
      }
      case "submit":
        return outcomeOf(
          await me.submit(
            question.customId,
            Object.fromEntries(
              Object.entries(question.fields).map(([key, value]) => [
                key,
                Array.isArray(value) ? value.map((each) => opened(each)) : value,
              ]),
            ),
          ),
        );
      case "messageCommand":
        return outcomeOf(await me.useMessageCommand(question.command, shown(question.channel, question.message)));
      case "setLocale":
        locale = question.locale;
        emulator.member(name, { locale });
        return { kind: "done" };
      case "voiceEffect":
        me.sendVoiceEffect(question.emoji);
        return { kind: "done" };
      case "send":
        if (question.text === "" && question.files === undefined) throw new Error("There is nothing to say.");
        me.send(question.text, {
          channel: question.channel,
          files: (question.files ?? []).map((each) => find(each.file)),
        });
        return { kind: "done" };
      case "join":
        await me.join(question.channel);
        return { kind: "done" };
      case "leave":
        await me.leave();
        return { kind: "done" };
      case "listen":
        return { kind: "done" };
      case "deafen":
        me.setSelfMute(question.on);
        me.setSelfDeaf(question.on);
        return { kind: "done" };
      case "addMember":
        if (emulator.members().some((one) => one.name.toLowerCase() === question.name.toLowerCase()))
          throw new Error(`There is a ${question.name} already.`);
        if (emulator.members().length >= 50) throw new Error("This server is full: send somebody home first.");
        emulator.member(question.name);
        return { kind: "done" };
      case "removeMember":
        await companion(question.name).leaveGuild();
        return { kind: "done" };
      case "moveMember": {
        const who = companion(question.name);
        if (question.channel === null) await who.leave();
        else await who.join(question.channel);
        return { kind: "done" };
      }
    }
  };

  return {
    view() {
      const channels = emulator.channels();
      const texts = channels.filter(({ kind }) => kind === "text");
      return {
        user: { id: me.id, name: me.name, locale },
        channels,
        members: emulator.members(),
        roles: emulator.roles(),
        messages: Object.fromEntries(texts.map((channel) => [channel.name, seen(channel.name)])),
      };
    },
    commands: () => emulator.commands() as unknown as readonly RegisteredCommand[],
    async handle(question) {
      try {
        return await act(question);
      } catch (error) {
        return { kind: "failed", why: why(error) };
      }
    },
    listen(hear) {
      let listener = me.listener();
      let stop = listener?.onPacket(hear);
      const off = emulator.onChange(() => {
        // Another channel means other ears.
        if (me.listener() === listener) return;
        stop?.();
        listener = me.listener();
        stop = listener?.onPacket(hear);
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
