import { entersState, joinVoiceChannel, VoiceConnectionStatus } from "@discordjs/voice";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FRAME_SAMPLES, SAMPLE_RATE } from "../../src/audio/format.ts";
import { createOpusEncoder } from "../../src/audio/opusEncoder.ts";
import { openPlainBot } from "../support/plainBot.ts";
import { trust } from "./voiceBot.ts";

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
  trust(plain.evening.certificateAuthority);
});
afterAll(() => plain.close());

const join = (channel: string) => {
  const { evening, client } = plain;
  const connection = joinVoiceChannel({
    guildId: evening.guild,
    channelId: evening.channel(channel).id,
    adapterCreator: client.guilds.cache.get(evening.guild)!.voiceAdapterCreator,
  });
  connection.on("error", () => {});
  return connection;
};

test("nobody can listen where nobody sits", async () => {
  const { evening } = plain;
  await expect(evening.listen(20)).rejects.toThrow(/bot sits in no voice channel/);
  await expect(evening.listen(20, { as: "ana" })).rejects.toThrow(/ana sits in no voice channel/);
  await expect(evening.listen(20, { channel: "lounge" })).rejects.toThrow(/Nobody sits there/);
});

test("the real @discordjs/voice joins, and a member hears what it plays, wherever both are moved", async () => {
  const { evening } = plain;
  const ana = await evening.member("ana").join("lounge");
  const connection = join("lounge");
  await entersState(connection, VoiceConnectionStatus.Ready, 10_000);
  await ana.listener()!.ready();
  const packets = tone();
  let sent = 0;
  const timer = setInterval(() => connection.playOpusPacket(packets[sent++ % packets.length]!), 20);
  try {
    const heard = await evening.listen(1_000);
    expect(heard.packets).toBeGreaterThan(20);
    expect(heard.counts.undecryptable).toBe(0);
    expect(Math.max(...heard.levels)).toBeGreaterThan(-25);
    const loudest = heard.spectrum.reduce((best, each) => (each.db > best.db ? each : best));
    expect(Math.abs(loudest.hertz - 504)).toBeLessThan(30);

    evening.faults.moveBot("loft");
    await ana.join("loft");
    await evening.until("the call has moved", () => connection.joinConfig.channelId === evening.channel("loft").id);
    await entersState(connection, VoiceConnectionStatus.Ready, 10_000);
    await ana.listener()!.ready();
    expect(Math.max(...(await evening.listen(1_000)).levels)).toBeGreaterThan(-25);

    await evening.faults.migrate();
    await evening.until("it is there", () => evening.voice.counts.identified >= 3);
    await entersState(connection, VoiceConnectionStatus.Ready, 10_000);
    await ana.listener()!.ready();
    expect(Math.max(...(await evening.listen(1_000)).levels)).toBeGreaterThan(-25);
  } finally {
    clearInterval(timer);
  }
  connection.destroy();
  await evening.until("it has left", () => evening.botChannel() === undefined);
});
