import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { type Millis, seconds } from "../kernel/units.ts";

/** RFC 8489, section 5. */
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const MAGIC_COOKIE = 0x2112a442;
const HEADER_BYTES = 20;
const REPEAT: Millis = 500;

/** Whether UDP leaves this network and comes back, as voice needs it: a STUN server is asked. */
export const udpWorks = (
  { host, port }: { readonly host: string; readonly port: number },
  limit: Millis = seconds(4),
): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket("udp4");
    const request = Buffer.alloc(HEADER_BYTES);
    request.writeUInt16BE(BINDING_REQUEST, 0);
    request.writeUInt32BE(MAGIC_COOKIE, 4);
    randomBytes(12).copy(request, 8);
    const ask = () => socket.send(request, port, host, (error) => error && end(false));
    const repeat = setInterval(ask, REPEAT);
    const giveUp = setTimeout(() => end(false), limit);
    const end = (works: boolean) => {
      clearInterval(repeat);
      clearTimeout(giveUp);
      socket.removeAllListeners();
      socket.on("error", () => {});
      socket.close(() => {});
      resolve(works);
    };
    socket.once("error", () => end(false));
    socket.on("message", (answer) => {
      const isOurs = answer.length >= HEADER_BYTES && answer.subarray(8, 20).equals(request.subarray(8, 20));
      if (isOurs && answer.readUInt16BE(0) === BINDING_SUCCESS) end(true);
    });
    ask();
  });
