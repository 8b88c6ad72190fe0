import { html, nothing, type TemplateResult } from "lit-html";
import type { RichText, WelcomeStep } from "../settings.ts";
import { greetingAt } from "./greeting.ts";
import { iconView } from "./iconView.ts";
import { runShortcut, shortcutKey } from "./shortcut.ts";
import { type ViewContext, voiceChannelOf } from "./viewContext.ts";
import { walkthroughButton } from "./walkthroughView.ts";

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

/** Buttons for somebody who wants to hear something first, and to read later. */
const shortcutsView = (context: ViewContext): TemplateResult | typeof nothing => {
  const { shortcuts } = context.texts.welcome;
  if (shortcuts === undefined) return nothing;
  return html`<p id="shortcuts">${textView(shortcuts.text)}</p>
    <div class="row" role="group" aria-labelledby="shortcuts">
      ${shortcuts.buttons.map(
        (shortcut) =>
          html`<button
            type="button"
            class="button primary"
            aria-busy=${context.state.pending.has(shortcutKey(shortcut))}
            @click=${() => runShortcut(shortcut, shortcuts.channel, context)}
          >
            ${shortcut.label}
          </button>`,
      )}
    </div>`;
};

/** The first steps; each is ticked off by doing it. */
export const welcomeView = (context: ViewContext): TemplateResult | typeof nothing => {
  if (!context.state.welcome) return nothing;
  const { heading, text, steps, closing } = context.texts.welcome;
  const done = steps.map((step, i) => isDone(step, steps[i + 1], context));
  const next = done.indexOf(false);
  return html`<section class="welcome" aria-labelledby="welcome">
    <h2 id="welcome">${typeof heading === "string" ? heading : greetingAt(new Date().getHours(), heading)}</h2>
    <p>${textView(text)}</p>
    ${shortcutsView(context)}
    <ol>
      ${steps.map(
        (step, i) =>
          html`<li class=${done[i] ? "done" : i === next ? "next" : ""}>
            <span class="tick" aria-hidden="true">${done[i] ? iconView("tick") : i + 1}</span>
            <span>${textView(step.text)}${done[i] ? html`<span class="heard-only"> ${context.say("done")}</span>` : nothing}</span>
            ${i === next ? html`<button type="button" class="button secondary" @click=${() => act(step, context)}>${step.label}</button>` : nothing}
          </li>`,
      )}
    </ol>
    ${walkthroughButton(context)}
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
