import { html, type TemplateResult } from "lit-html";
import { settings } from "./settings.ts";

const drawings = settings.emoji ?? {};
const known = Object.keys(drawings).sort((a, b) => b.length - a.length);
const PATTERN = known.length === 0 ? undefined : new RegExp(`(${known.join("|")})\uFE0F?`, "u");

/** An emoji as it is drawn for this bot, or as the font has it. */
export const emojiView = (emoji: string, isHidden = true): TemplateResult => {
  const path = drawings[emoji] ?? drawings[emoji.replace("\uFE0F", "")];
  if (path === undefined) return html`<span aria-hidden=${isHidden}>${emoji}</span>`;
  return html`<svg class="emoji" viewBox="0 0 24 24" role="img" aria-hidden=${isHidden} aria-label=${emoji}><path d=${path} /></svg>`;
};

/** A text with the emoji that this bot has drawings for. */
export const drawnText = (text: string): string | readonly (TemplateResult | string)[] => {
  if (PATTERN === undefined || !PATTERN.test(text)) return text;
  return text.split(PATTERN).map((part, i) => (i % 2 === 1 ? emojiView(part, false) : part));
};
