import { registerHooks } from "node:module";
import { afterAll, expect, test } from "vitest";
import { startVoiceServer } from "../src/voice/voiceServer.ts";

// @discordjs/voice 0.19.2 crashes over XChaCha20 with sodium-native; without it, it takes @noble/ciphers.
const hooks = registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "sodium-native" && context.parentURL?.includes("@discordjs/voice"))
      throw Object.assign(new Error("Hidden from @discordjs/voice"), { code: "ERR_MODULE_NOT_FOUND" });
    return next(specifier, context);
  },
});
afterAll(() => hooks.deregister());

test("the bot is heard over XChaCha20-Poly1305 too", async () => {
  const { ana, createBot, guild, lounge, numberOf, record, trust, until } = await import("./support/voiceBot.ts");
  const server = await startVoiceServer();
  trust(server.certificateAuthority);
  server.faults.offerModes(["aead_xchacha20_poly1305_rtpsize"]);
  const listener = server.join(guild, lounge, ana);
  const heard = record(listener);
  const bot = createBot(server);
  bot.join();
  await bot.ready();
  await listener.ready();
  const playing = bot.play();
  await until("it is heard", () => heard.length >= 20);
  playing.stop();
  bot.leave();
  expect(heard.map(({ opus }) => opus && numberOf(opus))).toEqual(heard.map((_, number) => number));
  expect(server.violations).toEqual([]);
  await server.close();
});
