import { html, type TemplateResult } from "lit-html";
import { withMember } from "./state.ts";
import type { ViewContext } from "./viewContext.ts";

const MOVES = /\.(?:gif|webp)(?:\?|$)/u;

const wantsStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A picture with its description; an animated one waits for a click where the user prefers reduced motion. */
export const imageView = (src: string, alt: string, of: string, { state, store, say }: ViewContext): TemplateResult => {
  const key = `${of}/moves/${src}`;
  if (!MOVES.test(src) || !wantsStill() || state.completed.has(key)) {
    return html`<img src=${src} alt=${alt} loading="lazy" />`;
  }
  const show = () => store.set({ completed: withMember(store.state.completed, key, true) });
  return html`<button type="button" class="button secondary" @click=${show}>${say("showMoving")}</button>
    <p class="faint">${alt}</p>`;
};
