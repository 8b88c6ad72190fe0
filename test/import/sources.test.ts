import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { checkSource, createCheckedLookup, type Resolve } from "../../src/import/sources/openAddress.ts";
import { isPublicAddress } from "../../src/import/sources/publicAddress.ts";
import { isSourceList, parseSourceList } from "../../src/import/sources/sourceList.ts";
import { createSources } from "../../src/import/sources/sources.ts";
import { rawText } from "../../src/kernel/memberText.ts";
import { seconds } from "../../src/kernel/units.ts";
import { fakeClock } from "../support/fakeClock.ts";

/** Paths asked for since the last test. */
let asked: string[] = [];
let server: Server;
let origin = "";
let port = 0;
let answer: RequestListener = (_, response) => void response.end();
const folder = mkdtempSync(join(tmpdir(), "lull-sources-"));

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
});
afterEach(() => {
  server.closeAllConnections();
  asked = [];
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const open = ({
  listed = origin,
  limit = seconds(5),
  resolve,
}: {
  listed?: string;
  limit?: number;
  resolve?: Resolve;
} = {}) =>
  createSources({
    sources: parseSourceList(listed),
    clock: fakeClock(),
    resolve,
    limits: { recording: limit, feed: limit },
  });

/** Fetches it as `/sounds add` does. */
const fetched = async (source: string, options: Parameters<typeof open>[0] & { episode?: string } = {}) => {
  const recording = await open(options).openRecording({ source, episode: options.episode });
  const path = join(folder, "recording");
  await recording.save(path);
  const bytes = readFileSync(path);
  rmSync(path);
  return { ...recording, bytes };
};

const sound: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "audio/mpeg" }).end("a sound");
};
const item = (title: string, url: string) =>
  `<item><title>${title}</title><enclosure url="${url}" length="7" type="audio/mpeg"/></item>`;
const rss = (items: string, before = "") =>
  `<?xml version="1.0"?>${before}<rss version="2.0"><channel><title>Rain tapes</title><image><title>logo</title></image><copyright>CC BY 4.0</copyright>${items}</channel></rss>`;
const feed =
  (text: string): RequestListener =>
  (request, response) =>
    request.url?.endsWith(".mp3")
      ? sound(request, response)
      : void response.writeHead(200, { "content-type": "application/rss+xml; charset=utf-8" }).end(text);

describe("where recordings may be fetched from", () => {
  const sources = parseSourceList("tapes.example, *.archive.example, http://10.0.0.5:8000, https://a.example:8443");
  const refusal = (url: string, list = sources) => {
    try {
      return checkSource(url, list).href;
    } catch (error) {
      return (error as Error).message;
    }
  };

  test("a domain means HTTPS at its usual port, a star its subdomains, and an origin itself", () => {
    for (const url of [
      "https://tapes.example/a.mp3",
      "https://archive.example/a",
      "https://cdn.eu.archive.example/a",
      "http://10.0.0.5:8000/live",
      "https://a.example:8443/",
    ])
      expect(refusal(url)).toBe(url);
    for (const url of [
      "http://tapes.example/a.mp3",
      "https://tapes.example:8443/a.mp3",
      "https://cdn.tapes.example/a.mp3",
      "https://tapes.example.evil.example/",
      "https://eviltapes.example/",
      "http://10.0.0.5/live",
      "https://a.example/",
      "https://127.0.0.1/",
      "https://[::1]/",
    ])
      expect(refusal(url)).toMatch(/aren’t allowed here/);
    for (const url of ["tapes.example", "ftp://tapes.example/", "file:///etc/passwd", "https://a:b@tapes.example/"])
      expect(refusal(url)).toMatch(/isn’t a web address/);
    expect(isSourceList("tapes.example/podcast")).toBe(false);
    expect(isSourceList("*")).toBe(false);
  });

  test("where nothing is listed, it says whom to ask for what", () => {
    expect(refusal("https://tapes.example/a.mp3", parseSourceList(""))).toMatch(
      /Ask the person who runs Lull to add the site to LULL_SOURCES/,
    );
  });

  test("services that forbid it are refused by name, also where they are listed", () => {
    const listed = parseSourceList("youtube.com *.youtube.com youtu.be");
    for (const url of ["https://www.youtube.com/watch?v=x", "https://youtu.be/x", "https://youtube.com./watch"])
      expect(refusal(url, listed)).toMatch(/^YouTube’s terms don’t allow other programs/);
    expect(refusal("https://open.spotify.com/episode/x")).toMatch(/^Spotify’s terms/);
  });
});

