import { isReadBy } from "../../kernel/errors.ts";

/** What the operator has listed in `LULL_SOURCES`. */
export interface SourceList {
  /** Whether a recording may be fetched from there: its scheme, host and port are listed. */
  allows(url: URL): boolean;
  /** Whether the operator has listed nothing. */
  readonly isEmpty: boolean;
}

interface Entry {
  readonly scheme: "https:" | "http:";
  /** Without brackets. */
  readonly host: string;
  readonly port: string;
  readonly withSubdomains: boolean;
}

const SHAPE = /^(?:(https?):\/\/)?(\*\.)?([\p{L}\p{N}.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?\/?$/iu;

/** @returns undefined for what is no domain or origin */
const parseEntry = (text: string): Entry | undefined => {
  const [, scheme = "https", wildcard, host, port = ""] = SHAPE.exec(text) ?? [];
  if (host === undefined || !URL.canParse(`${scheme}://${host}:${port || "1"}`)) return undefined;
  const url = new URL(`${scheme}://${host}${port && `:${port}`}`);
  return {
    scheme: scheme.toLowerCase() === "http" ? "http:" : "https:",
    host: url.hostname,
    port: url.port,
    withSubdomains: wildcard !== undefined,
  };
};

/**
 * Reads a list such as `example.org, *.example.net, http://10.0.0.5:8000`. A domain means HTTPS at
 * its usual port; `*.` includes its subdomains; with a scheme, an origin is exactly that one.
 * @throws Error when an entry is neither
 */
export const parseSourceList = (text: string): SourceList => {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const entries = words.map(parseEntry).filter((entry) => entry !== undefined);
  if (entries.length < words.length) throw new Error("An entry is neither a domain nor an origin");
  const matches = ({ scheme, host, port, withSubdomains }: Entry, url: URL): boolean =>
    url.protocol === scheme &&
    url.port === port &&
    (url.hostname === host || (withSubdomains && url.hostname.endsWith(`.${host}`)));
  return { allows: (url) => entries.some((entry) => matches(entry, url)), isEmpty: entries.length === 0 };
};

/** Whether `parseSourceList` reads it. */
export const isSourceList = isReadBy(parseSourceList);

/** Services whose terms forbid other programs to fetch what they play, by domain. */
const FORBIDDEN: readonly (readonly [domain: string, service: string])[] = [
  ["youtube.com", "YouTube"],
  ["youtu.be", "YouTube"],
  ["youtube-nocookie.com", "YouTube"],
  ["googlevideo.com", "YouTube"],
  ["spotify.com", "Spotify"],
  ["scdn.co", "Spotify"],
  ["soundcloud.com", "SoundCloud"],
  ["sndcdn.com", "SoundCloud"],
  ["twitch.tv", "Twitch"],
  ["tiktok.com", "TikTok"],
  ["instagram.com", "Instagram"],
  ["music.apple.com", "Apple Music"],
  ["deezer.com", "Deezer"],
  ["tidal.com", "TIDAL"],
];

/** The service that forbids it; undefined for any other host. Listing one changes nothing. */
export const forbiddingService = ({ hostname }: URL): string | undefined =>
  FORBIDDEN.find(([domain]) => `.${hostname.replace(/\.$/, "")}`.endsWith(`.${domain}`))?.[1];
