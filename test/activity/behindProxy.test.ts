import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { type Emulator, openEmulator } from "discord-emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import type { EntryAnswer } from "../../src/activity/protocol.ts";
import { id, type UserId } from "../../src/kernel/ids.ts";
import { minutes } from "../../src/kernel/units.ts";
import { guild } from "../runtime/sessionsHarness.ts";
import { lounge } from "../session/sessionFixture.ts";
import { hasNginx, type Nginx, openNginx } from "../support/nginx.ts";
import { authorise, openActivityHarness } from "./activityHarness.ts";

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });

/** What docs/hosting.md tells the operator to write, for the activity. */
const documented = (address: string): string => {
  const hosting = readFileSync(new URL("../../docs/hosting.md", import.meta.url), "utf8");
  const [, block = ""] = /```nginx\n(.*?)```/s.exec(hosting) ?? [];
  return block.replace("/remote/", "/activity/").replace("http://127.0.0.1:9090", address);
};

describe.skipIf(!hasNginx)("behind two proxies, as in Discord: its own, and the operator's nginx", () => {
  let emulator: Emulator;
  let nginx: Nginx;
  let harness: Awaited<ReturnType<typeof openActivityHarness>>;
  let ana: UserId;
  /** Where Discord's proxy shows the page, and where the operator's listens. */
  let [discord, operator]: string[] = [];

  beforeAll(async () => {
    emulator = await openEmulator();
    ana = id<UserId>(emulator.member("ana").id);
    harness = await openActivityHarness(emulator);
    harness.seats.set(ana, lounge);
    harness.seat(ana);
    const ports = [await freePort(), await freePort()];
    [discord, operator] = ports.map((port) => `http://127.0.0.1:${port}`);
    // Discord's passes both / and /.proxy/ on to the address of the mapping, and adds where a request is from.
    const mapped = (path: string) => `location ${path} {
      proxy_pass ${operator}/activity/;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection upgrade;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }`;
    nginx = await openNginx(
      `server { listen 127.0.0.1:${ports[0]}; ${mapped("/")} ${mapped("/.proxy/")} }
       server { listen 127.0.0.1:${ports[1]}; ${documented(harness.http.address)} }`,
      `${discord}/`,
    );
  });
  afterAll(async () => {
    await nginx?.close();
    await harness?.close();
    await emulator?.close();
  });

  const enter = (path: string, headers: Record<string, string> = {}, body: unknown = undefined) =>
    fetch(`${discord}${path}token`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: discord!, ...headers },
      body: JSON.stringify(body ?? { ...authorise(emulator, ana), guild, channel: lounge }),
    });

  test.each(["/", "/.proxy/"])("page, code, socket and requests come through below %s", async (path) => {
    const page = await fetch(`${discord}${path}?frame_id=1`);
    expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; /);
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    // Whose the page is, no cookie says: another site's page has nothing to send along.
    expect(page.headers.has("set-cookie")).toBe(false);
    // Every address in it is beside the page, so that it holds below any prefix.
    expect(await page.text()).not.toMatch(/(src|href)="(\/|https?:)/);
    for (const name of ["activity.js", "page.css", "visualWorker.js"])
      expect((await fetch(`${discord}${path}${name}`)).status).toBe(200);
    const answer = await enter(path);
    expect(answer.headers.has("set-cookie")).toBe(false);
    const { token } = (await answer.json()) as EntryAnswer;
    const socket = new WebSocket(`${discord!.replace("http", "ws")}${path}socket`, { origin: discord });
    const arrived: { readonly type: string }[] = [];
    socket.on("message", (data) => arrived.push(JSON.parse(String(data))));
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    socket.send(JSON.stringify({ type: "open", token }));
    socket.send(JSON.stringify({ type: "request", id: 1, request: { type: "wakeAt", scope: "me", time: "07:30" } }));
    await expect.poll(() => arrived).toContainEqual({ type: "answer", id: 1 });
    expect(arrived.map(({ type }) => type)).toEqual(expect.arrayContaining(["welcome", "state", "plans"]));
    socket.terminate();
  });

  test("what opens a page is in no log of the proxies", async () => {
    const authorised = authorise(emulator, ana);
    const answer = await enter("/", {}, { ...authorised, guild, channel: lounge });
    const { token, accessToken } = (await answer.json()) as EntryAnswer;
    const socket = new WebSocket(`${discord!.replace("http", "ws")}/socket`, { origin: discord });
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    socket.send(JSON.stringify({ type: "open", token }));
    await new Promise((resolve) => socket.once("message", resolve));
    socket.close();
    // It is written when the connection has ended.
    await expect.poll(() => nginx.logged()).toContain("GET /activity/socket");
    expect(nginx.logged()).toContain("POST /activity/token");
    for (const secret of [token, accessToken, authorised.code, authorised.verifier, emulator.clientSecret])
      expect(nginx.logged()).not.toContain(secret);
  });

  test("another origin is refused there as well, and nothing else of the bot can be reached", async () => {
    expect((await enter("/", { origin: "https://elsewhere.example" })).status).toBe(403);
    const status = await new Promise<number | undefined>((resolve) => {
      const socket = new WebSocket(`${discord!.replace("http", "ws")}/socket`, { origin: "https://elsewhere.example" });
      socket.on("error", () => {});
      socket.on("unexpected-response", (_request, { statusCode }) => resolve(statusCode));
    });
    expect(status).toBe(403);
    for (const path of ["/metrics", "/../metrics", "/..%2Fmetrics", "/.proxy/../../metrics"])
      expect((await fetch(`${discord}${path}`)).status).not.toBe(200);
    expect((await fetch(`${operator}/metrics`)).status).toBe(404);
  });

  test("who claims to come from somewhere else each time is held back all the same", async () => {
    await harness.clock.advance(minutes(1));
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, at) => enter("/", { "x-forwarded-for": `192.0.2.${at}` }, {})),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
  });
});
