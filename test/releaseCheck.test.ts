import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hours } from "../src/kernel/units.ts";
import { isNewer, latestReleaseAddress, startReleaseCheck } from "../src/releaseCheck.ts";
import { fakeClock } from "./support/fakeClock.ts";

let data: string;
let server: Server;
let answer: string;
let asked: { url: string | undefined; agent: string | undefined }[];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "lull-release-"));
  [answer, asked] = ['{"tag_name":"v1.2.0"}', []];
  server = createServer((request, response) => {
    asked.push({ url: request.url, agent: request.headers["user-agent"] });
    response.statusCode = answer === "" ? 503 : 200;
    response.end(answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  server.close();
  await rm(data, { recursive: true, force: true });
});

const start = (clock = fakeClock()) => {
  const { port } = server.address() as AddressInfo;
  const address = latestReleaseAddress(`http://127.0.0.1:${port}/owner/lull.git`) ?? "";
  const told: string[] = [];
  const check = startReleaseCheck({ address, version: "1.0.0", data, clock, onNewer: (found) => told.push(found) });
  return { check, told, clock };
};

test("a newer release is told once, and asked for once a day, across restarts", async () => {
  const { check, told, clock } = start();
  await expect.poll(() => told).toEqual(["1.2.0"]);
  expect(check.newer()).toBe("1.2.0");
  expect(asked).toEqual([{ url: "/api/v1/repos/owner/lull/releases/latest", agent: "Lull/1.0.0" }]);
  check.close();
  const again = start(clock);
  await expect.poll(() => again.told).toEqual(["1.2.0"]);
  expect(asked).toHaveLength(1);
  answer = '{"tag_name":"v1.3.0"}';
  await clock.advance(hours(24));
  await expect.poll(() => again.check.newer()).toBe("1.3.0");
  expect(asked).toHaveLength(2);
  again.check.close();
});

test.each([
  ["", "a failure"],
  ["no JSON", "no answer"],
  ['{"tag_name":"v1.0.0"}', "the same version"],
])("%s is no news: %s", async (body) => {
  answer = body;
  const { check, told } = start();
  await expect.poll(() => asked).toHaveLength(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([]);
  check.close();
});

test("versions are compared by number, and a preview is none", () => {
  expect(isNewer("v1.10.0", "1.9.9")).toBe(true);
  expect(isNewer("2.0.0", "1.9.9")).toBe(true);
  expect(isNewer("1.0.0", "1.0.1")).toBe(false);
  expect(isNewer("v2.0.0-beta.1", "1.0.0")).toBe(false);
});

test("the address of the forge's API is found from the repository's", () => {
  expect(latestReleaseAddress("git+https://github.com/owner/lull.git")).toBe(
    "https://api.github.com/repos/owner/lull/releases/latest",
  );
  expect(latestReleaseAddress("https://codeberg.org/owner/lull")).toBe(
    "https://codeberg.org/api/v1/repos/owner/lull/releases/latest",
  );
  expect(latestReleaseAddress("somewhere")).toBeUndefined();
});

test("a Lull that nobody has published yet asks nobody", () => {
  expect(latestReleaseAddress("git+https://github.com/OWNER/lull.git")).toBeUndefined();
});
