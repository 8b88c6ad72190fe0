import { describe, expect, test } from "vitest";
import type { Pcm } from "../../src/audio/format.ts";
import { readOggPackets, writeOggPages } from "../../src/audio/ogg.ts";
import { openAudioFile } from "../../src/import/formats/openAudioFile.ts";
import { readFrames } from "../../src/import/formats/readFrames.ts";
import {
  adtsPayloads,
  aifc,
  apeTag,
  au,
  box,
  caf,
  cafAac,
  floats,
  g711,
  heAac,
  id3,
  id3v1,
  oggPages,
  rf64,
  riff,
  riffChunk,
  samples16,
  waveFormat,
  withFlags,
} from "../support/rareFiles.ts";
import {
  aac,
  aiff,
  flac,
  flacFrames,
  m4a,
  m4aOf,
  mkvOf,
  mp3,
  opus,
  pcmIn,
  streamInfo,
  vorbis,
  wav,
  webm,
} from "../support/soundFiles.ts";

// For each kind of file: the ways in which people have it, and what is heard of it. Left is 440 Hz,
// right 660 Hz.

const [LEFT, RIGHT] = [440, 660];
const SECONDS = 3;

const tone = (rate: number, seconds = SECONDS, hertz: readonly [number, number] = [LEFT, RIGHT]): Pcm => {
  const side = (pitch: number) =>
    Float32Array.from({ length: seconds * rate }, (_, i) => 0.3 * Math.sin((2 * Math.PI * pitch * i) / rate));
  return { left: side(hertz[0]), right: side(hertz[1]) };
};

/** Pitch by the times at which a wave rises through zero; 0 for silence. */
const pitchOf = (samples: Float32Array): number => {
  const rises: number[] = [];
  let armed = false;
  for (const [i, sample] of samples.entries()) {
    if (sample < -0.05) armed = true;
    if (!armed || sample < 0) continue;
    rises.push(i);
    armed = false;
  }
  const [first = 0, last = 0] = [rises[0], rises.at(-1)];
  return rises.length < 2 ? 0 : Math.round(((rises.length - 1) * 48_000) / (last - first));
};

interface Heard {
  readonly kind: string;
  readonly seconds: number;
  /** Pitches, left and right, shortly after the beginning and shortly before the end. */
  readonly early: readonly [number, number];
  readonly late: readonly [number, number];
}

