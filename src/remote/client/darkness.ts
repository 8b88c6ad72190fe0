/** Milliseconds without a touch after which the page goes dark. */
const DARK_AFTER = 120_000;

/** The page's own night: black after a while, until somebody touches it. */
export interface Darkness {
  isDark(): boolean;
}

/**
 * Lets the page go dark.
 * @param cover lies over the page while it is dark and takes the touch that wakes it, so that nothing is pressed unseen
 * @param changed is told when it becomes dark or light
 */
export const createDarkness = (cover: HTMLElement, changed: () => void): Darkness => {
  const root = document.documentElement;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isDark = () => root.classList.contains("dark");

  const wake = () => {
    if (isDark()) {
      root.classList.remove("dark");
      changed();
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      root.classList.add("dark");
      changed();
    }, DARK_AFTER);
  };

  for (const name of ["pointerdown", "pointermove", "focusin", "wheel"])
    addEventListener(name, wake, { passive: true });
  addEventListener(
    "keydown",
    (event) => {
      // The key that wakes does nothing else: nobody sees what it would press.
      if (isDark()) event.preventDefault();
      wake();
    },
    { capture: true },
  );
  cover.addEventListener("click", (event) => event.stopPropagation());
  wake();
  return { isDark };
};
