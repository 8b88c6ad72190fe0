const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};
const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** Formatters cost much to make and little to keep. */
const kept = <T>(make: (key: string) => T) => {
  const made = new Map<string, T>();
  return (key: string): T => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
};

const relativeFormat = kept((locale) => new Intl.RelativeTimeFormat(locale, { numeric: "always" }));
const dateFormat = kept((key) => {
  const [locale = "en", style = "f"] = key.split("/");
  const options = style === "clock" ? CLOCK : (STYLES[style] ?? STYLES.f);
  return new Intl.DateTimeFormat(locale, { ...options, hour12: false });
});

/** "in 12 minutes", counted from `now`; both in seconds since the epoch. */
const relative = (moment: number, now: number, locale: string): string => {
  const distance = moment - now;
  const format = relativeFormat(locale);
  const unit = UNITS.find(([, size]) => Math.abs(distance) >= size);
  return unit === undefined
    ? format.format(Math.round(distance), "second")
    : format.format(Math.round(distance / unit[1]), unit[0]);
};

/** A moment as Discord's client shows it in that style. */
export const timestampText = (moment: number, style: string, now: number, locale = "en"): string =>
  style === "R" ? relative(moment, now, locale) : dateFormat(`${locale}/${style}`).format(moment * 1_000);

/** Beside a message: the hour and minute. */
export const clockText = (iso: string, locale = "en"): string => {
  const moment = Date.parse(iso);
  return Number.isNaN(moment) ? "" : dateFormat(`${locale}/clock`).format(moment);
};
