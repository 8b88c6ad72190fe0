import { compile } from "./compile.ts";
import { type Mode, OFFERED } from "./gateway.ts";
import type { Material } from "./material.ts";
import { type BenchProcess, startBenchProcess } from "./processes.ts";

/** One way to play, measured against the others. */
export interface Variant {
  readonly name: string;
  readonly label: string;
  /** The encryption modes it is offered. */
  readonly modes: readonly Mode[];
  /** The most streams for one process: more would not fit on a core. */
  readonly maxStreams: number;
  /** Whether its main thread is blocked in the mode that blocks it. */
  readonly stalls: boolean;
  /** The least milliseconds it needs to catch up after starting. */
  readonly warmUp: number;
  /** Whether it sends without joining a call. */
  readonly withoutCall: boolean;
  start(stage: VariantTarget): BenchProcess;
}

/** Where a variant plays. */
interface VariantTarget {
  readonly firstSsrc: number;
  readonly count: number;
  readonly endpoint: string;
  readonly authority: string;
  readonly sinkPort: number;
}

const GCM: readonly Mode[] = ["aead_aes256_gcm_rtpsize"];

const STOCK = new URL("../players/stock.ts", import.meta.url);
const OURS = new URL("../players/ours.ts", import.meta.url);

const player =
  (script: URL, kind: string, files: () => readonly string[]) =>
  ({ firstSsrc, count, endpoint, authority }: VariantTarget): BenchProcess =>
    startBenchProcess(script, [kind, String(firstSsrc), String(count), endpoint, ...files()], authority);

/** @param say receives what is left out, and why */
export const variants = ({ opus, mp3, different, takes }: Material, say: (line: string) => void): Variant[] => {
  const limit = compile(new URL("../limit.c", import.meta.url), [["-DWITH_OPENSSL", "-lcrypto"], []]);
  if (mp3 === undefined) say("No ffmpeg here: the variant mp3 + ffmpeg + inlineVolume is left out.");
  if (limit === undefined) say("No C compiler here: the C program that marks the limit is left out.");
  else if (limit.flags.length === 0)
    say("No OpenSSL headers here: the C program does two exclusive-or passes in place of its two encryptions.");
  const stock = (name: string, label: string, files: () => readonly string[], maxStreams: number): Variant => ({
    name,
    label,
    modes: OFFERED,
    maxStreams,
    stalls: name === "shared",
    withoutCall: false,
    warmUp: name === "mp3" || name === "amix" ? 8_000 : 0,
    start: player(STOCK, name, files),
  });
  const ours = (
    name: string,
    label: string,
    kind: string,
    maxStreams: number,
    { modes = OFFERED, files = () => [opus] }: { modes?: readonly Mode[]; files?: () => readonly string[] } = {},
  ): Variant => ({
    name,
    label,
    modes,
    maxStreams,
    stalls: kind === "passthrough",
    withoutCall: false,
    warmUp: 0,
    start: player(OURS, kind, files),
  });
  return [
    ...(mp3 === undefined ? [] : [stock("mp3", "mp3 + ffmpeg + inlineVolume, library's player", () => [mp3], 50)]),
    stock("demuxer", "Ogg Opus demuxer, library's player", () => [opus], 400),
    stock("shared", "shared packets, library's player", () => [opus], 400),
    ours("ours", "ours, passthrough", "passthrough", 10_000),
    ours("takes", "ours, passthrough, eight takes in random order", "takes", 10_000, { files: () => [takes()] }),
    ours("gcm", "ours, passthrough, AES-GCM alone offered", "passthrough", 10_000, { modes: GCM }),
    ours("mixing", "ours, one layer decoded and encoded again", "mixing", 50),
    // With nothing to share: ten sounds, each stream at a gain of its own.
    stock("volume", "ten sounds, inlineVolume, library's player", different, 50),
    ours("softened", "ours, ten sounds softened, nothing shared", "softened", 50, { files: different }),
    ...(mp3 === undefined ? [] : [stock("amix", "two layers each, ffmpeg, library's player", different, 50)]),
    ours("layers", "ours, two layers each, nothing shared", "layers", 50, { files: different }),
    ...(limit === undefined
      ? []
      : [
          {
            name: "limit",
            label: "C, one thread, sendmmsg",
            modes: OFFERED,
            maxStreams: 10_000,
            stalls: false,
            withoutCall: true,
            warmUp: 0,
            start: ({ firstSsrc, count, authority, sinkPort }: VariantTarget) =>
              startBenchProcess(limit.path, [String(firstSsrc), String(count), String(sinkPort)], authority),
          },
        ]),
  ];
};
