import { z } from "zod";

// The protocol that an activity's page and Discord's client speak over postMessage, as @discord/embedded-app-sdk 2.5 has
// it (`Opcodes`, `RPCCloseCodes`, `RPCErrorCodes`), and Discord's page on RPC, "Error codes".

/** A message between page and client: an opcode and what goes with it. */
export type RpcMessage = readonly [opcode: number, payload: unknown];

/** The first of a message's two parts. */
export const Opcode = { handshake: 0, frame: 1, close: 2, hello: 3 } as const;

/** Why a client ends a page. */
export const CloseCode = {
  normal: 1_000,
  unsupported: 1_003,
  invalidClientId: 4_000,
  invalidVersion: 4_004,
  invalidEncoding: 4_005,
} as const;

/** Why a client does not do what a page asks. */
export const ErrorCode = {
  invalidPayload: 4_000,
  invalidCommand: 4_002,
  invalidEvent: 4_004,
  invalidChannel: 4_005,
  invalidPermissions: 4_006,
  invalidClientId: 4_007,
  invalidToken: 4_009,
  oauth2: 5_000,
} as const;

/** A command was not carried out. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  /** One of `ErrorCode`. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a page begins with. */
export const Handshake = z.object({
  v: z.number(),
  encoding: z.string().default("json"),
  client_id: z.string(),
  frame_id: z.string(),
});

/** A page ends itself. */
export const Close = z.object({ code: z.number(), message: z.string().optional() });

/** A command. */
export const Command = z.object({
  cmd: z.string(),
  args: z.record(z.string(), z.unknown()).nullish(),
  evt: z.string().nullish(),
  nonce: z.string(),
});

const lock = z.union([z.literal(1), z.literal(2), z.literal(3)]);

/** The arguments of the commands that have any. */
export const ARGUMENTS = {
  AUTHORIZE: z.object({
    client_id: z.string(),
    response_type: z.literal("code").optional(),
    scope: z.array(z.string()).min(1),
    state: z.string().optional(),
    prompt: z.literal("none").optional(),
    code_challenge: z.string().optional(),
    code_challenge_method: z.string().optional(),
  }),
  AUTHENTICATE: z.object({ access_token: z.string() }),
  GET_CHANNEL: z.object({ channel_id: z.string() }),
  SET_ORIENTATION_LOCK_STATE: z.object({
    lock_state: lock,
    picture_in_picture_lock_state: lock.nullish(),
    grid_lock_state: lock.nullish(),
  }),
} as const;

/** The events that a page can subscribe to, each with the scope that it takes, if any. */
export const EVENTS: Readonly<Record<string, string | undefined>> = {
  VOICE_STATE_UPDATE: "rpc.voice.read",
  SPEAKING_START: "rpc.voice.read",
  SPEAKING_STOP: "rpc.voice.read",
  ACTIVITY_LAYOUT_MODE_UPDATE: undefined,
  ORIENTATION_UPDATE: undefined,
  CURRENT_USER_UPDATE: "identify",
  CURRENT_GUILD_MEMBER_UPDATE: "guilds.members.read",
  ENTITLEMENT_CREATE: undefined,
  THERMAL_STATE_UPDATE: undefined,
  ACTIVITY_INSTANCE_PARTICIPANTS_UPDATE: undefined,
};
