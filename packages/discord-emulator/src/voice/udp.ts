import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";
import type { FaultState } from "./faultState.ts";
import { type EncryptedPacket, parseRtp } from "./rtp.ts";

const DISCOVERY_BYTES = 74;
const KEEP_ALIVE_BYTES = 8;

/** The answer to IP discovery: the sender's address and port as seen from here (Discord, "IP Discovery"). */
const discoveryResponse = (ssrc: number, address: string, port: number): Buffer => {
  const answer = Buffer.alloc(DISCOVERY_BYTES);
  answer.writeUInt16BE(2, 0);
  answer.writeUInt16BE(DISCOVERY_BYTES - 4, 2);
  answer.writeUInt32BE(ssrc, 4);
  answer.write(address, 8, "utf8");
  answer.writeUInt16BE(port, DISCOVERY_BYTES - 2);
  return answer;
};

/**
 * The media side of the voice server on one UDP port: answers discovery and keep-alives, hands on RTP.
 * @param onPacket given each packet and the moment of its arrival (`performance.now()`)
 */
export const openUdp = async (
  faults: FaultState,
  onPacket: (packet: EncryptedPacket, at: number) => void,
  onViolation: (text: string) => void,
): Promise<{
  readonly port: number;
  /** Sends to where the bot of that SSRC was last seen; nowhere before its discovery. */
  send(ssrc: number, datagram: Buffer): void;
  close(): Promise<void>;
}> => {
  const lastHeard = new Map<number, number>();
  const forgotten = new Set<number>();
  /** Whether a router on the way still knows the way from that port. */
  const isKnown = (port: number, at: number) => {
    const idle = at - (lastHeard.get(port) ?? at);
    lastHeard.set(port, at);
    if (faults.forgetIdleAfter !== undefined && idle >= faults.forgetIdleAfter) forgotten.add(port);
    return !forgotten.has(port);
  };
  const addresses = new Map<number, { readonly port: number; readonly address: string }>();
  const socket = createSocket("udp4");
  socket.on("error", (error) => onViolation(`UDP: ${error.message}`));
  socket.on("message", (datagram, from) => {
    const at = performance.now();
    if (faults.dropUdp || !isKnown(from.port, at)) return;
    if (datagram.length === KEEP_ALIVE_BYTES) return socket.send(datagram, from.port, from.address);
    if (datagram.length === DISCOVERY_BYTES && datagram.readUInt16BE(0) === 1) {
      addresses.set(datagram.readUInt32BE(4), from);
      if (faults.discoveriesToDrop > 0) faults.discoveriesToDrop -= 1;
      else socket.send(discoveryResponse(datagram.readUInt32BE(4), from.address, from.port), from.port, from.address);
      return undefined;
    }
    const packet = parseRtp(datagram);
    if (packet === undefined) return onViolation(`UDP: ${datagram.length} bytes that are no voice packet`);
    return onPacket(packet, at);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    port: (socket.address() as AddressInfo).port,
    send(ssrc, datagram) {
      const to = addresses.get(ssrc);
      if (to !== undefined && !faults.dropUdp) socket.send(datagram, to.port, to.address);
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
};
