import { html, nothing, type TemplateResult } from "lit-html";
import { activityView } from "./activityView.ts";
import { composerView } from "./composerView.ts";
import { type IconName, iconView } from "./iconView.ts";
import { messageList } from "./messageList.ts";
import { progressView } from "./progressView.ts";
import type { ViewContext } from "./viewContext.ts";
import { walkthroughView } from "./walkthroughView.ts";
import { welcomeView } from "./welcomeView.ts";

/** DOM id of the list of messages. */
export const LOG_ID = "log";

/** A list at the side of a small window. */
type Drawer = "channels" | "people";

const toggleId = (drawer: Drawer) => `toggle-${drawer}`;

/** Opens a list at the side of a small window and moves the focus into it, or closes it. */
const openDrawer = (which: Drawer | undefined, store: ViewContext["store"]) => {
  store.set({ drawer: which });
  if (which) store.afterDrawing(() => document.querySelector<HTMLElement>(`#${which} :is(button, input)`)?.focus());
};

/** Closes the list at the side, and takes the focus back to the button that opened it. */
export const closeDrawer = (store: ViewContext["store"]): void => {
  const { drawer } = store.state;
  if (drawer === undefined) return;
  store.set({ drawer: undefined });
  store.afterDrawing(() => document.getElementById(toggleId(drawer))?.focus());
};

const toggle = (which: Drawer, icon: IconName, { state, store, say }: ViewContext): TemplateResult =>
  html`<button
    type="button"
    class="plain toggle"
    id=${toggleId(which)}
    aria-label=${say(which)}
    aria-expanded=${state.drawer === which}
    aria-controls=${which}
    @click=${() => openDrawer(state.drawer === which ? undefined : which, store)}
  >
    ${iconView(icon)}
  </button>`;

/** The channel that is shown: its messages, and the line to write in. */
export const chatView = (context: ViewContext): TemplateResult => {
  const { state, say, texts } = context;
  return html`<main class="chat">
    <header class="bar">
      ${toggle("channels", "channels", context)}
      <h1><span class="hash" aria-hidden="true">#</span>${state.channel}</h1>
      ${toggle("people", "people", context)}
    </header>
    ${progressView(state.progress, say)} ${walkthroughView(context)}
    ${state.connection === "lost" ? html`<p class="lost" role="alert">${say("connectionLost", { bot: texts.botName })}</p>` : nothing}
    ${activityView(context)}
    <div class="log" id=${LOG_ID} role="log" aria-label=${say("messagesIn", { name: state.channel })} aria-relevant="additions">
      ${welcomeView(context)} ${messageList(context)}
    </div>
    ${composerView(context)}
  </main>`;
};
