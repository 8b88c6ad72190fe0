import type { Choice, CommandOption, Value } from "../protocol.ts";
import type { Actions } from "./actions.ts";
import {
  emptyField,
  type Field,
  findCommand,
  fitting,
  type Option,
  OptionType,
  ownChoices,
  type RunnableCommand,
  readField,
  readFields,
  runnableCommands,
  sentName,
  suggest,
} from "./commandLine.ts";
import type { ServerConnection } from "./serverConnection.ts";
import { type Draft, type Offer, type Store, TEXT_ID, withMember } from "./state.ts";
import { uploadFile } from "./uploadFile.ts";

/** What the visitor does while writing. */
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

/** Longer than between two keys, shorter than a thought. */
const PAUSE = 120;

export const fieldId = (name: string) => `option-${name}`;

const EMPTY: Draft = { mode: "text", text: "" };

export const createComposer = (store: Store, server: ServerConnection, actions: Actions): Composer => {
  let asking: ReturnType<typeof setTimeout> | undefined;
  let round = 0;

  const focusOn = (id: string) => store.afterDrawing(() => document.getElementById(id)?.focus());
  const all = () => runnableCommands(store.state.commands, store.state.guild?.user.locale);
  const offer = (choices: Offer["choices"], field?: string): Offer | undefined =>
    choices.length === 0 ? undefined : { choices, active: 0, ...(field !== undefined && { field }) };

  const fieldOf = (name: string): Field | undefined => {
    const { draft } = store.state;
    return draft.mode === "command" ? draft.fields.find(({ option }) => option.name === name) : undefined;
  };

  const others = (name: string): Record<string, Value> => {
    const { draft } = store.state;
    const fields = draft.mode === "command" ? draft.fields.filter((one) => one.option.name !== name) : [];
    const given: Record<string, Value> = {};
    for (const field of fields) {
      const read = field.typed.trim() === "" ? undefined : readField(field);
      if (read !== undefined && "value" in read) given[sentName(field.option)] = read.value;
    }
    return given;
  };

  const guildChoices = (option: CommandOption): readonly Choice[] | undefined => {
    const { guild } = store.state;
    if (option.type === OptionType.User) return guild?.members.map(({ name, id }) => ({ name, value: id }));
    if (option.type === OptionType.Channel) return guild?.channels.map(({ name, id }) => ({ name, value: id }));
    return undefined;
  };

  /** Offers what fits a field: at once where it is known here, after a pause where the bot is asked. */
  const complete = ({ option, typed }: Field) => {
    clearTimeout(asking);
    const mine = ++round;
    const own = ownChoices(option) ?? guildChoices(option);
    if (own !== undefined) return store.set({ offer: offer(fitting(own, typed), option.name) });
    if (!option.autocomplete) return store.set({ offer: undefined });
    asking = setTimeout(async () => {
      const { draft, channel } = store.state;
      if (draft.mode !== "command") return;
      const { sent: path } = draft.command;
      const { name } = option;
      const outcome = await server.request({
        type: "autocomplete",
        path,
        option: sentName(option),
        typed,
        others: others(name),
        channel,
      });
      if (mine === round && outcome.kind === "choices") store.set({ offer: offer(outcome.choices, name) });
    }, PAUSE);
  };

  const stopCompleting = () => {
    clearTimeout(asking);
    round++;
  };

  const setField = (name: string, change: (field: Field) => Field) => {
    const { draft } = store.state;
    if (draft.mode !== "command") return;
    const fields = draft.fields.map((field) => (field.option.name === name ? change(field) : field));
    store.set({ draft: { ...draft, fields }, complaint: "" });
  };

  const start = (command: RunnableCommand, values: Readonly<Record<string, string>> = {}) => {
    stopCompleting();
    const wanted = command.options.filter((option) => option.required || Object.hasOwn(values, sentName(option)));
    const fields = wanted.map((option) => ({ ...emptyField(option), typed: values[sentName(option)] ?? "" }));
    store.set({ draft: { mode: "command", command, fields }, offer: undefined, complaint: "" });
    const open = fields.find(({ typed }) => typed === "");
    focusOn(open ? fieldId(open.option.name) : fields[0] ? fieldId(fields[0].option.name) : "send");
  };

  const clear = () => {
    stopCompleting();
    store.set({ draft: EMPTY, offer: undefined, complaint: "" });
    focusOn(TEXT_ID);
  };

  const run = async (draft: Extract<Draft, { mode: "command" }>) => {
    const read = readFields(draft.fields);
    if ("why" in read) {
      store.set({ complaint: read.why, offer: undefined });
      return focusOn(fieldId(read.field));
    }
    const { path: shown, sent: path } = draft.command;
    clear();
    const question = { type: "slash", path, options: read.options, channel: store.state.channel } as const;
    const outcome = await actions.request(question, `/${shown}`, "draft");
    if (outcome.kind !== "failed") store.set({ completed: withMember(store.state.completed, path, true) });
  };

  return {
    type(text) {
      const command = findCommand(all(), text);
      if (command !== undefined) return start(command);
      const found = text.startsWith("/") ? suggest(all(), text) : [];
      const choices = found.map(({ path, description }) => ({ name: `/${path}`, value: path, note: description }));
      store.set({ draft: { mode: "text", text }, offer: offer(choices), complaint: "" });
    },
    fill(option, typed) {
      setField(option, (field) => ({ option: field.option, typed }));
      const field = fieldOf(option);
      if (field !== undefined) complete(field);
    },
    attach(option, file) {
      setField(option, (field) => ({ option: field.option, typed: file.name }));
      uploadFile(file).then(
        (chosen) => setField(option, (field) => (field.typed === file.name ? { ...field, chosen } : field)),
        (error: Error) => store.set({ complaint: error.message }),
      );
    },
    focus(option) {
      const field = fieldOf(option);
      if (field !== undefined && field.chosen === undefined && store.state.offer?.field !== option) complete(field);
    },
    blur() {
      stopCompleting();
      store.set({ offer: undefined });
    },
    addOption(option) {
      const { draft } = store.state;
      if (draft.mode !== "command") return;
      store.set({ draft: { ...draft, fields: [...draft.fields, emptyField(option)] } });
      focusOn(fieldId(option.name));
    },
    removeOption(name) {
      const { draft } = store.state;
      if (draft.mode !== "command") return;
      const fields = draft.fields.filter(({ option }) => option.name !== name);
      store.set({ draft: { ...draft, fields }, offer: undefined, complaint: "" });
      focusOn(fields[0] ? fieldId(fields[0].option.name) : "send");
    },
    begin(path, values) {
      const command = all().find((one) => one.sent === path);
      store.set({ drawer: undefined });
      if (command !== undefined) start(command, values);
      else this.type(`/${path}`);
    },
    accept(index) {
      const { offer: open } = store.state;
      const choice = open?.choices[index ?? open.active];
      if (open === undefined || choice === undefined) return false;
      stopCompleting();
      if (open.field === undefined) {
        const command = all().find(({ path }) => path === choice.value);
        if (command !== undefined) start(command);
        return true;
      }
      const name = open.field;
      setField(name, (field) => ({ ...field, typed: choice.name, chosen: choice.value }));
      store.set({ offer: undefined });
      const { draft } = store.state;
      const missing = draft.mode === "command" && draft.fields.find((one) => one.option.required && one.typed === "");
      if (missing) focusOn(fieldId(missing.option.name));
      else focusOn(fieldId(name));
      return true;
    },
    move(steps) {
      const { offer: open } = store.state;
      if (open === undefined) return;
      const { length } = open.choices;
      store.set({ offer: { ...open, active: (open.active + steps + length) % length } });
      store.afterDrawing(() =>
        document.getElementById(`choice-${store.state.offer?.active}`)?.scrollIntoView({ block: "nearest" }),
      );
    },
    escape() {
      if (store.state.offer !== undefined) {
        stopCompleting();
        store.set({ offer: undefined });
      } else if (store.state.draft.mode === "command") clear();
    },
    sendFile(file) {
      const { draft, channel } = store.state;
      const text = draft.mode === "text" ? draft.text.trim() : "";
      uploadFile(file).then(
        (handle) => {
          clear();
          return actions.request({ type: "send", channel, text, files: [handle] }, file.name);
        },
        (error: Error) => store.set({ complaint: error.message }),
      );
    },
    send() {
      const { draft, channel, guild } = store.state;
      if (draft.mode === "command") return void run(draft);
      const text = draft.text.trim();
      if (text === "" || guild === undefined) return;
      const command = text.startsWith("/") ? findCommand(all(), `${text} `) : undefined;
      if (command !== undefined) return start(command);
      if (text.startsWith("/")) return store.set({ complaint: "There is no command of that name." });
      clear();
      void actions.request({ type: "send", channel, text }, "Your message");
    },
  };
};
