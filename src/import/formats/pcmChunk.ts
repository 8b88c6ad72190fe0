import { message } from "../../i18n/message.ts";
import { damagedFile, unfitChannels, unfitRate } from "../refusals.ts";

/** A stretch of decoded sound at the file's own rate; `right` is `left` where the file is mono. */
export interface PcmChunk {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** In Hz. */
  readonly rate: number;
}

/** Decoded sound, a few seconds at a time, so that no file decides how much memory it takes. */
export type PcmChunks = AsyncIterable<PcmChunk>;

/** In Hz: from what telephones send to four times what studios record. */
const [LOWEST_RATE, HIGHEST_RATE] = [2_000, 400_000];

/** @throws UserError for more than two channels, and for rates that nobody records at */
export const checkFormat = (rate: number, channels: number): void => {
  if (channels < 1 || channels > 2) throw unfitChannels(channels);
  if (!(rate >= LOWEST_RATE && rate <= HIGHEST_RATE)) throw unfitRate(rate);
};

/** What the decoders return. */
export interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
}

/**
 * Creates a function that turns what one decoder returns into chunks; it refuses a change of
 * format.
 */
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
