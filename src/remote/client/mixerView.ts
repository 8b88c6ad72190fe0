import { type RemoteLayer, SOFTEST } from "../protocol.ts";
import { throttle } from "./throttle.ts";

/** A slider for each layer. */
export interface MixerView {
  show(layers: readonly RemoteLayer[]): void;
}

/** Milliseconds between two messages of a slider that is being moved. */
const SEND_INTERVAL = 200;
/** How long a slider keeps to the hand that moved it, whatever arrives. */
const HELD_FOR = 1_000;

/** @param change is called while a slider is moved, with its gain in decibels */
export const createMixerView = (box: HTMLElement, change: (sound: string, gainDb: number) => void): MixerView => {
  const sliders = new Map<string, { readonly slider: HTMLInputElement; movedAt: number }>();

  const describe = (slider: HTMLInputElement) => {
    const gain = Number(slider.value);
    slider.setAttribute("aria-valuetext", `${gain < 0 ? "−" : ""}${Math.abs(gain)} dB`);
  };

  const add = ({ sound }: RemoteLayer) => {
    const [label, name, slider] = [
      document.createElement("label"),
      document.createElement("span"),
      document.createElement("input"),
    ];
    Object.assign(slider, { type: "range", min: String(SOFTEST), max: "0", step: "1" });
    const entry = { slider, movedAt: Number.NEGATIVE_INFINITY };
    const send = throttle(SEND_INTERVAL, () => change(sound, Number(slider.value)));
    slider.addEventListener("input", () => {
      entry.movedAt = performance.now();
      describe(slider);
      send();
    });
    label.append(name, slider);
    box.append(label);
    sliders.set(sound, entry);
    return entry;
  };

  return {
    show(layers) {
      const wanted = new Set(layers.map(({ sound }) => sound));
      for (const [sound, { slider }] of sliders)
        if (!wanted.has(sound)) {
          slider.parentElement?.remove();
          sliders.delete(sound);
        }
      for (const layer of layers) {
        const { slider, movedAt } = sliders.get(layer.sound) ?? add(layer);
        const [name] = slider.parentElement?.children ?? [];
        if (name !== undefined) name.textContent = layer.title;
        if (performance.now() - movedAt < HELD_FOR) continue;
        slider.value = String(layer.gainDb);
        describe(slider);
      }
    },
  };
};
