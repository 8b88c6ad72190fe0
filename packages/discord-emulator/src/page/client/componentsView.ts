import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import type { MessageView } from "../protocol.ts";
import { emojiView } from "./emojiView.ts";
import { imageView } from "./imageView.ts";
import { address, count, type Raw, raw, raws, text } from "./json.ts";
import { markdownView } from "./markdownView.ts";
import { isSelect, selectView } from "./selectView.ts";
import { withMember } from "./state.ts";
import type { ViewContext } from "./viewContext.ts";

/** Discord's numbers for the kinds of components. */
const Kind = {
  ActionRow: 1,
  Button: 2,
  Section: 9,
  TextDisplay: 10,
  Thumbnail: 11,
  MediaGallery: 12,
  File: 13,
  Separator: 14,
  Container: 17,
} as const;

const BUTTON_STYLES = ["", "primary", "secondary", "success", "danger", "link", "secondary"];
const LINK = 5;

/** Sets a colour through the style object, which the page's content policy allows. */
export const tint = (property: string, color: number | undefined) =>
  ref((element) => {
    if (element instanceof HTMLElement && color !== undefined)
      element.style.setProperty(property, `#${color.toString(16).padStart(6, "0")}`);
  });

const emojiOf = (of: Raw): string => {
  const emoji = raw(of.emoji);
  return emoji.id ? "" : text(emoji.name);
};

const buttonView = (button: Raw, message: MessageView, { state, store, actions }: ViewContext): TemplateResult => {
  const label = text(button.label);
  const emoji = emojiOf(button);
  const face = html`${emoji ? emojiView(emoji, label !== "") : nothing}${label}`;
  const style = count(button.style) ?? 2;
  if (style === LINK) {
    const href = address(button.url);
    return html`<a class="button link" href=${href ?? nothing} target="_blank" rel="noopener noreferrer">${face}</a>`;
  }
  const customId = text(button.custom_id);
  const key = `${message.id}/${customId}`;
  const busy = state.pending.has(key);
  const press = () => {
    const { channel } = store.state;
    void actions.request({ type: "click", channel, message: message.id, customId }, label || "Button", key);
  };
  return html`<button
    type="button"
    class="button ${BUTTON_STYLES[style] ?? "secondary"}"
    data-custom-id=${customId}
    aria-busy=${busy}
    ?disabled=${button.disabled === true}
    @click=${() => !busy && press()}
  >
    ${face}
  </button>`;
};

const messageSelect = (select: Raw, message: MessageView, context: ViewContext): TemplateResult => {
  const { state, store, actions, say } = context;
  const customId = text(select.custom_id);
  const key = `${message.id}/${customId}`;
  const open = state.select?.key === key ? state.select : undefined;
  const shown = {
    key,
    open: open !== undefined,
    active: open?.active ?? 0,
    chosen: open?.chosen ?? [],
    busy: state.pending.has(key),
  };
  return selectView(select, context, shown, {
    toggle: (isOpen, chosen) => store.set({ select: isOpen ? { key, active: 0, chosen } : undefined }),
    move: (active) => open && store.set({ select: { ...open, active } }),
    choose(chosen, isDone) {
      if (!isDone) return void (open && store.set({ select: { ...open, chosen } }));
      store.set({ select: undefined });
      const about = text(select.placeholder) || say("select");
      const question = { type: "select", channel: store.state.channel, message: message.id, customId } as const;
      void actions.request({ ...question, values: [...chosen] }, about, key);
    },
  });
};

const pictureOf = (item: Raw, message: MessageView): string | undefined => {
  const media = raw(item.media);
  const url = text(media.url);
  if (!url.startsWith("attachment://")) return address(media.proxy_url) ?? address(url);
  const name = url.slice("attachment://".length);
  return address(raws(message.raw.attachments).find((one) => one.filename === name)?.url);
};

const picture = (item: Raw, message: MessageView, context: ViewContext): TemplateResult => {
  const src = pictureOf(item, message);
  const alt = text(item.description);
  const key = `${message.id}/${src}`;
  if (item.spoiler === true && !context.state.completed.has(key)) {
    const reveal = () => context.store.set({ completed: withMember(context.store.state.completed, key, true) });
    return html`<button type="button" class="button secondary" @click=${reveal}>${context.say("showHidden")}</button>`;
  }
  return src === undefined
    ? html`<span class="faint">${alt || context.say("pictureMissing")}</span>`
    : imageView(src, alt, message.id, context);
};

/** A file that can be fetched, and heard where it is a sound. */
export const fileView = (name: string, url: string | undefined, type: string): TemplateResult => html`<div class="file">
  <a href=${url ?? nothing} target="_blank" rel="noopener noreferrer">${name}</a>
  ${url && type.startsWith("audio/") ? html`<audio controls preload="metadata" src=${url} aria-label=${name}></audio>` : nothing}
</div>`;

const componentView = (part: Raw, message: MessageView, context: ViewContext): TemplateResult | typeof nothing => {
  const children = () => raws(part.components).map((child) => componentView(child, message, context));
  if (isSelect(part.type)) return messageSelect(part, message, context);
  switch (part.type) {
    case Kind.ActionRow:
      return html`<div class="row">${children()}</div>`;
    case Kind.Button:
      return buttonView(part, message, context);
    case Kind.TextDisplay:
      return markdownView(text(part.content), context);
    case Kind.Section:
      return html`<div class="section">
        <div>${children()}</div>
        ${componentView(raw(part.accessory), message, context)}
      </div>`;
    case Kind.Thumbnail:
      return html`<div class="thumbnail">${picture(part, message, context)}</div>`;
    case Kind.MediaGallery:
      return html`<div class="gallery">
        ${raws(part.items).map((item) => html`<figure>${picture(item, message, context)}</figure>`)}
      </div>`;
    case Kind.File: {
      const url = pictureOf({ media: part.file }, message);
      const name = text(part.name) || url?.split("/").at(-1)?.split("?")[0] || context.say("file");
      const type = text(raws(message.raw.attachments).find((one) => one.url === url)?.content_type);
      return fileView(name, url, type);
    }
    case Kind.Separator:
      return html`<hr class=${part.divider === false ? "gap" : ""} data-spacing=${count(part.spacing) ?? 1} />`;
    case Kind.Container:
      return html`<div class="container" ${tint("--accent", count(part.accent_color))}>${children()}</div>`;
    default:
      return nothing;
  }
};

/** The components of a message. */
export const componentsView = (
  message: MessageView,
  context: ViewContext,
): readonly (TemplateResult | typeof nothing)[] =>
  raws(message.raw.components).map((part) => componentView(part, message, context));
