import { OggVorbisDecoder } from "@wasm-audio-decoders/ogg-vorbis";
import { BufferSource, EncodedPacketSink, Input, MATROSKA, MP4, QTFF, WEBM } from "mediabunny";
import { writeOggPages } from "../../audio/ogg.ts";
import { message } from "../../i18n/message.ts";
import { damagedFile, unfitFile } from "../refusals.ts";
import { aacFormat, asAdts, decodeAac } from "./aac.ts";
import { checkEbml } from "./ebml.ts";
import { decodeOpus } from "./opusFile.ts";
import { checkFormat, createChunker, type PcmChunks } from "./pcmChunk.ts";

/** The three headers of Vorbis as Matroska keeps them: a count, two lengths in bytes of 255, and the packets. */
const vorbisHeaders = (config: Uint8Array): readonly Uint8Array[] => {
  if (config[0] !== 2) throw damagedFile(message("import.reasonVorbisHeadersMissing"));
  let at = 1;
  const lengths = [0, 0].map(() => {
    let length = 0;
    while (config[at] === 255) length += config[at++]!;
    return length + (config[at++] ?? 0);
  });
  const [first = 0, second = 0] = lengths;
  const cuts = [at, at + first, at + first + second, config.length];
  if (cuts[2]! >= config.length) throw damagedFile(message("import.reasonVorbisHeadersCutOff"));
  return [0, 1, 2].map((index) => config.subarray(cuts[index], cuts[index + 1]));
};

async function* decodeVorbis(packets: AsyncIterable<Uint8Array>, config: Uint8Array): PcmChunks & AsyncGenerator {
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  const pieceOf = createChunker();
  const headers = vorbisHeaders(config);
  // The decoder reads Ogg; positions serve only to cut the end, which must not happen.
  const pages: { packet: Uint8Array; granule: number; endsPage: boolean }[] = headers.map((packet, index) => ({
    packet,
    granule: 0,
    endsPage: index !== 1,
  }));
  for await (const packet of packets) pages.push({ packet, granule: Number.MAX_SAFE_INTEGER, endsPage: true });
  for (const page of writeOggPages(pages, 1)) {
    const piece = pieceOf(await decoder.decode(page));
    if (piece !== undefined) yield piece;
  }
  decoder.free();
}

async function* packetsOf(sink: EncodedPacketSink): AsyncGenerator<Uint8Array> {
  for await (const packet of sink.packets()) yield packet.data;
}

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

/** The first sound track of an MP4 or WebM file: AAC, Opus or Vorbis. Lengths and times that the file claims are never read. */
async function* decodeTrack(bytes: Uint8Array): PcmChunks & AsyncGenerator {
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4, QTFF, WEBM, MATROSKA] });
  const track = await input.getPrimaryAudioTrack();
  if (track === null) throw unfitFile(message("audio.opusEmpty"));
  const codec = await track.getCodec();
  const [rate, channels] = [await track.getSampleRate(), await track.getNumberOfChannels()];
  if (codec !== "aac") checkFormat(rate, channels);
  const config = bytesOf((await track.getDecoderConfig())?.description);
  const packets = packetsOf(new EncodedPacketSink(track));
  if (codec === "aac") yield* decodeAac(adtsOf(packets, config));
  else if (codec === "opus") yield* decodeOpus(packets, channels);
  else if (codec === "vorbis") yield* decodeVorbis(packets, config);
  else
    throw unfitFile(
      codec === null ? message("import.reasonCodecUnknown") : message("import.reasonCodecUnsupported", { codec }),
    );
  input.dispose();
}

export const readMp4 = (bytes: Uint8Array): PcmChunks => decodeTrack(bytes);

/** @throws UserError when it is not whole */
export const readWebm = (bytes: Uint8Array): PcmChunks => {
  checkEbml(bytes);
  return decodeTrack(bytes);
};
