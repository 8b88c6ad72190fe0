import type { Asked, Fields, Outcome } from "../protocol.ts";
import type { Ears } from "./audioOutput.ts";
import type { Link } from "./serverConnection.ts";
import { type Store, TEXT_ID, withMember } from "./state.ts";

/** What the visitor does, apart from writing. */
export interface Actions {
  /** Asks, shows what the bot opens, and tells what went wrong. @param key of the control that waits */
  ask(question: Asked, about: string, key?: string): Promise<Outcome>;
  join(channel: string): void;
  leave(): void;
  /** Hears in this page what the visitor's channel hears, as after the page was loaded anew. */
  hearHere(): void;
  mute(on: boolean): void;
  invite(name: string): Promise<boolean>;
  dismiss(name: string): void;
  seat(name: string, channel: string | null): void;
  forget(message: string): void;
  forgetNotice(id: number): void;
  submit(fields: Promise<Fields>): Promise<void>;
  /** Sends an emoji into the voice channel. */
  sendEffect(emoji: string, label: string): void;
  speakIn(locale: string): void;
  closeModal(): void;
}

export const createActions = (store: Store, link: Link, ears: Ears): Actions => {
  let lastNotice = 0;

  const complain = (about: string, text: string) =>
    store.set({ notices: [...store.state.notices, { id: ++lastNotice, about, text }] });

  const ask = async (question: Asked, about: string, key?: string): Promise<Outcome> => {
    if (key !== undefined) store.set({ pending: withMember(store.state.pending, key, true) });
    const outcome = await link.ask(question);
    if (key !== undefined) store.set({ pending: withMember(store.state.pending, key, false) });
    if (outcome.kind === "failed") complain(about, outcome.why);
    if (outcome.kind === "modal") store.set({ modal: { form: outcome.modal, sending: false, complaint: "" } });
    return outcome;
  };

  /** Opens the ears within the click, then asks. */
  const listen = async (question: Asked, about: string) => {
    const opened = ears.open().catch(() => complain(about, "This browser could not open its sound output."));
    ears.quiet();
    await Promise.all([opened, ask(question, about, "voice")]);
  };

  const closeModal = () => {
    if (store.state.modal === undefined) return;
    store.set({ modal: undefined });
    store.afterDrawing(() => document.getElementById(TEXT_ID)?.focus());
  };

  return {
    ask,
    join(channel) {
      store.set({ drawer: undefined });
      void listen({ type: "join", channel }, `Join ${channel}`);
    },
    leave() {
      ears.quiet();
      void ask({ type: "leave" }, "Leave", "voice");
    },
    hearHere: () => void listen({ type: "hear" }, "Listen here"),
    mute(on) {
      ears.mute(on);
      store.set({ sound: { ...store.state.sound, muted: on } });
      void ask({ type: "deafen", on }, "Mute");
    },
    sendEffect: (emoji, label) => void ask({ type: "effect", emoji }, label),
    speakIn: (locale) => void ask({ type: "speakIn", locale }, "Language"),
    async invite(name) {
      const outcome = await ask({ type: "invite", name }, `Invite ${name}`);
      return outcome.kind === "done";
    },
    dismiss(name) {
      store.set({ person: undefined });
      void ask({ type: "dismiss", name }, `Say good-bye to ${name}`);
    },
    seat: (name, channel) => void ask({ type: "seat", name, channel }, name),
    forget: (message) => store.set({ dismissed: withMember(store.state.dismissed, message, true) }),
    forgetNotice: (id) => store.set({ notices: store.state.notices.filter((one) => one.id !== id) }),
    async submit(fields) {
      const open = store.state.modal;
      if (open === undefined) return;
      store.set({ modal: { ...open, sending: true, complaint: "" } });
      const filled = await fields.catch((error: Error) => error);
      const outcome: Outcome =
        filled instanceof Error
          ? { kind: "failed", why: filled.message }
          : await link.ask({ type: "submit", customId: open.form.custom_id, fields: filled });
      if (outcome.kind === "failed") store.set({ modal: { ...open, sending: false, complaint: outcome.why } });
      else if (outcome.kind === "modal") store.set({ modal: { form: outcome.modal, sending: false, complaint: "" } });
      else closeModal();
    },
    closeModal,
  };
};
