import { scaleLinear } from "d3-scale";

/** A panel of a Grafana dashboard, with what its queries gave. */
export interface DrawnPanel {
  readonly title: string;
  readonly type: string;
  readonly unit?: string | undefined;
  readonly place: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  /** Of each series, a value per scrape; NaN where there was none. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** Of one cell of Grafana's grid, 24 cells wide. */
const [CELL, ROW, GAP] = [60, 34, 8];
const COLOURS = ["#8f9fe0", "#d9a05b", "#7fbf9a", "#c989b4", "#c9c36a"];

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]!);
const short = (value: number) => String(Number(value.toPrecision(3)));

/** A value as Grafana writes it in a unit. */
const written = (value: number, unit = "none"): string => {
  if (unit === "bytes") return value >= 2 ** 20 ? `${short(value / 2 ** 20)} MiB` : `${short(value / 1_024)} KiB`;
  if (unit === "s") return Math.abs(value) >= 1 || value === 0 ? `${short(value)} s` : `${short(1_000 * value)} ms`;
  if (unit === "percentunit") return `${short(100 * value)} %`;
  return short(value);
};

const text = (x: number, y: number, size: number, colour: string, words: string, anchor = "start") =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}" text-anchor="${anchor}">${escaped(words)}</text>`;

const graph = ({ series, unit }: DrawnPanel, width: number, height: number): string => {
  const [left, right, top, bottom] = [76, width - 14, 40, height - 34];
  const all = series.flatMap(({ values }) => values.filter(Number.isFinite));
  const y = scaleLinear([Math.min(0, ...all), Math.max(0, ...all) || 1], [bottom, top]).nice(4);
  const count = Math.max(2, ...series.map(({ values }) => values.length));
  const x = scaleLinear([0, count - 1], [left, right]);
  const grid = y
    .ticks(4)
    .map(
      (tick) =>
        `<line x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#2a2e42"/>${text(left - 8, y(tick) + 4, 12, "#8a90aa", written(tick, unit), "end")}`,
    );
  const lines = series.map(({ values }, index) => {
    const path = values.map((value, i) =>
      Number.isFinite(value)
        ? `${Number.isFinite(values[i - 1] ?? Number.NaN) ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`
        : "",
    );
    return `<path d="${path.join("")}" fill="none" stroke-width="2" stroke="${COLOURS[index % COLOURS.length]}"/>`;
  });
  let from = left;
  const legend = series.flatMap(({ name }, index) => {
    const at = from;
    from += 34 + 7 * name.length;
    if (from > right + 20) return [];
    return [
      `<rect x="${at}" y="${height - 19}" width="12" height="4" fill="${COLOURS[index % COLOURS.length]}"/>`,
      text(at + 18, height - 13, 12, "#b9bdd2", name),
    ];
  });
  return [...grid, ...lines, ...legend].join("");
};

const stat = ({ series, unit }: DrawnPanel, width: number, height: number): string => {
  const [first] = series;
  const value = first?.values.findLast(Number.isFinite);
  const words = value === undefined ? "No data" : unit === "text" ? (first?.name ?? "") : written(value, unit);
  return text(width / 2, height / 2 + 22, unit === "text" ? 22 : 34, "#d5d7e4", words, "middle");
};

const box = (panel: DrawnPanel): string => {
  const { x, y, w, h } = panel.place;
  const [width, height] = [w * CELL - GAP, h * ROW - GAP];
  const at = `translate(${x * CELL + GAP} ${y * ROW + GAP})`;
  if (panel.type === "row") return `<g transform="${at}">${text(4, 18, 16, "#d5d7e4", panel.title)}</g>`;
  const inside = panel.type === "stat" ? stat(panel, width, height) : graph(panel, width, height);
  return `<g transform="${at}"><rect width="${width}" height="${height}" rx="8" fill="#191c2a"/>${text(14, 24, 14, "#d5d7e4", panel.title)}${inside}</g>`;
};

/** Draws the panels of a dashboard where its grid has them. @returns SVG */
export const dashboardSvg = (panels: readonly DrawnPanel[]): string => {
  const width = 24 * CELL + GAP;
  const height = Math.max(...panels.map(({ place }) => place.y + place.h)) * ROW + GAP;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans, Noto Sans, sans-serif"><rect width="100%" height="100%" fill="#12141f"/>${panels.map(box).join("")}</svg>`;
};
