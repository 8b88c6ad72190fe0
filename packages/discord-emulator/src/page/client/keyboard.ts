import { closeDrawer } from "./chatView.ts";
import type { Composer } from "./composer.ts";
import { type Store, TEXT_ID } from "./state.ts";
import type { createTabStops } from "./tabStops.ts";

/** Puts the focus into the line to write in, or into the command that stands there. */
export const focusComposer = (): void => document.querySelector<HTMLElement>(".composer .line input")?.focus();

const isWritten = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

/** Keys that work wherever the focus is, as long as no field takes them. */
export const createKeyboard = (store: Store, composer: Composer, tabStops: ReturnType<typeof createTabStops>) => {
  const closeMenu = () => {
    const { openMenu } = store.state;
    if (openMenu === undefined) return false;
    store.set({ openMenu: undefined });
    store.afterDrawing(() =>
      document.querySelector<HTMLElement>(`[data-message="${CSS.escape(openMenu)}"] .menu > button`)?.focus(),
    );
    return true;
  };

  document.addEventListener("pointerdown", ({ target }) => {
    const isInside = target instanceof Element && target.closest(".menu") !== null;
    if (store.state.openMenu !== undefined && !isInside) store.set({ openMenu: undefined });
  });
  // A slash begins a command, wherever one is on the page.
  document.addEventListener("keydown", (event) => {
    const isPlain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlain || isWritten(event.target) || store.state.modal !== undefined) return;
    event.preventDefault();
    const { draft } = store.state;
    if (draft.mode === "text" && draft.text === "") composer.type("/");
    store.afterDrawing(focusComposer);
  });

  return {
    press(event: KeyboardEvent): void {
      if (tabStops.press(event)) event.preventDefault();
      if (event.key !== "Escape" || event.defaultPrevented || closeMenu()) return;
      const isInLog = event.target instanceof Element && event.target.closest("[data-message]") !== null;
      if (store.state.drawer !== undefined) closeDrawer(store);
      else if (isInLog) document.getElementById(TEXT_ID)?.focus();
    },
  };
};
