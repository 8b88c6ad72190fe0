import { resolve } from "node:path";
import { z } from "zod";
import { BOT_TOKEN, botIdOf, tokensIn } from "./botTokens.ts";
import { readEnvironmentFile } from "./environmentFile.ts";
import { isRadioList } from "./import/radio/radioList.ts";
import { isSourceList } from "./import/sources/sourceList.ts";
import { UserError } from "./kernel/errors.ts";
import type { HelperId } from "./kernel/ids.ts";
import { type Millis, seconds } from "./kernel/units.ts";
import { isTimeZone, machineZone } from "./machineZone.ts";

const ROOT = resolve(import.meta.dirname, "..");

const directory = (fallback: string) =>
  z
    .string()
    .prefault(fallback)
    .transform((path) => resolve(ROOT, path));

const isLoopback = (url: URL) => ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);

const isApiBase = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url))) && !/\/v\d+\/?$/.test(url.pathname)
  );
};

const isProxy = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !/\/v\d+\/?$/.test(new URL(text).pathname);

/** The page's own origin: https, or http on this machine. */
const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
  return isSafe && `${url.origin}/` === url.href;
};

/** What `LULL_DATABASE_URL` says for the file, which an empty value in front of an .env could not. */
const SQLITE = "sqlite";

const isDatabase = (text: string): boolean =>
  URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol) && new URL(text).pathname.length > 1;

const NO_DATABASE = "must be an address such as postgres://lull:password@db.example.org/lull";

/** @throws UserError when it is not the address of a PostgreSQL database */
export const databaseAddress = (text: string): string => {
  if (!isDatabase(text)) throw new UserError("bad-config", `The database ${NO_DATABASE}.`);
  return text;
};

/** `127.0.0.1:9090`, `[::1]:9090` or `localhost:9090`. */
const HTTP_ADDRESS =
  /^(?:\[(?<six>[\da-f:.]+)\]|(?<name>[\w.-]+)):(?<port>\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/i;

const httpAddress = (text: string): HttpAddress => {
  const { six, name, port } = HTTP_ADDRESS.exec(text)?.groups ?? {};
  return { host: six ?? name ?? "", port: Number(port) };
};

/** The environment as an operator may set it; a default passes the same checks. `.env.example` says it in words. */
const Environment = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(BOT_TOKEN, "is not a bot token: copy it again from the Bot page of your application")
    .optional(),
  DISCORD_HELPER_TOKENS: z
    .string()
    .refine(
      (text) => tokensIn(text).every((token) => botIdOf(token) !== undefined),
      "must be bot tokens with commas between them: copy each again from the Bot page of its application",
    )
    .refine((text) => new Set(tokensIn(text).map(botIdOf)).size === tokensIn(text).length, "names a bot twice")
    .prefault(""),
  DISCORD_API_BASE: z
    .string()
    .refine(isApiBase, "must be an https address without /v10, such as https://discord.com/api")
    .prefault("https://discord.com/api")
    .transform((text) => text.replace(/\/+$/, "")),
  DISCORD_REST_PROXY: z
    .string()
    .refine(isProxy, "must be an http or https address without /v10, such as http://127.0.0.1:8080/api")
    .transform((text) => text.replace(/\/+$/, ""))
    .optional(),
  LULL_DATA: directory("data"),
  LULL_DATABASE_URL: z
    .string()
    .refine((text) => text === SQLITE || isDatabase(text), `${NO_DATABASE}, or sqlite`)
    .prefault(SQLITE)
    .transform((text) => (text === SQLITE ? undefined : text)),
  LULL_LEASE_SECONDS: z.coerce
    .number({ error: "must be a number of seconds from 10 to 300" })
    .int("must be a number of seconds from 10 to 300")
    .min(10, "must be a number of seconds from 10 to 300")
    .max(300, "must be a number of seconds from 10 to 300")
    .prefault(45),
  LULL_SOUNDS: directory("sounds"),
  LULL_CACHE: directory(".cache/sounds"),
  LULL_SHARDS: z
    .string()
    .regex(/^(auto|[1-9]\d{0,3})$/, "must be auto, or a number of shards such as 4")
    .prefault("auto")
    .transform((text) => (text === "auto" ? text : Number(text))),
  LULL_ENGINES: z.coerce
    .number({ error: "must be a number from 1 to 64" })
    .int("must be a number from 1 to 64")
    .min(1, "must be a number from 1 to 64")
    .max(64, "must be a number from 1 to 64")
    .prefault(1),
  LULL_RENDER_AHEAD: z.enum(["on", "off"], { error: "must be on or off" }).prefault("on"),
  LULL_TAKES_MB: z.coerce
    .number({ error: "must be a number of megabytes, such as 600" })
    .int("must be a whole number of megabytes, such as 600")
    .min(0, "must be a number of megabytes, such as 600")
    .prefault(600),
  LULL_UPLOADS_MB: z.coerce
    .number({ error: "must be a number of megabytes, such as 5000" })
    .int("must be a whole number of megabytes, such as 5000")
    .min(0, "must be a number of megabytes, such as 5000")
    .prefault(5_000),
  LULL_SOURCES: z.string().refine(isSourceList, "must be sites such as media.example.org, *.example.net").prefault(""),
  LULL_RADIO: z
    .string()
    .refine(isRadioList, "must be radios such as Night Rain | https://radio.example.org/rain.mp3, with ; between them")
    .prefault(""),
  LULL_HOME_GUILD: z
    .string()
    .regex(/^\d{15,20}$/, "must be the id of a server: switch on Discord's developer mode, then Copy Server ID")
    .optional(),
  LULL_LOG: z.string().optional(),
  LULL_LOG_LEVEL: z.enum(["info", "warn", "error"], { error: "must be one of info, warn, error" }).prefault("info"),
  LULL_HTTP: z
    .string()
    .regex(HTTP_ADDRESS, "must be an address and a port, such as 127.0.0.1:9090")
    .transform(httpAddress)
    .optional(),
  LULL_REMOTE: z
    .string()
    .refine(
      (text) => text === "on" || text === "off" || isOrigin(text),
      "must be the https address at which members reach LULL_HTTP, such as https://lull.example.org, or on or off",
    )
    .transform((text) => (text === "on" || text === "off" ? text : new URL(text).origin))
    .prefault("off"),
  LULL_ACTIVITY: z.enum(["on", "off"], { error: "must be on or off" }).prefault("off"),
  DISCORD_CLIENT_SECRET: z
    .string()
    .regex(/^[\w-]{20,100}$/, "is not a client secret: copy it again from the OAuth2 page of your application")
    .optional(),
  LULL_UPDATE_CHECK: z.enum(["on", "off"], { error: "must be on or off" }).prefault("on"),
  TIME_ZONE: z.string().refine(isTimeZone, "must be an IANA time zone, such as Europe/Berlin"),
  REHEARSAL_PORT: z.coerce
    .number({ error: "must be a port number from 0 to 65535" })
    .int("must be a port number from 0 to 65535")
    .min(0, "must be a port number from 0 to 65535")
    .max(65_535, "must be a port number from 0 to 65535")
    .prefault(8420),
});

