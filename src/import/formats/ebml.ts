import { message } from "../../i18n/message.ts";
import { damagedFile } from "../refusals.ts";

/** The elements below a segment (RFC 9559, section 5.1), and the two that may stand anywhere. */
const BELOW_SEGMENT = new Set([
  0x114d9b74, 0x1549a966, 0x1654ae6b, 0x1f43b675, 0x1c53bb6b, 0x1941a469, 0x1043a770, 0x1254c367, 0xec, 0xbf,
]);
const [HEADER, SEGMENT, CLUSTER] = [0x1a45dfa3, 0x18538067, 0x1f43b675];

interface Element {
  readonly id: number;
  readonly body: number;
  /** Undefined: until the next of its kind, as live recordings write it. */
  readonly end: number | undefined;
}

const broken = (at: number) => damagedFile(message("import.reasonStructureBroken", { position: at }));

/** @throws UserError where none begins, or it goes beyond the file */
const elementAt = (bytes: Uint8Array, at: number): Element => {
  const idLength = Math.clz32(bytes[at] ?? 0) - 23;
  const sizeAt = at + idLength;
  const sizeLength = Math.clz32(bytes[sizeAt] ?? 0) - 23;
  if (idLength > 4 || sizeLength > 8 || sizeAt + sizeLength > bytes.length) throw broken(at);
  let id = 0;
  for (let i = at; i < sizeAt; i++) id = id * 256 + bytes[i]!;
  let size = bytes[sizeAt]! & (0xff >> sizeLength);
  let unknown = size === 0xff >> sizeLength;
  for (let i = 1; i < sizeLength; i++) {
    size = size * 256 + bytes[sizeAt + i]!;
    unknown = unknown && bytes[sizeAt + i] === 0xff;
  }
  const body = sizeAt + sizeLength;
  if (!unknown && body + size > bytes.length) throw broken(at);
  return { id, body, end: unknown ? undefined : body + size };
};

/**
 * Walks through a Matroska or WebM file, element by element, before it is read: a reader that looks
 * for where a broken one might go on may look for ever.
 * @throws UserError at the first element that is not whole, or not where it belongs
 */
export const checkEbml = (bytes: Uint8Array): void => {
  const header = elementAt(bytes, 0);
  if (header.id !== HEADER || header.end === undefined) throw broken(0);
  const segment = elementAt(bytes, header.end);
  if (segment.id !== SEGMENT) throw broken(header.end);
  const until = segment.end ?? bytes.length;
  let inCluster = false;
  for (let at = segment.body; at < until; ) {
    const { id, body, end } = elementAt(bytes, at);
    if (BELOW_SEGMENT.has(id)) inCluster = id === CLUSTER && end === undefined;
    else if (!inCluster) throw broken(at);
    if (end === undefined && id !== CLUSTER) throw broken(at);
    at = end ?? body;
  }
};
