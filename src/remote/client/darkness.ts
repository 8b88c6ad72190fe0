/** A touch that has ended becomes a click within this time, in milliseconds. */
const CLICK_WITHIN = 100;

/** The page's own night: black after a while, until somebody touches it. */
export interface Darkness {
  isDark(): boolean;
}

/**
 * Lets the page go dark.
 * @param cover lies over the page while it is dark and takes the touch that wakes it, so that nothing is pressed unseen
 * @param after milliseconds without a touch
 * @param changed is told when it becomes dark or light
 */
export const createDarkness = (cover: HTMLElement, after: () => number, changed: () => void): Darkness => {
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
    }, after());
  };

  for (const name of ["focusin", "wheel"]) addEventListener(name, wake, { passive: true });
  for (const name of ["pointerdown", "pointermove"] as const)
    addEventListener(name, ({ pointerType }) => {
      // A finger lifts the cover only once its touch is over, or the click would fall on what lies below.
      if (!isDark() || (name === "pointermove" && pointerType === "mouse")) wake();
    });
  for (const name of ["pointerup", "pointercancel"])
    cover.addEventListener(name, () => void setTimeout(wake, CLICK_WITHIN));
  addEventListener(
    "keydown",
    (event) => {
      // The key that wakes does nothing else: nobody sees what it would press.
      if (isDark()) event.preventDefault();
      wake();
    },
    { capture: true },
  );
  wake();
  return { isDark };
};
