import type { PageWord, PageWords, RemotePlans, RemoteRequest } from "../protocol.ts";
import { pressTwice } from "./pressTwice.ts";

/** Programmes that can be begun, planned evenings and wake-ups. */
export interface PlansView {
  show(plans: RemotePlans): void;
}

/** What it is made of. */
interface PlansParts {
  /** Is hidden where there are none. */
  readonly programmes: HTMLElement;
  /** Is hidden where there are none. */
  readonly evenings: HTMLElement;
  readonly wakeUps: HTMLElement;
  /** When to wake. */
  readonly time: HTMLInputElement;
  readonly channel: HTMLButtonElement;
  readonly me: HTMLButtonElement;
}

type Evening = RemotePlans["evenings"][number];
type WakeUp = RemotePlans["wakeUps"][number];

const line = (text: string): HTMLElement => {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
};

/** @param about says to what it belongs, for those who don't see what is beside it */
const button = (text: string, about: string): HTMLButtonElement => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (about !== "") made.setAttribute("aria-label", `${text}: ${about}`);
  return made;
};

/** A moment, as clocks beside the reader show it. */
const moment = (at: number, withDay: boolean): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    ...(withDay && { weekday: "short", day: "numeric", month: "short" }),
    hour: "numeric",
    minute: "2-digit",
  }).format(at);

/** @param words those of the page, as they are now */
export const createPlansView = (
  { programmes, evenings, wakeUps, time, channel, me }: PlansParts,
  words: () => PageWords,
  request: (asked: RemoteRequest) => void,
): PlansView => {
  let shown = "";
  const askTwice = (text: PageWord, again: PageWord, about: string, asked: RemoteRequest) => {
    const made = button(words()[text], about);
    pressTwice(
      made,
      () => words()[again],
      () => request(asked),
    );
    return made;
  };
  const fill = (section: HTMLElement, items: readonly HTMLElement[]) => {
    const hadFocus = section.contains(document.activeElement);
    section.querySelector(".list, ul")?.replaceChildren(...items);
    // Who works with keys goes on from here, not from the top of the page.
    if (hadFocus && !section.contains(document.activeElement)) section.querySelector("h2")?.focus();
  };
  const item = (...parts: readonly HTMLElement[]) => {
    const made = document.createElement("li");
    made.append(...parts);
    return made;
  };

  const programmeButton = ({ id, title }: RemotePlans["programmes"][number]) => {
    const made = button(title, "");
    made.addEventListener("click", () => request({ type: "startProgramme", programme: id }));
    return made;
  };
  const eveningItem = ({ id, title, programme, next, skippedAt, isHere, maySkip }: Evening) => {
    const name = document.createElement("h3");
    name.textContent = title;
    const start = programme === undefined ? undefined : button(words().startNow, title);
    start?.classList.add("begins");
    start?.addEventListener("click", () => request({ type: "startProgramme", programme: programme! }));
    return item(
      name,
      line(moment(next, true)),
      ...(isHere ? [] : [line(words().elsewhere)]),
      ...(skippedAt === undefined ? [] : [line(words().skipped.replace("{time}", moment(skippedAt, true)))]),
      ...(start === undefined ? [] : [start]),
      // What is skipped can't be skipped again.
      ...(maySkip && skippedAt === undefined
        ? [askTwice("skipNext", "skipAgain", title, { type: "skipEvening", evening: id })]
        : []),
    );
  };
  const wakeUpItem = ({ id, at, isOwn, isHere }: WakeUp) => {
    const when = moment(at, false);
    const whom = words()[isOwn ? "forMe" : isHere ? "forChannel" : "elsewhere"];
    return item(
      line(`${when} · ${whom}`),
      askTwice("cancelWakeUp", "cancelAgain", when, { type: "cancelWakeUp", wakeUp: id }),
    );
  };

  for (const [scope, press] of [["channel", channel] as const, ["me", me] as const])
    press.addEventListener("click", () => {
      if (time.value === "") return time.focus();
      const { timeZone: zone } = new Intl.DateTimeFormat().resolvedOptions();
      request({ type: "wakeAt", scope, time: time.value, ...(zone.includes("/") && { zone }) });
    });

  return {
    show(plans) {
      const key = JSON.stringify([document.documentElement.lang, plans]);
      // A button that is replaced loses the focus.
      if (key === shown) return;
      shown = key;
      programmes.hidden = plans.programmes.length === 0;
      evenings.hidden = plans.evenings.length === 0;
      fill(programmes, plans.programmes.map(programmeButton));
      fill(evenings, plans.evenings.map(eveningItem));
      fill(wakeUps, plans.wakeUps.map(wakeUpItem));
    },
  };
};
