import { message } from "../../i18n/message.ts";
import { damagedFile, unfitFile } from "../refusals.ts";

/** A stretch of decoded sound, at the file's own rate; `right` is `left` where the file is mono. */
export interface PcmChunk {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly rate: number;
}

/** Sound as it is decoded, a few seconds at a time, so that no file decides how much memory it takes. */
export type PcmChunks = AsyncIterable<PcmChunk>;

const RATES = new Set([
  8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200, 96_000, 176_400, 192_000,
]);

/** @throws UserError for what nobody records with */
export const checkFormat = (rate: number, channels: number): void => {
  if (channels < 1 || channels > 2) throw unfitFile(message("import.reasonChannelCount", { count: channels }));
  if (!RATES.has(rate)) throw unfitFile(message("import.reasonSampleRate", { rate }));
};

/** What the decoders hand out. */
interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
}

/** Makes pieces of what a decoder hands out, and refuses a file that changes its format on the way. */
export const createChunker = () => {
  let format: string | undefined;
  return ({ channelData, samplesDecoded, sampleRate }: Decoded): PcmChunk | undefined => {
    const [left, right = left] = channelData;
    if (samplesDecoded === 0 || left === undefined || right === undefined || left.length === 0) return undefined;
    checkFormat(sampleRate, channelData.length);
    const own = `${sampleRate} Hz, ${channelData.length}`;
    if (format !== undefined && format !== own) throw damagedFile(message("import.reasonFormatChanges"));
    format = own;
    return { left, right, rate: sampleRate };
  };
};
