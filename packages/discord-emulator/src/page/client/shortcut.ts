import type { Shortcut } from "../settings.ts";
import { withMember } from "./state.ts";
import { type ViewContext, voiceChannelOf } from "./viewContext.ts";

/** What waits while a shortcut is being carried out, as the state names it. */
export const shortcutKey = ({ label }: Shortcut): string => `shortcut/${label}`;

/**
 * Joins a voice channel unless the user is in one, and runs the command there.
 * @param channel the one to join
 */
export const runShortcut = async (
  shortcut: Shortcut,
  channel: string,
  { guild, store, actions }: ViewContext,
): Promise<void> => {
  const key = shortcutKey(shortcut);
  if (store.state.pending.has(key)) return;
  // Within the click, or the browser keeps the sound silent.
  const isThere =
    voiceChannelOf(guild) === undefined ? actions.join(channel) : guild.isListening || actions.listenHere();
  store.set({ pending: withMember(store.state.pending, key, true) });
  const heard = await isThere;
  store.set({ pending: withMember(store.state.pending, key, false) });
  if (!heard) return;
  const { label, command: path, options } = shortcut;
  const outcome = await actions.request({ type: "slash", path, options, channel: store.state.channel }, label, key);
  if (outcome.kind !== "failed") store.set({ completed: withMember(store.state.completed, path, true) });
};
