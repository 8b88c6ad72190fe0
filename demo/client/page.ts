import { lightAt } from "../../src/remote/client/light.ts";
import { createNightMode } from "../../src/remote/client/nightMode.ts";
import type { VisualRequest } from "../../src/visuals/visualRequest.ts";
import { LANGUAGE_NAMES, type Language, WORDS, type Word } from "../words.ts";
import { createPlayer } from "./player.ts";
import type { MixReport } from "./protocol.ts";

/** What scripts/demo writes into scenes.json. */
interface PageScene {
  readonly id: string;
  readonly title: Word;
  readonly visual: string;
  readonly layers: readonly {
    readonly id: string;
    readonly title: string;
    readonly url: string;
    readonly gainDb: number;
    readonly place: "centre";
  }[];
}

/** Minutes that the timer offers. */
const MINUTES = [15, 30, 45, 60, 90];
/** As in a server where nobody has set it otherwise. */
const FADE = 180_000;
/** The softest setting of a slider, in decibels. */
const SOFTEST = -30;
const FRAME_MILLIS = 20;
const LANGUAGE_KEY = "lull-demo-language";

const find = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind;
const [scenesBox, layersBox, player, status] = ["scenes", "layers", "player", "status"].map((id) => find(id)) as [
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
];
const [pause, night, leave] = ["pause", "night", "leave-night"].map((id) => find(id)) as HTMLButtonElement[];
const timer = find<HTMLSelectElement>("timer");
const languages = find<HTMLSelectElement>("language");
const canvas = find<HTMLCanvasElement>("visual");

const scenes = (await (await fetch("scenes.json")).json()) as readonly PageScene[];
const isLanguage = (name: string | null): name is Language => name !== null && Object.hasOwn(WORDS, name);
const stored = localStorage.getItem(LANGUAGE_KEY);
let language: Language = isLanguage(stored)
  ? stored
  : (navigator.languages.map((name) => name.slice(0, 2)).find(isLanguage) ?? "en");
let scene: PageScene | undefined;
let isPaused = false;
let state: Extract<MixReport, { type: "state" }> | undefined;
let said: Word = "chooseScene";

const say = (word: Word) => WORDS[language][word];
const tell = (word: Word) => {
  said = word;
  const text = say(word);
  if (status.textContent !== text) status.textContent = text;
};

/** Writes every text of the page in the chosen language. */
const write = () => {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll<HTMLElement>("[data-word]"))
    element.textContent = say(element.dataset.word as Word);
  leave!.textContent = say("leaveNight");
  pause!.textContent = say(isPaused ? "play" : "pause");
  const minutes = new Intl.NumberFormat(language, { style: "unit", unit: "minute", unitDisplay: "long" });
  for (const option of timer.options)
    option.textContent = option.value === "" ? say("off") : minutes.format(Number(option.value));
  for (const button of scenesBox.querySelectorAll("button"))
    button.setAttribute("aria-pressed", String(button.value === scene?.id));
  if ("mediaSession" in navigator && scene !== undefined)
    navigator.mediaSession.metadata = new MediaMetadata({
      title: say(scene.title),
      artist: "Lull",
      artwork: [{ src: new URL("icon-512.png", document.baseURI).href, sizes: "512x512", type: "image/png" }],
    });
  tell(said);
};

const setPlaybackState = (value: MediaSessionPlaybackState) => {
  if ("mediaSession" in navigator) navigator.mediaSession.playbackState = value;
};

const nightMode = createNightMode({
  stage: find("stage"),
  rest: [...document.querySelectorAll<HTMLElement>("main > :not(#stage)")],
  visual: canvas,
  controls: leave!,
  leave: leave!,
  opener: night!,
});

const heard = (report: MixReport) => {
  if (report.type === "failed") return tell("failed");
  if (report.type === "playing") {
    setPaused(false);
    return tell("playing");
  }
  if (report.type === "over") {
    timer.value = "";
    // A scene that is being loaded brings the sound back.
    if (said === "loading") return;
    setPaused(true);
    return tell("over");
  }
  state = report;
  nightMode.light(lightAt(report.level));
  if (scene === undefined || isPaused || said === "loading" || said === "failed") return;
  tell(report.isFading ? "fading" : "playing");
};
const sound = createPlayer(heard);

