import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import { type Field, OptionType } from "./commandLine.ts";
import { fieldId } from "./draft.ts";
import { drawnText } from "./emojiView.ts";
import { iconView } from "./iconView.ts";
import { type Draft, type Offer, TEXT_ID } from "./state.ts";
import type { ViewContext } from "./viewContext.ts";

const LIST_ID = "offer";

const keep = (event: Event) => event.preventDefault();

const offerView = (offer: Offer, { composer, say }: ViewContext): TemplateResult => html`<ul
  class="offer"
  role="listbox"
  id=${LIST_ID}
  aria-label=${offer.field === undefined ? say("commands") : say("choicesFor", { name: offer.field })}
>
  ${offer.choices.map(
    ({ name, note }, i) =>
      html`<li
        role="option"
        id="choice-${i}"
        aria-selected=${i === offer.active}
        class=${i === offer.active ? "active" : ""}
        @pointerdown=${keep}
        @click=${() => composer.accept(i)}
      >
        <span>${drawnText(name)}</span>${note ? html`<span class="note">${note}</span>` : nothing}
      </li>`,
  )}
</ul>`;

const keys =
  ({ composer, state }: ViewContext, onBackspace?: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const isOpen = state.offer !== undefined;
    const input = event.target as HTMLInputElement;
    if (event.key === "ArrowDown" && isOpen) composer.move(1);
    else if (event.key === "ArrowUp" && isOpen) composer.move(-1);
    else if (event.key === "Enter") composer.accept() || composer.send();
    else if (event.key === "Tab" && !event.shiftKey && isOpen) composer.accept();
    else if (event.key === "Escape") composer.escape();
    else if (event.key === "Backspace" && input.value === "" && onBackspace) onBackspace();
    else return;
    event.preventDefault();
  };

/** What makes a text field the head of a list, for those who hear the page. */
const isHead = (offer: Offer | undefined, field: string | undefined) => offer !== undefined && offer.field === field;

const fileFieldView = ({ option, typed, chosen }: Field, { composer }: ViewContext): TemplateResult => {
  const { name, description, required } = option;
  const pick = (event: Event) => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (file !== undefined) composer.attach(name, file);
  };
  return html`<span class="field">
    <label for=${fieldId(name)}>${name}</label>
    <input
      id=${fieldId(name)}
      type="file"
      aria-describedby="describing"
      aria-required=${required === true}
      aria-busy=${typed !== "" && chosen === undefined}
      title=${description}
      @change=${pick}
    />
  </span>`;
};

const fieldView = (field: Field, context: ViewContext, isFirst: boolean): TemplateResult => {
  if (field.option.type === OptionType.Attachment) return fileFieldView(field, context);
  const { composer, state, say } = context;
  const { name, description, required, type } = field.option;
  const mine = isHead(state.offer, name);
  const isNumber = type === OptionType.Integer || type === OptionType.Number;
  const back = isFirst ? () => composer.type("") : required ? undefined : () => composer.removeOption(name);
  return html`<span class="field">
    <label for=${fieldId(name)}>${name}</label>
    <input
      id=${fieldId(name)}
      type="text"
      role="combobox"
      inputmode=${isNumber ? "decimal" : "text"}
      autocomplete="off"
      spellcheck="false"
      enterkeyhint="send"
      maxlength="6000"
      size=${Math.min(30, Math.max(6, field.typed.length + 1))}
      placeholder=${required ? "" : say("optional")}
      aria-autocomplete="list"
      aria-expanded=${mine}
      aria-controls=${LIST_ID}
      aria-activedescendant=${mine ? `choice-${state.offer?.active}` : nothing}
      aria-describedby="describing"
      aria-invalid=${state.complaint.includes(name) ? "true" : nothing}
      aria-required=${required === true}
      title=${description}
      .value=${live(field.typed)}
      @input=${(event: Event) => composer.fill(name, (event.target as HTMLInputElement).value)}
      @focus=${() => composer.focus(name)}
      @blur=${composer.blur}
      @keydown=${keys(context, back)}
    />
    ${
      required
        ? nothing
        : html`<button type="button" class="plain" aria-label=${say("leaveOut", { name })} @click=${() => composer.removeOption(name)}>
            ${iconView("close")}
          </button>`
    }
  </span>`;
};

