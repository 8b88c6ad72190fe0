import type { VoiceConnection } from "@discordjs/voice";
import { startVoiceServer } from "discord-emulator/voice";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  ana,
  createBot,
  guild,
  lounge,
  numberOf,
  pause,
  record,
  trust,
  until,
} from "../../packages/discord-emulator/test/support/voiceBot.ts";
import { createVoiceTransport } from "../../src/engine/connection/discordjsVoiceAdapter.ts";
import { isSupportedVersion } from "../../src/engine/connection/discordjsVoiceInternals.ts";
import { BATCH_SIZE, createOutbox, type Outbox } from "../../src/engine/connection/outbox.ts";
import { createSeal } from "../../src/engine/connection/seal.ts";
import type { VoiceTransport } from "../../src/engine/connection/voiceTransport.ts";

let server: Awaited<ReturnType<typeof startVoiceServer>>;
let bot: ReturnType<typeof createBot> | undefined;

beforeAll(async () => {
  server = await startVoiceServer();
  trust(server.certificateAuthority);
});
afterEach(async () => {
  bot?.leave();
  await until("the bot has gone", () => server.connection(guild) === undefined);
  expect(server.violations).toEqual([]);
});
afterAll(() => server.close());

/** An Opus packet that carries its number. */
const packet = (number: number): Uint8Array => {
  const bytes = Buffer.alloc(60, 0x5a);
  bytes[0] = 0xfc;
  bytes.writeUInt32BE(number, 1);
  return bytes;
};

/**
 * Sends fifty packets as the engine does.
 * @returns the numbers that a listener has decrypted, in order
 */
const heardOver = async (
  open: (connection: VoiceConnection, outbox: Outbox) => VoiceTransport,
): Promise<readonly number[]> => {
  bot = createBot(server);
  const listener = server.join(guild, lounge, ana);
  const heard = record(listener);
  const outbox = createOutbox(createSeal(BATCH_SIZE));
  const link = open(bot.join(), outbox);
  await bot.ready();
  await listener.ready();
  await until("the link says that it can be heard", () => link.state() === "ready");
  for (let number = 0; number < 50; number++) {
    expect(link.send(packet(number))).toBe(true);
    outbox.flush();
    await pause(5);
  }
  await until("fifty packets are heard", () => heard.length >= 50);
  listener.leave();
  expect(heard.every(({ unencrypted }) => !unencrypted)).toBe(true);
  return heard.map(({ opus }) => (opus ? numberOf(opus) : -1));
};
const fail = (error: unknown) => {
  throw error;
};
const inOrder = Array.from({ length: 50 }, (_, number) => number);

test("the voice library has the version whose internals are known; before raising it, look at discordjsVoiceAdapter.ts", () => {
  expect(isSupportedVersion()).toBe(true);
  expect(isSupportedVersion("0.20.0")).toBe(false);
});

test.each(["aead_aes256_gcm_rtpsize", "aead_xchacha20_poly1305_rtpsize"] as const)(
  "our own packets are heard over %s",
  async (mode) => {
    server.faults.offerModes([mode]);
    expect(await heardOver((connection, outbox) => createVoiceTransport(connection, outbox, fail))).toEqual(inOrder);
    server.faults.offerModes(["aead_aes256_gcm_rtpsize", "aead_xchacha20_poly1305_rtpsize"]);
  },
);

test("with another version of the library, its public calls work as well", async () => {
  expect(await heardOver((connection, outbox) => createVoiceTransport(connection, outbox, fail, false))).toEqual(
    inOrder,
  );
});
