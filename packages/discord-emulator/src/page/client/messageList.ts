import { html, type TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";
import type { GuildView, MessageView } from "../protocol.ts";
import { avatar } from "./avatar.ts";
import { messageView } from "./messageView.ts";
import type { Notice, State } from "./state.ts";
import type { ViewContext } from "./viewContext.ts";

/** A message, or what the page itself says; `at` is in milliseconds since the Unix epoch. */
type Entry =
  | { readonly id: string; readonly at: number; readonly message: MessageView }
  | { readonly id: string; readonly at: number; readonly notice: Notice };

const entriesOf = ({ channel, dismissed, notices }: State, guild: GuildView): readonly Entry[] => {
  const messages = (guild.messages[channel] ?? [])
    .filter(({ id }) => !dismissed.has(id))
    .map((message): Entry => ({ id: message.id, at: Date.parse(String(message.raw.timestamp)), message }));
  const own = notices
    .filter((notice) => notice.channel === channel)
    .map((notice): Entry => ({ id: notice.id, at: notice.at, notice }));
  // Messages come in order, and a sort of a list in order is one pass.
  return own.length === 0 ? messages : [...messages, ...own].sort((a, b) => a.at - b.at);
};

/** The ids of what the log shows, oldest first. */
export const shownIds = (state: State, guild: GuildView): readonly string[] =>
  entriesOf(state, guild).map(({ id }) => id);

const noticeView = ({ id, about, text }: Notice, { actions, say, texts, drawn }: ViewContext): TemplateResult => {
  drawn.add(id);
  return html`<article class="message ephemeral failed" data-message=${id} aria-label=${about}>
    ${avatar(texts.botName, true)}
    <div class="body">
      <header><span class="author">${about}</span></header>
      <p>${text}</p>
      <footer>
        ${say("onlyYou")}
        <button type="button" class="plain" @click=${() => actions.dismissNotice(id)}>${say("dismiss")}</button>
      </footer>
    </div>
  </article>`;
};

/** The names that messages mention, as one string: the same while they are the same. */
const namesIn = ({ members, channels, roles }: GuildView): string =>
  [...members, ...channels, ...roles].map(({ id, name }) => `${id} ${name}`).join("\n");

/** What of the page's state a message is drawn from; while it stays the same, the message is not drawn again. */
const dependencies = (message: MessageView, names: string, { state, guild }: ViewContext): unknown[] => [
  message,
  names,
  guild.user.locale,
  state.commands,
  state.openMenu === message.id,
  state.select?.key.startsWith(`${message.id}/`) ? state.select : undefined,
  [...state.pending].filter((key) => key.startsWith(`${message.id}/`)).join(),
  [...state.completed].filter((key) => key.startsWith(`${message.id}/`)).join(),
];

/** The messages of the channel that is shown, with the page's own notices among them. */
export const messageList = (context: ViewContext): unknown => {
  const { state, guild } = context;
  const names = namesIn(guild);
  return repeat(
    entriesOf(state, guild),
    ({ id }) => id,
    (entry) =>
      "notice" in entry
        ? guard([entry.notice, guild.user.locale], () => noticeView(entry.notice, context))
        : guard(dependencies(entry.message, names, context), () => messageView(entry.message, context)),
  );
};
