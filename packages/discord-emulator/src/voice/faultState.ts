import type { VoiceConnectionReport } from "./types.ts";

/** What the tests have asked for and is in force now. */
export interface FaultState {
  refuseIdentify: { readonly code: number; times: number } | undefined;
  refuseResume: boolean;
  replayBeforeResumed: boolean;
  discoveriesToDrop: number;
  blackHole: boolean;
  forgetIdleAfter: number | undefined;
  deaf: boolean;
  /** In milliseconds, of voice sockets to come. */
  heartbeat: number;
  daveDelay: number;
  corruptNext: boolean;
  modes: readonly VoiceConnectionReport["mode"][];
}

export const noFaults = (): FaultState => ({
  refuseIdentify: undefined,
  refuseResume: false,
  replayBeforeResumed: false,
  discoveriesToDrop: 0,
  blackHole: false,
  forgetIdleAfter: undefined,
  deaf: false,
  // Discord's own.
  heartbeat: 13_750,
  daveDelay: 0,
  corruptNext: false,
  modes: ["aead_aes256_gcm_rtpsize", "aead_xchacha20_poly1305_rtpsize"],
});

/** The close code with which this Identify is to be refused, if it is. */
export const refusal = (faults: FaultState): number | undefined => {
  const { refuseIdentify } = faults;
  if (refuseIdentify === undefined || refuseIdentify.times <= 0) return undefined;
  refuseIdentify.times -= 1;
  return refuseIdentify.code;
};
