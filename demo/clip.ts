import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Output,
  WebMOutputFormat,
} from "mediabunny";
import { chromium } from "playwright-core";
import { findChromium } from "../packages/discord-emulator/test/support/chromium.ts";
import type { Packet } from "../src/audio/format.ts";
import { readStoredSound } from "../src/audio/storedSound.ts";
import { createStream } from "../src/engine/playback/stream.ts";
import { type EntryId, id, type SoundId } from "../src/kernel/ids.ts";
import { framesIn, seconds } from "../src/kernel/units.ts";
import { unpackChromium } from "../test/support/unpackChromium.ts";
import { renderSounds } from "./renderSounds.ts";

/**
 * Writes docs/images/lull-clip.webm (`npm run clip`). What is heard is what the bot would send to a voice channel,
 * packet by packet; the visual is drawn and encoded in Chromium, and fades to black with the sound.
 */
const FILE = resolve(import.meta.dirname, "../docs/images/lull-clip.webm");
const MOST_BYTES = 600_000;
const LENGTH = seconds(18);
const [FADE_IN, FADE_OUT] = [seconds(1.5), seconds(5)];
const MIX = [
  { id: "rain-window", gainDb: 0, place: "centre" },
  { id: "fire", gainDb: -2, place: "right" },
] as const;
const VIDEO = { visual: "rain-on-window", size: 400, rate: 12.5, bitrate: 80_000 };

/** The packets of the mix, from its first ramp to the end of the fade of a sleep timer. */
const mixPackets = async (): Promise<readonly Packet[]> => {
  const files = await renderSounds(
    MIX.map((layer) => layer.id),
    60,
  );
  const stream = createStream(() => {});
  const layers = MIX.map(({ id: name, gainDb, place }, index) => ({
    id: id<SoundId>(name),
    lease: { sound: readStoredSound(files[index]!.path), release: () => {} },
    gainDb,
    place,
  }));
  stream.play(id<EntryId>("clip"), layers, 0, FADE_IN);
  const packets: Packet[] = [];
  for (let frame = 0; frame < framesIn(LENGTH); frame++) {
    if (frame === framesIn(LENGTH - FADE_OUT)) stream.fadeOut(FADE_OUT);
    packets.push(stream.next() ?? packets.at(-1)!);
  }
  stream.close();
  return packets;
};

/** In and out with the sound. */
const brightnessAt = (time: number): number => Math.min(1, time / FADE_IN, (LENGTH - time) / FADE_OUT);

const videoPackets = async (): Promise<readonly EncodedPacket[]> => {
  const { outputFiles } = await build({
    entryPoints: [resolve(import.meta.dirname, "clipPage.ts")],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
  });
  await unpackChromium();
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("There is no Chromium here: set CHROMIUM_PATH.");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    // WebCodecs are there in secure contexts alone.
    await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
    await page.goto("http://localhost/");
    await page.evaluate(outputFiles[0]!.text);
    const frames = Math.round((LENGTH / 1_000) * VIDEO.rate);
    const brightness = Array.from({ length: frames }, (_, frame) => brightnessAt((frame * 1_000) / VIDEO.rate));
    const request = JSON.stringify({ ...VIDEO, frames, brightness });
    const encoded = (await page.evaluate(`encodeVideo(${request})`)) as { data: string; key: boolean }[];
    return encoded.map(
      ({ data, key }, index) =>
        new EncodedPacket(Buffer.from(data, "base64"), key ? "key" : "delta", index / VIDEO.rate, 1 / VIDEO.rate),
    );
  } finally {
    await browser.close();
  }
};

const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() });
const [video, audio] = [new EncodedVideoPacketSource("vp9"), new EncodedAudioPacketSource("opus")];
output.addVideoTrack(video, { frameRate: VIDEO.rate });
output.addAudioTrack(audio);
const [pictures, sound] = [await videoPackets(), await mixPackets()];
await output.start();
const { size } = VIDEO;
for (const packet of pictures)
  await video.add(packet, { decoderConfig: { codec: "vp09.00.21.08", codedWidth: size, codedHeight: size } });
for (const [index, packet] of sound.entries())
  await audio.add(new EncodedPacket(packet, "key", index * 0.02, 0.02), {
    decoderConfig: { codec: "opus", sampleRate: 48_000, numberOfChannels: 2 },
  });
await output.finalize();
const bytes = Buffer.from(output.target.buffer!);
if (bytes.length > MOST_BYTES) throw new Error(`The clip has ${bytes.length} bytes; ${MOST_BYTES} are the most`);
writeFileSync(FILE, bytes);
process.stdout.write(`docs/images/lull-clip.webm ${Math.round(bytes.length / 1_000)} kB, ${LENGTH / 1_000} s\n`);
