import { registerAacEncoder } from "@mediabunny/aac-encoder";
import {
  AdtsOutputFormat,
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from "mediabunny";
import { createMp3Encoder, createOggEncoder } from "wasm-media-encoders";
import { createFrame, FRAME_SAMPLES, type Packet, type Pcm } from "../../src/audio/format.ts";
import { writeOggOpus } from "../../src/audio/oggOpus.ts";
import { createOpusEncoder } from "../../src/audio/opusEncoder.ts";
import { prng } from "../../src/kernel/random.ts";

/** Soft background noise, louder where `level(second)` says so; `level` 1 is about −21 LUFS. */
export const noise = (seconds: number, rate = 48_000, level: (second: number) => number = () => 1): Pcm => {
  const [random, length] = [prng(11), Math.round(seconds * rate)];
  const [left, right] = [new Float32Array(length), new Float32Array(length)];
  let [a, b] = [0, 0];
  for (let i = 0; i < length; i++) {
    a += 0.25 * (random() * 2 - 1 - a);
    b += 0.25 * (random() * 2 - 1 - b);
    left[i] = 0.3 * level(i / rate) * a;
    right[i] = 0.3 * level(i / rate) * b;
  }
  return { left, right };
};

const bounded = (sample: number) => Math.max(-1, Math.min(1, sample));

/** RIFF WAVE. @param change what to do to the header before it is written */
export const wav = (
  { left, right }: Pcm,
  {
    rate = 48_000,
    bits = 16,
    channels = 2,
    dataLength,
  }: { rate?: number; bits?: 16 | 24 | 32; channels?: number; dataLength?: number } = {},
): Buffer => {
  const size = (bits / 8) * channels;
  const file = Buffer.alloc(44 + left.length * size);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(bits === 32 ? 3 : 1, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE((rate * size) >>> 0, 28);
  file.writeUInt16LE(size & 0xffff, 32);
  file.writeUInt16LE(bits, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(dataLength ?? left.length * size, 40);
  for (let i = 0; i < left.length; i++)
    for (let channel = 0; channel < channels; channel++) {
      const at = 44 + i * size + channel * (bits / 8);
      const sample = (channel === 0 ? left : right)[i]!;
      if (bits === 32) file.writeFloatLE(sample, at);
      else file.writeIntLE(Math.round(bounded(sample) * (2 ** (bits - 1) - 1)), at, bits / 8);
    }
  return file;
};

/** AIFF of 16 bits at 44.1 kHz. */
export const aiff = ({ left, right }: Pcm): Buffer => {
  const sound = Buffer.alloc(left.length * 4);
  for (let i = 0; i < left.length; i++) {
    sound.writeInt16BE(Math.round(bounded(left[i]!) * 32_767), i * 4);
    sound.writeInt16BE(Math.round(bounded(right[i]!) * 32_767), i * 4 + 2);
  }
  const head = Buffer.alloc(54);
  head.write("FORM", 0, "latin1");
  head.writeUInt32BE(46 + sound.length, 4);
  head.write("AIFFCOMM", 8, "latin1");
  head.writeUInt32BE(18, 16);
  head.writeUInt16BE(2, 20);
  head.writeUInt32BE(left.length, 22);
  head.writeUInt16BE(16, 26);
  head.writeUInt16BE(16_383 + 15, 28);
  head.writeUInt32BE((44_100 << 16) >>> 0, 30);
  head.write("SSND", 38, "latin1");
  head.writeUInt32BE(8 + sound.length, 42);
  return Buffer.concat([head, sound]);
};

type EncodedRate = 44_100 | 48_000;

/** MP3 or Ogg Vorbis, by LAME and libvorbis. */
const encoded = async (
  { left, right }: Pcm,
  kind: "mp3" | "vorbis",
  sampleRate: EncodedRate,
  channels: 1 | 2,
): Promise<Buffer> => {
  const [mp3, ogg] = kind === "mp3" ? [await createMp3Encoder(), undefined] : [undefined, await createOggEncoder()];
  mp3?.configure({ sampleRate, channels, bitrate: 128 });
  ogg?.configure({ sampleRate, channels, vbrQuality: 3 });
  const encoder = (mp3 ?? ogg)!;
  const parts: Buffer[] = [];
  for (let at = 0; at < left.length; at += 4_096) {
    parts.push(
      Buffer.from(encoder.encode([left, right].slice(0, channels).map((side) => side.subarray(at, at + 4_096)))),
    );
  }
  parts.push(Buffer.from(encoder.finalize()));
  return Buffer.concat(parts);
};

export const mp3 = (sound: Pcm, rate: EncodedRate = 44_100, channels: 1 | 2 = 2) =>
  encoded(sound, "mp3", rate, channels);
export const vorbis = (sound: Pcm, rate: EncodedRate = 44_100) => encoded(sound, "vorbis", rate, 2);

const packetsOf = ({ left, right }: Pcm): Packet[] => {
  const [encoder, frame] = [createOpusEncoder(), createFrame()];
  return Array.from({ length: Math.floor(left.length / FRAME_SAMPLES) }, (_, index) => {
    frame.left.set(left.subarray(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES));
    frame.right.set(right.subarray(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES));
    return encoder.encode(frame);
  });
};

/** Ogg Opus, 48 kHz. */
export const opus = (sound: Pcm): Buffer => Buffer.concat([...writeOggOpus(packetsOf(sound), new Map(), 7)]);

/** WebM with Opus, as browsers record it. */
export const webm = async (sound: Pcm): Promise<Buffer> => {
  const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() });
  const source = new EncodedAudioPacketSource("opus");
  output.addAudioTrack(source);
  await output.start();
  const meta = { decoderConfig: { codec: "opus", sampleRate: 48_000, numberOfChannels: 2 } };
  for (const [index, packet] of packetsOf(sound).entries())
    await source.add(new EncodedPacket(packet, "key", index * 0.02, 0.02), meta);
  await output.finalize();
  return Buffer.from(output.target.buffer!);
};

/** Uncompressed samples in QuickTime or Matroska. */
export const pcmIn = async (sound: Pcm, kind: "mov" | "mkv", codec: "pcm-s16be" | "pcm-f32" | "ulaw" | "flac") => {
  const output = new Output({
    format: kind === "mov" ? new MovOutputFormat() : new MkvOutputFormat(),
    target: new BufferTarget(),
  });
  const source = new AudioSampleSource({ codec });
  output.addAudioTrack(source);
  await output.start();
  await source.add(interleaved(sound, 44_100, 2));
  await output.finalize();
  return Buffer.from(output.target.buffer!);
};

/** Encoded packets in Matroska. */
export const mkvOf = async (
  codec: "mp3" | "flac",
  packets: readonly Uint8Array[],
  frame: number,
  description?: Uint8Array,
) => {
  const output = new Output({ format: new MkvOutputFormat(), target: new BufferTarget() });
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = { codec, sampleRate: 44_100, numberOfChannels: 2, ...(description && { description }) };
  for (const [i, packet] of packets.entries())
    await source.add(new EncodedPacket(packet, "key", i * frame, frame), { decoderConfig });
  await output.finalize();
  return Buffer.from(output.target.buffer!);
};

/** Packets of AAC in MP4. @param description an AudioSpecificConfig */
export const m4aOf = async (packets: readonly Uint8Array[], sampleRate: number, description: Uint8Array) => {
  const output = new Output({ format: new Mp4OutputFormat(), target: new BufferTarget() });
  const source = new EncodedAudioPacketSource("aac");
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = { codec: "mp4a.40.2", sampleRate, numberOfChannels: 2, description };
  const frame = 1_024 / sampleRate;
  for (const [i, packet] of packets.entries())
    await source.add(new EncodedPacket(packet, "key", i * frame, frame), { decoderConfig });
  await output.finalize();
  return Buffer.from(output.target.buffer!);
};

const interleaved = ({ left, right }: Pcm, sampleRate: number, channels: 1 | 2): AudioSample => {
  const data = new Float32Array(left.length * channels);
  for (let i = 0; i < left.length; i++) data.set([left[i]!, right[i]!].slice(0, channels), i * channels);
  return new AudioSample({ data, format: "f32", numberOfChannels: channels, sampleRate, timestamp: 0 });
};

/** AAC in MP4 or ADTS. */
const aacIn = async (
  sound: Pcm,
  format: Mp4OutputFormat | AdtsOutputFormat,
  rate: number,
  channels: 1 | 2 = 2,
): Promise<Buffer> => {
  registerAacEncoder();
  const output = new Output({ format, target: new BufferTarget() });
  const source = new AudioSampleSource({ codec: "aac", bitrate: 128_000 });
  output.addAudioTrack(source);
  await output.start();
  const sample = interleaved(sound, rate, channels);
  await source.add(sample);
  sample.close();
  await output.finalize();
  return Buffer.from(output.target.buffer!);
};

export const m4a = (sound: Pcm, rate = 44_100, fastStart: false | "in-memory" | "fragmented" = "in-memory") =>
  aacIn(sound, new Mp4OutputFormat({ fastStart }), rate);
export const aac = (sound: Pcm, rate = 44_100, channels: 1 | 2 = 2) =>
  aacIn(sound, new AdtsOutputFormat(), rate, channels);

const crc8 = (bytes: Uint8Array): number =>
  bytes.reduce((crc, byte) => {
    let sum = crc ^ byte;
    for (let bit = 0; bit < 8; bit++) sum = ((sum << 1) ^ (sum & 0x80 ? 0x07 : 0)) & 0xff;
    return sum;
  }, 0);

const crc16 = (bytes: Uint8Array): number =>
  bytes.reduce((crc, byte) => {
    let sum = crc ^ (byte << 8);
    for (let bit = 0; bit < 8; bit++) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x8005 : 0)) & 0xffff;
    return sum;
  }, 0);

