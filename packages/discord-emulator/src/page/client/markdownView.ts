import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { commandName } from "./commandLine.ts";
import { copyButton } from "./copyButton.ts";
import { drawnText } from "./emojiView.ts";
import { type Block, type Inline, parseMarkdown } from "./markdown.ts";
import { RELATIVE_CLASS } from "./relativeTimes.ts";
import { timestampText } from "./timestamps.ts";
import type { ViewContext } from "./viewContext.ts";

type Part = TemplateResult | string | readonly (TemplateResult | string)[];

const moment = (seconds: number, style: string, { guild, say }: ViewContext) => {
  const date = new Date(seconds * 1_000);
  if (Number.isNaN(date.getTime())) return say("unknownTime");
  const { locale } = guild.user;
  return html`<time
    class="time ${style === "R" ? RELATIVE_CLASS : ""}"
    data-moment=${seconds}
    datetime=${date.toISOString()}
    title=${timestampText(seconds, "F", 0, locale)}
    .textContent=${live(timestampText(seconds, style, Date.now() / 1_000, locale))}
  ></time>`;
};

const nameIn = (list: readonly { readonly id: string; readonly name: string }[], id: string) =>
  list.find((each) => each.id === id)?.name;

const mention = (part: Extract<Inline, { id: string }>, { guild, say }: ViewContext): string => {
  if (part.type === "person") return `@${nameIn(guild.members, part.id) ?? say("somebody")}`;
  if (part.type === "role") return `@${nameIn(guild.roles, part.id) ?? say("aRole")}`;
  return `#${nameIn(guild.channels, part.id) ?? say("aChannel")}`;
};

const inline = (part: Inline, context: ViewContext): Part => {
  switch (part.type) {
    case "text":
      return drawnText(part.text);
    case "code":
      return html`<code>${part.text}</code>`;
    case "strong":
      return html`<strong>${inlines(part.children, context)}</strong>`;
    case "em":
      return html`<em>${inlines(part.children, context)}</em>`;
    case "underline":
      return html`<u>${inlines(part.children, context)}</u>`;
    case "strike":
      return html`<s>${inlines(part.children, context)}</s>`;
    case "spoiler":
      return html`<details class="spoiler"><summary>${context.say("hidden")}</summary>${inlines(part.children, context)}</details>`;
    case "link":
      return html`<a href=${part.href} target="_blank" rel="noopener noreferrer">${inlines(part.children, context)}</a>`;
    case "person":
    case "role":
    case "channel":
      return html`<span class="mention">${mention(part, context)}</span>`;
    case "command":
      return html`<span class="mention"
        >/${commandName(context.state.commands, part.path, context.guild.user.locale)}</span
      >`;
    case "time":
      return moment(part.seconds, part.style, context);
  }
};

const inlines = (parts: readonly Inline[], context: ViewContext): readonly Part[] =>
  parts.map((part) => inline(part, context));

const lines = (of: readonly (readonly Inline[])[], context: ViewContext) =>
  of.map((line, i) => html`${i > 0 ? html`<br />` : nothing}${inlines(line, context)}`);

const block = (one: Block, context: ViewContext): TemplateResult => {
  switch (one.type) {
    case "paragraph":
      return html`<p>${lines(one.lines, context)}</p>`;
    case "small":
      return html`<p class="small">${lines(one.lines, context)}</p>`;
    case "heading":
      // Below the channel's name; how large it is written says nothing of its place among other messages.
      return html`<p class="heading level-${one.level}" role="heading" aria-level="2">
        ${inlines(one.children, context)}
      </p>`;
    case "quote":
      return html`<blockquote>${one.blocks.map((inner) => block(inner, context))}</blockquote>`;
    case "list": {
      const items = one.items.map((item) => html`<li>${inlines(item, context)}</li>`);
      return one.start === undefined ? html`<ul>${items}</ul>` : html`<ol start=${one.start}>${items}</ol>`;
    }
    case "fence":
      return html`<div class="fence"><pre><code>${one.text}</code></pre>${copyButton(one.text, context)}</div>`;
  }
};

/** Discord's markdown. */
export const markdownView = (text: string, context: ViewContext): TemplateResult =>
  html`<div class="markdown">${parseMarkdown(text).map((one) => block(one, context))}</div>`;