/** Where the bot's HTTP server listens. */
interface HttpAddress {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The operator's settings, validated. */
export interface Config {
  /** Absent: rehearsal. */
  readonly token: string | undefined;
  /** The tokens of further bots, which only speak, by their ids. */
  readonly helperTokens: ReadonlyMap<HelperId, string>;
  /** Without the version, e.g. `https://discord.com/api`. */
  readonly apiBase: string;
  /** A proxy for requests to that address, such as @discordjs/proxy; absent: none. */
  readonly restProxy: string | undefined;
  /** Directory of what must be kept: favourites, settings, sessions. */
  readonly data: string;
  /** Address of a PostgreSQL database, with its password; undefined: SQLite, in a file in `data`. */
  readonly databaseUrl: string | undefined;
  /** How long a process that shares a database keeps its shards without hearing from it. */
  readonly lease: Millis;
  /** Directory of the catalogue and of what the operator adds. */
  readonly sounds: string;
  /** Directory of rendered sounds; may be deleted at any time. */
  readonly cache: string;
  /** How many shards the bot's guilds are divided among; "auto" for the number that Discord recommends. */
  readonly shards: number | "auto";
  /** How many engines play sound, each on a core of its own; the first is a thread, the others are processes. */
  readonly engines: number;
  /** Whether all sounds and pictures are made in the background, and not only what is asked for. */
  readonly renderAhead: boolean;
  /** Takes of the built-in sounds other than the first may use so many megabytes in all. */
  readonly takesMb: number;
  /** What members may add may take so many megabytes in all. */
  readonly uploadsMb: number;
  /** The sites that recordings may be fetched from, as `parseSourceList` reads them. */
  readonly sources: string;
  /** The live radios that can be played, as `parseRadioList` reads them. */
  readonly radio: string;
  /** The operator's own guild, whose sounds can be shared with all. */
  readonly homeGuild: string | undefined;
  /** File of the log, or "-" for standard output. */
  readonly log: string;
  readonly logLevel: "info" | "warn" | "error";
  /** Where health and metrics are served; undefined: nowhere. */
  readonly http: HttpAddress | undefined;
  /** The origin at which members reach the remote; "on": the address of `http`; undefined: there is no remote. */
  readonly remote: string | undefined;
  /** The secret of the application's OAuth2 client, with which the activity is served; undefined: there is none. */
  readonly activity: string | undefined;
  /** Whether the forge is asked once a day for a newer release. */
  readonly updateCheck: boolean;
  /** IANA name, for `/sleep at`. */
  readonly timeZone: string;
  readonly rehearsalPort: number;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** A variable that is set to nothing, as in a copied .env.example, is one that is not set. */
const withoutEmpty = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));

