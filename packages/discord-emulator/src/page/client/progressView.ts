import { html, nothing, type TemplateResult } from "lit-html";
import type { Progress } from "../protocol.ts";
import { isWordKey, type Say } from "./say.ts";

/** What the bot is busy with, as a quiet line and, where it is known how much is done, a thin bar. */
export const progressView = (progress: Progress | undefined, say: Say): TemplateResult | typeof nothing => {
  if (progress === undefined) return nothing;
  const { steps, detail, sentence } = progress;
  const isKnown = sentence !== undefined && isWordKey(sentence.key);
  const text = isKnown ? say(sentence.key, sentence.values) : progress.text;
  if (steps === undefined) return html`<p class="progress" role="status">${text}</p>`;
  return html`<div class="progress">
    <p><span class="dots" aria-hidden="true"></span>${say("preparing", { text, ...steps })}${detail ? html` · ${detail}` : nothing}</p>
    <progress value=${steps.done} max=${steps.total} aria-label=${text}></progress>
  </div>`;
};
