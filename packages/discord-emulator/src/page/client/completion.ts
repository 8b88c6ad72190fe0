import type { Choice, Value } from "../protocol.ts";
import { type Field, fitting, type Option, OptionType, ownChoices, readField, sentName } from "./commandLine.ts";
import type { ServerConnection } from "./serverConnection.ts";
import type { Offer, Store } from "./state.ts";

/** Longer than between two keys, shorter than a thought; in milliseconds. */
const PAUSE = 120;

/** A list of choices with the first one active; undefined where there are none. */
export const offerOf = (choices: Offer["choices"], field?: string): Offer | undefined =>
  choices.length === 0 ? undefined : { choices, active: 0, ...(field !== undefined && { field }) };

/** Offers choices for the option that is being filled in. */
export const createCompletion = (store: Store, server: ServerConnection) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Answers to earlier questions are dropped. */
  let round = 0;

  /** What the other options are filled in with, as far as it can be read. */
  const otherValues = (name: string): Record<string, Value> => {
    const { draft } = store.state;
    const fields = draft.mode === "command" ? draft.fields.filter((one) => one.option.name !== name) : [];
    const values: Record<string, Value> = {};
    for (const field of fields) {
      const read = field.typed.trim() === "" ? undefined : readField(field);
      if (read !== undefined && "value" in read) values[sentName(field.option)] = read.value;
    }
    return values;
  };

  const guildChoices = (option: Option): readonly Choice[] | undefined => {
    const { guild } = store.state;
    if (option.type === OptionType.User) return guild?.members.map(({ name, id }) => ({ name, value: id }));
    if (option.type === OptionType.Channel) return guild?.channels.map(({ name, id }) => ({ name, value: id }));
    return undefined;
  };

  const askBot = async ({ option, typed }: Field, own: number) => {
    const { draft, channel } = store.state;
    if (draft.mode !== "command") return;
    const outcome = await server.request({
      type: "autocomplete",
      path: draft.command.sent,
      option: sentName(option),
      typed,
      others: otherValues(option.name),
      channel,
    });
    if (own === round && outcome.kind === "choices") store.set({ offer: offerOf(outcome.choices, option.name) });
  };

  return {
    /** Offers what fits a field: at once where it is known here, after a pause where the bot is asked. */
    complete(field: Field): void {
      const { option, typed } = field;
      clearTimeout(timer);
      const own = ++round;
      const known = ownChoices(option) ?? guildChoices(option);
      if (known !== undefined) store.set({ offer: offerOf(fitting(known, typed), option.name) });
      else if (!option.autocomplete) store.set({ offer: undefined });
      else timer = setTimeout(() => void askBot(field, own), PAUSE);
    },
    /** What is being asked for is not wanted any more. */
    stop(): void {
      clearTimeout(timer);
      round++;
    },
  };
};