const joined = (parts: readonly Float32Array[]): Float32Array => {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const hear = async (file: Uint8Array): Promise<Heard> => {
  const { kind, chunks } = openAudioFile(file);
  const sides: Record<"left" | "right", Float32Array[]> = { left: [], right: [] };
  await readFrames(chunks(), ({ left, right }) => {
    sides.left.push(left.slice());
    sides.right.push(right.slice());
  });
  const [left, right] = [joined(sides.left), joined(sides.right)];
  const at = (second: number): [number, number] => {
    const [from, to] = [second * 48_000, (second + 0.4) * 48_000];
    return [pitchOf(left.subarray(from, to)), pitchOf(right.subarray(from, to))];
  };
  const seconds = left.length / 48_000;
  return { kind, seconds, early: at(0.2), late: at(Math.max(0, seconds - 0.7)) };
};

const near = (pitch: number) => expect.toSatisfy((heard: number) => Math.abs(heard - pitch) <= 4, `about ${pitch} Hz`);
const stereo = [near(LEFT), near(RIGHT)];
const mono = [near(LEFT), near(LEFT)];

type Variants = Readonly<Record<string, (file: Buffer) => Uint8Array | Promise<Uint8Array>>>;

/** What may stand around a sound of any kind. */
const AROUND: Variants = {
  "as it is": (file) => file,
  "behind a tag": (file) => Buffer.concat([id3(700), file]),
  "behind two tags": (file) => Buffer.concat([id3(70), id3(90_000), file]),
  "behind a tag and zeros": (file) => Buffer.concat([id3(70), Buffer.alloc(3_000), file]),
  "behind spaces": (file) => Buffer.concat([Buffer.from("  \r\n"), file]),
  "with an ID3v1 tag at its end": (file) => Buffer.concat([file, id3v1()]),
  "with an APE tag at its end": (file) => Buffer.concat([file, apeTag()]),
};

/** The first part of a file: so much of it as the number says. */
const cut = (part: number) => (file: Buffer) => file.subarray(0, Math.floor(file.length * part));
/** Bytes put in at a place, as a part of the whole. */
const withJunk =
  (junk: Uint8Array, place = 0.5) =>
  (file: Buffer) =>
    Buffer.concat([cut(place)(file), junk, file.subarray(Math.floor(file.length * place))]);

const at44 = tone(44_100);
const at48 = tone(48_000);

/** What takes long to encode is encoded once; each test gets a copy of its own. */
const once = (make: () => Uint8Array | Promise<Uint8Array>) => {
  let made: Uint8Array | Promise<Uint8Array> | undefined;
  return async (): Promise<Buffer> => {
    made ??= make();
    return Buffer.from(await made);
  };
};
const mp3At44 = once(() => mp3(at44));
const aacAt44 = once(() => aac(at44));
const aacAt22 = once(() => aac(tone(22_050), 22_050));
const aacAt48 = once(() => aac(at48, 48_000));
const m4aAt44 = once(() => m4a(at44));
const opusAt48 = once(() => opus(at48));
const vorbisAt44 = once(() => vorbis(at44));

const taken = (
  kind: string,
  make: () => Uint8Array | Promise<Uint8Array>,
  variants: Variants,
  { seconds = SECONDS, pitches = stereo, tolerance = 0.15 } = {},
) =>
  test.each(Object.entries(variants))(`${kind} %s has its length and pitch`, async (_, change) => {
    const heard = await hear(await change(Buffer.from(await make())));
    expect(Math.abs(heard.seconds - seconds), `${heard.seconds} s`).toBeLessThan(tolerance);
    expect([heard.early, heard.late]).toEqual([pitches, pitches]);
  });

const wave = (code: number, bits: number, sound: Uint8Array, rate = 44_100) =>
  riff(riffChunk("fmt ", waveFormat(code, 2, rate, bits)), riffChunk("data", sound));
const bigEndian = () => {
  const file = riff(riffChunk("fmt ", waveFormat(1, 2, 44_100, 16)), riffChunk("data", samples16(at44, false)));
  file.write("RIFX", 0, "latin1");
  for (const [at, bytes] of [
    [4, 4],
    [16, 4],
    [20, 2],
    [22, 2],
    [24, 4],
    [28, 4],
    [32, 2],
    [34, 2],
    [40, 4],
  ] as const)
    file.subarray(at, at + bytes).reverse();
  return file;
};

describe("WAV", () => {
  taken("WAV", () => wav(at44, { rate: 44_100 }), {
    ...AROUND,
    "whose data claims no length": () => wav(at44, { rate: 44_100, dataLength: 0 }),
    "whose data claims 0xFFFFFFFF": () => wav(at44, { rate: 44_100, dataLength: 0xffff_ffff }),
    "with comments behind data of no length": () =>
      Buffer.concat([wav(at44, { rate: 44_100, dataLength: 0 }), riffChunk("LIST", Buffer.alloc(60))]),
    "with an odd chunk that is not padded": () =>
      riff(
        riffChunk("fmt ", waveFormat(1, 2, 44_100, 16)),
        riffChunk("LIST", Buffer.alloc(61), false),
        riffChunk("data", samples16(at44)),
      ),
    "in big-endian order": bigEndian,
    "of 64 bits (RF64)": () => rf64("RF64", samples16(at44), 44_100),
    "of 64 bits (BW64)": () => rf64("BW64", samples16(at44), 44_100),
    "in µ-law": () => wave(7, 8, g711(at44, "mu")),
    "in A-law": () => wave(6, 8, g711(at44, "a")),
    "that holds MP3": async () => wave(0x55, 16, await mp3At44()),
    "of 24 bits": () => wav(at44, { rate: 44_100, bits: 24 }),
  });
  taken("WAV", () => wav(at44, { rate: 44_100 }), { "that is cut off": cut(2 / 3) }, { seconds: 2 });
  for (const rate of [4_000, 7_350, 11_127, 22_254, 37_800, 44_056, 50_000, 192_000, 352_800])
    taken("WAV", () => wav(tone(rate), { rate }), { [`of ${rate} Hz`]: (file) => file });
});

describe("AIFF, CAF and AU", () => {
  const samples = samples16(at44, false);
  const lengthless = (file: Buffer) => {
    file.writeUInt32BE(0, file.indexOf("SSND") + 4);
    return file;
  };
  const frames = at44.left.length;
  taken("AIFF", () => aiff(at44), {
    ...AROUND,
    "whose sound claims no length": lengthless,
    "in the other order": () => aifc("sowt", 16, samples16(at44), frames),
    "of floats": () => aifc("fl32", 32, floats(at44), frames),
    "in µ-law": () => aifc("ulaw", 16, g711(at44, "mu"), frames),
  });
  taken("AIFF", () => aiff(at44), { "that is cut off": cut(2 / 3) }, { seconds: 2 });
  taken("CAF", () => caf({ format: "lpcm", flags: 0, bits: 16 }, samples), {
    ...AROUND,
    "without a length": () => caf({ format: "lpcm", flags: 0, bits: 16 }, samples, { length: -1 }),
    "in the other order": () => caf({ format: "lpcm", flags: 2, bits: 16 }, samples16(at44)),
    "of floats": () => caf({ format: "lpcm", flags: 1, bits: 32 }, floats(at44)),
    "in A-law": () => caf({ format: "alaw", flags: 0, bits: 8 }, g711(at44, "a")),
    "that holds AAC": async () => cafAac(await aacAt44()),
  });
  taken("AU", () => au(3, samples), { ...AROUND, "in µ-law": () => au(1, g711(at44, "mu")) });
});

describe("MP3", () => {
  const shortMono = () => mp3(tone(44_100, SECONDS, [LEFT, LEFT]), 44_100, 1);
  taken("MP3", mp3At44, {
    ...AROUND,
    "with junk in the middle": withJunk(Buffer.alloc(900, 0x20)),
    "behind the end of a frame": (file) => Buffer.concat([Buffer.alloc(200, 0x5a), file]),
    "with a frame that is damaged": (file) => file.fill(0, 20_000, 20_100),
    "in Matroska": (file) => mkvOf("mp3", splitMp3(file), 1_152 / 44_100),
  });
  taken("MP3", mp3At44, { "that is cut off": cut(2 / 3) }, { seconds: 2 });
  taken(
    "MP3",
    mp3At44,
    {
      "joined with itself": (file) => Buffer.concat([file, file]),
      "joined, with tags between": (file) => Buffer.concat([id3(50), file, id3v1(), id3(8_000), file]),
      "joined with another rate": async (file) => Buffer.concat([file, await mp3(at48, 48_000)]),
    },
    { seconds: 2 * SECONDS, tolerance: 0.3 },
  );
  test("MP3 that goes from mono to stereo keeps its pitch", async () => {
    const heard = await hear(Buffer.concat([await shortMono(), await mp3At44()]));
    expect([heard.early, heard.late]).toEqual([mono, stereo]);
    expect(Math.abs(heard.seconds - 2 * SECONDS)).toBeLessThan(0.3);
  });
});

/** Frames of 128 kbit/s at 44.1 kHz. */
const splitMp3 = (file: Buffer): readonly Uint8Array[] => {
  const frames: Uint8Array[] = [];
  for (let at = 0; at + 4 <= file.length; ) {
    const length = 417 + (((file[at + 2] ?? 0) >> 1) & 1);
    frames.push(file.subarray(at, at + length));
    at += length;
  }
  return frames;
};

describe("AAC", () => {
  taken("AAC", aacAt44, {
    ...AROUND,
    "with junk in the middle": withJunk(Buffer.alloc(900, 0x20)),
    "behind the end of a frame": (file) => Buffer.concat([Buffer.alloc(200, 0x5a), file]),
  });
  taken("AAC", aacAt44, { "that is cut off": cut(2 / 3) }, { seconds: 2 });
  taken(
    "AAC",
    aacAt44,
    {
      "joined with itself": (file) => Buffer.concat([file, file]),
      "joined with another rate": async (file) => Buffer.concat([file, await aac(tone(24_000), 24_000)]),
    },
    { seconds: 2 * SECONDS, tolerance: 0.3 },
  );
  test("AAC that goes from mono to stereo, at another rate, keeps its pitch", async () => {
    const first = await aac(tone(22_050, SECONDS, [LEFT, LEFT]), 22_050, 1);
    const heard = await hear(Buffer.concat([first, await aacAt48()]));
    expect([heard.early, heard.late]).toEqual([mono, stereo]);
    expect(Math.abs(heard.seconds - 2 * SECONDS)).toBeLessThan(0.3);
  });
  taken("HE-AAC", async () => heAac(await aacAt22()), { "as it is": (file) => file });
  taken("HE-AAC in M4A", async () => heAac(await aacAt22()), {
    "that says so": (file) => m4aOf(adtsPayloads(file), 22_050, Buffer.from([0x2b, 0x92, 0x08])),
    "that does not": (file) => m4aOf(adtsPayloads(file), 22_050, Buffer.from([0x13, 0x90])),
  });
  taken(
    "HE-AAC of one channel",
    async () => heAac(await aac(tone(22_050, SECONDS, [LEFT, LEFT]), 22_050, 1)),
    { "as it is": (file) => file },
    { pitches: mono },
  );
  test("AAC of more than half a minute has no click where one part of it follows another", async () => {
    const seconds = 36;
    const { chunks } = openAudioFile(await aac(tone(24_000, seconds), 24_000));
    const wave: number[] = [];
    for await (const { left } of chunks()) for (const sample of left) wave.push(sample);
    const bends = wave.map((sample, i) => Math.abs(sample - 2 * (wave[i - 1] ?? 0) + (wave[i - 2] ?? 0)));
    const inside = bends.slice(24_000, -24_000).reduce((most, bend) => Math.max(most, bend), 0);
    // A sine of 440 Hz bends by so much at this rate.
    expect(inside).toBeLessThan(2 * 0.3 * ((2 * Math.PI * LEFT) / 24_000) ** 2);
    expect(Math.abs(wave.length / 24_000 - seconds)).toBeLessThan(0.1);
  });
  test("AAC of low complexity that HE-AAC follows keeps its pitch", async () => {
    const core = await aacAt22();
    const heard = await hear(Buffer.concat([core, heAac(core)]));
    expect([heard.early, heard.late]).toEqual([stereo, stereo]);
    expect(Math.abs(heard.seconds - 2 * SECONDS)).toBeLessThan(0.3);
  });
});

describe("FLAC", () => {
  const block = (kind: number, body: Uint8Array) =>
    Buffer.concat([Buffer.of(kind, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff), body]);
  const withCover = () =>
    Buffer.concat([
      streamInfo(44_100).fill(0, 4, 5),
      block(4, Buffer.alloc(12)),
      block(0x80 | 6, Buffer.alloc(1_500_000, 0xff)),
      ...flacFrames(at44),
    ]);
  const inOgg = () => {
    const head = Buffer.concat([Buffer.from("\u007fFLAC\u0001\0\0\u0001", "latin1"), streamInfo(44_100)]);
    const packets = [head, block(0x84, Buffer.alloc(12)), ...flacFrames(at44)];
    return Buffer.concat([
      ...writeOggPages(
        packets.map((packet, i) => ({ packet, granule: Math.max(0, i - 1) * 4_096, endsPage: true })),
        5,
      ),
    ]);
  };
  taken("FLAC", () => flac(at44), { ...AROUND, "with a cover": withCover });
  taken("FLAC", () => flac(at44), { "that is cut off": cut(2 / 3) }, { seconds: 2, tolerance: 0.2 });
  taken("Ogg FLAC", inOgg, AROUND);
  taken("FLAC in Matroska", () => mkvOf("flac", flacFrames(at44), 4_096 / 44_100, streamInfo(44_100)), {
    "as it is": (file) => file,
  });
});

describe("Ogg", () => {
  const pagesOf = (change: (pages: readonly Buffer[]) => readonly Uint8Array[]) => (file: Buffer) =>
    Buffer.concat(change(oggPages(file)));
  const without = (index: number) => pagesOf((pages) => pages.filter((_, i) => i !== index));
  const other = Buffer.concat([
    ...writeOggPages([{ packet: Buffer.from("fishead\0"), granule: 0, endsPage: true }], 99),
  ]);
  const damaged: Variants = {
    ...AROUND,
    "with two ends": pagesOf((pages) =>
      pages.map((page, i) => (i === 3 ? withFlags(page, (flags) => flags | 4) : page)),
    ),
    "without an end": pagesOf((pages) => pages.map((page) => withFlags(page, (flags) => flags & ~4))),
    "with junk between pages": pagesOf((pages) => pages.flatMap((page) => [page, Buffer.from("OggX junk")])),
    "with a page twice": pagesOf((pages) => pages.flatMap((page, i) => (i === 3 ? [page, page] : [page]))),
    "beside another stream": pagesOf(([first, ...rest]) => [other, first ?? other, ...rest]),
  };
  /** Small pages, so that one of them is little sound. */
  const paged = (file: Buffer, perPage: number, cover = 0) => {
    const [head, tags, ...sound] = readOggPackets(file);
    const comments = Buffer.concat([tags ?? Buffer.alloc(0), Buffer.alloc(cover, 0x41)]);
    const packets = [head ?? Buffer.alloc(0), comments, ...sound].map((packet, i) => ({
      packet,
      granule: Math.max(0, i - 1) * 960,
      endsPage: i < 2 || i % perPage === 0,
    }));
    return Buffer.concat([...writeOggPages(packets, 7)]);
  };
  taken("Opus", async () => paged(await opusAt48(), 5), {
    ...damaged,
    "with one page lost": without(8),
    "with one page damaged": pagesOf((pages) =>
      pages.map((page, i) => (i === 8 ? Buffer.from(page).fill(1, 60, 80) : page)),
    ),
    "without its comments": without(1),
    "with a cover of two megabytes": async () => paged(await opusAt48(), 5, 2_000_000),
  });
  taken(
    "Opus",
    async () => paged(await opusAt48(), 5),
    { "that is cut off": cut(2 / 3) },
    { seconds: 2, tolerance: 0.3 },
  );
  taken("Vorbis", vorbisAt44, damaged, { tolerance: 0.25 });
});

describe("MP4, QuickTime and WebM", () => {
  const branded = (brand: string) => (file: Buffer) => {
    file.write(brand, 8, "latin1");
    return file;
  };
  taken("M4A", m4aAt44, {
    ...AROUND,
    "named M4B": branded("M4B "),
    "named 3GP": branded("3gp4"),
    "named QuickTime": branded("qt  "),
    "with its index at the end": () => m4a(at44, 44_100, false),
    "in fragments": () => m4a(at44, 44_100, "fragmented"),
    "with free space in it": (file) => Buffer.concat([file, box("free", Buffer.alloc(5_000))]),
  });
  taken("M4A", m4aAt44, { "that is cut off": cut(0.7) }, { seconds: 2.05, tolerance: 0.2 });
  taken("QuickTime", () => pcmIn(at44, "mov", "pcm-s16be"), {
    "of samples": (file) => file,
    "in µ-law": () => pcmIn(at44, "mov", "ulaw"),
  });
  taken("Matroska", () => pcmIn(at44, "mkv", "pcm-f32"), { "of samples": (file) => file });
  taken("WebM", () => webm(at48), {
    "as it is": (file) => file,
    "behind a tag": (file) => Buffer.concat([id3(700), file]),
  });
});

/**
 * An M4A that says it holds something else: the four letters of its sample entry, and of what
 * describes it.
 */
const m4aHolding = async (letters: string) => {
  const file = await m4aAt44();
  for (const name of ["mp4a", "esds"]) file.write(letters, file.lastIndexOf(name), "latin1");
  return file;
};

test.each<[string, () => Uint8Array | Promise<Uint8Array>, RegExp]>([
  ["Apple Lossless", () => m4aHolding("alac"), /contains Apple Lossless \(ALAC\) audio. Export it as MP3, FLAC or WAV/],
  ["AMR in 3GP", () => m4aHolding("samr"), /contains AMR audio. Export it as MP3, FLAC or WAV/],
  ["AMR", () => Buffer.from("#!AMR\n..............."), /can’t read AMR. Export it as MP3, FLAC or WAV/],
  ["WMA", () => Buffer.from("3026b2758e66cf11a6d900aa0062ce6c", "hex"), /Windows Media Audio/],
  ["WavPack", () => Buffer.from("wvpk...................."), /WavPack. Export it as/],
  ["a ZIP", () => Buffer.from("PK\u0003\u0004............"), /a compressed archive. Export it as/],
  ["a picture", () => Buffer.from("\x89PNG\r\n\x1a\n........", "latin1"), /a picture. Export it as/],
  ["IMA ADPCM", () => wave(17, 4, Buffer.alloc(9_000)), /WAV file that holds IMA ADPCM. Export it as MP3, FLAC or WAV/],
  ["GSM", () => wave(49, 8, Buffer.alloc(9_000)), /WAV file that holds GSM 6.10/],
  ["compressed AIFF", () => aifc("ima4", 16, Buffer.alloc(900), 900), /AIFF file that holds ima4/],
  ["ALAC in CAF", () => caf({ format: "alac", flags: 0, bits: 16 }, Buffer.alloc(900)), /CAF file that holds alac/],
  ["Speex", () => speex(), /can’t read Speex. Export it as/],
  ["six channels", () => wav(at48, { channels: 6 }), /it has 6 channels. Export it in stereo/],
  ["768 kHz", () => wav(at48, { rate: 768_000 }), /its sample rate is 768000 Hz. Export it at 48 kHz/],
])("%s is refused by its name, with a kind that works", async (_, make, words) => {
  const file = await make();
  await expect(Promise.resolve().then(() => hear(file))).rejects.toThrow(words);
});

const speex = () => {
  const head = Buffer.alloc(80);
  head.write("Speex   1.2", 0, "latin1");
  return Buffer.concat([...writeOggPages([{ packet: head, granule: 0, endsPage: true }], 3)]);
};

const patched = async (change: (file: Buffer) => void, fastStart: false | "in-memory" | "fragmented" = "in-memory") => {
  const file = await m4a(at44, 44_100, fastStart);
  change(file);
  return file;
};
/** Writes a number at an offset behind a box's name. */
const claim = (name: string, offset: number, value: number) => (file: Buffer) =>
  void file.writeUInt32BE(value, file.indexOf(name) + 4 + offset);

test.each<[string, () => Promise<Uint8Array>]>([
  ["sizes of 2³² − 1 samples", () => patched(claim("stsz", 8, 0xffff_ffff))],
  [
    "2³² − 1 samples of one size",
    () =>
      patched((file) => {
        claim("stsz", 4, 1)(file);
        claim("stsz", 8, 0xffff_ffff)(file);
      }),
  ],
  ["2³² − 1 samples of one duration", () => patched(claim("stts", 8, 0xffff_ffff))],
  ["2³² − 1 samples in a chunk", () => patched(claim("stsc", 12, 0xffff_ffff))],
  ["2³² − 1 chunks", () => patched(claim("stco", 4, 0xffff_ffff))],
  ["2³² − 1 samples in a fragment", () => patched(claim("trun", 4, 0xffff_ffff), "fragmented")],
])("an M4A whose table claims %s is refused before anything walks it", async (_, make) => {
  const file = await make();
  const before = process.cpuUsage();
  await expect(Promise.resolve().then(() => hear(file))).rejects.toThrow(/claims more than the file holds/);
  // In processor time, of which a busy machine takes no more.
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(200);
});
