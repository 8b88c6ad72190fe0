import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { count, type Raw, raw, raws, text } from "./json.ts";
import { markdownView } from "./markdownView.ts";
import { formFault, Kind, readForm } from "./modalFields.ts";
import { isSelect, limitsOf, optionsOf } from "./selectView.ts";
import type { ViewContext } from "./viewContext.ts";

const PARAGRAPH = 2;

/** How a control tells those who hear the page what belongs to it. */
interface Described {
  readonly id: string;
  /** DOM ids of its description and of what is wrong with it. */
  readonly by: string | typeof nothing;
  readonly isWrong: boolean;
}

const textInput = (input: Raw, { id, by, isWrong }: Described): TemplateResult => {
  const max = count(input.max_length) ?? 4_000;
  const placeholder = text(input.placeholder);
  const value = text(input.value);
  const required = input.required !== false;
  const invalid = isWrong ? "true" : nothing;
  return input.style === PARAGRAPH
    ? html`<textarea id=${id} name=${id} rows="4" maxlength=${max} placeholder=${placeholder} aria-required=${required} aria-describedby=${by} aria-invalid=${invalid} .value=${value}></textarea>`
    : html`<input type="text" id=${id} name=${id} autocomplete="off" maxlength=${max} placeholder=${placeholder} aria-required=${required} aria-describedby=${by} aria-invalid=${invalid} .value=${value} />`;
};

const select = (of: Raw, { id, by }: Described, { guild, say }: ViewContext): TemplateResult => html`<select
  id=${id}
  name=${id}
  aria-required=${of.required !== false}
  aria-describedby=${by}
>
  <option value="">${text(of.placeholder) || say("choose")}</option>
  ${optionsOf(of, guild).map(
    ({ label, value, isDefault }) => html`<option value=${value} ?selected=${isDefault}>${label}</option>`,
  )}
</select>`;

interface ChoiceOption {
  readonly label: string;
  readonly value: string;
  readonly description: string;
  readonly isDefault: boolean;
}

const choices = (options: readonly ChoiceOption[], id: string, kind: "radio" | "checkbox"): TemplateResult => html`<div
  class="choices ${options.some(({ description }) => description !== "") ? "" : "short"}"
>
  ${options.map(
    ({ label, value, description, isDefault }, i) =>
      html`<div class="choice">
        <input
          type=${kind}
          id="${id}-${i}"
          name=${id}
          value=${value}
          ?checked=${isDefault}
          aria-describedby=${description ? `${id}-${i}-note` : nothing}
        />
        <label for="${id}-${i}">${label}</label>
        ${description ? html`<p class="faint" id="${id}-${i}-note">${description}</p>` : nothing}
      </div>`,
  )}
</div>`;

const offered = (of: Raw): readonly ChoiceOption[] =>
  raws(of.options).map((option) => ({
    label: text(option.label),
    value: text(option.value),
    description: text(option.description),
    isDefault: option.default === true,
  }));

/** Fields of several inputs, which have a legend instead of a label. */
const groupOf = (of: Raw, id: string, context: ViewContext): TemplateResult | undefined => {
  if (of.type === Kind.Radio) return choices(offered(of), id, "radio");
  if (of.type === Kind.CheckboxGroup) return choices(offered(of), id, "checkbox");
  // A click adds a choice, without a key to hold.
  if (isSelect(of.type) && limitsOf(of).max > 1) return choices(optionsOf(of, context.guild), id, "checkbox");
  return undefined;
};

const control = (of: Raw, described: Described, context: ViewContext): TemplateResult | typeof nothing => {
  const { id, by, isWrong } = described;
  if (of.type === Kind.TextInput) return textInput(of, described);
  if (of.type === Kind.Checkbox)
    return html`<input type="checkbox" id=${id} name=${id} value="true" aria-describedby=${by} ?checked=${of.default === true} />`;
  if (of.type === Kind.FileUpload)
    return html`<input type="file" id=${id} name=${id} aria-required=${of.required !== false} aria-describedby=${by} aria-invalid=${isWrong ? "true" : nothing} ?multiple=${limitsOf(of).max > 1} />`;
  return isSelect(of.type) ? select(of, described, context) : nothing;
};

const labelled = (label: string, note: string, of: Raw, context: ViewContext): TemplateResult => {
  const id = text(of.custom_id);
  const { say } = context;
  const { modal } = context.state;
  const isWrong = modal?.wrong === id;
  const optional = of.required === false ? html`<span class="faint"> ${say("optional")}</span>` : nothing;
  const noted = note ? html`<p class="faint" id="${id}-about">${note}</p>` : nothing;
  const wrong = isWrong ? html`<p class="complaint" id="${id}-wrong" role="alert">${modal.complaint}</p>` : nothing;
  const ids = [note && `${id}-about`, isWrong && `${id}-wrong`].filter(Boolean).join(" ");
  const by = ids === "" ? nothing : ids;
  const group = groupOf(of, id, context);
  if (group !== undefined)
    return html`<fieldset class="labelled" aria-describedby=${by}>
      <legend>${label}${optional}</legend>
      ${noted} ${group} ${wrong}
    </fieldset>`;
  return html`<div class="labelled">
    <label for=${id}>${label}${optional}</label>
    ${noted} ${control(of, { id, by, isWrong }, context)} ${wrong}
  </div>`;
};

const row = (of: Raw, context: ViewContext): TemplateResult | readonly TemplateResult[] | typeof nothing => {
  if (of.type === Kind.TextDisplay) return markdownView(text(of.content), context);
  if (of.type === Kind.Label) return labelled(text(of.label), text(of.description), raw(of.component), context);
  if (of.type === Kind.ActionRow)
    return raws(of.components).map((inner) => labelled(text(inner.label), "", inner, context));
  return nothing;
};

/** A form that the bot opens; the browser keeps the focus in it, and Escape closes it. */
export const modalView = (context: ViewContext): TemplateResult | typeof nothing => {
  const { state, store, actions, say } = context;
  if (state.modal === undefined) return nothing;
  const { form, sending, complaint, wrong } = state.modal;
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const element = event.target as HTMLFormElement;
    const values = new FormData(element);
    const fault = formFault(form.components, values, say);
    if (fault === undefined) return void actions.submit(readForm(form.components, values, say));
    actions.complainOfForm(fault.complaint, fault.field);
    store.afterDrawing(() => element.querySelector<HTMLElement>(`[name="${CSS.escape(fault.field)}"]`)?.focus());
  };
  const open = ref((element) => {
    if (element instanceof HTMLDialogElement && !element.open)
      queueMicrotask(() => element.isConnected && !element.open && element.showModal());
  });
  return html`<dialog class="modal" aria-labelledby="modal-title" lang=${context.guild.user.locale} ${open} @close=${actions.closeModal}>
    <form novalidate @submit=${send}>
      <h2 id="modal-title">${form.title}</h2>
      ${form.components.map((one) => row(one, context))}
      ${complaint && wrong === undefined ? html`<p class="complaint" role="alert">${complaint}</p>` : nothing}
      <div class="row">
        <button type="button" class="button secondary" @click=${actions.closeModal}>${say("cancel")}</button>
        <button type="submit" class="button primary" ?disabled=${sending}>${say("submit")}</button>
      </div>
    </form>
  </dialog>`;
};
