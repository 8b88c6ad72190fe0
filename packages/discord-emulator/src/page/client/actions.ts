import type { Fields, Outcome, RequestBody } from "../protocol.ts";
import type { AudioOutput } from "./audioOutput.ts";
import { isWordKey, sayIn } from "./say.ts";
import type { ServerConnection } from "./serverConnection.ts";
import { settings } from "./settings.ts";
import { type OpenModal, type Store, TEXT_ID, withMember } from "./state.ts";

/** What the user does, apart from writing. */
export interface Actions {
  /** Asks, shows what the bot opens, and tells what went wrong. @param key of the control that waits */
  request(question: RequestBody, about: string, key?: string): Promise<Outcome>;
  /** @returns whether the user is there */
  join(channel: string): Promise<boolean>;
  leave(): void;
  /** Plays the user's voice channel in this page, as after a reload. @returns whether it does */
  listenHere(): Promise<boolean>;
  mute(on: boolean): void;
  addMember(name: string): Promise<boolean>;
  removeMember(name: string): void;
  moveMember(name: string, channel: string | null): void;
  muteMember(name: string, on: boolean): void;
  /** Gives the bot a permission, or takes it away. @param label its name, as the user sees it */
  setBotPermission(permission: string, on: boolean, label: string): void;
  inviteToSpeak(on: boolean): void;
  moderate(on: boolean): void;
  /** Starts the walkthrough, or ends it. */
  runWalkthrough(on: boolean): void;
  openActivity(): Promise<void>;
  closeActivity(): void;
  dismissMessage(message: string): void;
  dismissNotice(id: string): void;
  submit(fields: Promise<Fields>): Promise<void>;
  /** Says what is wrong with the form. @param field custom id of the field, if it is one */
  complainOfForm(complaint: string, field?: string): void;
  /** Sends an emoji into the voice channel, and shows it for a moment. */
  sendEffect(emoji: string, label: string): Promise<void>;
  setLocale(locale: string): void;
  closeModal(): void;
}

/** How long an emoji that was sent is seen, in milliseconds. */
const EFFECT_TIME = 2_400;

/**
 * Sends what the user does to the server, and shows what comes of it.
 * @param showNewest brings the newest message into view with the next drawing
 */
