import type { FileUpload, ModalValues } from "../api.ts";
import type { AttachmentStore } from "../messages/attachments.ts";
import { componentsOf } from "../messages/messageRules.ts";
import type { Json } from "../shared/json.ts";
import type { GuildState } from "../state/guild.ts";
import { resolved } from "./commandData.ts";
import type { OpenModal } from "./interactions.ts";

/** Discord's numbers for the kinds of components in a form. */
const Kind = { Select: 3, TextInput: 4, FileUpload: 19, Radio: 21, CheckboxGroup: 22, Checkbox: 23 } as const;
/** Selects of people, roles and channels, which offer no options of their own. */
const OF_THE_GUILD = new Set([5, 6, 7, 8]);
const MOST_FILES = 10;

type Given = ModalValues[string];

const isFile = (value: string | FileUpload): value is FileUpload => typeof value === "object";

const checkText = (name: string, { min_length: least = 0, max_length: most = 4_000 }: Json, text: Given) => {
  if (typeof text !== "string") throw new Error(`${name} takes a text.`);
  if (text !== "" && (text.length < Number(least) || text.length > Number(most))) {
    throw new Error(`${name}: its length is out of bounds.`);
  }
};

/** What a bound of a component is where it does not say. */
const bounds = (component: Json): readonly [number, number] => {
  const options = (component.options ?? []) as Json[];
  const most = component.type === Kind.CheckboxGroup ? options.length : 1;
  return [Number(component.min_values ?? 1), Number(component.max_values ?? most)];
};

const checkChosen = (name: string, component: Json, chosen: readonly (string | FileUpload)[]) => {
  const ofFiles = component.type === Kind.FileUpload;
  if (chosen.some((each) => isFile(each) !== ofFiles)) throw new Error(`${name} takes ${ofFiles ? "" : "no "}files.`);
  const [least, most] = bounds(component);
  if (chosen.length < least || chosen.length > Math.min(most, ofFiles ? MOST_FILES : 25)) {
    throw new Error(`${name} takes ${least} to ${most} values.`);
  }
  if (ofFiles || OF_THE_GUILD.has(Number(component.type))) return;
  const unknown = chosen.find((value) => !((component.options ?? []) as Json[]).some((each) => each.value === value));
  if (unknown !== undefined) throw new Error(`${name} has no value "${String(unknown)}".`);
};

/** What is in a field that nobody has touched. */
const untouched = (component: Json): Given => {
  if (component.type === Kind.TextInput) return String(component.value ?? "");
  if (component.type === Kind.Checkbox) return component.default === true;
  const options = ((component.options ?? []) as Json[]).filter((each) => each.default === true);
  if (component.type === Kind.Radio) return String(options[0]?.value ?? "");
  const ids = ((component.default_values ?? []) as Json[]).map((each) => String(each.id));
  return [...options.map((each) => String(each.value)), ...ids];
};

/** @returns the field's value, as Discord's client lets it be sent */
const checked = (component: Json, given: Given = untouched(component)): Given => {
  const name = `The field "${String(component.custom_id)}"`;
  if (component.type === Kind.Checkbox) {
    if (typeof given !== "boolean") throw new Error(`${name} is ticked or not.`);
    return given;
  }
  if (typeof given === "boolean") throw new Error(`${name} is nothing to tick.`);
  if (given.length === 0) {
    if (component.required !== false) throw new Error(`${name} must be filled in.`);
    return given;
  }
  if (component.type === Kind.TextInput) checkText(name, component, given);
  else checkChosen(name, component, [given].flat());
  if (component.type === Kind.Radio && [given].flat().length > 1) throw new Error(`${name} takes one value.`);
  return given;
};

/**
 * What a filled-in modal sends.
 * @throws Error with what Discord's own client would not let anybody send
 */
export const modalData = (
  { guild, attachments: store }: { readonly guild: GuildState; readonly attachments: AttachmentStore },
  { form }: OpenModal,
  fields: ModalValues,
): Json => {
  const asked = componentsOf(form).filter((each) => typeof each.custom_id === "string");
  const unknown = Object.keys(fields).find((name) => !asked.some((each) => each.custom_id === name));
  if (unknown !== undefined) throw new Error(`The modal has no field "${unknown}".`);
  const values = new Map(asked.map((each) => [each.custom_id, checked(each, fields[String(each.custom_id)])]));
  const attachments: Json = {};
  const ids: string[] = [];

  const contentOf = (component: Json): Json => {
    const value = values.get(component.custom_id) ?? [];
    if (component.type === Kind.TextInput || component.type === Kind.Checkbox) return { value };
    const chosen = [value as string | readonly (string | FileUpload)[]].flat().map((each) => {
      if (!isFile(each)) return each;
      const attachment = store.add(each);
      attachments[String(attachment.id)] = attachment;
      return String(attachment.id);
    });
    if (component.type === Kind.Radio) return { value: chosen[0] === "" ? null : (chosen[0] ?? null) };
    if (OF_THE_GUILD.has(Number(component.type))) ids.push(...chosen);
    return { values: value === "" ? [] : chosen };
  };
  let last = 0;
  const filled = (component: Json): Json => {
    last += 1;
    return {
      type: component.type,
      id: component.id ?? last,
      ...(component.custom_id !== undefined && { custom_id: component.custom_id, ...contentOf(component) }),
      ...(component.component !== undefined && { component: filled(component.component as Json) }),
      ...(component.components !== undefined && { components: (component.components as Json[]).map(filled) }),
    };
  };
  const components = ((form.components ?? []) as Json[]).map(filled);
  const found = {
    ...(ids.length > 0 && resolved(guild, ids)),
    ...(Object.keys(attachments).length > 0 && { attachments }),
  };
  return { custom_id: form.custom_id, components, ...(Object.keys(found).length > 0 && { resolved: found }) };
};