const setPaused = (paused: boolean) => {
  isPaused = paused;
  pause!.textContent = say(paused ? "play" : "pause");
  setPlaybackState(paused ? "paused" : "playing");
};

const setTimer = () => {
  const after = timer.value === "" ? undefined : Number(timer.value) * 60_000;
  sound.send({ type: "sleep", after, fade: FADE });
};

const toggle = (paused: boolean) => {
  setPaused(paused);
  sound.send({ type: paused ? "pause" : "resume" });
  tell(paused ? "paused" : "playing");
};

/** A slider's own place, 0 to 100, as a gain in decibels that even steps of it change evenly. */
const gainAt = (place: number) => SOFTEST * (1 - place / 100);
const placeOf = (gainDb: number) => Math.round(100 * (1 - gainDb / SOFTEST));

const drawLayers = ({ layers }: PageScene) => {
  layersBox.replaceChildren(
    ...layers.map(({ id, title, gainDb }) => {
      const [label, name, slider] = [
        document.createElement("label"),
        document.createElement("span"),
        document.createElement("input"),
      ];
      name.textContent = title;
      name.lang = "en";
      slider.type = "range";
      slider.max = "100";
      slider.value = String(placeOf(gainDb));
      slider.addEventListener("input", () => sound.send({ type: "layer", id, gainDb: gainAt(Number(slider.value)) }));
      label.append(name, slider);
      return label;
    }),
  );
};

const choose = async (next: PageScene) => {
  scene = next;
  setPaused(false);
  drawLayers(next);
  player.hidden = false;
  tell("loading");
  write();
  try {
    await sound.open();
  } catch {
    return tell("noAudio");
  }
  const layers = next.layers.map((layer) => ({ ...layer, url: new URL(layer.url, document.baseURI).href }));
  sound.send({ type: "play", layers });
};

const canDraw = "transferControlToOffscreen" in canvas;
const visuals = canDraw ? new Worker(new URL("visualWorker.js", document.baseURI), { type: "module" }) : undefined;
if (canDraw) {
  const offscreen = canvas.transferControlToOffscreen();
  const first: VisualRequest = { canvas: offscreen, visual: scenes[0]!.visual, at: undefined };
  visuals?.postMessage(first, [offscreen]);
} else find("stage").hidden = true;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");
let drawn = "";
/** The visual is as far as the sound, and stands still while that does. */
const draw = () => {
  requestAnimationFrame(draw);
  if (scene === undefined || visuals === undefined) return;
  const at = stillness.matches ? undefined : (state?.position ?? 0) * FRAME_MILLIS;
  const request: VisualRequest = { visual: scene.visual, at };
  if (drawn === JSON.stringify(request)) return;
  drawn = JSON.stringify(request);
  visuals.postMessage(request);
};

for (const each of scenes) {
  const button = document.createElement("button");
  button.type = "button";
  button.value = each.id;
  button.dataset.word = each.title;
  button.addEventListener("click", () => void choose(each));
  scenesBox.append(button);
}
for (const value of ["", ...MINUTES.map(String)]) timer.append(new Option("", value));
for (const [name, label] of Object.entries(LANGUAGE_NAMES)) {
  const option = new Option(label, name);
  option.lang = name;
  languages.append(option);
}
languages.value = language;
languages.addEventListener("change", () => {
  if (isLanguage(languages.value)) language = languages.value;
  localStorage.setItem(LANGUAGE_KEY, language);
  write();
});
timer.addEventListener("change", setTimer);
pause!.addEventListener("click", () => toggle(!isPaused));
night!.addEventListener("click", nightMode.enter);
if ("mediaSession" in navigator) {
  navigator.mediaSession.setActionHandler("play", () => toggle(false));
  navigator.mediaSession.setActionHandler("pause", () => toggle(true));
}
write();
draw();
if ("serviceWorker" in navigator && isSecureContext) navigator.serviceWorker.register("sw.js").catch(() => {});
// Tests and the curious read levels from it.
Object.assign(globalThis, { lullDemo: sound });
