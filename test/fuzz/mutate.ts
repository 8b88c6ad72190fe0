import { prng, type Random } from "../../src/kernel/random.ts";
import { au, cafAac, g711, heAac, rf64, samples16 } from "../support/rareFiles.ts";
import {
  aac,
  aiff,
  flac,
  flacFrames,
  m4a,
  mkvOf,
  mp3,
  noise,
  opus,
  pcmIn,
  streamInfo,
  vorbis,
  wav,
  webm,
} from "../support/soundFiles.ts";

/** One small file of each kind. */
export const seedFiles = async (): Promise<readonly Buffer[]> => {
  const [at44, at48] = [noise(1.5, 44_100), noise(1.5)];
  return Promise.all([
    wav(at48, { bits: 24 }),
    wav(at44, { bits: 32, rate: 44_100 }),
    aiff(at44),
    mp3(at44),
    flac(at44),
    vorbis(at44),
    opus(at48),
    m4a(at44),
    aac(at44),
    webm(at48),
    cafAac(await aac(at44)),
    au(1, g711(at44, "mu")),
    rf64("RF64", samples16(at44), 44_100),
    m4a(at44, 44_100, "fragmented"),
    pcmIn(at44, "mov", "pcm-s16be"),
    mkvOf("flac", flacFrames(at44), 4_096 / 44_100, streamInfo(44_100)),
    heAac(await aac(noise(1.5, 22_050), 22_050)),
  ]);
};

const whole = (random: Random, below: number) => Math.floor(random() * below);

/** Mostly near the beginning, where a file says what it is and how long. */
const place = (random: Random, { length }: Uint8Array) =>
  random() < 0.6 ? whole(random, Math.min(length, 300)) : whole(random, length);

type Mutation = (file: Buffer, random: Random, all: readonly Buffer[]) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  (file, random) => {
    const at = place(random, file);
    file[at]! ^= 1 << whole(random, 8);
    return file;
  },
  (file, random) => {
    for (let count = 1 + whole(random, 12); count > 0; count--) file[place(random, file)] = whole(random, 256);
    return file;
  },
  (file, random) => file.subarray(0, whole(random, file.length)),
  (file, random) => {
    const [at, value] = [place(random, file), [0, 0xff, 0x7f, 0x80][whole(random, 4)]!];
    return file.fill(value, at, at + 1 + whole(random, 8));
  },
  (file, random) => {
    const [at, length] = [place(random, file), whole(random, 400)];
    return Buffer.concat([file.subarray(0, at), file.subarray(at + length)]);
  },
  (file, random) => {
    const [at, length] = [place(random, file), whole(random, 400)];
    return Buffer.concat([file.subarray(0, at + length), file.subarray(at)]);
  },
  (file, random) => {
    const noiseOf = Buffer.from(Array.from({ length: whole(random, 64) }, () => whole(random, 256)));
    const at = place(random, file);
    return Buffer.concat([file.subarray(0, at), noiseOf, file.subarray(at)]);
  },
  (file, random, all) => {
    const other = all[whole(random, all.length)]!;
    return Buffer.concat([file.subarray(0, place(random, file)), other.subarray(place(random, other))]);
  },
  (file, random, all) => Buffer.concat([file, all[whole(random, all.length)]!]),
];

/** The mutated file of a number: always the same one. */
export const mutant = (seeds: readonly Buffer[], number: number): Buffer => {
  const random = prng(number * 2_654_435_761);
  let file = Buffer.from(seeds[whole(random, seeds.length)]!);
  for (let count = 1 + whole(random, 3); count > 0 && file.length > 0; count--)
    file = Buffer.from(MUTATIONS[whole(random, MUTATIONS.length)]!(file, random, seeds));
  return file;
};
