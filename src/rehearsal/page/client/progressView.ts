import { html, nothing, type TemplateResult } from "lit-html";

/** `Rendering sounds [####------] 4 of 8, Slow Shore`, as the terminal shows it. */
const LINE = /^(.+?) \[[#-]+\] (\d+) of (\d+)(?:, (.+))?$/u;

/** What is being prepared, as a quiet line and a thin bar. */
export const progressView = (line: string): TemplateResult | typeof nothing => {
  if (line === "") return nothing;
  const [, what, done, total, detail] = LINE.exec(line) ?? [];
  if (what === undefined) return html`<p class="progress" role="status">${line}</p>`;
  return html`<div class="progress">
    <p><span class="dots" aria-hidden="true"></span>${what}: ${done} of ${total}${detail ? html` · ${detail}` : nothing}</p>
    <progress value=${done ?? 0} max=${total ?? 1} aria-label=${what}></progress>
  </div>`;
};
