import type { Choice } from "../protocol.ts";
import type { Actions } from "./actions.ts";
import {
  type Field,
  findCommand,
  type Option,
  type RunnableCommand,
  runnableCommands,
  sentName,
  suggest,
} from "./commandLine.ts";
import { createCompletion, offerOf } from "./completion.ts";
import { createDraft } from "./draft.ts";
import { type GuildNames, namesOption, parseCommand, parseOptions, type TypedValues } from "./pastedCommand.ts";
import { sayIn } from "./say.ts";
import type { ServerConnection } from "./serverConnection.ts";
import { settings } from "./settings.ts";
import { type Store, withMember } from "./state.ts";
import { uploadFile } from "./uploadFile.ts";
import { firstCommands, noteUse } from "./usage.ts";

/** What the user does while writing. */
export interface Composer {
  /** The text line has changed. */
  type(text: string): void;
  /** An option's field has changed. */
  fill(option: string, typed: string): void;
  /** Takes a file for an option. */
  attach(option: string, file: File): void;
  focus(option: string): void;
  blur(): void;
  addOption(option: Option): void;
  removeOption(name: string): void;
  /** Puts a command into the line, with its first field ready. */
  begin(path: string, values?: Readonly<Record<string, string>>): void;
  /** Takes what the list offers. @returns whether there was something to take */
  accept(index?: number): boolean;
  move(steps: number): void;
  /** Closes the list, else puts the command away. */
  escape(): void;
  send(): void;
  /** Sends a file as a message, with what is written. */
  sendFile(file: File): void;
}

/** Writing a message or a command, with what the server and the bot offer on the way. */
export const createComposer = (store: Store, server: ServerConnection, actions: Actions): Composer => {
  const draft = createDraft(store);
  const completion = createCompletion(store, server);
  const locale = () => store.state.guild?.user.locale ?? "en-US";
  const commands = () => runnableCommands(store.state.commands, locale(), firstCommands(settings.firstCommands ?? []));
  const names = (): GuildNames => ({
    members: store.state.guild?.members.map(({ name }) => name) ?? [],
    channels: store.state.guild?.channels.map(({ name }) => name) ?? [],
  });

  const begin = (command: RunnableCommand, values?: TypedValues, kept?: readonly Field[]) => {
    completion.stop();
    draft.begin(command, values, kept);
  };
  const clear = () => {
    completion.stop();
    draft.clear();
  };
  const run = async () => {
    const read = draft.read();
    if (read === undefined) return;
    const { path, sent } = read.command;
    clear();
    const request = { type: "slash", path: sent, options: read.options, channel: store.state.channel } as const;
    const outcome = await actions.request(request, `/${path}`, "draft");
    noteUse(sent);
    if (outcome.kind !== "failed") store.set({ completed: withMember(store.state.completed, sent, true) });
  };

  /** A choice of the list of commands. */
  const acceptCommand = (value: Choice["value"]) => {
    const command = commands().find(({ path }) => path === value);
    if (command !== undefined) begin(command);
  };
  /** A choice for a field; the next one that is required takes the focus. */
  const acceptValue = (name: string, choice: Choice) => {
    draft.setField(name, (field) => ({ ...field, typed: choice.name, chosen: choice.value }));
    store.set({ offer: undefined });
    const missing = draft.command()?.fields.find(({ option, typed }) => option.required && typed === "");
    draft.focusOnField(missing ?? draft.field(name));
  };

  return {
    type(text) {
      const command = findCommand(commands(), text);
      if (command !== undefined) return begin(command);
      // Pasted, or typed faster than the line could turn into fields.
      const pasted = parseCommand(commands(), text, names());
      if (pasted !== undefined && Object.keys(pasted.values).length > 0) return begin(pasted.command, pasted.values);
      const found = text.startsWith("/") ? suggest(commands(), text) : [];
      const choices = found.map(({ path, description }) => ({ name: `/${path}`, value: path, note: description }));
      store.set({ draft: { mode: "text", text }, offer: offerOf(choices), complaint: "" });
    },
    fill(option, typed) {
      const written = draft.command();
      if (written !== undefined && namesOption(written.command.options, typed)) {
        const { command } = written;
        const own = command.options.filter(({ name }) => name === option);
        const rest = command.options.filter(({ name }) => name !== option);
        const values = parseOptions([...own, ...rest], typed, names());
        const isKept = (field: Field) => field.typed !== "" && values[sentName(field.option)] === undefined;
        const others = written.fields.filter((field) => field.option.name !== option);
        return begin(command, values, others.filter(isKept));
      }
      draft.setField(option, (field) => ({ option: field.option, typed }));
      const field = draft.field(option);
      if (field !== undefined) completion.complete(field);
    },
    attach(option, file) {
      draft.setField(option, (field) => ({ option: field.option, typed: file.name }));
      uploadFile(file, sayIn(locale())).then(
        (chosen) => draft.setField(option, (field) => (field.typed === file.name ? { ...field, chosen } : field)),
        (error: Error) => store.set({ complaint: error.message }),
      );
    },
    focus(option) {
      const field = draft.field(option);
      const isOffered = store.state.offer?.field === option;
      if (field !== undefined && field.chosen === undefined && !isOffered) completion.complete(field);
    },
    blur() {
      completion.stop();
      store.set({ offer: undefined });
    },
    addOption: draft.addField,
    removeOption: draft.removeField,
    begin(path, values) {
      const command = commands().find((one) => one.sent === path);
      store.set({ drawer: undefined });
      if (command !== undefined) begin(command, values);
      else this.type(`/${path}`);
    },
    accept(index) {
      const { offer } = store.state;
      const choice = offer?.choices[index ?? offer.active];
      if (offer === undefined || choice === undefined) return false;
      completion.stop();
      if (offer.field === undefined) acceptCommand(choice.value);
      else acceptValue(offer.field, choice);
      return true;
    },
    move(steps) {
      const { offer } = store.state;
      if (offer === undefined) return;
      const { length } = offer.choices;
      store.set({ offer: { ...offer, active: (offer.active + steps + length) % length } });
      store.afterDrawing(() =>
        document.getElementById(`choice-${store.state.offer?.active}`)?.scrollIntoView({ block: "nearest" }),
      );
    },
    escape() {
      if (store.state.offer !== undefined) this.blur();
      else if (draft.command() !== undefined) clear();
    },
    sendFile(file) {
      const { draft: written, channel } = store.state;
      const text = written.mode === "text" ? written.text.trim() : "";
      uploadFile(file, sayIn(locale())).then(
        (handle) => {
          clear();
          return actions.request({ type: "send", channel, text, files: [handle] }, file.name);
        },
        (error: Error) => store.set({ complaint: error.message }),
      );
    },
    send() {
      const { draft: written, channel, guild } = store.state;
      if (written.mode === "command") return void run();
      const text = written.text.trim();
      if (text === "" || guild === undefined) return;
      const pasted = parseCommand(commands(), text, names());
      if (pasted !== undefined) return begin(pasted.command, pasted.values);
      if (text.startsWith("/")) {
        const [name = ""] = text.slice(1).split(" ");
        return store.set({ complaint: sayIn(locale())("commandNotFound", { name }) });
      }
      clear();
      void actions.request({ type: "send", channel, text }, sayIn(locale())("yourMessage"));
    },
  };
};
