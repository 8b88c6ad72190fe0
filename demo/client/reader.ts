import { OpusDecoder } from "opus-decoder";
import { FRAME_SAMPLES } from "../../src/audio/format.ts";
import type { StoredSound } from "../../src/audio/storedSound.ts";
import type { SoundReader, SoundReaderPool } from "../../src/engine/playback/soundReader.ts";
import type { Frames } from "../../src/kernel/units.ts";

/** Frames after which a decoder that starts in the middle has settled (RFC 7845, section 4.2). */
const PRE_ROLL: Frames = 8;

const createReader = (decoder: OpusDecoder): SoundReader => {
  let sound: StoredSound | undefined;
  let next: Frames | undefined;
  return {
    open(other) {
      sound = other;
      next = undefined;
    },
    close() {
      sound = undefined;
    },
    read(position, { left, right }) {
      const { packets, length } = sound!;
      if (next !== position)
        for (let back = PRE_ROLL; back > 0; back--)
          decoder.decodeFrame(packets[(position - back + length * PRE_ROLL) % length]!);
      const { channelData, samplesDecoded } = decoder.decodeFrame(packets[position]!);
      const isWhole = samplesDecoded === FRAME_SAMPLES;
      next = (position + 1) % length;
      if (isWhole) {
        left.set(channelData[0]!);
        right.set(channelData[1] ?? channelData[0]!);
      } else {
        left.fill(0);
        right.fill(0);
      }
      return isWhole;
    },
  };
};

/**
 * Decoders by libopus in WASM, for the bot's own mixing code.
 * @returns a pool, and a function that makes sure that so many are ready
 */
export const createReaders = (): SoundReaderPool & { readonly prepare: (count: number) => Promise<void> } => {
  const idle: SoundReader[] = [];
  return {
    async prepare(count) {
      while (idle.length < count) {
        const decoder = new OpusDecoder({ channels: 2, streamCount: 1, coupledStreamCount: 1, preSkip: 0 });
        await decoder.ready;
        idle.push(createReader(decoder));
      }
    },
    acquire(sound) {
      const reader = idle.pop();
      if (reader === undefined) throw new Error("No decoder is ready");
      reader.open(sound);
      return reader;
    },
    release(reader) {
      reader.close();
      idle.push(reader);
    },
  };
};
