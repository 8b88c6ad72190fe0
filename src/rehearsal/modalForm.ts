import type { OpenModal } from "./interactions.ts";
import { componentsOf } from "./messageRules.ts";
import type { Json } from "./world.ts";

export type Fields = Readonly<Record<string, string | readonly string[]>>;

const TEXT_INPUT = 4;

const checkField = (component: Json, given: string | readonly string[] | undefined) => {
  const name = `The field "${String(component.custom_id)}"`;
  const value = given ?? component.value ?? [];
  if (component.type === TEXT_INPUT && typeof value !== "string" && given !== undefined) {
    throw new Error(`${name} takes a text.`);
  }
  const size = value === "" ? 0 : (value as string | readonly string[]).length;
  if (size === 0) {
    if (component.required !== false) throw new Error(`${name} must be filled in.`);
    return;
  }
  if (component.type !== TEXT_INPUT) return;
  if (size < Number(component.min_length ?? 0) || size > Number(component.max_length ?? 4_000)) {
    throw new Error(`${name}: its length is out of bounds.`);
  }
};

const value = (component: Json, given: string | readonly string[] | undefined): Json => {
  if (component.type === TEXT_INPUT) return { value: String(given ?? component.value ?? "") };
  return { values: given === undefined ? [] : [given].flat() };
};

/**
 * What a filled-in modal sends.
 * @throws Error with what Discord's own client would not let anybody send
 */
export const modalData = ({ form }: OpenModal, fields: Fields): Json => {
  const asked = componentsOf(form).filter((each) => typeof each.custom_id === "string");
  const unknown = Object.keys(fields).find((name) => !asked.some((each) => each.custom_id === name));
  if (unknown !== undefined) throw new Error(`The modal has no field "${unknown}".`);
  for (const component of asked) checkField(component, fields[String(component.custom_id)]);
  let last = 0;
  const filled = (component: Json): Json => {
    last += 1;
    return {
      type: component.type,
      id: component.id ?? last,
      ...(component.custom_id !== undefined && {
        custom_id: component.custom_id,
        ...value(component, fields[String(component.custom_id)]),
      }),
      ...(component.component !== undefined && { component: filled(component.component as Json) }),
      ...(component.components !== undefined && { components: (component.components as Json[]).map(filled) }),
    };
  };
  return { custom_id: form.custom_id, components: ((form.components ?? []) as Json[]).map(filled) };
};
