/** A masked link, as the name of something. */
export const LINK = "[free](https://evil.example)";

/** A link of a member's making; in what reads no markdown it is none. */
const MASKED = /(?<!\\)\[free/;

/** What members may type, name and paste. */
export const HOSTILE: readonly string[] = [
  "",
  " ",
  LINK,
  `${LINK} @everyone`,
  "\u202e\u0000 CON",
  "__proto__",
  "constructor",
  "'; drop table favourites; --",
  "{0} {title} {count, plural, other {#}}",
  "👨‍👩‍👧‍👦".repeat(40),
  `e${"\u0301".repeat(200)}`,
  "../../../etc/passwd",
  "NaN",
  "-1",
  "1e309",
  "30m",
  "22:30",
  "25:61",
  "rain",
  "favourite:",
  "x".repeat(4_000),
  "lull1.AAAA",
];

const LIMITS: Readonly<Record<string, number>> = { placeholder: 150, content: 4_000, text: 2_000, custom_id: 100 };

/** What Discord would not take, or what a member must not be able to write: wherever it is in a reply. */
export const misfits = (shown: unknown): readonly string[] => {
  if (Array.isArray(shown)) return shown.flatMap(misfits);
  if (typeof shown !== "object" || shown === null || shown instanceof Uint8Array) return [];
  return Object.entries(shown).flatMap(([key, value]) => {
    if (typeof value !== "string") return misfits(value);
    const most = Object.hasOwn(LIMITS, key) ? LIMITS[key] : undefined;
    const long = most !== undefined && value.length > most ? [`too long for ${key}: ${value.slice(0, 80)}`] : [];
    const link = (key === "content" || key === "text") && MASKED.test(value) ? [`a masked link: ${value}`] : [];
    return [...long, ...link];
  });
};

/** A component that can be used. */
export interface Usable {
  readonly custom_id: string;
  readonly options?: readonly { readonly value: string }[];
}

/** Components of a reply that can be used, wherever they are. */
export const usables = (shown: unknown): readonly Usable[] => {
  if (Array.isArray(shown)) return shown.flatMap(usables);
  if (typeof shown !== "object" || shown === null || shown instanceof Uint8Array) return [];
  const own = "custom_id" in shown && typeof shown.custom_id === "string" ? [shown as Usable] : [];
  return [...own, ...Object.values(shown).flatMap(usables)];
};
