import { shownIds } from "./messageList.ts";
import type { State, Store } from "./state.ts";

const CONTROLS = "a[href], button, input, select, textarea, summary, audio";

const articleOf = (id: string) => document.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`);

const setStops = (id: string, isCurrent: boolean): void => {
  const article = articleOf(id);
  if (article === null) return;
  article.tabIndex = isCurrent ? 0 : -1;
  for (const control of article.querySelectorAll<HTMLElement>(CONTROLS)) control.tabIndex = isCurrent ? 0 : -1;
};

/**
 * Makes the list of messages one stop of the Tab key (WAI-ARIA, "roving tabindex"): Tab comes to the current message
 * and its controls, the arrow keys go from message to message.
 */
export const createTabStops = (store: Store) => {
  let current: string | undefined;

  const currentIn = (state: State): string | undefined => {
    const ids = state.guild === undefined ? [] : shownIds(state, state.guild);
    return state.current !== undefined && ids.includes(state.current) ? state.current : ids.at(-1);
  };
  const go = (to: string | undefined) => {
    if (to === undefined) return;
    store.set({ current: to });
    store.afterDrawing(() => articleOf(to)?.focus());
  };

  return {
    /** Sets the stops of what was drawn, and of the messages between which the current one changed. */
    update(state: State, drawn: ReadonlySet<string>): void {
      const next = currentIn(state);
      const changed = new Set(drawn);
      if (next !== current) for (const id of [current, next]) if (id !== undefined) changed.add(id);
      current = next;
      for (const id of changed) setStops(id, id === next);
    },
    /** Arrow keys, Home and End, on a message itself. @returns whether it was one of them */
    press(event: KeyboardEvent): boolean {
      const { guild } = store.state;
      const on = event.target instanceof HTMLElement ? event.target.dataset.message : undefined;
      if (guild === undefined || on === undefined) return false;
      const ids = shownIds(store.state, guild);
      const at = ids.indexOf(on);
      const steps: Record<string, number> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: ids.length - 1 };
      const step = steps[event.key];
      if (step === undefined) return false;
      go(ids[Math.max(0, Math.min(ids.length - 1, step))]);
      return true;
    },
    /** The message in which the focus is becomes the current one. */
    follow(event: FocusEvent): void {
      const article = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-message]") : null;
      const id = article?.dataset.message;
      if (id !== undefined && id !== current) store.set({ current: id });
    },
  };
};
