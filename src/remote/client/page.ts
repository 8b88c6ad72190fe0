import type { Placement } from "../../kernel/placement.ts";
import {
  CLOSE,
  type PageWord,
  type PageWords,
  type RemotePlans,
  type RemoteRequest,
  type RemoteState,
} from "../protocol.ts";
import { createConnection } from "./connection.ts";
import { createDarkness } from "./darkness.ts";
import { createFavouritesView } from "./favouritesView.ts";
import { createHeadView } from "./headView.ts";
import { createSteadyLight, fadeAt, lightAt, lightOf } from "./light.ts";
import { createLoudness } from "./loudness.ts";
import { createMixerView } from "./mixerView.ts";
import { createNightMode } from "./nightMode.ts";
import { createPlansView } from "./plansView.ts";
import { PRESSED_ONCE, pressTwice } from "./pressTwice.ts";
import { createTimerRing } from "./timerRing.ts";
import { createVisualView } from "./visualView.ts";

const TOKEN_KEY = "lull-remote";
const OTHER_KEY = "lull-other-visual";
/** Milliseconds without a touch after which the page goes dark; in night mode there is something to look at. */
const [DARK_AFTER, DARK_AFTER_IN_NIGHT_MODE] = [120_000, 1_800_000];
/** Milliseconds for which a refusal is shown, unless the next request is answered sooner. */
const REFUSAL_SHOWN = 20_000;

const find = <Kind extends Element = HTMLElement>(id: string) => document.getElementById(id) as unknown as Kind;

