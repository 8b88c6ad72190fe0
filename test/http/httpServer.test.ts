import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveHealth } from "../../src/http/health.ts";
import { type HttpServer, openHttpServer, sendText } from "../../src/http/httpServer.ts";
import { silentLog } from "../../src/kernel/log.ts";

let http: HttpServer;
const errors: string[] = [];
const log = { ...silentLog, error: (message: string) => void errors.push(message) };

beforeAll(async () => {
  http = await openHttpServer({ host: "127.0.0.1", port: 0 }, log);
  http.route("GET", "/exact", (_request, response) => sendText(response, 200, "exact"));
  http.route("GET", "/app/", (_request, response, url) => sendText(response, 200, `app ${url.pathname}`));
  http.route("POST", "/app/api/", (_request, response) => sendText(response, 200, "api"));
  http.route("GET", "/broken", () => {
    throw new Error("no");
  });
});
afterAll(() => http.close());

const ask = async (path: string, method = "GET") => {
  const response = await fetch(`${http.address}${path}`, { method });
  return { status: response.status, text: await response.text(), allow: response.headers.get("Allow") };
};

test.each([
  ["GET", "/exact?now", 200, "exact"],
  ["HEAD", "/exact", 200, ""],
  ["GET", "/exact/below", 404, "Not found\n"],
  ["GET", "/app/", 200, "app /app/"],
  ["GET", "/app/page.html", 200, "app /app/page.html"],
  ["POST", "/app/api/join", 200, "api"],
  ["GET", "/app/api/join", 405, "Method not allowed\n"],
  ["DELETE", "/exact", 405, "Method not allowed\n"],
  ["GET", "/", 404, "Not found\n"],
])("%s %s is answered with %i", async (method, path, status, text) => {
  expect(await ask(path, method)).toMatchObject({ status, text });
});

test("405 names what is allowed", async () => {
  expect((await ask("/app/api/join")).allow).toBe("POST");
});

test("a handler that throws is logged, and answered without what it threw", async () => {
  expect(await ask("/broken")).toMatchObject({ status: 500, text: "Internal error\n" });
  expect(errors).toEqual(["A request to LULL_HTTP failed"]);
});

test("/readyz names what fails, and each part fails until it can be asked", async () => {
  const health = serveHealth(http, ["gateway", "engine"], silentLog);
  let isConnected = true;
  health.require("gateway", () => isConnected);
  const readiness = async () => {
    const { status, text } = await ask("/readyz");
    return [status, JSON.parse(text)];
  };
  const checks = { gateway: true, engine: false };
  expect(await readiness()).toEqual([503, { ready: false, failing: ["engine"], checks }]);
  health.require("engine", async () => true);
  expect(await readiness()).toEqual([200, { ready: true, failing: [], checks: { gateway: true, engine: true } }]);
  isConnected = false;
  expect((await readiness())[1]).toMatchObject({ ready: false, failing: ["gateway"] });
  health.require("engine", () => Promise.reject(new Error("no")));
  expect((await readiness())[1]).toMatchObject({ failing: ["gateway", "engine"] });
  expect(await ask("/livez")).toMatchObject({ status: 200, text: "alive\n" });
});

test("a port that is taken, and an address of another machine, are refused with advice", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  await expect(openHttpServer({ host: "127.0.0.1", port }, silentLog)).rejects.toThrow(
    `LULL_HTTP: port ${port} of 127.0.0.1 is taken by another program. Choose another port, or leave it empty.`,
  );
  other.close();
  await expect(openHttpServer({ host: "192.0.2.1", port: 0 }, silentLog)).rejects.toThrow(
    "LULL_HTTP: 192.0.2.1 is not an address of this machine.",
  );
});
