const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "in 12 minutes", counted from `now`; both in seconds since the epoch. */
const relative = (moment: number, now: number): string => {
  const distance = moment - now;
  const format = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  const unit = UNITS.find(([, size]) => Math.abs(distance) >= size);
  return unit === undefined
    ? format.format(Math.round(distance), "second")
    : format.format(Math.round(distance / unit[1]), unit[0]);
};

/** A moment as Discord's client shows it in that style. */
export const timestampText = (moment: number, style: string, now: number): string => {
  if (style === "R") return relative(moment, now);
  const options = STYLES[style] ?? { dateStyle: "long", timeStyle: "short" };
  return new Intl.DateTimeFormat("en", { ...options, hour12: false }).format(moment * 1_000);
};

/** Beside a message: the hour and minute. */
export const clockText = (iso: string): string => {
  const moment = Date.parse(iso);
  if (Number.isNaN(moment)) return "";
  return new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hour12: false }).format(moment);
};