const BLOCK = 4_096;

/** `fLaC` and STREAMINFO, the last block. */
export const streamInfo = (rate: number): Buffer => {
  const info = Buffer.alloc(42);
  info.write("fLaC", 0, "latin1");
  info[4] = 0x80;
  info[7] = 34;
  info.writeUInt16BE(BLOCK, 8);
  info.writeUInt16BE(BLOCK, 10);
  info.writeUInt32BE(((rate << 12) | (1 << 9) | (15 << 4)) >>> 0, 18);
  return info;
};

/** A number as UTF-8 writes a code point. */
const coded = (number: number): readonly number[] => {
  const low = (shift: number) => 0x80 | ((number >> shift) & 0x3f);
  if (number < 0x80) return [number];
  if (number < 0x800) return [0xc0 | (number >> 6), low(0)];
  if (number < 0x10000) return [0xe0 | (number >> 12), low(6), low(0)];
  return [0xf0 | (number >> 18), low(12), low(6), low(0)];
};

/**
 * FLAC frames of one block size: as they are, or `constant` for the shortest silence there is (RFC
 * 9639, section 9).
 */
const flacFrame = (number: number, subframes: Uint8Array): Buffer => {
  const head = Buffer.from([0xff, 0xf8, 0xc9, 0x18, ...coded(number)]);
  const frame = Buffer.concat([head, Buffer.of(crc8(head)), subframes]);
  const sum = Buffer.alloc(2);
  sum.writeUInt16BE(crc16(frame));
  return Buffer.concat([frame, sum]);
};

/** The frames of `flac`. */
export const flacFrames = ({ left, right }: Pcm): readonly Buffer[] =>
  Array.from({ length: Math.floor(left.length / BLOCK) }, (_, number) => {
    const subframes = [left, right].map((side) => {
      const samples = Buffer.alloc(1 + BLOCK * 2);
      samples[0] = 0x02;
      for (let i = 0; i < BLOCK; i++)
        samples.writeInt16BE(Math.round(bounded(side[number * BLOCK + i]!) * 32_767), 1 + i * 2);
      return samples;
    });
    return flacFrame(number, Buffer.concat(subframes));
  });

/** FLAC of 16 bits at 44.1 kHz, without compression; what does not fill a block is left out. */
export const flac = (sound: Pcm): Buffer => Buffer.concat([streamInfo(44_100), ...flacFrames(sound)]);

/** Hours of silence in a few hundred kilobytes. */
export const flacSilence = (hours: number): Buffer => {
  const count = Math.ceil((hours * 3_600 * 44_100) / BLOCK);
  const subframes = Buffer.from([0, 0, 0, 0, 0, 0]);
  return Buffer.concat([
    streamInfo(44_100),
    ...Array.from({ length: count }, (_, number) => flacFrame(number, subframes)),
  ]);
};
