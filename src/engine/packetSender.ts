import { type Decibels, type Millis, seconds } from "../kernel/units.ts";
import type { VoiceTransport } from "./connection/voiceTransport.ts";
import type { PacketCounter } from "./packetCounter.ts";
import type { Stream } from "./playback/stream.ts";

/**
 * Ducking ends this long after a member's last voice packet, so that a breath between two words
 * lifts nothing.
 */
const DUCKING_HOLD: Millis = seconds(1.5);

/** Moves packets from a stream to a voice transport, with Discord's speaking flag and ducking. */
export interface PacketSender {
  /** Sends the next packet. @returns false when the stream has nothing to send */
  sendNext(transport: VoiceTransport, time: Millis): boolean;
  /** Attenuates the stream by so much while a member speaks; 0 turns it off. */
  setDucking(byDb: Decibels): void;
  /** Takes the speaking flag back, where it is set. */
  stopSpeaking(transport: VoiceTransport | undefined): void;
  /** Forgets the speaking flag: the voice session that it was set in is gone. */
  sessionLost(): void;
}

/** Creates a sender for one guild's stream. @param counter of the thread */
export const createPacketSender = (stream: Stream, counter: Pick<PacketCounter, "sent">): PacketSender => {
  let isSpeaking = false;
  let duckingDb: Decibels = 0;

  const duck = (transport: VoiceTransport, time: Millis) => {
    if (duckingDb === 0) return;
    const voice = transport.lastVoicePacket();
    stream.duck(voice !== undefined && time - voice < DUCKING_HOLD ? duckingDb : 0);
  };

  const stopSpeaking = (transport: VoiceTransport | undefined) => {
    if (!isSpeaking) return;
    isSpeaking = false;
    transport?.setSpeaking(false);
  };

  return {
    sendNext(transport, time) {
      duck(transport, time);
      const packet = stream.next();
      if (packet === undefined) {
        stopSpeaking(transport);
        return false;
      }
      if (!isSpeaking) {
        isSpeaking = true;
        transport.setSpeaking(true);
      }
      counter.sent(transport.send(packet));
      return true;
    },
    setDucking(byDb) {
      duckingDb = byDb;
      if (byDb === 0) stream.duck(0);
    },
    stopSpeaking,
    sessionLost() {
      isSpeaking = false;
    },
  };
};
