import { scaleLinear } from "d3-scale";

/** Bars, the longest first or in the caller's order. */
export interface Chart {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}

const WIDTH = 640;
const ROW = 44;
const TOP = 64;
const LEFT = 28;
const LABELS = 208;
const RIGHT = 64;
const LONGEST_LABEL = 24;
const MOST = 12;

/** Escapes what has a meaning in SVG; control characters have no place in it at all. */
const escaped = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, " ")
    .replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]!);

const shortened = (text: string): string => {
  const letters = [...text];
  return letters.length <= LONGEST_LABEL ? text : `${letters.slice(0, LONGEST_LABEL - 1).join("")}…`;
};

/** The chart as SVG: calm colours on a dark ground, lines where round numbers are. */
export const chartSvg = ({ title, bars }: Chart): string => {
  const shown = bars.slice(0, MOST);
  const height = TOP + shown.length * ROW + 40;
  const most = Math.max(1, ...shown.map(({ value }) => value));
  const scale = scaleLinear([0, most], [LEFT + LABELS, WIDTH - RIGHT]).nice(4);
  const ticks = scale.ticks(4).filter(Number.isInteger);
  const bottom = TOP + shown.length * ROW;
  const grid = ticks.map((tick) => {
    const x = scale(tick);
    return `<line x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${bottom}" stroke="#2a2e42"/><text x="${x}" y="${bottom + 22}" text-anchor="middle" fill="#767c96" font-size="14">${tick}</text>`;
  });
  const rows = shown.map(({ label, value }, index) => {
    const y = TOP + index * ROW;
    const end = scale(Math.max(0, value));
    return [
      `<text x="${LEFT + LABELS - 14}" y="${y + 23}" text-anchor="end" fill="#b9bdd2" font-size="16">${escaped(shortened(label))}</text>`,
      `<rect x="${LEFT + LABELS}" y="${y + 5}" width="${Math.max(2, end - LEFT - LABELS)}" height="26" rx="6" fill="url(#bar)"/>`,
      `<text x="${end + 10}" y="${y + 23}" fill="#9aa0ba" font-size="15">${value}</text>`,
    ].join("");
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="DejaVu Sans, Noto Sans, sans-serif">`,
    '<defs><linearGradient id="bar"><stop offset="0" stop-color="#4a4672"/><stop offset="1" stop-color="#8f7fae"/></linearGradient></defs>',
    `<rect width="100%" height="100%" rx="14" fill="#12141f"/>`,
    `<text x="${LEFT}" y="36" fill="#d5d7e4" font-size="19">${escaped(title)}</text>`,
    ...grid,
    ...rows,
    "</svg>",
  ].join("");
};

/** The same in words, as alternative text. */
export const chartAlt = ({ title, bars }: Chart): string =>
  `Bar chart. ${title}: ${bars
    .slice(0, MOST)
    .map(({ label, value }) => `${shortened(label)} ${value}`)
    .join(", ")}.`;

/** The same in lines of text. */
export const chartText = ({ bars }: Chart): string => bars.map(({ label, value }) => `${label}: ${value}`).join("\n");