const refused = (name: string, what: string) => new UserError("bad-config", `${name} ${what}.`);

/**
 * Checks the environment whole.
 * @param machine.known what Node takes for this machine's time zone
 * @throws UserError that names the first variable that is wrong
 */
export const parseConfig = (environment: Variables, machine: { readonly known?: string } = {}): Config => {
  const given = withoutEmpty(environment);
  const zone = machineZone(given.TZ, machine.known);
  const parsed = Environment.safeParse({ TIME_ZONE: zone, ...given });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = issue?.path.join(".") ?? "";
    if (name === "TIME_ZONE" && given.TIME_ZONE === undefined)
      throw refused(
        name,
        `is needed, because this machine's zone (TZ is ${zone || "unknown"}) is none: set it to an IANA time zone, such as Europe/Berlin`,
      );
    throw refused(name, issue?.message ?? "is wrong");
  }
  const env = parsed.data;
  if (env.LULL_REMOTE !== "off" && env.LULL_HTTP === undefined)
    throw refused("LULL_REMOTE", "needs LULL_HTTP, which serves its page: set it to an address such as 127.0.0.1:9090");
  if (env.LULL_ACTIVITY === "on" && env.LULL_HTTP === undefined)
    throw refused(
      "LULL_ACTIVITY",
      "needs LULL_HTTP, which serves its page: set it to an address such as 127.0.0.1:9090",
    );
  if (env.LULL_ACTIVITY === "on" && env.DISCORD_CLIENT_SECRET === undefined)
    throw refused("LULL_ACTIVITY", "needs DISCORD_CLIENT_SECRET, from the OAuth2 page of your application");
  const helperTokens = new Map(tokensIn(env.DISCORD_HELPER_TOKENS).map((token) => [botIdOf(token)!, token]));
  if (env.DISCORD_TOKEN !== undefined && helperTokens.has(botIdOf(env.DISCORD_TOKEN) as HelperId))
    throw refused("DISCORD_HELPER_TOKENS", "names the bot of DISCORD_TOKEN: each helper is an application of its own");
  return Object.freeze({
    token: env.DISCORD_TOKEN,
    helperTokens,
    apiBase: env.DISCORD_API_BASE,
    restProxy: env.DISCORD_REST_PROXY,
    data: env.LULL_DATA,
    databaseUrl: env.LULL_DATABASE_URL,
    lease: seconds(env.LULL_LEASE_SECONDS),
    sounds: env.LULL_SOUNDS,
    cache: env.LULL_CACHE,
    shards: env.LULL_SHARDS,
    engines: env.LULL_ENGINES,
    renderAhead: env.LULL_RENDER_AHEAD === "on",
    takesMb: env.LULL_TAKES_MB,
    uploadsMb: env.LULL_UPLOADS_MB,
    sources: env.LULL_SOURCES,
    radio: env.LULL_RADIO,
    homeGuild: env.LULL_HOME_GUILD,
    log: env.LULL_LOG === undefined ? resolve(env.LULL_DATA, "lull.log") : env.LULL_LOG,
    logLevel: env.LULL_LOG_LEVEL,
    http: env.LULL_HTTP,
    remote: env.LULL_REMOTE === "off" ? undefined : env.LULL_REMOTE,
    activity: env.LULL_ACTIVITY === "off" ? undefined : env.DISCORD_CLIENT_SECRET,
    updateCheck: env.LULL_UPDATE_CHECK === "on",
    timeZone: env.TIME_ZONE,
    rehearsalPort: env.REHEARSAL_PORT,
  });
};

/** A configuration, and what the operator should know about where it comes from. */
export interface LoadedConfig {
  readonly config: Config;
  readonly notices: readonly string[];
}

/**
 * Loads the configuration of this process: its environment, and what `.env` adds to it. A variable that
 * is exported empty does not hide the one in `.env`.
 * @throws UserError that names the variable, or `.env`
 */
export const loadConfig = (environment: Variables = process.env, folder = ROOT): LoadedConfig => {
  const file = readEnvironmentFile(folder);
  const config = parseConfig({ ...withoutEmpty(file.values), ...withoutEmpty(environment) });
  return { config, notices: config.token === undefined && file.withoutToken !== undefined ? [file.withoutToken] : [] };
};
