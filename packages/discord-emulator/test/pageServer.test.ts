import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Emulator } from "../src/api.ts";
import { openEmulator } from "../src/emulator.ts";
import { openPage, type Page } from "../src/page/pageServer.ts";
import { LONGEST_FRAME } from "../src/page/protocol.ts";

let emulator: Emulator;
let page: Page;
let cache: string;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), "page-"));
  emulator = await openEmulator();
  page = await openPage({ emulator, port: 0, cache });
});

afterAll(async () => {
  await page?.close();
  await emulator?.close();
  await rm(cache, { recursive: true, force: true });
});

const port = () => Number(new URL(page.address).port);

const get = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: port(), path, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on("error", reject);
    asked.end();
  });

/** @returns the status that refuses the upgrade, or the open socket */
const dial = (headers: Record<string, string>) =>
  new Promise<number | WebSocket>((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port()}/live`, { headers });
    socket.on("unexpected-response", (_, response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    socket.on("open", () => resolve(socket));
    socket.on("error", (error) => (socket.readyState === WebSocket.CONNECTING ? reject(error) : undefined));
  });

const open = async (): Promise<WebSocket> => {
  const socket = await dial({ origin: page.address });
  if (typeof socket === "number") throw new Error(`Refused with ${socket}.`);
  return socket;
};

const closing = (socket: WebSocket) => new Promise<number>((resolve) => socket.on("close", resolve));

test("the page and its parts are served, under a policy that lets nothing else in", async () => {
  const { status, headers, body } = await get("/");
  expect(status).toBe(200);
  expect(body).toContain("/page.js");
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["content-security-policy"]).not.toContain("unsafe-inline");
  for (const part of ["/page.js", "/page.css", "/jitterWorklet.js", "/favicon.svg"]) {
    const found = await get(part);
    expect(found.status, part).toBe(200);
    expect(found.headers["x-content-type-options"]).toBe("nosniff");
  }
  expect((await get("/../package.json")).status).toBe(404);
});

test("an unchanged part is not sent twice", async () => {
  const { headers } = await get("/page.js");
  expect((await get("/page.js", { "if-none-match": String(headers.etag) })).status).toBe(304);
});

test.each(["elsewhere.example", "127.0.0.1.elsewhere.example", "127.0.0.1", "127.0.0.1:1"])(
  "a request for the host %s is refused",
  async (host) => {
    expect((await get("/", { host })).status).toBe(403);
    expect(await dial({ host, origin: page.address })).toBe(403);
  },
);

test.each(["https://elsewhere.example", "null", "http://127.0.0.1:1", ""])(
  "a page of origin %j cannot speak to it",
  async (origin) => {
    expect(await dial(origin === "" ? {} : { origin })).toBe(403);
  },
);

test("it listens on the loopback interface alone", async () => {
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === "IPv4");
  if (outward === undefined) return;
  const reached = await new Promise<boolean>((resolve) => {
    const socket = connect({ host: outward.address, port: port(), timeout: 2_000 });
    socket.on("connect", () => resolve(true));
    socket.on("error", () => resolve(false));
    socket.on("timeout", () => resolve(false));
  });
  expect(reached).toBe(false);
});

test("a frame of 10 MB closes the socket, and nothing else", async () => {
  const socket = await open();
  const closed = closing(socket);
  socket.on("error", () => undefined);
  socket.send("x".repeat(10 * 1024 * 1024), () => undefined);
  expect(await closed).not.toBe(1000);
  const next = await open();
  next.close();
});

test.each([
  ["words", "good evening"],
  ["an unknown question", '{"type":"reboot","id":1}'],
  ["a question with more in it", '{"type":"leave","id":1,"also":true}'],
  ["a name that is too long", JSON.stringify({ type: "addMember", id: 1, name: "n".repeat(LONGEST_FRAME / 2) })],
])("%s instead of a question closes the socket", async (_, frame) => {
  const socket = await open();
  const closed = closing(socket);
  socket.send(frame);
  expect(await closed).toBe(1008);
});

test("a flood of questions closes the socket", async () => {
  const socket = await open();
  const closed = closing(socket);
  for (let id = 0; id < 500; id++) socket.send(JSON.stringify({ type: "leave", id }));
  expect(await closed).toBe(1008);
});

test("more pages than anybody opens are refused, the first ones stay", async () => {
  const sockets = await Promise.all(Array.from({ length: 8 }, open));
  expect(await dial({ origin: page.address })).toBe(503);
  for (const socket of sockets) expect(socket.readyState).toBe(WebSocket.OPEN);
  await Promise.all(
    sockets.map((socket) => {
      const closed = closing(socket);
      socket.close();
      return closed;
    }),
  );
});

test("a port that is taken is named, with what to do", async () => {
  await expect(openPage({ emulator, port: port(), cache })).rejects.toThrow(
    `Port ${port()} is in use. Choose another, or 0 for any free one.`,
  );
});

test("neither the bot nor the visitor can be sent home from the page, and what fails is said in a sentence", async () => {
  const socket = await open();
  const answers = new Map<number, unknown>();
  socket.on("message", (data, isBinary) => {
    if (isBinary) return;
    const told = JSON.parse(String(data)) as { type: string; id: number; outcome: unknown };
    if (told.type === "answer") answers.set(told.id, told.outcome);
  });
  socket.send(JSON.stringify({ type: "removeMember", id: 1, name: "you" }));
  socket.send(JSON.stringify({ type: "join", id: 2, channel: "cellar" }));
  socket.send(JSON.stringify({ type: "addMember", id: 3, name: "You" }));
  await expect.poll(() => answers.size).toBe(3);
  expect(answers.get(1)).toEqual({
    kind: "failed",
    why: "you is not a companion.",
    sentence: { key: "notACompanion", values: { name: "you" } },
  });
  expect(answers.get(2)).toMatchObject({ kind: "failed" });
  expect(answers.get(3)).toMatchObject({ kind: "failed", why: "There is a You already." });
  socket.close();
});

test("a visitor whose last page is gone leaves the channel after a while, not at once", async () => {
  const socket = await open();
  socket.send(JSON.stringify({ type: "join", id: 1, channel: "lounge" }));
  const botMember = () => emulator.members().find(({ name }) => name === "you")?.voice?.channel;
  await expect.poll(botMember).toBe("lounge");
  const closed = closing(socket);
  socket.close();
  await closed;
  expect(botMember()).toBe("lounge");
  await expect.poll(botMember).toBeUndefined();
});
