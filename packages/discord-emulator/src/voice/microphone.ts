import { SILENCE_FRAME } from "../shared/opus.ts";
import type { Millis } from "../shared/units.ts";
import { json, Opcode, type ServerMessage } from "./protocol.ts";
import type { SpokenFrame } from "./rtp.ts";

const FRAME: Millis = 20;
const SAMPLES = 960;
/** So many silent frames end a speech (Discord, "Voice Data Interpolation"). */
const SILENCE_FRAMES = 5;
/** What says that somebody uses their microphone. */
const MICROPHONE = 1;

/** One stereo CELT frame of 20 ms of nothing in particular: whoever decodes it hears a murmur. */
const TEST_FRAME = Uint8Array.from({ length: 60 }, (_, i) => (i === 0 ? 0xfc : 0x5a));

interface MicrophoneOutput {
  /** Tells the bot's client. */
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
 * @returns speaks for so long, and resolves when the last packet is sent
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
