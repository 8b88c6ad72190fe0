/** What night mode takes over. */
interface NightModeOptions {
  /** Fills the screen: holds the visual and the button that leaves. */
  readonly stage: HTMLElement;
  /** Everything else, which can be reached again afterwards. */
  readonly rest: readonly HTMLElement[];
  readonly visual: HTMLElement;
  readonly leave: HTMLButtonElement;
  /** Gets the focus back. */
  readonly opener: HTMLElement;
}

/** The visual alone, dark around it, as bright as the sound is loud. */
export interface NightMode {
  enter(): void;
  /** Dims the visual. @param level what is taken away from the sound, in decibels; −45 and less is black */
  dim(level: number): void;
}

/** The level at which the sound's own ramps count as silence, in decibels. */
const FLOOR = -45;
/** How long the button is seen after the last movement, in milliseconds. */
const AWAKE = 4_000;

/** Creates night mode for a page. Escape, its button and the system’s own way out of full screen leave it. */
export const createNightMode = ({ stage, rest, visual, leave, opener }: NightModeOptions): NightMode => {
  const root = document.documentElement;
  let lock: WakeLockSentinel | undefined;
  let timeout: ReturnType<typeof setTimeout> | undefined;
  const isOn = () => root.classList.contains("night");

  const awaken = () => {
    if (!isOn()) return;
    root.classList.add("awake");
    clearTimeout(timeout);
    timeout = setTimeout(() => root.classList.remove("awake"), AWAKE);
  };
  const releaseLock = () => {
    lock?.release().catch(() => {});
    lock = undefined;
  };
  const exit = () => {
    if (!isOn()) return;
    root.classList.remove("night", "awake");
    leave.hidden = true;
    for (const part of rest) part.inert = false;
    releaseLock();
    // In full screen, nothing outside the stage can have the focus.
    const leaving = document.fullscreenElement === null ? Promise.resolve() : document.exitFullscreen();
    leaving.catch(() => {}).finally(() => opener.focus());
  };
  leave.addEventListener("click", exit);
  stage.addEventListener("pointermove", awaken);
  stage.addEventListener("click", awaken);
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") exit();
    else awaken();
  });
  document.addEventListener("fullscreenchange", () => document.fullscreenElement === null && exit());

  return {
    enter() {
      root.classList.add("night");
      leave.hidden = false;
      for (const part of rest) part.inert = true;
      leave.focus();
      awaken();
      // Where the browser has no full screen, the page's own window is filled.
      stage.requestFullscreen?.({ navigationUI: "hide" }).catch(() => {});
      navigator.wakeLock
        ?.request("screen")
        .then((held) => {
          lock = held;
          if (!isOn()) releaseLock();
        })
        .catch(() => {});
    },
    dim(level) {
      visual.style.opacity = String(Math.max(0, Math.min(1, 1 - level / FLOOR)));
      // Once it is dark, the screen may go off as it always does.
      if (level <= FLOOR) releaseLock();
    },
  };
};
