import { SILENCE_FRAME } from "../shared/opus.ts";
import type { Millis } from "../shared/units.ts";
import { json, Opcode, type ServerMessage } from "./protocol.ts";
import type { SpokenFrame } from "./rtp.ts";

const FRAME: Millis = 20;
const SAMPLES = 960;
/** Number of silence frames that end a transmission (Discord, "Voice Data Interpolation"). */
const SILENCE_FRAMES = 5;
/** The speaking flag of a microphone. */
const MICROPHONE = 1;

/** A stereo CELT frame of 20 ms with arbitrary content: decoded, it is a murmur. */
const TEST_FRAME = Uint8Array.from({ length: 60 }, (_, i) => (i === 0 ? 0xfc : 0x5a));

interface MicrophoneOutput {
  /** Sends a message to the bot's client. */
  tell(message: ServerMessage): void;
  play(said: SpokenFrame): void;
  seal(opus: Uint8Array): Uint8Array;
  /** Whether the speaker has left. */
  isOver(): boolean;
}

/** SSRCs of members, far from those that bots are given. */
const ssrcOf = (user: string): number => 0x4000_0000 + Number(BigInt(user) % 0x3fff_ffffn);

/**
 * A member's microphone in a call.
 * @returns a function that speaks for a duration, and resolves when the last packet is sent
 */
export const createMicrophone = (user: string, { tell, play, seal, isOver }: MicrophoneOutput) => {
  const ssrc = ssrcOf(user);
  let sequence = 0;

  const say = (frame: Uint8Array) => {
    sequence = (sequence + 1) & 0xffff;
    play({ ssrc, sequence, timestamp: (sequence * SAMPLES) >>> 0, frame });
  };

  return async (duration: Millis): Promise<void> => {
    const frames = Math.max(1, Math.round(duration / FRAME));
    tell(json(Opcode.speaking, { user_id: user, ssrc, speaking: MICROPHONE }));
    const started = performance.now();
    for (let i = 0; i < frames + SILENCE_FRAMES && !isOver(); i++) {
      say(i < frames ? seal(TEST_FRAME) : SILENCE_FRAME);
      const wait = started + (i + 1) * FRAME - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
  };
};
