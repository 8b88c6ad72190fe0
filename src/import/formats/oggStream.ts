import { oggChecksumMatches } from "../../audio/ogg.ts";
import { message } from "../../i18n/message.ts";
import { damagedFile } from "../refusals.ts";

/** One page (RFC 3533, section 6). */
interface Page {
  readonly at: number;
  readonly first: boolean;
  readonly continued: boolean;
  readonly serial: number;
  readonly sequence: number;
  /** Lengths of the segments; 255 says that the packet goes on in the next one. */
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

/** What an Ogg stream of sound holds, by how its first packet begins. */
export type OggCodec = "opus" | "vorbis" | "oggFlac" | "speex";

const HEADER_BYTES = 27;
const [CONTINUED, FIRST] = [1, 2];
/** Longer packets hold no sound but a cover; they are skipped. */
const MAX_PACKET_BYTES = 1 << 20;
/** Pages that may be lost or damaged, and one in so many. */
const [FORGIVEN, ONE_IN] = [3, 10];

const CODECS: readonly (readonly [magic: string, codec: OggCodec])[] = [
  ["OpusHead", "opus"],
  ["\u0001vorbis", "vorbis"],
  ["\u007fFLAC", "oggFlac"],
  ["Speex   ", "speex"],
];

const codecOf = (head: Uint8Array): OggCodec | undefined => {
  const start = Buffer.from(head.subarray(0, 8)).toString("latin1");
  return CODECS.find(([magic]) => start.startsWith(magic))?.[1];
};

/** The page at an offset; undefined where none begins that is whole and undamaged. */
const pageAt = (bytes: Uint8Array, view: DataView, at: number): Page | undefined => {
  if (at + HEADER_BYTES > bytes.length || view.getUint32(at) !== 0x4f676753) return undefined;
  const bodyAt = at + HEADER_BYTES + view.getUint8(at + 26);
  const lacing = bytes.subarray(at + HEADER_BYTES, bodyAt);
  const end = lacing.reduce((sum, length) => sum + length, bodyAt);
  if (end > bytes.length || !oggChecksumMatches(bytes.subarray(at, end))) return undefined;
  const flags = view.getUint8(at + 5);
  return {
    at,
    first: (flags & FIRST) !== 0,
    continued: (flags & CONTINUED) !== 0,
    serial: view.getUint32(at + 14, true),
    sequence: view.getUint32(at + 18, true),
    lacing,
    body: bytes.subarray(bodyAt, end),
  };
};

/** All whole pages; what lies between them is stepped over. */
function* pagesOf(bytes: Uint8Array): Generator<Page> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at >= 0 && at < bytes.length; ) {
    const page = pageAt(bytes, view, at);
    if (page !== undefined) yield page;
    at =
      page === undefined
        ? whole.indexOf("OggS", at + 1, "latin1")
        : page.body.byteOffset + page.body.length - bytes.byteOffset;
  }
}

/**
 * The page that begins the first stream of sound: others, such as covers and subtitles, may begin
 * before it.
 */
const soundBegins = (bytes: Uint8Array): { readonly page: Page; readonly codec: OggCodec } | undefined => {
  for (const page of pagesOf(bytes)) {
    const codec = page.first ? codecOf(page.body) : undefined;
    if (codec !== undefined) return { page, codec };
  }
  return undefined;
};

/**
 * What kind of sound an Ogg file holds, from the file or its beginning; undefined for none that is
 * known.
 */
export const oggCodec = (bytes: Uint8Array): OggCodec | undefined => soundBegins(bytes)?.codec;

/** Puts packets together; a packet of which a page is lost is dropped. */
const createAssembler = () => {
  let parts: Uint8Array[] = [];
  let [partial, skipping] = [0, false];
  const drop = () => {
    [parts, partial] = [[], 0];
  };
  return function* ({ continued, lacing, body }: Page, gap: boolean): Generator<Uint8Array> {
    if (gap || !continued) {
      drop();
      skipping = continued;
    } else if (parts.length === 0) skipping = true;
    let [from, length] = [0, 0];
    for (const [index, segment] of lacing.entries()) {
      length += segment;
      const whole = segment < 255;
      if (!whole && index < lacing.length - 1) continue;
      // Of a packet that is too long, so much is kept as shows that it was one.
      if (partial <= MAX_PACKET_BYTES) parts.push(body.subarray(from, from + length));
      partial += length;
      from += length;
      length = 0;
      if (!whole) continue;
      if (!skipping && partial <= MAX_PACKET_BYTES)
        yield parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
      skipping = false;
      drop();
    }
  };
};

/**
 * Reads the sound of an Ogg file from strangers, and forgives what ffmpeg and opusdec forgive: junk
 * between pages, a page that is lost, an end that is missing or comes twice, and packets too long
 * for sound. Positions are never read.
 * @returns the first packet, and a function that goes through those after it
 * @throws UserError when there is more damage, or a second stream after the first
 */
export const readOggStream = (
  bytes: Uint8Array,
): { readonly head: Uint8Array; readonly packets: () => Generator<Uint8Array> } => {
  const begin = soundBegins(bytes);
  if (begin === undefined) throw damagedFile(message("import.reasonOpusHeadCutOff"));
  const { serial } = begin.page;
  const packets = function* (): Generator<Uint8Array> {
    const packetsOf = createAssembler();
    let expected = begin.page.sequence + 1;
    let [pages, gaps] = [0, 0];
    for (const page of pagesOf(bytes.subarray(begin.page.at))) {
      if (page.first && pages > 0 && codecOf(page.body) !== undefined)
        throw damagedFile(message("import.reasonSecondStream"));
      if (page.serial !== serial || page.first) continue;
      const gap = page.sequence !== expected;
      // A page that comes twice is taken once.
      if (page.sequence < expected) continue;
      expected = page.sequence + 1;
      pages += 1;
      if (gap) gaps += 1;
      if (gaps > FORGIVEN + pages / ONE_IN) throw damagedFile(message("import.reasonPartsMissing"));
      yield* packetsOf(page, gap);
    }
  };
  return { head: begin.page.body, packets };
};
