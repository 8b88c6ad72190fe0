import { message } from "../../i18n/message.ts";
import { damagedFile, unfitFile } from "../refusals.ts";
import type { PcmChunks } from "./pcmChunk.ts";
import { type PcmFormat, readSamples } from "./pcmSamples.ts";

/** Encodings of Sun's audio format, and the bits of each. */
const ENCODINGS: Readonly<Record<number, Pick<PcmFormat, "encoding" | "bits">>> = {
  1: { encoding: "mu-law", bits: 8 },
  2: { encoding: "signed", bits: 8 },
  3: { encoding: "signed", bits: 16 },
  4: { encoding: "signed", bits: 24 },
  5: { encoding: "signed", bits: 32 },
  6: { encoding: "float", bits: 32 },
  7: { encoding: "float", bits: 64 },
  27: { encoding: "a-law", bits: 8 },
};

/** Sun AU. Its length is not read: the sound goes to the end of the file. @throws UserError */
export const readAu = (bytes: Uint8Array): PcmChunks => {
  if (bytes.length < 24) throw damagedFile(message("import.reasonOpusHeadCutOff"));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [from, code] = [view.getUint32(4), view.getUint32(12)];
  const encoding = ENCODINGS[code];
  if (encoding === undefined)
    throw unfitFile(message("import.reasonContainerHolds", { container: "AU", codec: `encoding ${code}` }));
  const [rate, channels] = [view.getUint32(16), view.getUint32(20)];
  return readSamples(bytes.subarray(from), { rate, channels, littleEndian: false, ...encoding });
};
