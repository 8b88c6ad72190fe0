import {
  emptyField,
  type Field,
  type Option,
  OptionType,
  type RunnableCommand,
  readFields,
  sentName,
} from "./commandLine.ts";
import { sayIn } from "./say.ts";
import { type Draft, type Store, TEXT_ID } from "./state.ts";

/** DOM id of an option's field. */
export const fieldId = (name: string): string => `option-${name}`;

const EMPTY: Draft = { mode: "text", text: "" };
const SEND_ID = "send";

/** What is being written: a line of text, or a command with its fields; and where the focus goes. */
export const createDraft = (store: Store) => {
  const command = (): Extract<Draft, { mode: "command" }> | undefined => {
    const { draft } = store.state;
    return draft.mode === "command" ? draft : undefined;
  };
  const focusOn = (id: string) => store.afterDrawing(() => document.getElementById(id)?.focus());
  const focusOnField = (field: Field | undefined) => focusOn(field ? fieldId(field.option.name) : SEND_ID);

  return {
    command,
    field: (name: string): Field | undefined => command()?.fields.find(({ option }) => option.name === name),
    focusOnField,

    setField(name: string, change: (field: Field) => Field): void {
      const draft = command();
      if (draft === undefined) return;
      const fields = draft.fields.map((field) => (field.option.name === name ? change(field) : field));
      store.set({ draft: { ...draft, fields }, complaint: "" });
    },
    addField(option: Option): void {
      const draft = command();
      if (draft === undefined) return;
      const field = emptyField(option);
      store.set({ draft: { ...draft, fields: [...draft.fields, field] } });
      focusOnField(field);
    },
    removeField(name: string): void {
      const draft = command();
      if (draft === undefined) return;
      const fields = draft.fields.filter(({ option }) => option.name !== name);
      store.set({ draft: { ...draft, fields }, offer: undefined, complaint: "" });
      focusOnField(fields[0]);
    },
    /**
     * Puts a command into the line, with fields for its required options and for those that have a value.
     * @param kept fields that stay as they are
     */
    begin(chosen: RunnableCommand, values: Readonly<Record<string, string>> = {}, kept: readonly Field[] = []): void {
      const keptOf = (option: Option) => kept.find((field) => field.option.name === option.name);
      const wanted = chosen.options.filter(
        (option) => option.required || Object.hasOwn(values, sentName(option)) || keptOf(option) !== undefined,
      );
      const people = store.state.guild?.members ?? [];
      const channels = store.state.guild?.channels ?? [];
      /** A person or a channel that is named is chosen. */
      const filled = (option: Option): Field => {
        const typed = values[sentName(option)] ?? "";
        const list = option.type === OptionType.User ? people : option.type === OptionType.Channel ? channels : [];
        const found = list.find(({ name, id }) => name.toLowerCase() === typed.toLowerCase() || id === typed);
        return { option, typed, ...(found !== undefined && typed !== "" && { chosen: found.id }) };
      };
      const fields = wanted.map((option) => keptOf(option) ?? filled(option));
      store.set({ draft: { mode: "command", command: chosen, fields }, offer: undefined, complaint: "" });
      focusOnField(fields.find(({ typed }) => typed === "") ?? fields[0]);
    },
    /** The values of all fields; where one is wrong, says so beside it. */
    read() {
      const draft = command();
      if (draft === undefined) return undefined;
      const read = readFields(draft.fields, sayIn(store.state.guild?.user.locale ?? "en"));
      if (!("why" in read)) return { command: draft.command, options: read.options };
      store.set({ complaint: read.why, offer: undefined });
      focusOn(fieldId(read.field));
      return undefined;
    },
    clear(): void {
      store.set({ draft: EMPTY, offer: undefined, complaint: "" });
      focusOn(TEXT_ID);
    },
  };
};
