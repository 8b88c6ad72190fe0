import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/config.ts";

const TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMA.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB";
const HELPER = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB";

describe("the environment", () => {
  test("nothing set means rehearsal, with every default in place", () => {
    const config = parseConfig({});
    expect(config).toMatchObject({ token: undefined, apiBase: "https://discord.com/api", rehearsalPort: 8420 });
    expect(config.cache).toMatch(/\.cache.sounds$/);
  });

  test("helpers are known by the ids in their tokens", () => {
    const { helperTokens } = parseConfig({ DISCORD_TOKEN: TOKEN, DISCORD_HELPER_TOKENS: ` ${HELPER},` });
    expect([...helperTokens]).toEqual([["1000000000000000001", HELPER]]);
  });

  test("a copied .env.example changes nothing", () => {
    const lines = readFileSync(new URL("../.env.example", import.meta.url), "utf8").split("\n");
    const names = lines.filter((line) => /^[A-Z_]+=$/.test(line)).map((line) => line.slice(0, -1));
    const source = readFileSync(new URL("../src/config.ts", import.meta.url), "utf8");
    expect([...source.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name).sort()).toEqual(
      names.map((name) => name).sort(),
    );
    expect(parseConfig(Object.fromEntries(names.map((name) => [name, ""])))).toEqual(parseConfig({}));
  });

  test.each([
    ["DISCORD_TOKEN", "hello", "is not a bot token"],
    ["DISCORD_HELPER_TOKENS", "hello", "must be bot tokens with commas between them"],
    ["DISCORD_HELPER_TOKENS", "not.a.bot", "must be bot tokens with commas between them"],
    ["DISCORD_HELPER_TOKENS", `${HELPER}, ${HELPER}`, "names a bot twice"],
    ["DISCORD_HELPER_TOKENS", TOKEN, "names the bot of DISCORD_TOKEN"],
    ["DISCORD_API_BASE", "https://discord.com/api/v10", "without /v10"],
    ["DISCORD_API_BASE", "http://example.org/api", "must be an https address"],
    ["TIME_ZONE", "+25:00", "IANA time zone"],
    ["TIME_ZONE", "Middle/Earth", "IANA time zone"],
    ["REHEARSAL_PORT", "seven", "port number"],
    ["REHEARSAL_PORT", "70000", "port number"],
    ["DISCORD_REST_PROXY", "proxy:8080", "http or https address without /v10"],
    ["LULL_DATABASE_URL", "mysql://db/lull", "must be an address such as postgres://"],
    ["LULL_DATABASE_URL", "postgres://lull:secret@db", "must be an address such as postgres://"],
    ["LULL_SHARDS", "0", "must be auto, or a number of shards"],
    ["LULL_SOURCES", "tapes.example/feed", "must be sites such as media.example.org"],
    ["LULL_RADIO", "https://radio.example.org/rain.mp3", "must be radios such as Night Rain"],
    ["LULL_LOG_LEVEL", "loud", "one of info, warn, error"],
    ["LULL_REMOTE", "http://lull.example.org", "must be the https address at which members reach LULL_HTTP"],
    ["LULL_REMOTE", "https://lull.example.org/remote", "must be the https address"],
    ["LULL_ACTIVITY", "yes", "must be on or off"],
    ["DISCORD_CLIENT_SECRET", "hello", "is not a client secret"],
    ["LULL_HTTP", "9090", "an address and a port, such as 127.0.0.1:9090"],
    ["LULL_HTTP", "127.0.0.1:70000", "an address and a port"],
    ["LULL_HTTP", "http://127.0.0.1:9090", "an address and a port"],
  ])("%s=%s is refused in one sentence that names it", (name, value, says) => {
    expect(() => parseConfig({ DISCORD_TOKEN: TOKEN, [name]: value })).toThrow(
      new RegExp(`^${name} [^\n]*${says.replace("/", "\\/")}[^\n]*\\.$`),
    );
  });

  test.each([
    ["on", "on"],
    ["off", undefined],
    ["https://lull.example.org/", "https://lull.example.org"],
    ["http://127.0.0.1:9090", "http://127.0.0.1:9090"],
  ])("LULL_REMOTE=%s is where members reach the remote", (value, remote) => {
    expect(parseConfig({ LULL_HTTP: "127.0.0.1:9090", LULL_REMOTE: value }).remote).toBe(remote);
  });

  test("LULL_REMOTE without LULL_HTTP is refused", () => {
    expect(() => parseConfig({ LULL_REMOTE: "on" })).toThrow(/^LULL_REMOTE needs LULL_HTTP/);
  });

  test("the activity is on with LULL_ACTIVITY, LULL_HTTP and the client's secret, and says which of them it lacks", () => {
    const whole = {
      LULL_ACTIVITY: "on",
      LULL_HTTP: "127.0.0.1:9090",
      DISCORD_CLIENT_SECRET: "a-secret-of-twenty-letters",
    };
    expect(parseConfig(whole).activity).toBe("a-secret-of-twenty-letters");
    expect(parseConfig({ ...whole, LULL_ACTIVITY: "" }).activity).toBeUndefined();
    expect(() => parseConfig({ ...whole, LULL_HTTP: "" })).toThrow(/^LULL_ACTIVITY needs LULL_HTTP/);
    expect(() => parseConfig({ ...whole, DISCORD_CLIENT_SECRET: "" })).toThrow(
      /^LULL_ACTIVITY needs DISCORD_CLIENT_SECRET/,
    );
  });

  test.each([
    ["127.0.0.1:9090", { host: "127.0.0.1", port: 9090 }],
    ["[::1]:65535", { host: "::1", port: 65_535 }],
    ["localhost:0", { host: "localhost", port: 0 }],
  ])("LULL_HTTP=%s is an address to listen on", (value, address) => {
    expect(parseConfig({ LULL_HTTP: value }).http).toEqual(address);
  });

  test.each([
    ["postgres://lull:secret@db.example.org:5433/lull?sslmode=verify-full", true],
    ["postgresql://db/lull", true],
    ["sqlite", false],
  ])("LULL_DATABASE_URL=%s says where the database is", (value, isServer) => {
    expect(parseConfig({ LULL_DATABASE_URL: value }).databaseUrl).toBe(isServer ? value : undefined);
  });

  test("a loopback server may be spoken to without TLS, as rehearsal does", () => {
    expect(parseConfig({ DISCORD_API_BASE: "http://127.0.0.1:9000/api/" }).apiBase).toBe("http://127.0.0.1:9000/api");
  });
});
