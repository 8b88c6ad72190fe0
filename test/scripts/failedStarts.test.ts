import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { startsIn } from "../../scripts/check-failed-starts.mjs";

const root = resolve(import.meta.dirname, "../..");
const troubles = (text: string, path = "src/some/file.ts") => startsIn(path, text).map(({ trouble }) => trouble);

const IMPORTS = `
import { fork, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { createReadStream } from "node:fs";
import { request, request as requestPlain } from "node:http";
import { Worker } from "node:worker_threads";
import { forkChild } from "../kernel/forkChild.ts";
import { startThread } from "../kernel/startThread.ts";
`;

test.each([
  ["const child = forkChild(url, {});", /nobody hears/],
  ["createSocket('udp4').on('message', hear);", /nobody hears/],
  ["const thread = startThread(url); thread.on('exit', end);", /nobody hears/],
  ["const one = () => createSocket('udp4'); other.on('error', hear);", /nobody hears/],
  [
    "const start = () => { const thread = startThread(url); }; const thread = 1; thread.on('error', hear);",
    /nobody hears/,
  ],
  ["request(url, opened).end();", /nobody hears/],
  ["const ask = isSafe ? request : requestPlain; ask(url);", /nobody hears/],
  ["for (const part of createReadStream(path)) read(part);", /nobody hears/],
  ["read(createReadStream(path));", /nobody hears/],
  ["open(request);", /handed on/],
  ["const thread = new Worker(url); thread.on('error', hear);", /use startThread/],
  ["const child = fork(url); child.on('error', hear);", /use forkChild/],
  ["const child = spawn('true'); child.on('error', hear);", /catch that/],
])("this fails: %s", (text, trouble) => {
  expect(troubles(IMPORTS + text)).toEqual([expect.stringMatching(trouble)]);
});

test.each([
  "const child = forkChild(url, {}); child.on('error', hear);",
  "let socket; const open = () => { socket = createSocket('udp4'); socket.once('error', hear); };",
  "request(url, opened).setTimeout(1).on('error', hear).end();",
  "const ask = isSafe ? request : requestPlain; ask(url).on('error', hear);",
  "for await (const part of createReadStream(path)) read(part);",
  "await pipeline(createReadStream(path), to);",
  "const watch = (child, limit) => { child.on('error', hear); }; const child = forkChild(url, {}); watch(child, 1);",
  "try { spawn('true').on('error', hear); } catch { hear(); }",
])("this passes: %s", (text) => {
  expect(troubles(IMPORTS + text)).toEqual([undefined]);
});

test("a whole module that makes such things is not imported under one name", () => {
  expect(troubles('import net from "node:net";')).toEqual([expect.stringMatching(/by its name/)]);
  expect(troubles('import * as workers from "node:worker_threads";')).toEqual([expect.stringMatching(/by its name/)]);
  expect(troubles('import type { Worker } from "node:worker_threads"; let one: Worker;')).toEqual([]);
});

test("what is in src is found, and each has somebody who hears its error", () => {
  const all = globSync("src/**/*.ts", { cwd: root }).flatMap((path) =>
    startsIn(path, readFileSync(join(root, path), "utf8")),
  );
  expect(all.filter(({ trouble }) => trouble !== undefined)).toEqual([]);
  const kinds = ["forkChild", "startThread", "spawn", "createSocket", "createServer", "request", "createReadStream"];
  expect(all.map(({ what }) => what)).toEqual(expect.arrayContaining(kinds));
});
