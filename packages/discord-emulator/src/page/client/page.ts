import { html, nothing, render } from "lit-html";
import type { GuildView, Progress, ServerMessage } from "../protocol.ts";
import { createActions } from "./actions.ts";
import { ACTIVITY_ID } from "./activityView.ts";
import { createAudioOutput } from "./audioOutput.ts";
import { channelsView } from "./channelsView.ts";
import { chatView, closeDrawer } from "./chatView.ts";
import { createComposer } from "./composer.ts";
import { createFollowing } from "./following.ts";
import { applyChanges } from "./guildChanges.ts";
import { createKeyboard, focusComposer } from "./keyboard.ts";
import { firstLocale } from "./locales.ts";
import { membersView } from "./membersView.ts";
import { shownIds } from "./messageList.ts";
import { modalView } from "./modalView.ts";
import { hasOwnMessage } from "./ownMessages.ts";
import { createRelativeTimes } from "./relativeTimes.ts";
import { languageOf, sayIn } from "./say.ts";
import { openServerConnection } from "./serverConnection.ts";
import { settings, settingsIn } from "./settings.ts";
import { createStore, type State } from "./state.ts";
import { createTabStops } from "./tabStops.ts";
import type { ViewContext } from "./viewContext.ts";
import { voiceChannelOf } from "./viewContext.ts";
import { createMeter } from "./voiceMeter.ts";
import { voicePanelView } from "./voicePanelView.ts";

const root = document.getElementById("page");
if (root === null) throw new Error("The page has no root.");
let isDrawn = false;

const following = createFollowing();

const pageView = (context: ViewContext) => {
  const { state, say } = context;
  const skip = (event: Event) => {
    event.preventDefault();
    focusComposer();
  };
  return html`<div class="page" data-line=${state.connection} @keydown=${keyboard.press} @focusin=${tabStops.follow}>
      <a class="skip" href="#draft" @click=${skip}>${say("skipToLine")}</a>
      ${channelsView(context)} ${voicePanelView(context)} ${chatView(context)} ${membersView(context)}
      ${
        state.drawer
          ? html`<button type="button" class="veil" aria-label=${say("closeList")} @click=${() => closeDrawer(store)}></button>`
          : nothing
      }
    </div>
    ${modalView(context)}`;
};

const draw = (state: State) => {
  const { guild } = state;
  if (guild === undefined) return;
  const { locale } = guild.user;
  const drawn = new Set<string>();
  const texts = settingsIn(locale);
  const context: ViewContext = { state, guild, store, actions, composer, say: sayIn(locale), texts, drawn };
  if (isDrawn) following.beforeDrawing();
  // After a reload the newest message is what one comes back to; and the text that was shown meanwhile goes.
  else {
    root.replaceChildren();
    following.demand();
  }
  isDrawn = true;
  document.documentElement.lang = languageOf(locale);
  document.title = texts.title;
  render(pageView(context), root);
  tabStops.update(state, drawn);
  relativeTimes.watch(drawn);
  following.afterDrawing(shownIds(state, guild).length === 0);
};

const store = createStore(draw);
const audio = createAudioOutput((isHeard) => {
  store.set({ sound: { ...store.state.sound, isHeard } });
  meter.follow(isHeard);
});
const meter = createMeter(audio.level);
const tabStops = createTabStops(store);
const relativeTimes = createRelativeTimes(() => store.state.guild?.user.locale ?? "en");

/** The user's locale goes with each of their interactions; set once, when the page knows who they are. */
let hasSpoken = false;
const speak = ({ user }: GuildView) => {
  if (hasSpoken) return;
  hasSpoken = true;
  const locale = firstLocale();
  if (locale !== user.locale) actions.setLocale(locale);
};

/** Whether this page was listening when the connection was lost, and has to take it up again. */
let wasListening = false;

const takeGuild = (guild: GuildView) => {
  const isOut = voiceChannelOf(guild) === undefined;
  audio.rest(isOut);
  if (isOut && store.state.sound.muted) {
    audio.mute(false);
    store.set({ sound: { ...store.state.sound, muted: false } });
  }
  const before = store.state.guild;
  if (before !== undefined && hasOwnMessage(before, guild, store.state.channel)) following.demand();
  store.set({ guild });
  speak(guild);
};

let hiding: ReturnType<typeof setTimeout> | undefined;

const showProgress = (progress: Progress | undefined) => {
  clearTimeout(hiding);
  if (progress?.hideAfter !== undefined)
    hiding = setTimeout(() => store.set({ progress: undefined }), progress.hideAfter);
  store.set({ progress });
};

/** Opcode with which Discord's client ends an activity. */
const CLOSE = 2;

const activityWindow = () => document.querySelector<HTMLIFrameElement>(`#${ACTIVITY_ID}`)?.contentWindow;

const tellActivity = (message: readonly [number, unknown]) => {
  activityWindow()?.postMessage(message, settings.activityOrigin ?? "");
  if (message[0] === CLOSE) store.set({ activity: undefined });
};

const told = (message: ServerMessage) => {
  switch (message.type) {
    case "guild": {
      const resumes = wasListening && voiceChannelOf(message.guild) !== undefined && !message.guild.isListening;
      wasListening = false;
      takeGuild(message.guild);
      if (resumes) void actions.listenHere();
      return;
    }
    case "changes": {
      const { guild } = store.state;
      return guild && takeGuild(applyChanges(guild, message.changes));
    }
    case "commands":
      return store.set({ commands: message.commands });
    case "progress":
      return showProgress(message.progress ?? undefined);
    case "walkthrough":
      store.set({ walkthrough: message.step ?? undefined });
      return message.sentence && showProgress({ text: "", sentence: message.sentence, hideAfter: 8_000 });
    case "activity":
      return tellActivity(message.message);
    case "answer":
      return;
  }
};

const server = openServerConnection(`ws://${location.host}/live`, {
  message: told,
  packet: audio.play,
  opened: () => store.set({ connection: "open" }),
  lost() {
    wasListening ||= store.state.guild?.isListening === true;
    audio.clear();
    store.set({ connection: "lost", pending: new Set(), activity: undefined });
  },
});
const actions = createActions(store, server, audio, following.demand);
const composer = createComposer(store, server, actions);
const keyboard = createKeyboard(store, composer, tabStops);

addEventListener("message", ({ source, origin, data }) => {
  const isActivity = source === activityWindow() && origin === settings.activityOrigin;
  if (isActivity && Array.isArray(data)) void server.request({ type: "activityMessage", message: [data[0], data[1]] });
  // A page that closes itself is not asked again.
  if (isActivity && data[0] === CLOSE) store.set({ activity: undefined });
});

/** "in 5 minutes" is true for a while only. */
setInterval(() => document.hidden || relativeTimes.refresh(), 1_000);
