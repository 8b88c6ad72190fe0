import type { Fields } from "../protocol.ts";
import { count, type Raw, raw, raws, text } from "./json.ts";
import type { Say } from "./say.ts";
import { limitsOf } from "./selectView.ts";
import { uploadFile } from "./uploadFile.ts";

/** Discord's numbers for the kinds of components in a form. */
export const Kind = {
  ActionRow: 1,
  TextInput: 4,
  TextDisplay: 10,
  Label: 18,
  FileUpload: 19,
  Radio: 21,
  CheckboxGroup: 22,
  Checkbox: 23,
} as const;

/** A field of a form, under the name that is written beside it. */
interface FormField {
  readonly label: string;
  readonly component: Raw;
}

/** The fields of a form in order. */
const fieldsOf = (components: readonly Raw[]): readonly FormField[] =>
  components.flatMap((part): readonly FormField[] => {
    if (part.type === Kind.Label) return [{ label: text(part.label), component: raw(part.component) }];
    return raws(part.components).map((component) => ({ label: text(component.label), component }));
  });

/** What the form's own fields hold; files are not uploaded yet. */
const valuesOf = (form: FormData, id: string) => ({
  texts: form.getAll(id).filter((value) => typeof value === "string" && value !== "") as string[],
  files: form.getAll(id).filter((value) => value instanceof File && value.size > 0) as File[],
});

const faultOf = ({ label: name, component }: FormField, form: FormData, say: Say): string | undefined => {
  const { type } = component;
  const { texts, files } = valuesOf(form, text(component.custom_id));
  const isRequired = component.required !== false && type !== Kind.Checkbox;
  if (type === Kind.TextInput) {
    const [typed = ""] = texts;
    const min = count(component.min_length) ?? 0;
    const max = count(component.max_length) ?? 4_000;
    if (typed === "") return isRequired ? say("fieldMissing", { name }) : undefined;
    if (typed.length < min) return say("fieldTooShort", { name, min });
    return typed.length > max ? say("fieldTooLong", { name, max }) : undefined;
  }
  if (type === Kind.FileUpload) return isRequired && files.length === 0 ? say("fieldMissing", { name }) : undefined;
  const { min } = limitsOf(component);
  const max = type === Kind.CheckboxGroup ? raws(component.options).length : limitsOf(component).max;
  if (isRequired && texts.length === 0 && min > 0) return say("chooseAgain", { name });
  if (texts.length > 0 && texts.length < min) return say("chooseCount", { name, min, max });
  return type !== Kind.Checkbox && texts.length > max ? say("tooMany", { name, max }) : undefined;
};

/**
 * The first field that Discord's client would not let anybody send, with a sentence that names it.
 * @returns its custom id, or undefined where the form can be sent
 */
export const formFault = (
  components: readonly Raw[],
  form: FormData,
  say: Say,
): { readonly field: string; readonly complaint: string } | undefined => {
  for (const field of fieldsOf(components)) {
    const complaint = faultOf(field, form, say);
    if (complaint !== undefined) return { field: text(field.component.custom_id), complaint };
  }
  return undefined;
};

/** The values of the form by custom id; its files are uploaded first. @throws Error with a sentence for the user */
export const readForm = async (components: readonly Raw[], form: FormData, say: Say): Promise<Fields> => {
  const fields: Fields = {};
  for (const { component } of fieldsOf(components)) {
    const id = text(component.custom_id);
    if (id === "") continue;
    const { texts, files } = valuesOf(form, id);
    if (component.type === Kind.Checkbox) fields[id] = texts.length > 0;
    else if (component.type === Kind.FileUpload)
      fields[id] = await Promise.all(files.map((file) => uploadFile(file, say)));
    else fields[id] = component.type === Kind.TextInput || component.type === Kind.Radio ? (texts[0] ?? "") : texts;
  }
  return fields;
};
