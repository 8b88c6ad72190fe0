/** How long the first press counts, in milliseconds. */
const WITHIN = 5_000;
/** The attribute of a button's words between its two presses: they are not to be written over. */
export const PRESSED_ONCE = "data-pressed-once";

/**
 * Runs something with the second press on a button: a thumb in the dark must not do it.
 * @param button with its words in a `span`, or nothing but words
 * @param again what it says in between
 */
export const pressTwice = (button: HTMLButtonElement, again: () => string, run: () => void): void => {
  const words = button.querySelector("span") ?? button;
  let first: { readonly text: string; readonly label: string | null } | undefined;
  let ends: ReturnType<typeof setTimeout> | undefined;
  const disarm = () => {
    clearTimeout(ends);
    if (first === undefined) return;
    words.removeAttribute(PRESSED_ONCE);
    words.textContent = first.text;
    if (first.label !== null) button.setAttribute("aria-label", first.label);
    first = undefined;
  };
  button.addEventListener("click", () => {
    if (first !== undefined) {
      disarm();
      run();
      return;
    }
    first = { text: words.textContent, label: button.getAttribute("aria-label") };
    words.setAttribute(PRESSED_ONCE, "");
    words.textContent = again();
    // What it says now is more than what it belongs to.
    button.removeAttribute("aria-label");
    ends = setTimeout(disarm, WITHIN);
  });
};
