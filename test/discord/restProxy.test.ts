import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { proxyRequests } from "@discordjs/proxy";
import { REST } from "discord.js";
import { expect, test } from "vitest";
import { openEmulatedBot } from "./emulatedBot.ts";

test("behind @discordjs/proxy the bot logs in, answers members and posts panels, and every request goes through it", async () => {
  let forward: ReturnType<typeof proxyRequests> = () => {};
  const passed: string[] = [];
  const proxy = createServer((request, response) => {
    passed.push(`${request.method} ${request.url?.replaceAll(/\d{15,}/g, ":id")}`);
    void forward(request, response);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const bot = await openEmulatedBot(
    { restProxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/api` },
    {
      prepare: ({ apiBase }) => {
        // As its own documentation has it.
        forward = proxyRequests(new REST({ api: apiBase, rejectOnRateLimit: () => true, retries: 0 }));
      },
    },
  );
  const { emulator } = bot;
  const ana = await emulator.member("ana").join("lounge");
  expect((await ana.slash("play", { sound: "rain" })).text).toContain("Rain on Glass");
  await emulator.waitUntil("the panel is there", () => passed.includes("POST /api/v10/channels/:id/messages"));
  expect(passed).toContain("GET /api/v10/gateway/bot");
  expect(passed.filter((line) => /interactions\/.*\/callback/.test(line))).toHaveLength(1);
  expect(bot.lines).toEqual([]);
  await bot.close();
  proxy.closeAllConnections();
  proxy.close();
});
