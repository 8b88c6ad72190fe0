import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Answer, Evening, Handed, Member } from "../api.ts";
import { EVERYONE_PERMISSIONS } from "../state/guildState.ts";
import type { HeardPacket } from "../voice/types.ts";
import type { Handle, ModalForm, Outcome, Question, RegisteredCommand, SeenMessage, Value, World } from "./protocol.ts";

/** What the page uses of an evening. */
export type PageEvening = Pick<
  Evening,
  "apiBase" | "botName" | "member" | "onChange" | "commands" | "channels" | "roles" | "people"
>;

/** The visitor's place in the guild, shared by all pages that are open. */
export interface Visitor {
  world(): Omit<World, "hearing">;
  commands(): readonly RegisteredCommand[];
  /** Does what was asked. Never rejects. */
  ask(question: Question): Promise<Outcome>;
  /** Calls back with what the visitor hears, wherever they sit, until the function that it returns is called. */
  hear(packet: (packet: HeardPacket) => void): () => void;
  sits(): boolean;
  leave(): Promise<void>;
}

/** Older messages are not shown. */
const LONGEST_LOG = 100;

const why = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

const isHandle = (value: unknown): value is Handle => typeof value === "object" && value !== null && "file" in value;

/**
 * Seats the visitor in an evening.
 * @param find the file that the page has handed over before
 */
export const createVisitor = (evening: PageEvening, name: string, find: (handle: string) => Handed): Visitor => {
  // Whoever rehearses hosts: every command can be tried.
  const me = evening.member(name, { permissions: EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageGuild });
  let locale = "en-US";

  const opened = <T>(value: T | Handle): T | Handed => (isHandle(value) ? find(value.file) : value);
  const openedAll = (values: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, opened(value)]));

  const seen = (channel: string): readonly SeenMessage[] =>
    me
      .sees(channel)
      .slice(-LONGEST_LOG)
      .map(({ id, ephemeral, raw }) => ({ id, ephemeral, raw }));

  const outcomeOf = (answer: Answer): Outcome =>
    answer.kind === "modal" ? { kind: "modal", modal: answer.raw as unknown as ModalForm } : { kind: "done" };

  const shown = (channel: string, message: string) => {
    const found = me.sees(channel).find(({ id }) => id === message);
    if (found === undefined) throw new Error("This message is gone.");
    return found;
  };

  /** Companions alone: neither the bot nor the visitor can be sent away from the page. */
  const companion = (wanted: string): Member => {
    const person = evening.people().find((one) => one.name === wanted);
    if (person === undefined || person.bot || person.name === name) throw new Error(`${wanted} is not a companion.`);
    return evening.member(wanted);
  };

  const act = async (question: Question): Promise<Outcome> => {
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
      case "use":
        return outcomeOf(await me.use(question.command, shown(question.channel, question.message)));
      case "speakIn":
        locale = question.locale;
        evening.member(name, { locale });
        return { kind: "done" };
      case "effect":
        me.sendEffect(question.emoji);
        return { kind: "done" };
      case "say":
        if (question.text === "" && question.files === undefined) throw new Error("There is nothing to say.");
        me.say(question.text, {
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
      case "hear":
        return { kind: "done" };
      case "deafen":
        me.setSelfMute(question.on);
        me.setSelfDeaf(question.on);
        return { kind: "done" };
      case "invite":
        if (evening.people().some((one) => one.name.toLowerCase() === question.name.toLowerCase()))
          throw new Error(`There is a ${question.name} already.`);
        if (evening.people().length >= 50) throw new Error("This server is full: send somebody home first.");
        evening.member(question.name);
        return { kind: "done" };
      case "dismiss":
        await companion(question.name).quit();
        return { kind: "done" };
      case "seat": {
        const who = companion(question.name);
        if (question.channel === null) await who.leave();
        else await who.join(question.channel);
        return { kind: "done" };
      }
    }
  };

  return {
    world() {
      const channels = evening.channels();
      const texts = channels.filter(({ kind }) => kind === "text");
      return {
        you: { id: me.id, name: me.name, locale },
        channels,
        people: evening.people(),
        roles: evening.roles(),
        messages: Object.fromEntries(texts.map((channel) => [channel.name, seen(channel.name)])),
      };
    },
    commands: () => evening.commands() as unknown as readonly RegisteredCommand[],
    async ask(question) {
      try {
        return await act(question);
      } catch (error) {
        return { kind: "failed", why: why(error) };
      }
    },
    hear(hear) {
      let listener = me.listener();
      let stop = listener?.onPacket(hear);
      const off = evening.onChange(() => {
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
    sits: () => evening.people().some((one) => one.id === me.id && one.voice !== undefined),
    leave: async () => {
      await me.leave();
    },
  };
};
