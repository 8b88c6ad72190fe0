import { html, nothing, render } from "lit-html";
import type { GuildView, ServerMessage } from "../protocol.ts";
import { createActions } from "./actions.ts";
import { createAudioOutput } from "./audioOutput.ts";
import { channelsView } from "./channelsView.ts";
import { chatView, LOG_ID } from "./chatView.ts";
import { createComposer } from "./composer.ts";
import { firstLocale } from "./locales.ts";
import { membersView } from "./membersView.ts";
import { modalView } from "./modalView.ts";
import { openServerConnection } from "./serverConnection.ts";
import { createStore, type State } from "./state.ts";
import { voiceChannelOf } from "./viewContext.ts";
import { FLOOR, METER_ID, voicePanelView } from "./voicePanelView.ts";

const root = document.getElementById("page");
if (root === null) throw new Error("The page has no root.");
let isDrawn = false;

/** Closer than this to its end, the log scrolls with new messages; in pixels. */
const NEAR_THE_END = 120;

const isAtTheEnd = (): boolean => {
  const log = document.getElementById(LOG_ID);
  return log === null || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_THE_END;
};

const followTheEnd = () => {
  const log = document.getElementById(LOG_ID);
  if (log !== null) log.scrollTop = log.scrollHeight;
};

/** Whether the newest message is in view, so that the log scrolls with the next. */
let isFollowing = true;
const look = () => {
  isFollowing = isAtTheEnd();
};
document.addEventListener("scroll", look, { capture: true, passive: true });
window.addEventListener("resize", () => isFollowing && followTheEnd());

const draw = (state: State) => {
  const { guild } = state;
  if (guild === undefined) return;
  const context = { state, guild: guild, store, actions, composer };
  // Looked at now, since scroll events come a moment later.
  const follow = isDrawn && isAtTheEnd();
  const heightBefore = document.getElementById(LOG_ID)?.scrollHeight;
  // The text that was shown while the page was opening.
  if (!isDrawn) root.replaceChildren();
  isDrawn = true;
  const closeDrawer = () => store.set({ drawer: undefined });
  render(
    html`<div class="page" data-line=${state.connection} @keydown=${(event: KeyboardEvent) => event.key === "Escape" && closeDrawer()}>
        ${channelsView(context)} ${voicePanelView(context)} ${chatView(context)} ${membersView(context)}
        ${state.drawer ? html`<button type="button" class="veil" aria-label="Close the list" @click=${closeDrawer}></button>` : nothing}
      </div>
      ${modalView(context)}`,
    root,
  );
  const isEmpty = (guild.messages[state.channel] ?? []).length + state.notices.length === 0;
  if (follow && !isEmpty && document.getElementById(LOG_ID)?.scrollHeight !== heightBefore) followTheEnd();
};

const store = createStore(draw);
const audio = createAudioOutput((isHeard) => store.set({ sound: { ...store.state.sound, isHeard } }));

/** The user's locale goes with each of their interactions; set once, when the page knows who they are. */
let hasSpoken = false;
const speak = ({ user }: GuildView) => {
  if (hasSpoken) return;
  hasSpoken = true;
  const locale = firstLocale();
  if (locale !== user.locale) actions.setLocale(locale);
};

let hiding: ReturnType<typeof setTimeout> | undefined;

const told = (message: ServerMessage) => {
  switch (message.type) {
    case "guild": {
      const { guild } = message;
      if (voiceChannelOf(guild) === undefined && store.state.sound.muted) {
        audio.mute(false);
        store.set({ sound: { ...store.state.sound, muted: false } });
      }
      store.set({ guild });
      return speak(guild);
    }
    case "commands":
      return store.set({ commands: message.commands });
    case "progress": {
      const progress = message.progress ?? undefined;
      clearTimeout(hiding);
      if (progress?.hideAfter !== undefined)
        hiding = setTimeout(() => store.set({ progress: undefined }), progress.hideAfter);
      return store.set({ progress });
    }
    case "answer":
      return;
  }
};

const server = openServerConnection(`ws://${location.host}/live`, {
  message: told,
  packet: audio.play,
  opened: () => store.set({ connection: "open" }),
  lost() {
    audio.clear();
    store.set({ connection: "lost", pending: new Set() });
  },
});
const actions = createActions(store, server, audio);
const composer = createComposer(store, server, actions);

/** The meter moves ten times a second, outside of all drawing. */
setInterval(() => {
  const meter = document.getElementById(METER_ID);
  if (meter === null) return;
  const level = Math.max(FLOOR, Math.min(0, audio.level()));
  meter.style.setProperty("--level", String(1 - level / FLOOR));
  meter.setAttribute("aria-valuenow", String(Math.round(level)));
}, 100);

/** "in 5 minutes" is true for a while only. */
setInterval(() => store.set({}), 1_000);