export const createActions = (
  store: Store,
  server: ServerConnection,
  audio: AudioOutput,
  showNewest: () => void,
): Actions => {
  let lastNotice = 0;
  let lastEffect = 0;

  const say = (...word: Parameters<ReturnType<typeof sayIn>>) =>
    sayIn(store.state.guild?.user.locale ?? "en-US")(...word);

  const complain = (about: string, text: string) => {
    const { notices, channel } = store.state;
    showNewest();
    store.set({ notices: [...notices, { id: `notice-${++lastNotice}`, channel, at: Date.now(), about, text }] });
  };
  /** What the server says, in the page's words where it has named them. */
  const reasonOf = ({ why, sentence }: Extract<Outcome, { kind: "failed" }>): string =>
    sentence !== undefined && isWordKey(sentence.key) ? say(sentence.key, sentence.values) : why;
  const opened = (form: OpenModal["form"]): OpenModal => ({ form, sending: false, complaint: "", wrong: undefined });

  const request = async (question: RequestBody, about: string, key?: string): Promise<Outcome> => {
    if (key !== undefined) store.set({ pending: withMember(store.state.pending, key, true) });
    const outcome = await server.request(question);
    if (key !== undefined) store.set({ pending: withMember(store.state.pending, key, false) });
    if (outcome.kind === "failed") complain(about, reasonOf(outcome));
    if (outcome.kind === "modal") store.set({ modal: opened(outcome.modal) });
    return outcome;
  };

  /** Opens the audio output within the click, then asks. */
  const listen = async (question: RequestBody, about: string) => {
    const openedOutput = audio.open().catch(() => complain(about, say("noSound")));
    audio.clear();
    const [, outcome] = await Promise.all([openedOutput, request(question, about, "voice")]);
    return outcome.kind !== "failed";
  };

  const closeModal = () => {
    if (store.state.modal === undefined) return;
    store.set({ modal: undefined });
    store.afterDrawing(() => document.getElementById(TEXT_ID)?.focus());
  };

  return {
    request,
    join(channel) {
      store.set({ drawer: undefined });
      return listen({ type: "join", channel }, say("joinChannel", { name: channel }));
    },
    leave() {
      audio.clear();
      void request({ type: "leave" }, say("leave"), "voice");
    },
    listenHere: () => listen({ type: "listen" }, say("listenHere")),
    mute(on) {
      audio.mute(on);
      store.set({ sound: { ...store.state.sound, muted: on } });
      void request({ type: "deafen", on }, say("mute"));
    },
    async sendEffect(emoji, label) {
      const outcome = await request({ type: "voiceEffect", emoji }, label);
      if (outcome.kind === "failed") return;
      const id = `effect-${++lastEffect}`;
      store.set({ effects: [...store.state.effects, { id, emoji, label }] });
      setTimeout(() => store.set({ effects: store.state.effects.filter((one) => one.id !== id) }), EFFECT_TIME);
    },
    setLocale: (locale) => void request({ type: "setLocale", locale }, say("language")),
    async addMember(name) {
      const outcome = await request({ type: "addMember", name }, say("addMember", { name }));
      return outcome.kind === "done";
    },
    removeMember(name) {
      store.set({ openMember: undefined });
      void request({ type: "removeMember", name }, `${say("sendHome")} · ${name}`);
    },
    moveMember: (name, channel) => void request({ type: "moveMember", name, channel }, name),
    muteMember: (name, on) => void request({ type: "muteMember", name, on }, name),
    setBotPermission: (permission, on, label) => void request({ type: "setBotPermission", permission, on }, label),
    inviteToSpeak: (on) => void request({ type: "inviteToSpeak", on }, say(on ? "inviteToSpeak" : "stageAudience")),
    moderate: (on) => void request({ type: "moderate", on }, say("moderator")),
    runWalkthrough: (on) => void request({ type: "walkthrough", on }, say("people")),
    async openActivity() {
      const platform = matchMedia("(pointer: coarse)").matches ? "mobile" : "desktop";
      const outcome = await request({ type: "openActivity", platform }, say("activity", { bot: settings.botName }));
      if (outcome.kind === "activity") store.set({ activity: outcome.query });
    },
    closeActivity() {
      store.set({ activity: undefined });
      void request({ type: "closeActivity" }, say("closeActivity"));
    },
    dismissMessage: (message) => store.set({ dismissed: withMember(store.state.dismissed, message, true) }),
    dismissNotice: (id) => store.set({ notices: store.state.notices.filter((one) => one.id !== id) }),
    async submit(fields) {
      const open = store.state.modal;
      if (open === undefined) return;
      store.set({ modal: { ...open, sending: true, complaint: "", wrong: undefined } });
      const filled = await fields.catch((error: Error) => error);
      const outcome: Outcome =
        filled instanceof Error
          ? { kind: "failed", why: filled.message }
          : await server.request({ type: "submit", customId: open.form.custom_id, fields: filled });
      // Closed meanwhile: what went wrong is said among the messages.
      const isOpen = store.state.modal?.form === open.form;
      if (outcome.kind === "modal") store.set({ modal: opened(outcome.modal) });
      else if (outcome.kind !== "failed") closeModal();
      else if (isOpen)
        store.set({ modal: { ...open, sending: false, complaint: reasonOf(outcome), wrong: undefined } });
      else complain(open.form.title, reasonOf(outcome));
    },
    complainOfForm(complaint, field) {
      const open = store.state.modal;
      if (open !== undefined) store.set({ modal: { ...open, complaint, wrong: field } });
    },
    closeModal,
  };
};
