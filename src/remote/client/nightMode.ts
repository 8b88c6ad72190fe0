/** What night mode takes over. */
interface NightModeOptions {
  /** Fills the screen: holds the visual and the controls. */
  readonly stage: HTMLElement;
  /** Everything else, which can be reached again afterwards. */
  readonly rest: readonly HTMLElement[];
  readonly visual: HTMLElement;
  /** Seen for some seconds after a touch; hidden outside night mode. */
  readonly controls: HTMLElement;
  /** One of them: leaves night mode. */
  readonly leave: HTMLButtonElement;
  /** Gets the focus back. */
  readonly opener: HTMLElement;
}

/** The visual alone, dark around it, as bright as the sound is loud. */
export interface NightMode {
  enter(): void;
  isOn(): boolean;
  /** Sets how bright the visual is, from 0 to 1. */
  light(light: number): void;
}

/** How long the controls are seen after the last movement, in milliseconds. */
const AWAKE = 4_000;

/** Whether the page around this one lets it keep the screen on, as far as the browser can tell. */
const mayStayOn = (): boolean => {
  const { featurePolicy } = document as { readonly featurePolicy?: { allowsFeature(name: string): boolean } };
  return featurePolicy?.allowsFeature("screen-wake-lock") !== false;
};

/** Creates night mode for a page. Escape, its button and the system’s own way out of full screen leave it. */
export const createNightMode = ({ stage, rest, visual, controls, leave, opener }: NightModeOptions): NightMode => {
  const root = document.documentElement;
  let lock: WakeLockSentinel | undefined;
  let timeout: ReturnType<typeof setTimeout> | undefined;
  let shown = "";
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
  const holdLock = () => {
    if (!mayStayOn()) return;
    navigator.wakeLock
      ?.request("screen")
      .then((held) => {
        releaseLock();
        lock = held;
        if (!isOn()) releaseLock();
      })
      .catch(() => {});
  };
  const exit = () => {
    if (!isOn()) return;
    root.classList.remove("night", "awake");
    controls.hidden = true;
    for (const part of rest) part.inert = false;
    releaseLock();
    // What holds the focus must be seen when it gets it.
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
  document.addEventListener("visibilitychange", () => {
    // A browser takes the lock from a page that is hidden.
    if (isOn() && document.visibilityState === "visible" && shown !== "0") holdLock();
  });

  return {
    isOn,
    enter() {
      root.classList.add("night");
      controls.hidden = false;
      for (const part of rest) part.inert = true;
      leave.focus();
      awaken();
      // Where the browser has no full screen, the page's own window is filled.
      if (document.fullscreenEnabled) root.requestFullscreen?.({ navigationUI: "hide" }).catch(() => {});
      holdLock();
    },
    light(light) {
      const opacity = String(Math.round(light * 1_000) / 1_000);
      if (opacity === shown) return;
      shown = opacity;
      visual.style.opacity = opacity;
      // Once it is dark, the screen may go off as it always does.
      if (opacity === "0") releaseLock();
    },
  };
};
