import { entersState, joinVoiceChannel, VoiceConnectionStatus } from "@discordjs/voice";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FRAME_SAMPLES, SAMPLE_RATE } from "../src/shared/opus.ts";
import { createOpusEncoder } from "./support/opusEncoder.ts";
import { openPlainBot } from "./support/plainBot.ts";
import { trust } from "./support/voiceBot.ts";

/** A sine of 500 Hz at −20 dBFS, a second of it, as packets. */
const tone = () => {
  const encoder = createOpusEncoder();
  return Array.from({ length: 50 }, () => {
    const wave = Float32Array.from(
      { length: FRAME_SAMPLES },
      (_, i) => 0.1 * Math.SQRT2 * Math.sin((2 * Math.PI * 500 * i) / SAMPLE_RATE),
    );
    return Buffer.from(encoder.encode({ left: wave, right: wave }));
  });
};

let plain: Awaited<ReturnType<typeof openPlainBot>>;
beforeAll(async () => {
  plain = await openPlainBot();
  trust(plain.emulator.certificateAuthority);
});
afterAll(() => plain.close());

const join = (channel: string) => {
  const { emulator, client } = plain;
  const connection = joinVoiceChannel({
    guildId: emulator.guildId,
    channelId: emulator.channel(channel).id,
    adapterCreator: client.guilds.cache.get(emulator.guildId)!.voiceAdapterCreator,
  });
  connection.on("error", () => {});
  return connection;
};

test("nobody can listen where nobody sits", async () => {
  const { emulator } = plain;
  await expect(emulator.listen(20)).rejects.toThrow(/bot is in no voice channel/);
  await expect(emulator.listen(20, { as: "ana" })).rejects.toThrow(/ana is in no voice channel/);
  await expect(emulator.listen(20, { channel: "lounge" })).rejects.toThrow(/Nobody is there/);
});

test("the real @discordjs/voice joins, and a member hears what it plays, wherever both are moved", async () => {
  const { emulator } = plain;
  const ana = await emulator.member("ana").join("lounge");
  const connection = join("lounge");
  await entersState(connection, VoiceConnectionStatus.Ready, 10_000);
  await ana.listener()!.ready();
  const packets = tone();
  let sent = 0;
  const timer = setInterval(() => connection.playOpusPacket(packets[sent++ % packets.length]!), 20);
  try {
    const heard = await emulator.listen(1_000);
    expect(heard.packets).toBeGreaterThan(20);
    expect(heard.statistics.undecryptable).toBe(0);
    expect(Math.max(...heard.levels)).toBeGreaterThan(-25);
    const loudest = heard.spectrum.reduce((best, each) => (each.db > best.db ? each : best));
    expect(Math.abs(loudest.hertz - 504)).toBeLessThan(30);

    emulator.faults.moveBot("loft");
    await ana.join("loft");
    await emulator.waitUntil(
      "the call has moved",
      () => connection.joinConfig.channelId === emulator.channel("loft").id,
    );
    await entersState(connection, VoiceConnectionStatus.Ready, 10_000);
    await ana.listener()!.ready();
    expect(Math.max(...(await emulator.listen(1_000)).levels)).toBeGreaterThan(-25);

    await emulator.faults.changeVoiceServer();
    await emulator.waitUntil("it is there", () => emulator.voice.statistics.identified >= 3);
    await entersState(connection, VoiceConnectionStatus.Ready, 10_000);
    await ana.listener()!.ready();
    expect(Math.max(...(await emulator.listen(1_000)).levels)).toBeGreaterThan(-25);
  } finally {
    clearInterval(timer);
  }
  connection.destroy();
  await emulator.waitUntil("it has left", () => emulator.botChannel() === undefined);
});
