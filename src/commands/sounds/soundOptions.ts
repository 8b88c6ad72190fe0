import { RISKS, type Risk, type Sound, TRIGGERS, type Trigger } from "../../catalogue/sound.ts";
import { SYNONYMS } from "../../catalogue/synonyms.ts";
import { message, named } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import type { MemberText } from "../../kernel/memberText.ts";
import type { Autocomplete, CommandOptions, Invoker } from "../command.ts";
import { LICENCES } from "./soundsAdd.ts";

const unknownTrigger = (typed: MemberText) =>
  new UserError("unknown-trigger", message("sounds.kindNotFound", { kind: named(typed) }));

/** Triggers by their names and synonyms in the languages of the commands. */
const triggersLike = (typed: string, { say }: Pick<Invoker, "say">): readonly Trigger[] => {
  const wanted = typed.trim().toLowerCase();
  const begins = (trigger: Trigger) =>
    [trigger, say.word(trigger)].some((name) => name.toLowerCase().startsWith(wanted));
  const called = (trigger: Trigger) => SYNONYMS[trigger].split(" ").some((word) => word.startsWith(wanted));
  return [...TRIGGERS.filter(begins), ...TRIGGERS.filter((trigger) => !begins(trigger) && called(trigger))];
};

/** Triggers whose name or synonym starts with what was typed. */
export const autocompleteTrigger: Autocomplete = (typed, invoker) =>
  triggersLike(typed, invoker).map((trigger) => ({ name: invoker.say.word(trigger), value: trigger }));

/** The trigger that the invoker means. @throws UserError when none matches */
export const resolveTrigger = (call: Invoker & { readonly options: CommandOptions }): Trigger | undefined => {
  const typed = call.options.optionalText("trigger");
  if (typed === undefined) return undefined;
  const [meant] = triggersLike(typed, call);
  if (meant === undefined || typed.trim() === "") throw unknownTrigger(typed);
  return meant;
};

/** Flags separated by commas, in English or the member's language; what is none is left out. */
export const parseFlags = (typed: string | undefined, { say }: Pick<Invoker, "say">): Sound["risks"] => {
  const words = (typed ?? "").split(",").map((word) => word.trim().toLowerCase());
  return RISKS.filter((risk) => [risk, say.word(risk).toLowerCase()].some((name) => words.includes(name)));
};

/** Suggests another flag after the ones already typed. */
export const autocompleteFlags: Autocomplete = (typed, { say }) => {
  const parts = typed.split(",").map((part) => part.trim().toLowerCase());
  const begun = parts.pop() ?? "";
  const there = RISKS.filter((risk) => parts.includes(risk));
  const begins = (risk: Risk) => [risk, say.word(risk)].some((name) => name.toLowerCase().startsWith(begun));
  return RISKS.filter((risk) => !there.includes(risk) && begins(risk)).map((risk) => {
    const all = [...there, risk];
    return { name: all.map(say.word).join(", "), value: all.join(", ") };
  });
};

/** Licences that start with what was typed. */
export const autocompleteLicence: Autocomplete = (typed, { say }) =>
  LICENCES.filter((licence) => licence.toLowerCase().startsWith(typed.trim().toLowerCase())).map((name) => ({
    name: say.word(name),
    value: name,
  }));
