import type { EncodedPacket } from "mediabunny";
import { message, named } from "../../i18n/message.ts";
import { damagedFile, unfitFile } from "../refusals.ts";
import { aacFormat, asAdts, decodeAac } from "./aac.ts";
import { checkEbml } from "./ebml.ts";
import { decodeFlac } from "./flac.ts";
import { decodeMpeg } from "./mp3.ts";
import { checkMp4 } from "./mp4Boxes.ts";
import { decodeOpus } from "./opusFile.ts";
import { checkFormat, type PcmChunks } from "./pcmChunk.ts";
import { type PcmFormat, readSamples } from "./pcmSamples.ts";
import { decodeVorbis } from "./vorbis.ts";

/** Sound in containers that no kept decoder reads, by what people call it. */
const OTHER_CODECS: Readonly<Record<string, string>> = {
  alac: "Apple Lossless (ALAC)",
  samr: "AMR",
  sawb: "AMR",
  "ac-3": "Dolby Digital (AC-3)",
  "ec-3": "Dolby Digital Plus",
  ac3: "Dolby Digital (AC-3)",
  eac3: "Dolby Digital Plus",
  dts: "DTS",
};

/**
 * The three headers of Vorbis as Matroska keeps them: a count, two lengths in bytes of 255, and the
 * packets.
 */
const vorbisHeaders = (config: Uint8Array): { readonly identification: Uint8Array; readonly setup: Uint8Array } => {
  if (config[0] !== 2) throw damagedFile(message("import.reasonVorbisHeadersMissing"));
  let at = 1;
  const length = (): number => {
    let sum = 0;
    for (;;) {
      const byte = config[at++] ?? 0;
      sum += byte;
      if (byte < 255) return sum;
    }
  };
  const [first, second] = [length(), length()];
  if (at + first + second >= config.length) throw damagedFile(message("import.reasonVorbisHeadersCutOff"));
  return { identification: config.subarray(at, at + first), setup: config.subarray(at + first + second) };
};

/** `pcm-s16be` and the like, as mediabunny names them. */
const pcmFormat = (codec: string, rate: number, channels: number): PcmFormat | undefined => {
  const base = { rate, channels, littleEndian: !codec.endsWith("be") };
  if (codec === "ulaw" || codec === "alaw")
    return { ...base, bits: 8, encoding: codec === "ulaw" ? "mu-law" : "a-law" };
  const [, kind, bits] = /^pcm-([suf])(8|16|24|32|64)(be)?$/.exec(codec) ?? [];
  const encoding = kind === "s" ? "signed" : kind === "u" ? "unsigned" : "float";
  return kind === undefined ? undefined : { ...base, bits: Number(bits), encoding };
};

const packetsOf = async function* (packets: AsyncGenerator<EncodedPacket, void>): AsyncGenerator<Uint8Array> {
  let any = false;
  for (;;) {
    let data: Uint8Array;
    try {
      const { done, value } = await packets.next();
      if (done) return;
      data = value.data;
    } catch (error) {
      // A file that was cut off plays to where it was.
      if (any) return;
      throw error;
    }
    any = true;
    yield data;
  }
};

async function* adtsOf(packets: AsyncIterable<Uint8Array>, config: Uint8Array): AsyncGenerator<Uint8Array> {
  const format = aacFormat(config);
  for await (const packet of packets) yield asAdts(packet, format);
}

const bytesOf = (config: AllowSharedBufferSource | undefined): Uint8Array => {
  if (config === undefined) return new Uint8Array();
  return config instanceof ArrayBuffer || config instanceof SharedArrayBuffer
    ? new Uint8Array(config)
    : new Uint8Array(config.buffer, config.byteOffset, config.byteLength);
};

/** The first sound track of a file. Lengths and times that it claims are never read. */
async function* decodeTrack(bytes: Uint8Array): PcmChunks & AsyncGenerator {
  const { BufferSource, EncodedPacketSink, Input, MATROSKA, MP4, QTFF, WEBM } = await import("mediabunny");
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4, QTFF, WEBM, MATROSKA] });
  const track = await input.getPrimaryAudioTrack();
  if (track === null) throw unfitFile(message("audio.opusEmpty"));
  const codec = (await track.getCodec()) ?? undefined;
  if (codec === undefined || codec in OTHER_CODECS) {
    const name = codec ?? String(await track.getInternalCodecId()).trim();
    throw unfitFile(message("import.reasonCodecUnsupported", { codec: OTHER_CODECS[name] ?? named(name) }));
  }
  const [rate, channels] = [await track.getSampleRate(), await track.getNumberOfChannels()];
  if (codec !== "aac") checkFormat(rate, channels);
  const config = bytesOf((await track.getDecoderConfig())?.description);
  const packets = packetsOf(new EncodedPacketSink(track).packets());
  const pcm = pcmFormat(codec, rate, channels);
  if (pcm !== undefined) for await (const packet of packets) yield* readSamples(packet, pcm);
  else if (codec === "aac") yield* decodeAac(adtsOf(packets, config));
  else if (codec === "opus") yield* decodeOpus(packets, channels);
  else if (codec === "vorbis") yield* decodeVorbis(vorbisHeaders(config), packets);
  else if (codec === "flac") yield* decodeFlac(config, packets);
  else if (codec === "mp3") yield* decodeMpeg(packets);
  else throw unfitFile(message("import.reasonCodecUnsupported", { codec }));
  input.dispose();
}

/** MP4 and QuickTime, under any of their names. @throws UserError when it is not whole */
export const readMp4 = (bytes: Uint8Array): PcmChunks => {
  checkMp4(bytes);
  return decodeTrack(bytes);
};

/** WebM and Matroska. @throws UserError when it is not whole */
export const readWebm = (bytes: Uint8Array): PcmChunks => {
  checkEbml(bytes);
  return decodeTrack(bytes);
};
