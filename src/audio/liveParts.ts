import { type Frames, framesIn, hours } from "../kernel/units.ts";
import type { Packet } from "./format.ts";

/** Ends the name of the folder that live sound passes through, part by part. */
const LIVE_FOLDER = ".radio";
/** A file in that folder that is renewed while somebody listens. */
export const HEARD = "heard";
/** Packets of one part: half a second. */
export const PART_LENGTH: Frames = 25;
/** Bytes; libopus makes none longer. */
export const MAX_PACKET = 1_275;
/** It has no end; a pass of a mix with it is this long. */
export const LIVE_LENGTH: Frames = framesIn(hours(12));

/** The name of the folder of live sound. */
export const liveFolder = (name: string): string => `${name}${LIVE_FOLDER}`;
/** Whether the path of a playable sound is such a folder. */
export const isLiveFolder = (path: string): boolean => path.endsWith(LIVE_FOLDER);

/** The name of a part; parts are numbered in the order in which they are heard. */
export const partName = (number: number): string => `${number}.part`;
/** The number in the name of a part; undefined for any other file. */
export const partNumber = (name: string): number | undefined => {
  const [, digits] = /^(\d{1,15})\.part$/.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
};

/** The bytes of a part: each packet after its length, in two bytes. */
export const writePart = (packets: readonly Packet[]): Uint8Array => {
  const bytes = new Uint8Array(packets.reduce((sum, packet) => sum + 2 + packet.length, 0));
  let at = 0;
  for (const packet of packets) {
    bytes[at] = packet.length >> 8;
    bytes[at + 1] = packet.length & 0xff;
    bytes.set(packet, at + 2);
    at += 2 + packet.length;
  }
  return bytes;
};

/** The packets of a part; what is cut off or too long ends it. */
export const readPart = (bytes: Uint8Array): readonly Packet[] => {
  const packets: Packet[] = [];
  for (let at = 0; at + 2 <= bytes.length && packets.length < PART_LENGTH; ) {
    const length = (bytes[at]! << 8) | bytes[at + 1]!;
    if (length === 0 || length > MAX_PACKET || at + 2 + length > bytes.length) break;
    packets.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return packets;
};