/** Out of the address at once: it is in no history, and a reload still has it. */
const takeToken = (): string => {
  const given = location.hash.slice(1);
  if (given !== "") {
    sessionStorage.setItem(TOKEN_KEY, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? "";
};

let words = JSON.parse(find("words").textContent) as PageWords;
let state: RemoteState | undefined;
let plans: RemotePlans | undefined;
let refused = "";
let refusalEnds: ReturnType<typeof setTimeout> | undefined;
let told: PageWord | "" = "connecting";

const setText = (id: string, text: string) => {
  const element = find(id);
  if (element.textContent !== text) element.textContent = text;
};

/** What others change meanwhile does not hide it. */
const refuse = (why: string) => {
  refused = why;
  clearTimeout(refusalEnds);
  if (why === "") return;
  refusalEnds = setTimeout(() => {
    refused = "";
    write();
  }, REFUSAL_SHOWN);
};

const WHY_CLOSED: Readonly<Record<number, PageWord>> = {
  [CLOSE.linkUnknown]: "linkUnknown",
  [CLOSE.leftChannel]: "leftChannel",
  [CLOSE.over]: "over",
  [CLOSE.openedElsewhere]: "openedElsewhere",
};
/** Why trying again by hand makes sense. */
const CAN_RETURN: ReadonlySet<PageWord | ""> = new Set(["leftChannel", "openedElsewhere"]);

const loudness = createLoudness();
const connection = createConnection(takeToken(), {
  received(message) {
    told = "";
    if (message.type === "welcome") {
      document.documentElement.lang = message.language;
      words = message.words;
    } else if (message.type === "state") {
      state = message.state;
    } else if (message.type === "plans") {
      plans = message.plans;
    } else if (message.type === "loudness") return loudness.take(message);
    else refuse(message.refused ?? "");
    write();
  },
  closed(code) {
    told = code === undefined ? "reconnecting" : (WHY_CLOSED[code] ?? "linkUnknown");
    write();
  },
});
const request = (asked: RemoteRequest) => connection.send(asked);

const nightMode = createNightMode({
  stage: find("stage"),
  rest: [...document.querySelectorAll<HTMLElement>("main > :not(#stage)")],
  visual: find("visual"),
  controls: find("night-controls"),
  leave: find<HTMLButtonElement>("leave-night"),
  opener: find("night"),
});
find("night").addEventListener("click", () => {
  nightMode.enter();
  write();
});
const darkAfter = () => (nightMode.isOn() ? DARK_AFTER_IN_NIGHT_MODE : DARK_AFTER);
const darkness = createDarkness(find("dark"), darkAfter, () => write());
const visual = createVisualView(find<HTMLCanvasElement>("visual"), connection.now, darkness.isDark);
const setPlace = (sound: string, place: Placement) => request({ type: "layer", sound, place });
const mixer = createMixerView(find("layers"), () => words, {
  setGain: (sound, gainDb) => request({ type: "layer", sound, gainDb }),
  setPlace,
});
const head = createHeadView(find("head"), () => words, setPlace);
const ring = createTimerRing(
  { ring: find("ring"), slider: find<HTMLInputElement>("minutes"), shorten: find("shorten"), text: find("left") },
  connection.now,
  (minutes) => request({ type: "sleepIn", minutes }),
);

const favourites = createFavouritesView(find("favourites"), (favourite) => request({ type: "play", favourite }));

const plansView = createPlansView(
  {
    programmes: find("programmes"),
    evenings: find("evenings"),
    wakeUps: find("wake-ups"),
    time: find<HTMLInputElement>("wake-time"),
    channel: find<HTMLButtonElement>("wake-channel"),
    me: find<HTMLButtonElement>("wake-me"),
  },
  () => words,
  request,
);

const showNext = (titles: readonly string[]) => {
  const section = find("next");
  section.hidden = titles.length === 0;
  const items = titles.map((title) => {
    const item = document.createElement("li");
    item.textContent = title;
    return item;
  });
  section.querySelector("ol")?.replaceChildren(...items);
};

const timerWords = ({ timer }: RemoteState): string => {
  if (timer === undefined) return words.noTimer;
  if (timer.isSilent) return words.silent;
  if (timer.isHeld) return "";
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
  return words.silentAt.replace("{time}", format.format(timer.endsAt));
};

/** Where there are two, the listener's own choice, which holds for the tab. */
const showVisual = (shown: RemoteState["visual"]) => {
  const { other, ...first } = shown;
  const isOther = other !== undefined && sessionStorage.getItem(OTHER_KEY) !== null;
  visual.show(isOther ? { ...first, ...other } : first);
  find("other-visual").hidden = other === undefined;
  setText("other-visual", (isOther ? first.title : other?.title) ?? "");
};
find("other-visual").addEventListener("click", () => {
  if (sessionStorage.getItem(OTHER_KEY) === null) sessionStorage.setItem(OTHER_KEY, "yes");
  else sessionStorage.removeItem(OTHER_KEY);
  write();
});

const show = (shown: RemoteState) => {
  setText("title", shown.title);
  setText("listeners", shown.listeners);
  setText("volume", shown.volume);
  setText("ends", timerWords(shown));
  setText("night-ends", nightMode.isOn() ? timerWords(shown) : "");
  setText("pause-word", words[shown.isPaused ? "resume" : "pause"]);
  find("controls").classList.toggle("may-not-raise", !shown.mayRaise);
  document.documentElement.classList.toggle("idle", shown.isIdle);
  document.documentElement.classList.toggle("paused", shown.isPaused);
  mixer.show(shown.layers);
  head.show(shown.layers);
  ring.show(shown.timer);
  showVisual(shown.visual);
  showNext(shown.next);
  favourites.show(shown.favourites);
};

const write = () => {
  for (const element of document.querySelectorAll<HTMLElement>(`[data-word]:not([${PRESSED_ONCE}])`))
    element.textContent = words[element.dataset.word as PageWord];
  const isOpen = told === "" || told === "reconnecting";
  find("controls").hidden = !isOpen || state === undefined;
  find("connect").hidden = !CAN_RETURN.has(told);
  if (state !== undefined) show(state);
  if (plans !== undefined) plansView.show(plans);
  const lines = told === "" ? [refused, state?.line ?? "", state?.votes ?? ""] : [words[told]];
  setText("status", lines.filter((line) => line !== "").join(" "));
};

const stillness = matchMedia("(prefers-reduced-motion: reduce)");
const light = createSteadyLight();
let lit = 0;
/** The visual is as bright as the sound is loud; in night mode it goes with the fade, and is black after it. */
const shine = (time: number) => {
  requestAnimationFrame(shine);
  const now = connection.now();
  const swell = lightOf(stillness.matches ? 0 : loudness.at(now));
  const isOver = told === "over" || told === "leftChannel" || state?.isIdle === true;
  const fade = !nightMode.isOn() ? 1 : isOver ? 0 : lightAt(fadeAt(state?.timer, now));
  nightMode.light(light.towards(swell * fade, (time - lit) / 1_000));
  lit = time;
};
requestAnimationFrame(shine);

for (const button of document.querySelectorAll<HTMLElement>("[data-request]"))
  button.addEventListener("click", () => request({ type: button.dataset.request } as RemoteRequest));
find("pause").addEventListener("click", () => request({ type: state?.isPaused ? "resume" : "pause" }));
pressTwice(
  find<HTMLButtonElement>("stop"),
  () => words.stopAgain,
  () => request({ type: "stop" }),
);
find("connect").addEventListener("click", () => {
  told = "connecting";
  write();
  connection.open();
});
// A new link in the same tab.
addEventListener("hashchange", () => location.reload());
write();
connection.open();
