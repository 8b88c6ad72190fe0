import { LOG_ID } from "./chatView.ts";

/** Closer than this to its end, the log scrolls with new messages; in pixels. */
const NEAR_THE_END = 120;

const log = () => document.getElementById(LOG_ID);

const isAtTheEnd = (): boolean => {
  const element = log();
  return element === null || element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_THE_END;
};

const goToTheEnd = () => {
  const element = log();
  if (element !== null) element.scrollTop = element.scrollHeight;
};

/** Keeps the newest message in view while the user looks at it, and brings it there when it is their own. */
export const createFollowing = () => {
  let isFollowing = true;
  let mustFollow = false;
  let observed: HTMLElement | null = null;
  let heightBefore: number | undefined;
  let size = "";
  const sizeNow = () => `${log()?.clientWidth} × ${log()?.clientHeight}`;
  const stay = () => isFollowing && goToTheEnd();
  const resize = new ResizeObserver(() => {
    size = sizeNow();
    stay();
  });
  document.addEventListener(
    "scroll",
    () => {
      // In a window that changes its size, as on a phone that is turned, the browser scrolls before this hears of the size.
      if (size === sizeNow()) isFollowing = isAtTheEnd();
    },
    { capture: true, passive: true },
  );
  // A picture has its height once it is loaded.
  document.addEventListener("load", stay, { capture: true });

  return {
    /** The next drawing ends at the newest message, wherever the user looks. */
    demand(): void {
      mustFollow = true;
    },
    beforeDrawing(): void {
      // Looked at now, since scroll events come a moment later.
      isFollowing = mustFollow || isAtTheEnd();
      heightBefore = log()?.scrollHeight;
    },
    /** @param isEmpty whether there is no message, so that the beginning of the page stays in view */
    afterDrawing(isEmpty: boolean): void {
      const element = log();
      if (element !== observed && element !== null) {
        resize.disconnect();
        resize.observe(element);
        observed = element;
      }
      const hasGrown = element?.scrollHeight !== heightBefore;
      if (!isEmpty && (mustFollow || (isFollowing && hasGrown))) goToTheEnd();
      mustFollow = false;
    },
  };
};
