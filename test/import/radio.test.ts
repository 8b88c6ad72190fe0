import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createFrame } from "../../src/audio/format.ts";
import { partName, partNumber, readPart } from "../../src/audio/liveParts.ts";
import { createLoudnessMeter } from "../../src/audio/loudness.ts";
import { createOpusDecoder } from "../../src/audio/opusDecoder.ts";
import { isRadioList, parseRadioList } from "../../src/import/radio/radioList.ts";
import { openRadios, type Radios } from "../../src/import/radio/radios.ts";
import type { Resolve } from "../../src/import/sources/openAddress.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hasIcecast, type Icecast, openIcecast } from "../support/icecast.ts";
import { mp3, noise } from "../support/soundFiles.ts";

const folder = mkdtempSync(join(tmpdir(), "lull-radio-"));
let server: Server;
let origin = "";
let answer: RequestListener = () => {};
let loud: Uint8Array;
const SECONDS = 8;
const opened: Radios[] = [];

beforeAll(async () => {
  loud = await mp3(noise(SECONDS, 44_100, () => 2));
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await Promise.all(opened.splice(0).map((radios) => radios.close()));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const open = (listed: string, resolve?: Resolve) => {
  const radios = openRadios({ listed, sources: "", folder, resolve, stalled: 1_000, log: silentLog });
  opened.push(radios);
  const [sound] = radios.sounds;
  return { radios, sound: sound!, prepare: () => radios.prepare(sound!.id) };
};

/** The packets that are there. */
const packetsIn = (path: string) =>
  readdirSync(path)
    .map(partNumber)
    .filter((number) => number !== undefined)
    .sort((one, other) => one - other)
    .flatMap((number) => readPart(readFileSync(join(path, partName(number)))));

/** Loudness of each half second. */
const loudnessIn = (path: string): number[] => {
  const decoder = createOpusDecoder();
  const packets = packetsIn(path);
  const found: number[] = [];
  for (let at = 0; at + 25 <= packets.length; at += 25) {
    const meter = createLoudnessMeter();
    for (const packet of packets.slice(at, at + 25)) {
      const frame = createFrame();
      decoder.decode(packet, frame, 0);
      meter.push(frame);
    }
    found.push(meter.integrated());
  }
  return found;
};
const until = async (what: string, is: () => boolean) => {
  for (const late = Date.now() + 30_000; !is(); ) {
    if (Date.now() > late) throw new Error(`It never came: ${what}`);
    await new Promise((soon) => setTimeout(soon, 50));
  }
};

test("radios are listed with title, address and licence", () => {
  expect(
    parseRadioList("Night Rain | https://r.example/rain.mp3 | CC BY 4.0; Fireside|http://10.0.0.5:8000/fire;"),
  ).toEqual([
    { title: "Night Rain", url: "https://r.example/rain.mp3", licence: "CC BY 4.0" },
    { title: "Fireside", url: "http://10.0.0.5:8000/fire", licence: undefined },
  ]);
  expect(
    ["https://r.example/rain.mp3", "Rain", "Rain | ftp://r.example/", "Rain | rain.mp3"].filter(isRadioList),
  ).toEqual([]);
  const twice = openRadios({
    listed: "雨 | https://a.example/; Rain|https://b.example/; Rain|https://c.example/",
    sources: "",
    folder,
    log: silentLog,
  });
  expect(twice.sounds.map(({ id }) => id)).toEqual(["radio-雨", "radio-rain", "radio-rain3"]);
});

describe("a radio that can't be heard is refused in one sentence", () => {
  test.each<[string, RegExp, RequestListener]>([
    [
      "a page",
      /sends a page instead of sound/,
      (_, to) => void to.writeHead(200, { "content-type": "text/html" }).end("<html>"),
    ],
    [
      "another format",
      /format that can’t be played live/,
      (_, to) => void to.writeHead(200, { "content-type": "audio/aacp" }).write("x"),
    ],
    [
      "nothing",
      /Nothing can be heard of 127\.0\.0\.1/,
      (_, to) => void to.writeHead(200, { "content-type": "audio/mpeg" }).flushHeaders(),
    ],
    [
      "a page that says it is MP3",
      /Nothing can be heard/,
      (_, to) => void to.writeHead(200, { "content-type": "audio/mpeg" }).end("<html>".repeat(9_000)),
    ],
    ["an error", /didn’t send the recording/, (_, to) => void to.writeHead(503).end()],
    [
      "a redirect elsewhere",
      /aren’t allowed here/,
      (_, to) => void to.writeHead(302, { location: "http://10.0.0.1/" }).end(),
    ],
  ])("because it sends %s", async (_, reason, how) => {
    answer = how;
    await expect(open(`Night | ${origin}/live`).prepare()).rejects.toThrow(reason);
  });

  test("because nobody answers at its port", async () => {
    const closed = createServer();
    await new Promise<void>((listening) => closed.listen(0, "127.0.0.1", listening));
    const { port } = closed.address() as AddressInfo;
    await new Promise((gone) => closed.close(gone));
    await expect(open(`Night | http://127.0.0.1:${port}/live`).prepare()).rejects.toThrow(/didn’t send the recording/);
  });

  test("because its name leads to a private network", async () => {
    const { port } = server.address() as AddressInfo;
    const resolve: Resolve = async () => [{ address: "127.0.0.1", family: 4 }];
    await expect(open(`Night | http://radio.example:${port}/`, resolve).prepare()).rejects.toThrow(/private network/);
  });
});

describe.skipIf(!hasIcecast)("of a real Icecast server", () => {
  let icecast: Icecast;
  beforeAll(async () => {
    icecast = await openIcecast();
  });
  afterAll(() => icecast.close());

  test("a radio arrives at −30 LUFS; where it drops it fades out, and it comes back on a ramp", async () => {
    const end = await icecast.source(loud, loud.length / SECONDS);
    const { prepare, sound } = open(`Night | ${icecast.url} | CC0`);
    expect(sound).toMatchObject({ title: "Night", licence: "CC0" });
    const { path } = await prepare();
    await until("four seconds", () => packetsIn(path).length > 200);
    const [first = 0, ...more] = loudnessIn(path);
    expect(first).toBeLessThan(-33);
    expect(Math.abs(more.at(-1)! + 30)).toBeLessThan(1);
    end();
    const quiet = () => loudnessIn(path).findLastIndex((level) => level < -34);
    await until("the end", () => quiet() > 4);
    const endAgain = await icecast.source(loud, loud.length / SECONDS);
    await until("the return", () => {
      const heard = loudnessIn(path);
      return quiet() >= 0 && quiet() < heard.length - 4 && heard.at(-1)! > -31;
    });
    endAgain();
  });
});
