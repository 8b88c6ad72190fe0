/** The length of each packet comes first, in two bytes. */
const LENGTH_BYTES = 2;

/** Writes Opus packets one after the other. The browser needs nothing else of an Ogg file. */
export const packPackets = (packets: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(packets.reduce((sum, packet) => sum + LENGTH_BYTES + packet.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const packet of packets) {
    view.setUint16(at, packet.length, true);
    bytes.set(packet, at + LENGTH_BYTES);
    at += LENGTH_BYTES + packet.length;
  }
  return bytes;
};

/** Reads them back; they share the memory of `bytes`. @throws Error when the file is cut off or empty */
export const unpackPackets = (bytes: Uint8Array): readonly Uint8Array[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + LENGTH_BYTES + (at + LENGTH_BYTES <= bytes.length ? view.getUint16(at, true) : bytes.length);
    if (end > bytes.length) throw new Error("The file of packets is cut off");
    packets.push(bytes.subarray(at + LENGTH_BYTES, end));
    at = end;
  }
  if (packets.length === 0) throw new Error("The file of packets is empty");
  return packets;
};
