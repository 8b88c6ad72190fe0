import { html, nothing, type TemplateResult } from "lit-html";
import type { GuildView } from "../protocol.ts";
import { type Block, type Inline, parseMarkdown } from "./markdown.ts";
import { timestampText } from "./timestamps.ts";

type Part = TemplateResult | string;

const nameOf = (guild: GuildView, id: string): string => guild.members.find((one) => one.id === id)?.name ?? "somebody";
const channelOf = (guild: GuildView, id: string): string =>
  guild.channels.find((one) => one.id === id)?.name ?? "a channel";

const moment = (seconds: number, style: string) => {
  const date = new Date(seconds * 1_000);
  if (Number.isNaN(date.getTime())) return "an unknown time";
  return html`<time class="time" datetime=${date.toISOString()} title=${timestampText(seconds, "F", 0)}
    >${timestampText(seconds, style, Date.now() / 1_000)}</time
  >`;
};

const inline = (part: Inline, guild: GuildView): Part => {
  switch (part.type) {
    case "text":
      return part.text;
    case "code":
      return html`<code>${part.text}</code>`;
    case "strong":
      return html`<strong>${inlines(part.children, guild)}</strong>`;
    case "em":
      return html`<em>${inlines(part.children, guild)}</em>`;
    case "underline":
      return html`<u>${inlines(part.children, guild)}</u>`;
    case "strike":
      return html`<s>${inlines(part.children, guild)}</s>`;
    case "spoiler":
      return html`<details class="spoiler"><summary>Hidden</summary>${inlines(part.children, guild)}</details>`;
    case "link":
      return html`<a href=${part.href} target="_blank" rel="noopener noreferrer">${inlines(part.children, guild)}</a>`;
    case "person":
      return html`<span class="mention">@${nameOf(guild, part.id)}</span>`;
    case "role":
      return html`<span class="mention">@role</span>`;
    case "channel":
      return html`<span class="mention">#${channelOf(guild, part.id)}</span>`;
    case "command":
      return html`<span class="mention">/${part.path}</span>`;
    case "time":
      return moment(part.seconds, part.style);
  }
};

const inlines = (parts: readonly Inline[], guild: GuildView): readonly Part[] =>
  parts.map((part) => inline(part, guild));

const lines = (of: readonly (readonly Inline[])[], guild: GuildView) =>
  of.map((line, i) => html`${i > 0 ? html`<br />` : nothing}${inlines(line, guild)}`);

const block = (one: Block, guild: GuildView): TemplateResult => {
  switch (one.type) {
    case "paragraph":
      return html`<p>${lines(one.lines, guild)}</p>`;
    case "small":
      return html`<p class="small">${lines(one.lines, guild)}</p>`;
    case "heading":
      return html`<p class="heading level-${one.level}" role="heading" aria-level=${one.level + 2}>
        ${inlines(one.children, guild)}
      </p>`;
    case "quote":
      return html`<blockquote>${one.blocks.map((inner) => block(inner, guild))}</blockquote>`;
    case "list": {
      const items = one.items.map((item) => html`<li>${inlines(item, guild)}</li>`);
      return one.start === undefined ? html`<ul>${items}</ul>` : html`<ol start=${one.start}>${items}</ol>`;
    }
    case "fence":
      return html`<pre><code>${one.text}</code></pre>`;
  }
};

/** Discord's markdown. */
export const markdownView = (text: string, guild: GuildView): TemplateResult =>
  html`<div class="markdown">${parseMarkdown(text).map((one) => block(one, guild))}</div>`;
