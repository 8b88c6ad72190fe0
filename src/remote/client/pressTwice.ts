/** How long the first press counts, in milliseconds. */
const WITHIN = 5_000;
/** The attribute of a button between its two presses: what it says is not to be written over. */
export const PRESSED_ONCE = "data-pressed-once";

/**
 * Runs something with the second press on a button: a thumb in the dark must not do it.
 * @param again what the button says in between
 */
export const pressTwice = (button: HTMLButtonElement, again: () => string, run: () => void): void => {
  let first: { readonly text: string; readonly label: string | null } | undefined;
  const disarm = () => {
    if (first === undefined) return;
    button.removeAttribute(PRESSED_ONCE);
    button.textContent = first.text;
    if (first.label !== null) button.setAttribute("aria-label", first.label);
    first = undefined;
  };
  button.addEventListener("click", () => {
    if (first !== undefined) {
      disarm();
      run();
      return;
    }
    first = { text: button.textContent, label: button.getAttribute("aria-label") };
    button.setAttribute(PRESSED_ONCE, "");
    button.textContent = again();
    // What it says now is more than what it belongs to.
    button.removeAttribute("aria-label");
    setTimeout(disarm, WITHIN);
  });
};