const commandView = (draft: Extract<Draft, { mode: "command" }>, context: ViewContext): TemplateResult => {
  const { composer, say } = context;
  const used = new Set(draft.fields.map(({ option }) => option.name));
  const rest = draft.command.options.filter(({ name }) => !used.has(name));
  return html`<div class="line command" role="group" aria-label="/${draft.command.path}">
    <span class="pill">/${draft.command.path}</span>
    ${repeat(
      draft.fields,
      ({ option }) => option.name,
      (field, i) => fieldView(field, context, i === 0),
    )}
    ${rest.map(
      (option) =>
        html`<button type="button" class="more" title=${option.description} @click=${() => composer.addOption(option)}>
          ${say("addOption", { name: option.name })}
        </button>`,
    )}
  </div>`;
};

/** Sends a file at once, as a message in which the bot's commands can be found. */
const attachView = ({ composer, say }: ViewContext): TemplateResult => {
  const pick = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file !== undefined) composer.sendFile(file);
    input.value = "";
  };
  return html`<label class="attach" title=${say("attachFile")}>
    <input type="file" aria-label=${say("attachFile")} @change=${pick} />
    ${iconView("attach")}
  </label>`;
};

const textView = (draft: Extract<Draft, { mode: "text" }>, context: ViewContext): TemplateResult => {
  const { state, composer, say, texts } = context;
  const open = isHead(state.offer, undefined);
  return html`<div class="line">
    <input
      id=${TEXT_ID}
      type="text"
      role="combobox"
      autocomplete="off"
      spellcheck="false"
      enterkeyhint="send"
      maxlength="2000"
      aria-label=${say("messageLine")}
      placeholder=${say("placeholder", { bot: texts.botName })}
      aria-autocomplete="list"
      aria-expanded=${open}
      aria-controls=${LIST_ID}
      aria-activedescendant=${open ? `choice-${state.offer?.active}` : nothing}
      .value=${live(draft.text)}
      @input=${(event: Event) => composer.type((event.target as HTMLInputElement).value)}
      @blur=${composer.blur}
      @keydown=${keys(context)}
    />
  </div>`;
};

/** What the option in hand is for, or what the command does. */
const describing = ({ draft, offer }: ViewContext["state"]): string => {
  if (draft.mode === "text") return "";
  const field = draft.fields.find(({ option }) => option.name === offer?.field);
  return field ? `${field.option.name}: ${field.option.description}` : draft.command.description;
};

/** The line to write in, with what is offered above it. */
export const composerView = (context: ViewContext): TemplateResult => {
  const { state, composer, say } = context;
  const { draft } = state;
  return html`<form class="composer" aria-label=${say("writing")} @submit=${keep}>
    ${state.offer ? offerView(state.offer, context) : nothing}
    <p class="describing" id="describing" role=${state.complaint ? "alert" : nothing} ?data-wrong=${state.complaint !== ""}>
      ${state.complaint || describing(state)}
    </p>
    <div class="box">
      ${draft.mode === "command" ? commandView(draft, context) : html`${attachView(context)}${textView(draft, context)}`}
      ${
        draft.mode === "command"
          ? html`<button type="button" class="plain away" aria-label=${say("commandPutAway")} @click=${() => composer.type("")}>
              ${iconView("close")}
            </button>`
          : nothing
      }
      <button
        type="button"
        id="send"
        class="send"
        aria-label=${say("send")}
        aria-busy=${state.pending.has("draft")}
        @pointerdown=${keep}
        @click=${() => composer.send()}
      >
        ${iconView("send")}
      </button>
    </div>
  </form>`;
};