test("only addresses of the public internet are public", () => {
  const hidden =
    "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1 198.18.0.1 " +
    "224.0.0.1 239.255.255.250 255.255.255.255 168.63.129.16 :: ::1 fe80::1 fc00::1 fd00:ec2::254 ff02::1 " +
    "::ffff:127.0.0.1 ::ffff:93.184.216.34 64:ff9b::7f00:1 64:ff9b:1::a00:1 2002:7f00:1:: 2001::1 2001:db8::1 x";
  expect(hidden.split(" ").filter(isPublicAddress)).toEqual([]);
  const open = ["93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "2a00:1450::1"];
  expect(open.filter(isPublicAddress)).toEqual(open);
});

describe("a name that leads to a private network", () => {
  const to =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const listed = () => `http://tapes.example:${port}, ${origin}`;
  const named = () => `http://tapes.example:${port}/a.mp3`;

  test("is refused before anything is sent, also where it has a public address too", async () => {
    answer = sound;
    for (const addresses of [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::1"], ["169.254.169.254"], []])
      await expect(fetched(named(), { listed: listed(), resolve: to(...addresses) })).rejects.toThrow(
        /tapes\.example leads to a private network/,
      );
    // What the machine itself says about a name is checked as well.
    await expect(fetched(`http://localhost:${port}/a.mp3`, { listed: `http://localhost:${port}` })).rejects.toThrow(
      /private network/,
    );
    expect(asked).toEqual([]);
  });

  test("is refused behind a redirect, as is a site that is not listed", async () => {
    let location = "";
    answer = (_, response) => void response.writeHead(302, { location }).end();
    const options = { listed: listed(), resolve: to("127.0.0.1") };
    location = named();
    await expect(fetched(`${origin}/moved`, options)).rejects.toThrow(/tapes\.example leads to a private network/);
    for (location of ["http://10.0.0.1/", "http://[::ffff:7f00:1]/", "https://metadata.example/", "file:///etc/passwd"])
      await expect(fetched(`${origin}/moved`, options)).rejects.toThrow(/aren’t allowed here|isn’t a web address/);
    expect(new Set(asked)).toEqual(new Set(["/moved"]));
  });

  test("can't change between the check and the connection: it is looked up once, and what was checked is used", async () => {
    const answers = [["93.184.216.34"], ["127.0.0.1"]];
    const resolve: Resolve = async () => (answers.shift() ?? ["127.0.0.1"]).map((address) => ({ address, family: 4 }));
    const lookup = createCheckedLookup(resolve);
    const looked = () =>
      new Promise((done) => lookup("tapes.example", { all: true }, (error, found) => done(error ?? found)));
    expect(await looked()).toEqual([{ address: "93.184.216.34", family: 4 }]);
    expect(await looked()).toMatchObject({ code: "source-private" });
    // Nothing listens at the public address; the server on this machine is never asked.
    answer = sound;
    answers.push(["93.184.216.34"], ["127.0.0.1"]);
    await expect(fetched(named(), { listed: listed(), resolve, limit: 300 })).rejects.toThrow();
    expect(answers).toEqual([["127.0.0.1"]]);
    expect(asked).toEqual([]);
  });
});

describe("a file", () => {
  test("is fetched with its name, and where it was without what may be secret", async () => {
    answer = sound;
    const { bytes, name, place, size, licence } = await fetched(`${origin}/tapes/soft%20rain.mp3?key=secret`);
    expect(bytes.toString()).toBe("a sound");
    expect({ name, place, licence }).toEqual({
      name: "soft rain.mp3",
      place: `${origin}/tapes/soft%20rain.mp3`,
      licence: undefined,
    });
    expect(size).toBe(100 * 2 ** 20);
  });

  test("follows redirects, but not for ever", async () => {
    answer = (request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) return sound(request, response);
      response.writeHead(307, { location: `/${left - 1}` }).end();
    };
    expect((await fetched(`${origin}/5`)).bytes.toString()).toBe("a sound");
    await expect(fetched(`${origin}/6`)).rejects.toThrow(/too many times/);
  });

  test.each<[string, RegExp, RequestListener]>([
    [
      "a page",
      /There’s no recording at that address/,
      (_, to) => void to.writeHead(200, { "content-type": "text/html" }).end("<html>"),
    ],
    [
      "live radio",
      /live radio/,
      (_, to) => void to.writeHead(200, { "content-type": "audio/mpeg", "icy-name": "Night" }).write("x"),
    ],
    [
      "a feed",
      /Choose one of its episodes/,
      (_, to) => void to.writeHead(200, { "content-type": "application/rss+xml" }).end(rss("")),
    ],
    [
      "too large, as it says",
      /larger than 100 MB/,
      (_, to) => void to.writeHead(200, { "content-type": "audio/mpeg", "content-length": 2 ** 27 }).write("x"),
    ],
    ["not there", /didn’t send the recording/, (_, to) => void to.writeHead(404).end()],
    [
      "cut off",
      /didn’t send the recording/,
      (_, to) => {
        to.writeHead(200, { "content-type": "audio/mpeg", "content-length": 100 }).write("x");
        setImmediate(() => to.destroy());
      },
    ],
    [
      "compressed, whatever is in it",
      /didn’t send the recording/,
      (_, to) =>
        void to
          .writeHead(200, { "content-type": "audio/mpeg", "content-encoding": "gzip" })
          .end(gzipSync(Buffer.alloc(2 ** 20))),
    ],
    [
      "a redirect to nowhere",
      /didn’t send the recording/,
      (_, to) => void to.writeHead(302, { location: "http://" }).end(),
    ],
  ])("is refused when it is %s", async (_, reason, how) => {
    answer = how;
    await expect(fetched(`${origin}/x`)).rejects.toThrow(reason);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is refused when it drips, or never ends, and leaves nothing behind", async () => {
    answer = (_, response) => void response.writeHead(200, { "content-type": "audio/mpeg" }).write("x");
    await expect(fetched(`${origin}/drip`, { limit: 200 })).rejects.toThrow(/took too long/);
    answer = () => {};
    await expect(fetched(`${origin}/silent`, { limit: 200 })).rejects.toThrow(/took too long/);
    const large = Buffer.alloc(2 ** 22);
    answer = (_, response) => {
      response.writeHead(200, { "content-type": "audio/mpeg" });
      const more = () => void (response.write(large) ? setImmediate(more) : response.once("drain", more));
      more();
    };
    await expect(fetched(`${origin}/endless`)).rejects.toThrow(/larger than 100 MB/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a podcast feed", () => {
  test("offers its episodes by title, and gives their title and licence to the recording", async () => {
    const items = Array.from({ length: 40 }, (_, i) =>
      item(`Night ${40 - i} &amp; rain`, `${origin}/${40 - i}.mp3`),
    ).join("");
    answer = feed(rss(items));
    const sources = open();
    const found = await sources.episodes(`${origin}/feed`, "night 3");
    expect(found.map(({ title }) => title)).toEqual(
      [39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 3].map((n) => `Night ${n} & rain`),
    );
    expect(await sources.episodes(`${origin}/feed`, "")).toHaveLength(25);
    // It is kept while somebody types.
    expect(asked).toEqual(["/feed"]);
    for (const episode of [found.at(-1)!.key, "night 3 & rain"])
      expect(await fetched(`${origin}/feed`, { episode })).toMatchObject({
        title: "Night 3 & rain",
        licence: "CC BY 4.0",
        place: `${origin}/3.mp3`,
      });
    await expect(fetched(`${origin}/feed`, { episode: "Night 99" })).rejects.toThrow(/isn’t in the feed/);
  });

  test("can't send the recording elsewhere than to listed sites", async () => {
    answer = feed(
      rss(item("Inside", "http://169.254.169.254/latest/meta-data") + item("Elsewhere", "https://evil.example/a.mp3")),
    );
    for (const episode of ["Inside", "Elsewhere"])
      await expect(fetched(`${origin}/feed`, { episode })).rejects.toThrow(/aren’t allowed here/);
  });

  test("of 100 MB is refused after 4, whether it says so or not", async () => {
    const entry = Buffer.from(item("x".repeat(1_000), `${origin}/a.mp3`).repeat(100));
    for (const said of [true, false]) {
      let sent = 0;
      answer = (_, response) => {
        response.writeHead(200, { "content-type": "text/xml", ...(said && { "content-length": 100 * 2 ** 20 }) });
        response.write("<rss><channel>");
        const more = () => {
          sent += entry.length;
          if (sent < 100 * 2 ** 20) response.write(entry) ? setImmediate(more) : response.once("drain", more);
        };
        more();
      };
      await expect(fetched(`${origin}/feed`, { episode: "x" })).rejects.toThrow(/larger than 4 MB/);
      expect(sent).toBeLessThan(20 * 2 ** 20);
    }
  });

  test("with a bomb of entities, or of depth, is read as the words that are there, or not at all", async () => {
    const entities = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join("");
    const bomb = `<!DOCTYPE rss [<!ENTITY l0 "lol">${entities}<!ENTITY file SYSTEM "file:///etc/passwd">]>`;
    answer = feed(rss(item("&l12;&file;", `${origin}/a.mp3`), bomb));
    expect((await open().episodes(`${origin}/feed`, "")).map(({ title }) => title)).toEqual(["&l12;&file;"]);
    answer = feed(rss("<a>".repeat(100_000)));
    await expect(fetched(`${origin}/feed`, { episode: "x" })).rejects.toThrow(/no podcast feed/);
    answer = feed(rss(item("Long", `${origin}/a.mp3`).replace("Long", "x".repeat(2 ** 21))));
    expect(
      (await open().episodes(`${origin}/feed`, "")).map(({ title }) => rawText(title).length)[0],
    ).toBeLessThanOrEqual(300);
  });

  test("is refused where it is a page, no feed, or empty; its episodes are none then", async () => {
    for (const how of [
      feed("<html><body>hello</body></html>"),
      feed(rss("")),
      feed("not xml at all <<<>>> &&&"),
      (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end(rss(item("a", origin))),
    ] satisfies RequestListener[]) {
      answer = how;
      await expect(fetched(`${origin}/feed`, { episode: "a" })).rejects.toThrow(/no podcast feed/);
      expect(await open().episodes(`${origin}/feed`, "")).toEqual([]);
    }
  });
});
