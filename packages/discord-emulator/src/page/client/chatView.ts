import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { avatar } from "./avatar.ts";
import { composerView } from "./composerView.ts";
import { messageView } from "./messageView.ts";
import { progressView } from "./progressView.ts";
import { settings } from "./settings.ts";
import type { Notice } from "./state.ts";
import type { ViewContext } from "./viewContext.ts";
import { welcomeView } from "./welcomeView.ts";

/** DOM id of the list of messages. */
export const LOG_ID = "log";

const noticeView = ({ id, about, text }: Notice, { actions }: ViewContext): TemplateResult => html`<article
  class="message ephemeral failed"
>
  ${avatar(settings.botName, true)}
  <div class="body">
    <header><span class="author">${about}</span></header>
    <p>${text}</p>
    <footer>
      Only you can see this
      <button type="button" class="plain" @click=${() => actions.dismissNotice(id)}>Dismiss message</button>
    </footer>
  </div>
</article>`;

/** Opens a list at the side of a small window and moves the focus into it, or closes it. */
const openDrawer = (which: "channels" | "people" | undefined, store: ViewContext["store"]) => {
  store.set({ drawer: which });
  if (which) store.afterDrawing(() => document.querySelector<HTMLElement>(`#${which} :is(button, input)`)?.focus());
};

const toggle = (
  which: "channels" | "people",
  label: string,
  path: string,
  { state, store }: ViewContext,
): TemplateResult =>
  html`<button
    type="button"
    class="plain toggle"
    aria-label=${label}
    aria-expanded=${state.drawer === which}
    aria-controls=${which}
    @click=${() => openDrawer(state.drawer === which ? undefined : which, store)}
  >
    <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>
  </button>`;

/** The channel that is shown: its messages, and the line to write in. */
export const chatView = (context: ViewContext): TemplateResult => {
  const { state, guild } = context;
  const messages = (guild.messages[state.channel] ?? []).filter(({ id }) => !state.dismissed.has(id));
  return html`<main class="chat">
    <header class="bar">
      ${toggle("channels", "Channels", "M4 7h16M4 12h16M4 17h16", context)}
      <h1><span class="hash" aria-hidden="true">#</span>${state.channel}</h1>
      ${toggle("people", "People", "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3.2 2.6 3.5 5.5", context)}
    </header>
    ${progressView(state.progress)}
    ${state.connection === "lost" ? html`<p class="lost" role="alert">The connection to ${settings.botName} was lost. Trying again…</p>` : nothing}
    <div class="log" id=${LOG_ID} tabindex="0" role="log" aria-label="Messages in ${state.channel}" aria-relevant="additions">
      ${welcomeView(context)}
      ${repeat(
        messages,
        ({ id }) => id,
        (message) => messageView(message, context),
      )}
      ${repeat(
        state.notices,
        ({ id }) => id,
        (notice) => noticeView(notice, context),
      )}
    </div>
    ${composerView(context)}
  </main>`;
};
