import { message } from "../../i18n/message.ts";
import { damagedFile } from "../refusals.ts";
import { fourLetters } from "./iffChunks.ts";

/** Boxes that hold boxes, and the bytes of each before the first (ISO 14496-12). */
const CONTAINERS: Readonly<Record<string, number>> = {
  moov: 0,
  trak: 0,
  mdia: 0,
  minf: 0,
  dinf: 0,
  stbl: 0,
  edts: 0,
  mvex: 0,
  moof: 0,
  traf: 0,
};

/** Tables: where the number of entries is, and the bytes of each. */
const TABLES: Readonly<Record<string, { readonly count: number; readonly entry: number }>> = {
  stts: { count: 4, entry: 8 },
  ctts: { count: 4, entry: 8 },
  stsc: { count: 4, entry: 12 },
  stco: { count: 4, entry: 4 },
  co64: { count: 4, entry: 8 },
  stss: { count: 4, entry: 4 },
  elst: { count: 4, entry: 12 },
  stsd: { count: 4, entry: 8 },
  dref: { count: 4, entry: 8 },
};
/** Tables whose entries say for how many samples they stand, at this offset in the entry. */
const RUNS: Readonly<Record<string, number>> = { stts: 0, ctts: 0, stsc: 4 };
/**
 * Fields of a fragment's samples, of four bytes each where its flags say so (ISO 14496-12, 8.8.8).
 */
const RUN_FIELDS = [0x100, 0x200, 0x400, 0x800];
const MAX_DEPTH = 8;
/** Entries of all tables: for twelve hours of sound, four times over. */
const MAX_ENTRIES = 10_000_000;

const broken = (at: number) => damagedFile(message("import.reasonStructureBroken", { position: at }));
const impossible = () => damagedFile(message("import.reasonTableImpossible"));

interface Box {
  readonly name: string;
  readonly body: number;
  readonly to: number;
}

/**
 * The box at an offset.
 * @param cut whether it may reach beyond the end, as the sound of a file does that was cut off
 */
const boxAt = (view: DataView, at: number, end: number, cut: boolean): Box => {
  if (at + 8 > end) throw broken(at);
  const name = fourLetters(view, at + 4);
  const short = view.getUint32(at);
  const long = short === 1;
  if (long && at + 16 > end) throw broken(at);
  // 0: to the end of the file.
  const size = long ? Number(view.getBigUint64(at + 8)) : short === 0 ? end - at : short;
  const body = at + (long ? 16 : 8);
  if (at + size < body || (at + size > end && !cut)) throw broken(at);
  return { name, body, to: Math.min(end, at + size) };
};

/**
 * Walks through an MP4 or QuickTime file, box by box, before it is read: a reader that believes
 * what a table claims of itself may be busy for hours.
 * @throws UserError at the first box that is not whole, and for a table that claims more entries or
 *   samples than there are bytes for
 */
export const checkMp4 = (bytes: Uint8Array): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let entries = 0;
  /** No sample is shorter than a byte. */
  const claim = (samples: number) => {
    entries += samples;
    if (samples > bytes.length || entries > MAX_ENTRIES) throw impossible();
  };

  const checkTable = ({ name, body, to }: Box): void => {
    const table = TABLES[name];
    if (table !== undefined) {
      if (body + 8 > to) throw broken(body);
      const count = view.getUint32(body + table.count);
      if (count * table.entry > to - body - 8) throw impossible();
      claim(count);
      const run = RUNS[name];
      if (run === undefined) return;
      let samples = 0;
      for (let i = 0; i < count; i++) samples += view.getUint32(body + 8 + i * table.entry + run);
      claim(samples);
    } else if (name === "stsz") {
      if (body + 12 > to) throw broken(body);
      const [each, count] = [view.getUint32(body + 4), view.getUint32(body + 8)];
      if (each === 0 ? count * 4 > to - body - 12 : count * each > bytes.length) throw impossible();
      claim(count);
    } else if (name === "stz2") {
      if (body + 12 > to) throw broken(body);
      const [bits, count] = [view.getUint8(body + 7), view.getUint32(body + 8)];
      if ((count * bits) / 8 > to - body - 12) throw impossible();
      claim(count);
    } else if (name === "trun") {
      if (body + 8 > to) throw broken(body);
      const [flags, count] = [view.getUint32(body), view.getUint32(body + 4)];
      const entry = RUN_FIELDS.filter((field) => (flags & field) !== 0).length * 4;
      if (count * entry > to - body - 8) throw impossible();
      claim(count);
    }
  };

  const walk = (from: number, end: number, depth: number): void => {
    for (let at = from; at < end; ) {
      // QuickTime ends a list with four zeros.
      if (depth > 0 && end - at < 8) return;
      const box = boxAt(view, at, end, depth === 0);
      const skip = CONTAINERS[box.name];
      if (skip === undefined) checkTable(box);
      else if (depth === MAX_DEPTH) throw broken(at);
      else walk(box.body + skip, box.to, depth + 1);
      at = box.to;
    }
  };
  walk(0, bytes.length, 0);
};
