import { randomBytes } from "node:crypto";
import type { BotMember, Call } from "./call.ts";
import type { FaultState } from "./faultState.ts";
import { createMessageBuffer, type MessageBuffer } from "./messageBuffer.ts";
import { type DaveReply, Opcode, type ServerMessage } from "./protocol.ts";
import { decryptPacket, type EncryptedPacket, type EncryptionMode, encryptPacket, type SpokenFrame } from "./rtp.ts";
import { type ContinuityReport, createContinuityCheck } from "./rtpContinuity.ts";
import type { VoiceConnectionReport, VoiceCredentials } from "./types.ts";

/** One voice session of the bot, from Identify until it is over; its sockets may come and go. */
export interface Connection {
  readonly credentials: VoiceCredentials;
  readonly ssrc: number;
  readonly outgoing: MessageBuffer;
  /** The bot has been sent Ready: the others see it, and it sees them. */
  announce(): void;
  /** Agrees on a mode and draws the key; the bot takes part in the group from then on. */
  selectMode(mode: EncryptionMode): { readonly secretKey: Buffer };
  setSpeaking(speaking: boolean): void;
  /** Takes what the bot sends in the forming of the group. */
  receiveDave(reply: DaveReply): void;
  receivePacket(packet: EncryptedPacket, at: number): Received | undefined;
  report(): VoiceConnectionReport | undefined;
  /** The session is over: leaves the group and the call. */
  end(): void;
}

interface Received extends ContinuityReport {
  readonly unencrypted: boolean;
  readonly undecryptable: boolean;
}

const spoil = (message: ServerMessage): ServerMessage => {
  if (message.kind === "json") return message;
  const payload = Buffer.from(message.payload);
  const tail = payload.subarray(-8);
  tail.set(tail.map((byte) => byte ^ 0xff));
  return { ...message, payload };
};

interface ConnectionEvents {
  /** Sends to the bot over UDP. */
  send(datagram: Buffer): void;
  isDeaf(): boolean;
  onEnd(): void;
}

/**
 * A voice session that has just identified.
 * @param ssrc of the bot in this session
 * @param on.send sends a datagram to the bot; `isDeaf` says whether it hears others; `onEnd` is told once
 */
export const createConnection = (
  credentials: VoiceCredentials,
  ssrc: number,
  call: Call,
  faults: FaultState,
  { send, isDeaf, onEnd }: ConnectionEvents,
): Connection => {
  const outgoing = createMessageBuffer(() => faults.daveDelay);
  const check = createContinuityCheck();
  let media: { mode: EncryptionMode; secretKey: Buffer; bot: BotMember } | undefined;
  let speaking = false;
  let over = false;
  let nonce = 0;

  /** Sends the bot what another member says, unless the bot is deaf. */
  const play = (said: SpokenFrame) => {
    if (media === undefined || isDeaf()) return;
    nonce += 1;
    send(encryptPacket(media.mode, media.secretKey, nonce, said));
  };

  const sendDave = (message: ServerMessage) => {
    const fragile = message.op === Opcode.welcome || message.op === Opcode.announceCommit;
    const spoilt = fragile && faults.corruptNext;
    if (spoilt) faults.corruptNext = false;
    outgoing.send(spoilt ? spoil(message) : message);
  };

  return {
    credentials,
    ssrc,
    outgoing,
    announce: () => call.announceArrival(credentials.user, outgoing.send),
    selectMode(mode) {
      const secretKey = randomBytes(32);
      media = { mode, secretKey, bot: media?.bot ?? call.addBot(credentials.user, sendDave, play) };
      return { secretKey };
    },
    setSpeaking(on) {
      speaking = on;
    },
    receiveDave: (reply) => media?.bot.member.receive(reply),
    receivePacket(packet, receivedAt) {
      if (media === undefined) return undefined;
      const { sequence, timestamp } = packet;
      const frame = decryptPacket(media.mode, media.secretKey, packet);
      const finding = check({ sequence, timestamp, nonce: packet.nonce.readUInt32BE(0) });
      return { ...finding, ...call.receive(media.bot, { receivedAt, sequence, timestamp, frame }) };
    },
    report: () =>
      media && {
        mode: media.mode,
        ssrc,
        daveVersion: 1,
        epoch: media.bot.member.followsSince() === undefined ? 0 : call.epoch(),
        speaking,
      },
    end() {
      if (over) return;
      over = true;
      outgoing.close();
      media?.bot.leave();
      call.announceDeparture(credentials.user);
      onEnd();
    },
  };
};
