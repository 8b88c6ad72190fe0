import { html, type TemplateResult } from "lit-html";

const HUES = 8;

const hueOf = (name: string): number => {
  let sum = 0;
  for (const sign of name) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9_973;
  return sum % HUES;
};

/** The bot's moon, or somebody's first letter. */
export const avatar = (name: string, isBot: boolean): TemplateResult =>
  isBot
    ? html`<span class="avatar moon" aria-hidden="true"><img src="/favicon.svg" alt="" /></span>`
    : html`<span class="avatar hue-${hueOf(name)}" aria-hidden="true">${[...name][0]?.toUpperCase() ?? ""}</span>`;
