import { html, nothing, type TemplateResult } from "lit-html";
import type { MessageView, RegisteredCommand } from "../protocol.ts";
import { avatar } from "./avatar.ts";
import { commandName, nameIn } from "./commandLine.ts";
import { componentsView, fileView, tint } from "./componentsView.ts";
import { iconView } from "./iconView.ts";
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
        : html`<p class="heading level-3" role="heading" aria-level="2">
            ${url ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${title}</a>` : title}
          </p>`
    }
    ${description ? markdownView(description, context) : nothing}
    <div class="fields">
      ${raws(embed.fields).map(
        (field) =>
          html`<div class=${field.inline === true ? "" : "wide"}>
            <strong>${text(field.name)}</strong>${markdownView(text(field.value), context)}
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
const menuView = (message: MessageView, { state, store, actions, guild, say }: ViewContext) => {
  const commands = state.commands.filter(({ type }) => type === ON_MESSAGE);
  if (commands.length === 0) return nothing;
  const { locale } = guild.user;
  const isOpen = state.openMenu === message.id;
  const use = (command: RegisteredCommand) => {
    store.set({ openMenu: undefined });
    const question = {
      type: "messageCommand",
      channel: store.state.channel,
      message: message.id,
      command: command.name,
    } as const;
    void actions.request(question, nameIn(locale, command));
  };
  return html`<div class="menu">
    <button
      type="button"
      class="plain"
      aria-label=${say("menu")}
      aria-expanded=${isOpen}
      @click=${() => store.set({ openMenu: isOpen ? undefined : message.id })}
    >
      ${iconView("more")}
    </button>
    ${
      isOpen
        ? html`<div>
            ${commands.map(
              (command) =>
                html`<button type="button" class="button secondary" @click=${() => use(command)}>
                  ${nameIn(locale, command)}
                </button>`,
            )}
          </div>`
        : nothing
    }
  </div>`;
};

/** "/sleep in", as the reader sees it. */
const usedName = (name: string, isOnMessage: boolean, { state, guild }: ViewContext): string => {
  const { locale } = guild.user;
  if (!isOnMessage) return `/${commandName(state.commands, name, locale)}`;
  const command = state.commands.find((each) => each.type === ON_MESSAGE && each.name === name);
  return command === undefined ? name : nameIn(locale, command);
};

const usedBy = (message: MessageView, context: ViewContext): TemplateResult | typeof nothing => {
  const { guild, say } = context;
  const metadata = raw(message.raw.interaction_metadata);
  const user = raw(metadata.user);
  const name = text(metadata.name);
  if (name === "") return nothing;
  const who = guild.members.find(({ id }) => id === user.id)?.name ?? (text(user.username) || say("somebody"));
  const sentence = user.id === guild.user.id ? say("youUsed") : say("used", { name: who });
  const said = usedName(name, metadata.command_type === ON_MESSAGE, context);
  return html`<p class="used">${sentence} <span class="mention">${said}</span></p>`;
};

/** A message with its embeds, attachments and components. */
export const messageView = (message: MessageView, context: ViewContext): TemplateResult => {
  const { guild, say } = context;
  const { raw: of, ephemeral } = message;
  const author = raw(of.author);
  const person = guild.members.find(({ id }) => id === author.id);
  const name = person?.name ?? (text(author.global_name) || text(author.username) || say("somebody"));
  const isBot = author.bot === true || person?.bot === true;
  const flags = count(of.flags) ?? 0;
  const content = text(of.content);
  const sent = text(of.timestamp);
  const clock = clockText(sent, guild.user.locale);
  const isThinking = (flags & LOADING) !== 0;
  const isV2 = (flags & COMPONENTS_V2) !== 0;
  context.drawn.add(message.id);
  return html`<article
    class="message ${ephemeral ? "ephemeral" : ""}"
    data-message=${message.id}
    aria-label="${name}, ${clock}"
  >
    ${usedBy(message, context)} ${avatar(name, isBot)}
    <div class="body">
      <header>
        <span class="author ${isBot ? "bot" : ""}">${name}</span>
        ${isBot ? html`<span class="tag">APP</span>` : nothing}
        <time datetime=${sent}>${clock}</time>
        ${menuView(message, context)}
      </header>
      <div class="said" lang=${ephemeral ? guild.user.locale : nothing}>
        ${isThinking ? html`<p class="thinking"><span class="dots" aria-hidden="true"></span>${say("thinking", { name })}</p>` : nothing}
        ${content ? markdownView(content, context) : nothing}
        ${of.edited_timestamp && content ? html`<span class="edited">${say("edited")}</span>` : nothing}
        ${raws(of.embeds).map((embed) => embedView(embed, context))}
        ${isV2 ? nothing : raws(of.attachments).map((file) => attachmentView(file, message, context))}
        <div class="components">${componentsView(message, context)}</div>
      </div>
      ${
        ephemeral
          ? html`<footer>
              ${say("onlyYou")}
              <button type="button" class="plain" @click=${() => context.actions.dismissMessage(message.id)}>
                ${say("dismiss")}
              </button>
            </footer>`
          : nothing
      }
    </div>
  </article>`;
};
