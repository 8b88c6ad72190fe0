import { PLACEMENTS, type Placement } from "../../kernel/placement.ts";
import { type PageWords, type RemoteLayer, SOFTEST } from "../protocol.ts";
import { throttle } from "./throttle.ts";

/** A slider and a menu of positions for each layer. */
export interface MixerView {
  show(layers: readonly RemoteLayer[]): void;
}

/** What is done with a layer there. */
interface MixerActions {
  /** Is called while a slider is moved, with its gain in decibels. */
  setGain(sound: string, gainDb: number): void;
  setPlace(sound: string, place: Placement): void;
}

interface LayerRow {
  readonly row: HTMLElement;
  readonly number: HTMLElement;
  readonly name: HTMLElement;
  readonly slider: HTMLInputElement;
  readonly position: HTMLSelectElement;
  movedAt: number;
}

/** Milliseconds between two messages of a slider that is being moved. */
const SEND_INTERVAL = 200;
/** How long a slider keeps to the hand that moved it, whatever arrives. */
const HELD_FOR = 1_000;

const make = <Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] =>
  document.createElement(name);

/** @param words those of the page, as they are now */
export const createMixerView = (box: HTMLElement, words: () => PageWords, actions: MixerActions): MixerView => {
  const rows = new Map<string, LayerRow>();

  const describe = (slider: HTMLInputElement) => {
    const gain = Number(slider.value);
    slider.setAttribute("aria-valuetext", `${gain < 0 ? "−" : ""}${Math.abs(gain)} dB`);
  };

  const add = ({ sound }: RemoteLayer): LayerRow => {
    const [row, label, number, name] = [make("div"), make("label"), make("span"), make("span")];
    const [slider, position] = [make("input"), make("select")];
    Object.assign(slider, { type: "range", min: String(SOFTEST), max: "0", step: "1" });
    const entry = { row, number, name, slider, position, movedAt: Number.NEGATIVE_INFINITY };
    const send = throttle(SEND_INTERVAL, () => actions.setGain(sound, Number(slider.value)));
    slider.addEventListener("input", () => {
      entry.movedAt = performance.now();
      describe(slider);
      send();
    });
    position.append(...PLACEMENTS.map((place) => new Option(place, place)));
    position.addEventListener("change", () => actions.setPlace(sound, position.value as Placement));
    number.className = "number";
    // Says which handle is meant beside the head.
    number.setAttribute("aria-hidden", "true");
    row.className = "layer";
    label.append(number, name, slider);
    row.append(label, position);
    box.append(row);
    rows.set(sound, entry);
    return entry;
  };

  return {
    show(layers) {
      const wanted = new Set(layers.map(({ sound }) => sound));
      for (const [sound, { row }] of rows)
        if (!wanted.has(sound)) {
          row.remove();
          rows.delete(sound);
        }
      for (const [index, layer] of layers.entries()) {
        const { number, name, slider, position, movedAt } = rows.get(layer.sound) ?? add(layer);
        number.textContent = String(index + 1);
        name.textContent = layer.title;
        position.setAttribute("aria-label", `${words().position}: ${layer.title}`);
        for (const option of position.options) option.textContent = words()[`place-${option.value as Placement}`];
        position.value = layer.place;
        if (performance.now() - movedAt < HELD_FOR) continue;
        slider.value = String(layer.gainDb);
        describe(slider);
      }
    },
  };
};
