import { html, type TemplateResult } from "lit-html";
import { withMember } from "./state.ts";
import type { Scene } from "./viewContext.ts";

const MOVES = /\.(?:gif|webp)(?:\?|$)/u;

const wantsStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A picture with its words; one that may move waits to be asked for where the visitor wants no motion. */
export const imageView = (src: string, alt: string, of: string, { state, store }: Scene): TemplateResult => {
  const key = `${of}/moves/${src}`;
  if (!MOVES.test(src) || !wantsStill() || state.did.has(key)) {
    return html`<img src=${src} alt=${alt} loading="lazy" />`;
  }
  const show = () => store.set({ did: withMember(store.state.did, key, true) });
  return html`<button type="button" class="button secondary" @click=${show}>Show the moving picture</button>
    <p class="faint">${alt}</p>`;
};
