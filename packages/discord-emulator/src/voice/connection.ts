import { randomBytes } from "node:crypto";
import type { BotSeat, Call } from "./call.ts";
import type { FaultState } from "./faultState.ts";
import { createLink, type Link } from "./messageBuffer.ts";
import { type DaveReply, Opcode, type ServerMessage } from "./protocol.ts";
import { type EncryptionMode, openPacket, type Said, type SealedPacket, sealPacket } from "./rtp.ts";
import { createContinuityCheck, type Finding } from "./rtpContinuity.ts";
import type { VoiceConnectionReport, VoiceTicket } from "./types.ts";

/** One voice session of the bot, from Identify until it is over; its sockets may come and go. */
export interface Connection {
  readonly ticket: VoiceTicket;
  readonly ssrc: number;
  readonly link: Link;
  /** The bot has been told Ready: the others see it, and it sees them. */
  arrive(): void;
  /** Agrees on a mode and draws the key; the bot takes part in the group from then on. */
  describe(mode: EncryptionMode): { readonly secretKey: Buffer };
  speak(speaking: boolean): void;
  /** What the bot says in the making of the group. */
  hear(reply: DaveReply): void;
  receive(packet: SealedPacket, at: number): Received | undefined;
  report(): VoiceConnectionReport | undefined;
  /** The session is over: leaves the group and the call. */
  end(): void;
}

interface Received extends Finding {
  readonly inTheClear: boolean;
  readonly undecryptable: boolean;
}

const spoil = (message: ServerMessage): ServerMessage => {
  if (message.kind === "json") return message;
  const payload = Buffer.from(message.payload);
  for (let i = payload.length - 8; i < payload.length; i++) payload[i]! ^= 0xff;
  return { ...message, payload };
};

interface ConnectionEvents {
  /** Sends to the bot over UDP. */
  send(datagram: Buffer): void;
  isDeaf(): boolean;
  onEnd(): void;
}

export const createConnection = (
  ticket: VoiceTicket,
  ssrc: number,
  call: Call,
  faults: FaultState,
  { send, isDeaf, onEnd }: ConnectionEvents,
): Connection => {
  const link = createLink(() => faults.daveDelay);
  const check = createContinuityCheck();
  let media: { mode: EncryptionMode; secretKey: Buffer; seat: BotSeat } | undefined;
  let speaking = false;
  let over = false;
  let nonce = 0;

  /** What another member says reaches the bot, unless it has said that it is deaf. */
  const play = (said: Said) => {
    if (media === undefined || isDeaf()) return;
    nonce += 1;
    send(sealPacket(media.mode, media.secretKey, nonce, said));
  };

  const sendDave = (message: ServerMessage) => {
    const fragile = message.op === Opcode.welcome || message.op === Opcode.announceCommit;
    const spoilt = fragile && faults.corruptNext;
    if (spoilt) faults.corruptNext = false;
    link.send(spoilt ? spoil(message) : message);
  };

  return {
    ticket,
    ssrc,
    link,
    arrive: () => call.arrive(ticket.user, link.send),
    describe(mode) {
      const secretKey = randomBytes(32);
      media = { mode, secretKey, seat: media?.seat ?? call.seatBot(ticket.user, sendDave, play) };
      return { secretKey };
    },
    speak(on) {
      speaking = on;
    },
    hear: (reply) => media?.seat.seat.hear(reply),
    receive(packet, at) {
      if (media === undefined) return undefined;
      const { sequence, timestamp } = packet;
      const frame = openPacket(media.mode, media.secretKey, packet);
      const finding = check({ sequence, timestamp, nonce: packet.nonce.readUInt32BE(0) });
      return { ...finding, ...call.hear(media.seat, { at, sequence, timestamp, frame }) };
    },
    report: () =>
      media && {
        mode: media.mode,
        ssrc,
        daveVersion: 1,
        epoch: media.seat.seat.followsSince() === undefined ? 0 : call.epoch(),
        speaking,
      },
    end() {
      if (over) return;
      over = true;
      link.close();
      media?.seat.leave();
      call.depart(ticket.user);
      onEnd();
    },
  };
};
