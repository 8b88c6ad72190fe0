import { CHANNELS, type Pcm, SAMPLE_RATE } from "../audio/format.ts";

/** A RIFF WAVE file of 32-bit floats, to listen to or open in an editor. */
export const wavOf = ({ left, right }: Pcm): Uint8Array => {
  const bytes = left.length * CHANNELS * 4;
  const file = Buffer.alloc(44 + bytes);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(36 + bytes, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(3, 20); // IEEE float
  file.writeUInt16LE(CHANNELS, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * CHANNELS * 4, 28);
  file.writeUInt16LE(CHANNELS * 4, 32);
  file.writeUInt16LE(32, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(bytes, 40);
  for (let i = 0; i < left.length; i++) {
    file.writeFloatLE(left[i]!, 44 + i * 8);
    file.writeFloatLE(right[i]!, 48 + i * 8);
  }
  return file;
};
