import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { Fields } from "../protocol.ts";
import { count, type Raw, raw, raws, text } from "./json.ts";
import { markdownView } from "./markdownView.ts";
import { isSelect, limitsOf, optionsOf } from "./selectView.ts";
import { uploadFile } from "./uploadFile.ts";
import type { ViewContext } from "./viewContext.ts";

/** Discord's numbers for the kinds of components in a form. */
const Kind = {
  ActionRow: 1,
  TextInput: 4,
  TextDisplay: 10,
  Label: 18,
  FileUpload: 19,
  Radio: 21,
  CheckboxGroup: 22,
  Checkbox: 23,
} as const;
const PARAGRAPH = 2;

const textInput = (input: Raw, id: string): TemplateResult => {
  const min = count(input.min_length) ?? nothing;
  const max = count(input.max_length) ?? 4_000;
  const placeholder = text(input.placeholder);
  const value = text(input.value);
  const required = input.required !== false;
  return input.style === PARAGRAPH
    ? html`<textarea id=${id} name=${id} rows="4" minlength=${min} maxlength=${max} placeholder=${placeholder} ?required=${required} .value=${value}></textarea>`
    : html`<input type="text" id=${id} name=${id} autocomplete="off" minlength=${min} maxlength=${max} placeholder=${placeholder} ?required=${required} .value=${value} />`;
};

const select = (of: Raw, id: string, { guild }: ViewContext): TemplateResult => {
  const { max } = limitsOf(of);
  const required = of.required !== false;
  return html`<select id=${id} name=${id} ?multiple=${max > 1} ?required=${required}>
    ${max === 1 ? html`<option value="">${text(of.placeholder) || "Choose"}</option>` : nothing}
    ${optionsOf(of, guild).map(
      ({ label, value, isDefault }) => html`<option value=${value} ?selected=${isDefault}>${label}</option>`,
    )}
  </select>`;
};

const choices = (of: Raw, id: string, kind: "radio" | "checkbox"): TemplateResult => html`<div class="choices">
  ${raws(of.options).map(
    (option) =>
      html`<label>
        <input type=${kind} name=${id} value=${text(option.value)} ?checked=${option.default === true} />
        ${text(option.label)}
      </label>`,
  )}
</div>`;

const control = (of: Raw, context: ViewContext): TemplateResult | typeof nothing => {
  const id = text(of.custom_id);
  if (of.type === Kind.TextInput) return textInput(of, id);
  if (of.type === Kind.Radio) return choices(of, id, "radio");
  if (of.type === Kind.CheckboxGroup) return choices(of, id, "checkbox");
  if (of.type === Kind.Checkbox)
    return html`<input type="checkbox" id=${id} name=${id} value="true" ?checked=${of.default === true} />`;
  if (of.type === Kind.FileUpload)
    return html`<input type="file" id=${id} name=${id} ?multiple=${limitsOf(of).max > 1} ?required=${of.required !== false} />`;
  return isSelect(of.type) ? select(of, id, context) : nothing;
};

const labelled = (
  label: string,
  note: string,
  of: Raw,
  context: ViewContext,
): TemplateResult => html`<div class="labelled">
  <label for=${text(of.custom_id)}>${label}${of.required === false ? html`<span class="faint"> optional</span>` : nothing}</label>
  ${note ? html`<p class="faint">${note}</p>` : nothing} ${control(of, context)}
</div>`;

const row = (of: Raw, context: ViewContext): TemplateResult | readonly TemplateResult[] | typeof nothing => {
  if (of.type === Kind.TextDisplay) return markdownView(text(of.content), context.guild);
  if (of.type === Kind.Label) return labelled(text(of.label), text(of.description), raw(of.component), context);
  if (of.type === Kind.ActionRow)
    return raws(of.components).map((inner) => labelled(text(inner.label), "", inner, context));
  return nothing;
};

/** The values of the form by custom id; its files are uploaded first. */
const read = async (form: HTMLFormElement, components: readonly Raw[]): Promise<Fields> => {
  const values = new FormData(form);
  const fields: Fields = {};
  for (const one of components.flatMap((each) => [raw(each.component), ...raws(each.components)])) {
    const id = text(one.custom_id);
    if (id === "") continue;
    const said = values.getAll(id).filter((value) => typeof value === "string" && value !== "") as string[];
    const files = values.getAll(id).filter((value) => value instanceof File && value.size > 0) as File[];
    if (one.type === Kind.Checkbox) fields[id] = said.length > 0;
    else if (one.type === Kind.FileUpload) fields[id] = await Promise.all(files.map(uploadFile));
    else fields[id] = one.type === Kind.TextInput || one.type === Kind.Radio ? (said[0] ?? "") : said;
  }
  return fields;
};

/** A form that the bot opens; the browser keeps the focus in it, and Escape closes it. */
export const modalView = (context: ViewContext): TemplateResult | typeof nothing => {
  const { state, actions } = context;
  if (state.modal === undefined) return nothing;
  const { form, sending, complaint } = state.modal;
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    void actions.submit(read(event.target as HTMLFormElement, form.components));
  };
  const open = ref((element) => {
    if (element instanceof HTMLDialogElement && !element.open)
      queueMicrotask(() => element.isConnected && !element.open && element.showModal());
  });
  return html`<dialog class="modal" aria-labelledby="modal-title" ${open} @close=${actions.closeModal}>
    <form @submit=${send}>
      <h2 id="modal-title">${form.title}</h2>
      ${form.components.map((one) => row(one, context))}
      ${complaint ? html`<p class="complaint" role="alert">${complaint}</p>` : nothing}
      <div class="row">
        <button type="button" class="button secondary" @click=${actions.closeModal}>Cancel</button>
        <button type="submit" class="button primary" ?disabled=${sending}>Submit</button>
      </div>
    </form>
  </dialog>`;
};
