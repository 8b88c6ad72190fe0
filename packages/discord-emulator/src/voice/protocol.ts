/** Opcodes of Discord's voice gateway, version 8; 21 to 31 are DAVE's (daveprotocol.com). */
export const Opcode = {
  identify: 0,
  selectProtocol: 1,
  ready: 2,
  heartbeat: 3,
  sessionDescription: 4,
  speaking: 5,
  heartbeatAck: 6,
  resume: 7,
  hello: 8,
  resumed: 9,
  clientsConnect: 11,
  clientDisconnect: 13,
  prepareTransition: 21,
  executeTransition: 22,
  transitionReady: 23,
  prepareEpoch: 24,
  externalSender: 25,
  keyPackage: 26,
  proposals: 27,
  commitWelcome: 28,
  announceCommit: 29,
  welcome: 30,
  invalidCommitWelcome: 31,
} as const;

/** Close codes that the voice gateway sends (Discord, "Voice Close Event Codes"). */
export const CloseCode = {
  failedToDecode: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  sessionInvalid: 4006,
  unknownProtocol: 4012,
  disconnected: 4014,
  unknownEncryptionMode: 4016,
  daveRequired: 4017,
} as const;

/** A message of the voice gateway to a client; binary ones carry their payload as DAVE writes it. */
export type ServerMessage =
  | { readonly kind: "json"; readonly op: number; readonly d: unknown }
  | { readonly kind: "binary"; readonly op: number; readonly payload: Uint8Array };

/** A JSON message of the voice gateway. */
export const json = (op: number, d: unknown): ServerMessage => ({ kind: "json", op, d });
/** A binary message of the voice gateway; its payload is the parts in order. */
export const binary = (op: number, ...parts: readonly Uint8Array[]): ServerMessage => ({
  kind: "binary",
  op,
  payload: Buffer.concat(parts),
});

/** What a client sends in the forming of the MLS group (opcodes 26, 28, 23 and 31). */
export type DaveReply =
  | { readonly type: "keyPackage"; readonly payload: Uint8Array }
  | { readonly type: "commitWelcome"; readonly payload: Uint8Array }
  | { readonly type: "transitionReady"; readonly transition: number }
  | { readonly type: "invalidCommitWelcome"; readonly transition: number };
