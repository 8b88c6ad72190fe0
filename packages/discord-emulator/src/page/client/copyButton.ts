import { html, type TemplateResult } from "lit-html";
import { iconView } from "./iconView.ts";
import type { ViewContext } from "./viewContext.ts";

/** How long the button says that it has copied, in milliseconds. */
const SAID_FOR = 2_000;

/** Copies a text, such as a share code, to the clipboard. */
export const copyButton = (text: string, { say }: Pick<ViewContext, "say">): TemplateResult => {
  const copy = (event: Event) => {
    const label = (event.currentTarget as HTMLElement).querySelector("span");
    void navigator.clipboard.writeText(text).then(() => {
      if (label === null) return;
      label.textContent = say("copied");
      setTimeout(() => {
        label.textContent = say("copy");
      }, SAID_FOR);
    });
  };
  return html`<button type="button" class="copy" @click=${copy}>
    ${iconView("copy")}<span aria-live="polite" .textContent=${say("copy")}></span>
  </button>`;
};
