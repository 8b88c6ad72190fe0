import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeStoredSound } from "../../src/audio/storedSound.ts";
import { findNetworkIsolation, startSandboxed } from "../../src/kernel/childProcess.ts";
import { forkChild } from "../../src/kernel/forkChild.ts";
import { type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { openFileWorker } from "../../src/render/fileWorker.ts";

const by = { guild: id<GuildId>("1"), user: id<UserId>("2") };
const DENIED = "ERR_ACCESS_DENIED";
const fixture = new URL("./fixtures/doors.ts", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "lull-doors-"));
const source = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const server = createServer((_, response) => response.end("reached"));
const isolation = await findNetworkIsolation();

beforeAll(async () => {
  process.env.DISCORD_TOKEN = "secret";
  writeFileSync(join(folder, ".env"), "DISCORD_TOKEN=secret");
  writeFileSync(join(folder, "lull.sqlite"), "SQLite format 3");
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterAll(() => {
  delete process.env.DISCORD_TOKEN;
  server.closeAllConnections();
  server.close();
});

/** What came of each door, for a process as imports have it, and for a thread of that process. */
const tryDoors = async () => {
  const child = startSandboxed(fixture, {
    sandbox: { read: [fileURLToPath(fixture)], worker: true, isolation },
    patience: 20_000,
  });
  const { promise, resolve } = Promise.withResolvers<unknown>();
  child.onMessage(resolve);
  void child.ended.then(resolve);
  child.send({
    environmentFile: join(folder, ".env"),
    database: join(folder, "lull.sqlite"),
    source,
    port: (server.address() as AddressInfo).port,
    parent: process.pid,
  });
  const outcome = await promise;
  child.kill();
  return outcome;
};

const FILES_AND_PROCESSES = {
  "read .env": DENIED,
  "see whether .env is there": DENIED,
  "read the environment of the parent": DENIED,
  "read the memory of the parent": DENIED,
  "read the database": DENIED,
  "write into the database": DENIED,
  "list a folder": DENIED,
  "write into src": DENIED,
  "write a new file": DENIED,
  "make a link": DENIED,
  "start a program": DENIED,
  "start a process of Node's": DENIED,
  "load native code": expect.stringMatching(/^ERR_(DLOPEN_DISABLED|ACCESS_DENIED)$/),
  "find a secret in its own environment": "nothing there",
};

test("code in a decoder's process finds every door to files, processes and secrets shut", async () => {
  const before = readFileSync(source, "utf8");
  const doors = expect.objectContaining(FILES_AND_PROCESSES);
  expect(await tryDoors()).toEqual({ main: doors, worker: doors });
  expect(readFileSync(source, "utf8")).toBe(before);
});

// Where the system has no namespaces for everybody, docs/security.md says what stands instead.
test.skipIf(isolation.length === 0)("and none to the network", async () => {
  const shut = expect.stringMatching(/^(ENETUNREACH|EAI_AGAIN|ECONNREFUSED|EAI_FAIL|ENOTFOUND|EHOSTUNREACH)$/);
  const doors = expect.objectContaining({ "open a socket": shut, "ask over HTTP": shut, "look a name up": shut });
  expect(await tryDoors()).toEqual({ main: doors, worker: doors });
});

test("samples and pictures are made in such a process", async () => {
  const path = join(folder, "sound.opus");
  const packets = Array.from({ length: 200 }, () => Uint8Array.of(0xfc, 0xff, 0xfe));
  const stored = { packets, keyframeInterval: 50, title: "Rain", licence: "CC0-1.0", loudness: -30 };
  writeFileSync(path, Buffer.concat([...writeStoredSound(stored, 1)]));
  const script = (name: string) => new URL(`../../src/${name}`, import.meta.url);
  const sample = openFileWorker(script("render/sampleProcess.ts"), { kept: 1 });
  const picture = openFileWorker(script("pictures/pictureProcess.ts"), { kept: 1, addons: true });
  expect(Buffer.from(await sample(path, by)).toString("latin1", 0, 4)).toBe("OggS");
  expect(Buffer.from(await picture(path, by)).toString("latin1")).toMatch(/^(\x89PNG|RIFF....WEBP)/s);
});

test("no child of the bot has its token in the environment", async () => {
  const fixture = new URL("./fixtures/environment.ts", import.meta.url);
  const child = forkChild(fixture, { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });
  const names = await new Promise<string[]>((resolve) =>
    child.once("message", (message) => resolve(message as string[])),
  );
  expect(names).toContain("PATH");
  expect(names).not.toContain("DISCORD_TOKEN");
});

test("a process that cannot be started is an answer, and no crash", async () => {
  const worker = startSandboxed(new URL("./fixtures/nothing.ts", import.meta.url), {
    sandbox: { isolation: ["/nonexistent/program"] },
  });
  worker.send("anything");
  worker.kill();
  expect((await worker.ended).error).toMatchObject({ code: "ENOENT" });
});
