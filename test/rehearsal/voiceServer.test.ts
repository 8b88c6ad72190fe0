import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startVoiceServer } from "../../src/rehearsal/voice/voiceServer.ts";
import { ana, createBot, guild, lounge, numberOf, record, trust, until } from "./voiceBot.ts";

let server: Awaited<ReturnType<typeof startVoiceServer>>;
let rehearsed: ReturnType<typeof createBot>;

beforeAll(async () => {
  server = await startVoiceServer();
  trust(server.certificateAuthority);
});
afterEach(async () => {
  rehearsed.leave();
  await until("the bot has gone", () => server.connection(guild) === undefined);
});
afterAll(() => server.close());

test("a listener hears what the bot plays, end-to-end encrypted", async () => {
  const listener = server.enter(guild, lounge, ana);
  const heard = record(listener);
  rehearsed = createBot(server);
  rehearsed.join();
  await rehearsed.ready();
  await listener.ready();
  const playing = rehearsed.play();
  await until("fifty packets are heard", () => heard.length >= 50);
  playing.stop();
  expect(heard.map(({ opus }) => opus && numberOf(opus))).toEqual(heard.map((_, number) => number));
  listener.leave();
});
