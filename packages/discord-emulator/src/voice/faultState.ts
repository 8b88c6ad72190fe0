import type { VoiceConnectionReport } from "./types.ts";

/** What the tests have asked for and is in force now. */
export interface FaultState {
  rejectIdentify: { readonly code: number; times: number } | undefined;
  rejectResume: boolean;
  replayBeforeResumed: boolean;
  discoveriesToDrop: number;
  dropUdp: boolean;
  forgetIdleAfter: number | undefined;
  stalled: boolean;
  /** In milliseconds, of voice sockets to come. */
  heartbeatInterval: number;
  daveDelay: number;
  corruptNext: boolean;
  modes: readonly VoiceConnectionReport["mode"][];
}

/** A state in which nothing is wrong, with Discord's own heartbeat interval. */
export const noFaults = (): FaultState => ({
  rejectIdentify: undefined,
  rejectResume: false,
  replayBeforeResumed: false,
  discoveriesToDrop: 0,
  dropUdp: false,
  forgetIdleAfter: undefined,
  stalled: false,
  // Discord's own.
  heartbeatInterval: 13_750,
  daveDelay: 0,
  corruptNext: false,
  modes: ["aead_aes256_gcm_rtpsize", "aead_xchacha20_poly1305_rtpsize"],
});

/** The close code with which this Identify is to be refused, if it is. */
export const nextIdentifyRejection = (faults: FaultState): number | undefined => {
  const { rejectIdentify } = faults;
  if (rejectIdentify === undefined || rejectIdentify.times <= 0) return undefined;
  rejectIdentify.times -= 1;
  return rejectIdentify.code;
};
