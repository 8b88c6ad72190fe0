import { html, nothing, type TemplateResult } from "lit-html";
import type { RichText, WelcomeStep } from "../settings.ts";
import { settings } from "./settings.ts";
import { type Scene, seatOf } from "./viewContext.ts";

const textView = (text: RichText) =>
  text.map((part) => {
    if (typeof part === "string") return part;
    if ("strong" in part) return html`<strong>${part.strong}</strong>`;
    if ("keys" in part) return html`<kbd>${part.keys}</kbd>`;
    return html`<a href=${part.link}>${part.text}</a>`;
  });

/** Whether the visitor has run the command of a step. */
const hasRun = ({ does }: WelcomeStep, { state }: Scene): boolean => "command" in does && state.did.has(does.command);

/** A channel has been joined, too, where what comes after it has been done. */
const isDone = (step: WelcomeStep, next: WelcomeStep | undefined, scene: Scene): boolean =>
  "join" in step.does
    ? seatOf(scene.world) !== undefined || (next !== undefined && hasRun(next, scene))
    : hasRun(step, scene);

const act = ({ does }: WelcomeStep, { actions, writing }: Scene) =>
  "join" in does ? actions.join(does.join) : writing.begin(does.command, does.options);

/** The first steps; each is ticked off by doing it. */
export const welcomeView = (scene: Scene): TemplateResult | typeof nothing => {
  if (!scene.state.welcome) return nothing;
  const { heading, text, steps, closing } = settings.welcome;
  const done = steps.map((step, i) => isDone(step, steps[i + 1], scene));
  const next = done.indexOf(false);
  return html`<section class="welcome" aria-labelledby="welcome">
    <h2 id="welcome">${heading}</h2>
    <p>${textView(text)}</p>
    <ol>
      ${steps.map(
        (step, i) =>
          html`<li class=${done[i] ? "done" : i === next ? "next" : ""}>
            <span class="tick" aria-hidden="true">${done[i] ? "✓" : i + 1}</span>
            <span>${textView(step.text)}${done[i] ? html`<span class="heard-only"> Done.</span>` : nothing}</span>
            ${i === next ? html`<button type="button" class="button primary" @click=${() => act(step, scene)}>${step.label}</button>` : nothing}
          </li>`,
      )}
    </ol>
    ${
      next === -1
        ? html`<p>
            ${textView(closing)}
            <button type="button" class="plain" @click=${() => scene.store.set({ welcome: false })}>Put this away</button>
          </p>`
        : nothing
    }
  </section>`;
};
