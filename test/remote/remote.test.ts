import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { breathSound } from "../../src/catalogue/breathing.ts";
import type { Sound } from "../../src/catalogue/sound.ts";
import type { HttpServer } from "../../src/http/httpServer.ts";
import { languageOf, sayIn } from "../../src/i18n/languages.ts";
import { type ChannelId, type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { seconds } from "../../src/kernel/units.ts";
import { CLOSE, type RemoteState } from "../../src/remote/protocol.ts";
import { openRemote, type Remote } from "../../src/remote/remote.ts";
import { remoteStateOf } from "../../src/remote/remoteState.ts";
import type { Storage } from "../../src/storage/openStorage.ts";
import { guild } from "../runtime/sessionsHarness.ts";
import { ana, attic, bo, lounge } from "../session/sessionFixture.ts";
import { openPagesHarness } from "./pagesHarness.ts";

let harness: Awaited<ReturnType<typeof openPagesHarness<Remote>>>;
let http: HttpServer;
let remote: Remote;
let storage: Storage;
let seats: Map<UserId, ChannelId>;
let hosts: Set<UserId>;

beforeEach(async () => {
  harness = await openPagesHarness((options) => openRemote({ ...options, origin: options.http.address }));
  ({ http, pages: remote, storage, seats, hosts } = harness);
  for (const user of [ana, bo]) seats.set(user, lounge);
  harness.seat(ana, bo);
  await harness.play();
});
afterEach(() => harness.close());

const tokenFor = (user: UserId, locale = "en-GB") => {
  const session = harness.sessions.view(guild)!.id;
  return new URL(remote.issue({ guild, user, session, language: languageOf(locale) })).hash.slice(1);
};

const connect = (origin?: string) => harness.connect("/remote/socket", origin);
const openPage = async (user: UserId, locale?: string) => {
  const page = connect();
  await page.open(tokenFor(user, locale));
  const { state } = await page.next("state");
  return { ...page, state };
};
const stateWhere = (page: ReturnType<typeof connect>, holds: (state: RemoteState) => boolean) => page.stateWhere(holds);

describe("what is shown and asked for", () => {
  test("everyone in the channel sees what one of them changes", async () => {
    const [anas, bos] = [await openPage(ana), await openPage(bo)];
    expect(anas.state).toMatchObject({
      title: "Slow Shore",
      layers: [{ sound: "ocean", gainDb: 0, place: "centre" }],
      mayRaise: true,
      listeners: "2 listeners",
      visual: { id: "ink-in-water" },
    });
    expect(bos.state.mayRaise).toBe(false);
    bos.say({ type: "request", id: 1, request: { type: "layer", sound: "ocean", gainDb: -7 } });
    expect(await bos.next("answer")).toEqual({ type: "answer", id: 1 });
    await stateWhere(anas, ({ layers }) => layers[0]?.gainDb === -7);
    bos.say({ type: "request", id: 2, request: { type: "layer", sound: "ocean", place: "left" } });
    const { layers } = await stateWhere(anas, (state) => state.layers[0]?.place === "left");
    expect(layers[0]?.gainDb).toBe(-7);
    anas.say({ type: "request", id: 1, request: { type: "sleepIn", minutes: 50 } });
    const { timer } = await stateWhere(bos, (state) => state.timer !== undefined);
    expect(timer?.endsAt).toBe(harness.clock.now() + 50 * 60_000);
    bos.say({ type: "request", id: 3, request: { type: "extend" } });
    await stateWhere(anas, (state) => state.timer?.endsAt === harness.clock.now() + 65 * 60_000);
    anas.say({ type: "request", id: 2, request: { type: "pause" } });
    expect((await stateWhere(bos, ({ isPaused }) => isPaused)).visual.stillAt).toBeDefined();
  });

  test("how loud it is comes a while ahead, at the server's moments, and ends with the sound", async () => {
    const page = connect();
    await page.open(tokenFor(ana));
    // The curve is there from the next change of the session on.
    await page.next("state");
    await harness.sessions.dispatch(guild, { type: "layerChanged", by: ana, sound: id("ocean"), gainDb: -3 });
    const { from, step, levels } = await page.next("loudness");
    expect(from).toBe(harness.clock.now());
    expect([step, levels.length]).toEqual([200, 80]);
    expect(new Set(levels)).toEqual(new Set([3, -6]));
    await harness.sessions.dispatch(guild, { type: "paused", by: ana });
    expect((await page.next("loudness")).levels).toEqual([]);
  });

  test("beside a breath there are hands that follow it", async () => {
    const view = harness.sessions.all(guild)[0]!;
    const viewer = { user: ana, say: sayIn(languageOf("de")), isHost: false, favourites: [] };
    const shown = (sound: string) => {
      const found = { id: id<SoundId>(sound), trigger: "water" } as Sound;
      return remoteStateOf(view, { find: () => found }, viewer).visual;
    };
    expect(shown("ocean").other).toBeUndefined();
    expect(shown(breathSound("box"))).toMatchObject({
      id: "breathing-box",
      other: { id: "breathing-hands box", title: "Atmende Hände" },
    });
  });

  test("favourites are the server's and one's own, and a touch queues one", async () => {
    const mix = [{ sound: id<SoundId>("rain-window"), gainDb: 0, place: "centre" }] as const;
    await storage.favourites.add(guild, { name: "Rain for all", mix, by: bo });
    await storage.personalFavourites.add(ana, { name: "Rain for me", mix });
    const [anas, bos] = [await openPage(ana), await openPage(bo)];
    expect(bos.state.favourites.map(({ title }) => title)).toEqual(["Rain for all"]);
    expect(anas.state.favourites.map(({ title }) => title)).toEqual(["Rain for all", "Rain for me"]);
    anas.say({ type: "request", id: 1, request: { type: "play", favourite: anas.state.favourites[1]?.id } });
    await stateWhere(bos, ({ next }) => next[0] === "Rain on Glass");
    bos.say({ type: "request", id: 1, request: { type: "play", favourite: anas.state.favourites[1]?.id } });
    expect((await bos.next("answer")).refused).toBeDefined();
  });

  test("a page speaks its member's language, and knows the server's time", async () => {
    const page = connect();
    await page.open(tokenFor(ana, "de"));
    expect(await page.next("welcome")).toMatchObject({ language: "de", words: { timer: "Einschlaftimer" } });
    page.say({ type: "clock", sent: 12.5 });
    expect(await page.next("clock")).toEqual({ type: "clock", sent: 12.5, now: harness.clock.now() });
  });

  test("rights are those of the commands: a listener may not turn it up, and votes to stop; a host may", async () => {
    const bos = await openPage(bo);
    const ask = async (id: number, type: string) => {
      bos.say({ type: "request", id, request: { type } });
      return (await bos.next("answer")).refused;
    };
    expect(await ask(1, "softer")).toBeUndefined();
    expect(await ask(2, "louder")).toBe(
      "Anyone can turn it down. Only a host or the person who queued this sound can turn it up.",
    );
    expect(await ask(3, "stop")).toBeUndefined();
    expect((await stateWhere(bos, ({ votes }) => votes !== "")).votes).toMatch(/^1 of 2 votes to stop/);
    hosts.add(bo);
    expect(await ask(4, "louder")).toBeUndefined();
    bos.say({ type: "request", id: 5, request: { type: "stop" } });
    expect(await bos.closed).toBe(CLOSE.over);
  });

  test("two hosts who turn it up at the same moment turn it up by one step, and one who presses twice by two", async () => {
    for (const user of [ana, bo]) hosts.add(user);
    await harness.sessions.dispatch(guild, { type: "volumeChanged", by: ana, volume: "whisper" });
    const [anas, bos] = [await openPage(ana), await openPage(bo)];
    const louder = (page: typeof anas, id: number) => page.say({ type: "request", id, request: { type: "louder" } });
    for (const page of [anas, bos]) louder(page, 1);
    for (const page of [anas, bos]) expect((await page.next("answer")).refused).toBeUndefined();
    expect(harness.sessions.view(guild)?.volume).toBe("quiet");
    await harness.clock.advance(seconds(2));
    for (const id of [2, 3]) louder(bos, id);
    await stateWhere(anas, ({ volume }) => volume === "normal");
  });
});

describe("who is shut out", () => {
  test("nobody opens a page with a forged token, or one that a newer link has replaced", async () => {
    const old = tokenFor(ana);
    const current = tokenFor(ana);
    for (const token of ["forged", "A".repeat(43), old, `${current}A`]) {
      const page = connect();
      await page.open(token);
      expect(await page.closed).toBe(CLOSE.linkUnknown);
    }
  });

  test("a link is for its own session, guild and member", async () => {
    const other = remote.issue({
      guild: id<GuildId>("2"),
      user: ana,
      session: harness.sessions.view(guild)!.id,
      language: languageOf("en-GB"),
    });
    const page = connect();
    await page.open(new URL(other).hash.slice(1));
    expect(await page.closed).toBe(CLOSE.over);
    const token = tokenFor(ana);
    await harness.sessions.dispatch(guild, { type: "stopped", by: ana });
    await harness.clock.advance(seconds(5));
    await harness.play();
    const late = connect();
    await late.open(token);
    expect(await late.closed).toBe(CLOSE.linkUnknown);
  });

  test("leaving the channel closes the page, and no request of it counts any more", async () => {
    const bos = await openPage(bo);
    const token = tokenFor(bo);
    seats.set(bo, attic);
    bos.say({ type: "request", id: 1, request: { type: "pause" } });
    expect((await bos.next("answer")).refused).toBeDefined();
    expect(harness.sessions.view(guild)?.status).not.toBe("paused");
    harness.seat(ana);
    expect(await bos.closed).toBe(CLOSE.leftChannel);
    const again = connect();
    await again.open(token);
    expect(await again.closed).toBe(CLOSE.leftChannel);
  });

  test("a page of a server that another replica looks after is sent on, and none of its links is called unknown", async () => {
    const token = tokenFor(ana);
    const page = connect();
    await page.open(token);
    await page.next("state");
    harness.elsewhere.add(guild);
    remote.handedOver((of) => of === guild);
    expect(await page.closed).toBe(CLOSE.elsewhere);
    for (const link of [token, `${guild}.of-another-replica`]) {
      const again = connect();
      await again.open(link);
      expect(await again.closed).toBe(CLOSE.elsewhere);
    }
    harness.elsewhere.clear();
    const back = connect();
    await back.open(token);
    await back.next("state");
  });

  test("a link that is opened again closes the page that it was open on", async () => {
    const token = tokenFor(ana);
    const first = connect();
    await first.open(token);
    await first.next("state");
    const second = connect();
    await second.open(token);
    expect(await first.closed).toBe(CLOSE.openedElsewhere);
    await second.next("state");
  });

  test.each<[string, unknown]>([
    ["a request that was sent before", { type: "request", id: 1, request: { type: "softer" } }],
    ["a second token", { type: "open", token: "another" }],
    ["something that is no JSON", "{"],
    ["a request that there is not", { type: "request", id: 2, request: { type: "skipped", asHost: true } }],
    ["a layer that is too loud", { type: "request", id: 2, request: { type: "layer", sound: "ocean", gainDb: 6 } }],
    ["a layer that is nowhere", { type: "request", id: 2, request: { type: "layer", sound: "ocean", place: "above" } }],
    ["a timer of years", { type: "request", id: 2, request: { type: "sleepIn", minutes: 1_000_000 } }],
  ])("%s ends the connection", async (_what, message) => {
    const page = await openPage(ana);
    page.say({ type: "request", id: 1, request: { type: "softer" } });
    await page.next("answer");
    page.say(message);
    expect(await page.closed).toBe(CLOSE.unexpected);
  });

  test("messages of more than a kilobyte, binary ones and silence end it, too", async () => {
    const large = await openPage(ana);
    large.say({ type: "request", id: 1, request: { type: "layer", sound: "x".repeat(2_000), gainDb: 0 } });
    expect(await large.closed).toBe(1009);
    const binary = await openPage(ana);
    binary.socket.send(Buffer.from("open"));
    expect(await binary.closed).toBe(CLOSE.unexpected);
    const silent = connect();
    await once(silent.socket, "open");
    await harness.clock.advance(seconds(6));
    expect(await silent.closed).toBe(CLOSE.unexpected);
  });

  test("what comes too fast is refused, and nothing is lost by it", async () => {
    const page = await openPage(ana);
    for (let at = 1; at <= 40; at++)
      page.say({ type: "request", id: at, request: { type: "layer", sound: "ocean", gainDb: -at / 2 } });
    const answers = [];
    for (let at = 1; at <= 40; at++) answers.push(await page.next("answer"));
    expect(answers.filter(({ refused }) => refused !== undefined)).toHaveLength(10);
    await harness.clock.advance(seconds(2));
    page.say({ type: "request", id: 41, request: { type: "softer" } });
    expect((await page.next("answer")).refused).toBeUndefined();
  });

  test("a page of another origin cannot connect, and there is nothing at other paths", async () => {
    const foreign = connect("https://elsewhere.example");
    expect(await foreign.closed).toBe(1006);
    const response = await new Promise<number | undefined>((resolve) => {
      const socket = new WebSocket(`${http.address.replace("http", "ws")}/metrics`, { origin: http.address });
      socket.on("error", () => {});
      socket.on("unexpected-response", (_request, { statusCode }) => resolve(statusCode));
    });
    expect(response).toBe(404);
  });
});

describe("the page's files", () => {
  test("they come with a policy that allows nothing foreign, in the browser's language", async () => {
    const response = await fetch(`${http.address}/remote/`, { headers: { "Accept-Language": "ja;q=0.9, en" } });
    expect(response.headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(response.headers.get("Content-Security-Policy")).not.toMatch(/unsafe|https?:\/\/(?!127)/);
    expect(response.headers.get("Referrer-Policy")).toBe("no-referrer");
    const html = await response.text();
    expect(html).toContain('lang="ja"');
    expect(html).toContain("スリープタイマー");
    for (const name of ["page.js", "page.css", "visualWorker.js"])
      expect((await fetch(`${http.address}/remote/${name}`)).status).toBe(200);
    for (const name of ["page.ts", "index.html", "..%2Fconfig.ts", "socket"])
      expect((await fetch(`${http.address}/remote/${name}`)).status).toBe(404);
  });
});
