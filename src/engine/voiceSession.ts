import type { ChannelId } from "../kernel/ids.ts";
import { readEndpoint, readVoiceState } from "./connection/voicePayloads.ts";

/**
 * What Discord said last about a guild's voice session: enough for another engine to connect to it
 * without asking.
 */
export interface VoiceSession {
  readonly channel: ChannelId;
  /** The VOICE_STATE_UPDATE and the VOICE_SERVER_UPDATE, as they came. */
  readonly state: unknown;
  readonly server: unknown;
}

/** Keeps the voice session of one guild. */
export interface VoiceSessionRecord {
  recordState(payload: unknown): void;
  recordServer(payload: unknown): void;
  /** Discord has dropped the voice state. */
  forget(): void;
  /** Undefined while the bot is in no channel, or has no voice server. */
  current(): VoiceSession | undefined;
}

/** Creates a record of no session. */
export const createVoiceSessionRecord = (): VoiceSessionRecord => {
  let channel: ChannelId | null = null;
  let state: unknown;
  let server: unknown;

  return {
    recordState(payload) {
      const next = readVoiceState(payload).channel;
      // Each channel has a voice server of its own, which Discord assigns after the move.
      if (next !== channel) server = undefined;
      channel = next;
      state = payload;
    },
    recordServer(payload) {
      server = readEndpoint(payload) === null ? undefined : payload;
    },
    forget() {
      channel = null;
      server = undefined;
    },
    current: () => (channel === null || server === undefined ? undefined : { channel, state, server }),
  };
};
