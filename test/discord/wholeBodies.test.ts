import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { Worker } from "node:worker_threads";
import { REST } from "discord.js";
import { expect, onTestFinished, test } from "vitest";
import { sendWholeBodies } from "../../src/discord/wholeBodies.ts";

const openServer = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
};

test("a server that answers before it has read a picture causes no error that nobody catches", async () => {
  let answered = 0;
  const api = await openServer((request, response) => {
    request.resume();
    answered += 1;
    response.setHeader("content-type", "application/json");
    response.end("{}");
  });
  const sender = new Worker(new URL("./pictureSender.ts", import.meta.url), { workerData: api });
  // Rejects with what the thread did not catch.
  const [sent] = await once(sender, "message");
  expect(answered).toBe(sent);
});

test("a message and its picture arrive as they are", async () => {
  const received = Promise.withResolvers<FormData>();
  const api = await openServer(async (request, response) => {
    const { "content-type": type = "" } = request.headers;
    const body = new Uint8Array(await buffer(request));
    received.resolve(await new Response(body, { headers: { "content-type": type } }).formData());
    response.writeHead(204).end();
  });
  const rest = new REST({ api, makeRequest: sendWholeBodies() }).setToken("whole.bodies.token");
  const picture = Buffer.alloc(4_500, 7);
  await rest.post("/channels/1/messages", {
    body: { content: "Rain" },
    files: [{ name: "night.png", data: picture }],
  });
  const form = await received.promise;
  expect(JSON.parse(String(form.get("payload_json")))).toMatchObject({ content: "Rain" });
  const file = form.get("files[0]") as File;
  expect(file.name).toBe("night.png");
  expect(picture.equals(new Uint8Array(await file.arrayBuffer()))).toBe(true);
});
