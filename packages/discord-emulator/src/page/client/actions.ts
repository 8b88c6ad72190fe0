import type { Fields, Outcome, RequestBody } from "../protocol.ts";
import type { AudioOutput } from "./audioOutput.ts";
import type { ServerConnection } from "./serverConnection.ts";
import { type Store, TEXT_ID, withMember } from "./state.ts";

/** What the user does, apart from writing. */
export interface Actions {
  /** Asks, shows what the bot opens, and tells what went wrong. @param key of the control that waits */
  request(question: RequestBody, about: string, key?: string): Promise<Outcome>;
  join(channel: string): void;
  leave(): void;
  /** Plays the user's voice channel in this page, as after a reload. */
  listenHere(): void;
  mute(on: boolean): void;
  addMember(name: string): Promise<boolean>;
  removeMember(name: string): void;
  moveMember(name: string, channel: string | null): void;
  dismissMessage(message: string): void;
  dismissNotice(id: number): void;
  submit(fields: Promise<Fields>): Promise<void>;
  /** Sends an emoji into the voice channel. */
  sendEffect(emoji: string, label: string): void;
  setLocale(locale: string): void;
  closeModal(): void;
}

/** Sends what the user does to the server, and shows what comes of it. */
export const createActions = (store: Store, server: ServerConnection, audio: AudioOutput): Actions => {
  let lastNotice = 0;

  const complain = (about: string, text: string) =>
    store.set({ notices: [...store.state.notices, { id: ++lastNotice, about, text }] });

  const request = async (question: RequestBody, about: string, key?: string): Promise<Outcome> => {
    if (key !== undefined) store.set({ pending: withMember(store.state.pending, key, true) });
    const outcome = await server.request(question);
    if (key !== undefined) store.set({ pending: withMember(store.state.pending, key, false) });
    if (outcome.kind === "failed") complain(about, outcome.why);
    if (outcome.kind === "modal") store.set({ modal: { form: outcome.modal, sending: false, complaint: "" } });
    return outcome;
  };

  /** Opens the audio output within the click, then asks. */
  const listen = async (question: RequestBody, about: string) => {
    const opened = audio.open().catch(() => complain(about, "This browser could not open its sound output."));
    audio.clear();
    await Promise.all([opened, request(question, about, "voice")]);
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
      void listen({ type: "join", channel }, `Join ${channel}`);
    },
    leave() {
      audio.clear();
      void request({ type: "leave" }, "Leave", "voice");
    },
    listenHere: () => void listen({ type: "listen" }, "Listen here"),
    mute(on) {
      audio.mute(on);
      store.set({ sound: { ...store.state.sound, muted: on } });
      void request({ type: "deafen", on }, "Mute");
    },
    sendEffect: (emoji, label) => void request({ type: "voiceEffect", emoji }, label),
    setLocale: (locale) => void request({ type: "setLocale", locale }, "Language"),
    async addMember(name) {
      const outcome = await request({ type: "addMember", name }, `Invite ${name}`);
      return outcome.kind === "done";
    },
    removeMember(name) {
      store.set({ openMember: undefined });
      void request({ type: "removeMember", name }, `Say good-bye to ${name}`);
    },
    moveMember: (name, channel) => void request({ type: "moveMember", name, channel }, name),
    dismissMessage: (message) => store.set({ dismissed: withMember(store.state.dismissed, message, true) }),
    dismissNotice: (id) => store.set({ notices: store.state.notices.filter((one) => one.id !== id) }),
    async submit(fields) {
      const open = store.state.modal;
      if (open === undefined) return;
      store.set({ modal: { ...open, sending: true, complaint: "" } });
      const filled = await fields.catch((error: Error) => error);
      const outcome: Outcome =
        filled instanceof Error
          ? { kind: "failed", why: filled.message }
          : await server.request({ type: "submit", customId: open.form.custom_id, fields: filled });
      if (outcome.kind === "failed") store.set({ modal: { ...open, sending: false, complaint: outcome.why } });
      else if (outcome.kind === "modal") store.set({ modal: { form: outcome.modal, sending: false, complaint: "" } });
      else closeModal();
    },
    closeModal,
  };
};
