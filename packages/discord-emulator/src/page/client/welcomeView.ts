import { html, nothing, type TemplateResult } from "lit-html";
import type { RichText, WelcomeStep } from "../settings.ts";
import { iconView } from "./iconView.ts";
import { type ViewContext, voiceChannelOf } from "./viewContext.ts";

const textView = (text: RichText) =>
  text.map((part) => {
    if (typeof part === "string") return part;
    if ("strong" in part) return html`<strong>${part.strong}</strong>`;
    if ("keys" in part) return html`<kbd>${part.keys}</kbd>`;
    return html`<a href=${part.link}>${part.text}</a>`;
  });

/** Whether the user has run the command of a step. */
const hasRun = ({ does }: WelcomeStep, { state }: ViewContext): boolean =>
  "command" in does && state.completed.has(does.command);

/** A channel has been joined, too, where what comes after it has been done. */
const isDone = (step: WelcomeStep, next: WelcomeStep | undefined, context: ViewContext): boolean =>
  "join" in step.does
    ? voiceChannelOf(context.guild) !== undefined || (next !== undefined && hasRun(next, context))
    : hasRun(step, context);

const act = ({ does }: WelcomeStep, { actions, composer }: ViewContext) =>
  "join" in does ? actions.join(does.join) : composer.begin(does.command, does.options);

/** The first steps; each is ticked off by doing it. */
export const welcomeView = (context: ViewContext): TemplateResult | typeof nothing => {
  if (!context.state.welcome) return nothing;
  const { heading, text, steps, closing } = context.texts.welcome;
  const done = steps.map((step, i) => isDone(step, steps[i + 1], context));
  const next = done.indexOf(false);
  return html`<section class="welcome" aria-labelledby="welcome">
    <h2 id="welcome">${heading}</h2>
    <p>${textView(text)}</p>
    <ol>
      ${steps.map(
        (step, i) =>
          html`<li class=${done[i] ? "done" : i === next ? "next" : ""}>
            <span class="tick" aria-hidden="true">${done[i] ? iconView("tick") : i + 1}</span>
            <span>${textView(step.text)}${done[i] ? html`<span class="heard-only"> ${context.say("done")}</span>` : nothing}</span>
            ${i === next ? html`<button type="button" class="button primary" @click=${() => act(step, context)}>${step.label}</button>` : nothing}
          </li>`,
      )}
    </ol>
    ${
      next === -1
        ? html`<p>
            ${textView(closing)}
            <button type="button" class="plain" @click=${() => context.store.set({ welcome: false })}>${context.say("putAway")}</button>
          </p>`
        : nothing
    }
  </section>`;
};
