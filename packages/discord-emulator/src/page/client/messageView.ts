import { html, nothing, type TemplateResult } from "lit-html";
import type { MessageView } from "../protocol.ts";
import { avatar } from "./avatar.ts";
import { componentsView, fileView, tint } from "./componentsView.ts";
import { imageView } from "./imageView.ts";
import { address, count, type Raw, raw, raws, text } from "./json.ts";
import { markdownView } from "./markdownView.ts";
import { clockText } from "./timestamps.ts";
import type { ViewContext } from "./viewContext.ts";

/** Flags of a message, as in Discord's documents. */
const LOADING = 128;

const embedView = (embed: Raw, context: ViewContext): TemplateResult => {
  const title = text(embed.title);
  const url = address(embed.url);
  const image = address(raw(embed.image).url);
  const thumbnail = address(raw(embed.thumbnail).url);
  const footer = text(raw(embed.footer).text);
  const author = text(raw(embed.author).name);
  const description = text(embed.description);
  return html`<div class="container embed" ${tint("--accent", count(embed.color))}>
    ${thumbnail ? html`<img class="embed-thumbnail" src=${thumbnail} alt="" loading="lazy" />` : nothing}
    ${author ? html`<p class="small">${author}</p>` : nothing}
    ${
      title === ""
        ? nothing
        : html`<p class="heading level-3">
            ${url ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${title}</a>` : title}
          </p>`
    }
    ${description ? markdownView(description, context.guild) : nothing}
    <div class="fields">
      ${raws(embed.fields).map(
        (field) =>
          html`<div class=${field.inline === true ? "" : "wide"}>
            <strong>${text(field.name)}</strong>${markdownView(text(field.value), context.guild)}
          </div>`,
      )}
    </div>
    ${image ? html`<img src=${image} alt="" loading="lazy" />` : nothing}
    ${footer ? html`<p class="small">${footer}</p>` : nothing}
  </div>`;
};

/** Pictures that a gallery shows are not shown again. */
const attachmentView = (file: Raw, message: MessageView, context: ViewContext): TemplateResult => {
  const url = address(file.url);
  const type = text(file.content_type);
  const name = text(file.filename);
  if (url === undefined || !type.startsWith("image/")) return fileView(name, url, type);
  return imageView(url, text(file.description) || name, message.id, context);
};

const COMPONENTS_V2 = 32_768;
/** Commands of a message's menu are of this kind. */
const ON_MESSAGE = 3;

/** What the bot can do with a message, as Discord lists it under "Apps". */
const menuView = (message: MessageView, { state, actions }: ViewContext): TemplateResult | typeof nothing => {
  const commands = state.commands.filter(({ type }) => type === ON_MESSAGE);
  if (commands.length === 0) return nothing;
  const use = (event: Event, command: string) => {
    (event.currentTarget as HTMLElement).closest("details")?.removeAttribute("open");
    const question = { type: "messageCommand", channel: state.channel, message: message.id, command } as const;
    void actions.request(question, command);
  };
  return html`<details class="menu">
    <summary aria-label="What can be done with this message">⋯</summary>
    <div>
      ${commands.map(
        ({ name }) =>
          html`<button type="button" class="button secondary" @click=${(event: Event) => use(event, name)}>${name}</button>`,
      )}
    </div>
  </details>`;
};

const usedBy = (message: MessageView, { guild }: ViewContext): TemplateResult | typeof nothing => {
  const metadata = raw(message.raw.interaction_metadata);
  const user = raw(metadata.user);
  const name = text(metadata.name);
  if (name === "") return nothing;
  const said = metadata.command_type === ON_MESSAGE ? name : `/${name}`;
  const who = guild.members.find(({ id }) => id === user.id)?.name ?? (text(user.username) || "somebody");
  return html`<p class="used">${user.id === guild.user.id ? "You" : who} used <span class="mention">${said}</span></p>`;
};

/** A message with its embeds, attachments and components. */
export const messageView = (message: MessageView, context: ViewContext): TemplateResult => {
  const { raw: of, ephemeral } = message;
  const author = raw(of.author);
  const person = context.guild.members.find(({ id }) => id === author.id);
  const name = person?.name ?? (text(author.global_name) || text(author.username) || "Somebody");
  const isBot = author.bot === true || person?.bot === true;
  const flags = count(of.flags) ?? 0;
  const content = text(of.content);
  const sent = text(of.timestamp);
  const isThinking = (flags & LOADING) !== 0;
  const isV2 = (flags & COMPONENTS_V2) !== 0;
  return html`<article class="message ${ephemeral ? "ephemeral" : ""}" data-message=${message.id} aria-label="${name}, ${clockText(sent)}">
    ${usedBy(message, context)} ${avatar(name, isBot)}
    <div class="body">
      <header>
        <span class="author ${isBot ? "bot" : ""}">${name}</span>
        ${isBot ? html`<span class="tag">APP</span>` : nothing}
        <time datetime=${sent}>${clockText(sent)}</time>
        ${menuView(message, context)}
      </header>
      ${isThinking ? html`<p class="thinking"><span class="dots" aria-hidden="true"></span>${name} is thinking…</p>` : nothing}
      ${content ? markdownView(content, context.guild) : nothing}
      ${of.edited_timestamp && content ? html`<span class="edited">(edited)</span>` : nothing}
      ${raws(of.embeds).map((embed) => embedView(embed, context))}
      ${isV2 ? nothing : raws(of.attachments).map((file) => attachmentView(file, message, context))}
      <div class="components">${componentsView(message, context)}</div>
      ${
        ephemeral
          ? html`<footer>
              Only you can see this
              <button type="button" class="plain" @click=${() => context.actions.dismissMessage(message.id)}>Dismiss message</button>
            </footer>`
          : nothing
      }
    </div>
  </article>`;
};
