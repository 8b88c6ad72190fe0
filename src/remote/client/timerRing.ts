import type { RemoteState } from "../protocol.ts";

/** The sleep timer as a ring: a full turn is an hour, and it can be turned further. */
export interface TimerRing {
  show(timer: RemoteState["timer"]): void;
}

/** What the ring is made of. */
interface RingParts {
  readonly ring: HTMLElement;
  /** The same for the keyboard and screen readers. */
  readonly slider: HTMLInputElement;
  /** Takes some minutes away, for a hand that can't drag; without a timer it is hidden. */
  readonly shorten: HTMLElement;
  /** Says the minutes inside. */
  readonly text: Element;
}

const TURN = 60;
const [SHORTEST, LONGEST] = [1, 720];
/** The minutes that one press takes away. */
const SHORTER = 5;
/** How long after the last change without a drag the timer is set, in milliseconds. */
const SETTLE = 600;
/** Milliseconds between two drawings of the time that passes. */
const TICK = 5_000;
/**
 * @param now the server's time in milliseconds
 * @param set is called with the minutes that were chosen, once the hand lets go
 */
export const createTimerRing = (
  { ring, slider, shorten, text }: RingParts,
  now: () => number,
  set: (minutes: number) => void,
): TimerRing => {
  let timer: RemoteState["timer"];
  /** While a hand is on it. */
  let chosen: number | undefined;
  let lastAngle = 0;
  let settling: ReturnType<typeof setTimeout> | undefined;

  const left = () =>
    timer === undefined || timer.isSilent ? 0 : Math.max(0, Math.round((timer.endsAt - now()) / 60_000));
  const draw = () => {
    const minutes = Math.round(chosen ?? left());
    const format = (unitDisplay: "short" | "long") =>
      new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay }).format(
        minutes,
      );
    ring.style.setProperty("--left", String(Math.min(TURN, minutes)));
    slider.value = String(minutes);
    slider.setAttribute("aria-valuetext", format("long"));
    text.textContent = minutes === 0 ? "" : format("short");
  };
  const choose = (minutes: number) => {
    chosen = Math.min(LONGEST, Math.max(SHORTEST, minutes));
    draw();
  };
  const letGo = () => {
    clearTimeout(settling);
    if (chosen === undefined) return;
    set(Math.round(chosen));
    chosen = undefined;
  };

  /** Of a full turn, from the middle of the ring. */
  const angleOf = ({ clientX, clientY }: PointerEvent) => {
    const { x, y, width, height } = ring.getBoundingClientRect();
    return Math.atan2(clientX - x - width / 2, y + height / 2 - clientY) / (2 * Math.PI);
  };
  ring.addEventListener("pointerdown", (event) => {
    ring.setPointerCapture(event.pointerId);
    lastAngle = angleOf(event);
    choose(left());
  });
  ring.addEventListener("pointermove", (event) => {
    if (!ring.hasPointerCapture(event.pointerId) || chosen === undefined) return;
    const angle = angleOf(event);
    // The shorter way round, so that it can be turned past the top.
    const moved = ((angle - lastAngle + 1.5) % 1) - 0.5;
    lastAngle = angle;
    choose(chosen + moved * TURN);
  });
  ring.addEventListener("pointerup", letGo);
  ring.addEventListener("pointercancel", () => {
    chosen = undefined;
    draw();
  });
  const chooseSoon = (minutes: number) => {
    choose(minutes);
    clearTimeout(settling);
    settling = setTimeout(letGo, SETTLE);
  };
  slider.addEventListener("input", () => chooseSoon(Number(slider.value)));
  shorten.addEventListener("click", () => chooseSoon((chosen ?? left()) - SHORTER));
  slider.addEventListener("blur", letGo);
  setInterval(draw, TICK);

  return {
    show(shown) {
      timer = shown;
      shorten.hidden = timer === undefined || timer.isSilent;
      draw();
    },
  };
};
