import { html, type TemplateResult } from "lit-html";

/** Drawings of 24 × 24, as paths: a font may lack any sign. */
const PATHS = {
  attach: "M12 5v14M5 12h14",
  channels: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6 6 18",
  copy: "M9 9h11v11H9ZM5 15H4V4h11v1",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3.2 2.6 3.5 5.5",
  send: "M4 12h14M12 5.5l6.5 6.5-6.5 6.5",
  stage: "M12 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 16.5a6 6 0 1 1 8 0M5.5 19a10 10 0 1 1 13 0M12 16.5V21",
  text: "M9 4 7 20M17 4l-2 16M4.5 9h16M3.5 15h16",
  tick: "M5 12.5 10 17.5 19 7",
  voice: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
} as const;

/** The name of a drawing. */
export type IconName = keyof typeof PATHS;

/** A drawing in the colour of the text around it; nothing for those who hear the page. */
export const iconView = (name: IconName): TemplateResult =>
  html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
