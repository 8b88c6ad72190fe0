import type { Snowflake } from "discord-api-types/v10";
import type { Millis } from "../shared/units.ts";

/** The voice server: the main gateway tells it who may connect, and members listen there. */
export interface VoiceServer {
  /** `127.0.0.1:port`, as VOICE_SERVER_UPDATE names it. */
  readonly endpoint: string;
  /** Lets a bot identify with these credentials; newer ones of the same bot and guild replace them. */
  authorise(ticket: VoiceCredentials): void;
  /** The bot is no longer in a voice channel of the guild: its socket is closed with the code (4014 by default). */
  disconnect(guild: Snowflake, user: Snowflake, code?: number): void;
  /** A simulated member joins the call: another MLS participant who decrypts what is sent there. */
  join(guild: Snowflake, channel: Snowflake, user: Snowflake): Listener;
  /** Sets whether a bot is deaf, by itself or by a moderator: it is not sent what members say then. */
  setDeaf(guild: Snowflake, user: Snowflake, on: boolean): void;
  readonly faults: VoiceFaults;
  /** What has been observed since the server was started. */
  readonly statistics: VoiceStatistics;
  /** Every voice session that has sent packets, those that are over too, in the order of their first packet. */
  senders(): readonly VoiceSender[];
  /** A second address of the same server, for a call that moves to another region. */
  readonly alternateEndpoint: string;
  /** What the bot did against the protocol: a nonce used twice, timestamps that jump, messages that nobody sends. */
  readonly violations: readonly string[];
  /** What the bot's connection in the guild last negotiated, or undefined without one. */
  connection(guild: Snowflake): VoiceConnectionReport | undefined;
  close(): Promise<void>;
}

/** What a bot identifies with: the session of its voice state, and the token of VOICE_SERVER_UPDATE. */
export interface VoiceCredentials {
  readonly guild: Snowflake;
  readonly channel: Snowflake;
  readonly user: Snowflake;
  readonly sessionId: string;
  readonly token: string;
}

/** A packet as a listener receives it. */
export interface ReceivedPacket {
  /** When it arrived over UDP, on the monotonic clock (`performance.now()`). */
  readonly receivedAt: Millis;
  readonly sequence: number;
  readonly timestamp: number;
  /** The Opus frame, decrypted; undefined where it could not be decrypted. */
  readonly opus: Uint8Array | undefined;
  /** Whether it came without DAVE although the group was established (silence frames always do). */
  readonly unencrypted: boolean;
}

/** What a member in a voice channel hears of the bot, and their microphone. */
export interface Listener {
  readonly user: Snowflake;
  /** Called for every packet that the bot sends from now on. @returns a function that stops it */
  onPacket(hear: (packet: ReceivedPacket) => void): () => void;
  /**
   * Resolves once the listener and the bot share an MLS group and nothing of an earlier one is still on its way (while the
   * bot is away: after its arrival); rejects when the listener leaves first.
   */
  ready(): Promise<void>;
  /** Speaks for a duration, in packets of 20 ms that reach the bot where it is not deaf. */
  speak(duration: Millis): Promise<void>;
  /** Leaves the call; the group re-keys. */
  leave(): void;
}

/** Packets and sessions of all bots since the server was started. */
export interface VoiceStatistics {
  readonly packets: number;
  readonly unencrypted: number;
  readonly undecryptable: number;
  readonly lost: number;
  readonly reordered: number;
  /** Identify messages received, the refused ones included. */
  readonly identifyAttempts: number;
  /** Voice websocket sessions identified, and resumed. */
  readonly identified: number;
  readonly resumed: number;
}

/** A voice session that has sent packets; moments are of the monotonic clock (`performance.now()`). */
export interface VoiceSender {
  readonly guild: Snowflake;
  readonly ssrc: number;
  /** The gateway session of the voice state. */
  readonly sessionId: string;
  readonly firstAt: Millis;
  /** Of packets that came after the session was over, too. */
  readonly lastAt: Millis;
}

/** What a bot's connection has negotiated. */
export interface VoiceConnectionReport {
  readonly mode: "aead_aes256_gcm_rtpsize" | "aead_xchacha20_poly1305_rtpsize";
  readonly ssrc: number;
  readonly daveVersion: number;
  readonly epoch: number;
  readonly speaking: boolean;
}

/** What a test may do to the voice server. Each is in force until it is taken back, unless it says "next". */
export interface VoiceFaults {
  /** Closes the bot's voice socket in the guild with the code now. */
  closeSocket(guild: Snowflake, code: number): void;
  /** Sends this to the bot on its voice socket as it stands, be it JSON or not. */
  sendRaw(guild: Snowflake, message: string | Uint8Array): void;
  /** Closes with the code at each Identify (`times` of them; endless by default). */
  rejectIdentify(code: number, times?: number): void;
  /** Closes with 4006 at each Resume. */
  rejectResume(on: boolean): void;
  /** Sends what was missed before Resumed instead of after it. */
  replayBeforeResumed(on: boolean): void;
  /** Does not accept TCP connections. */
  refuseConnections(on: boolean): Promise<void>;
  /** Lets this many UDP discovery packets go unanswered. */
  dropDiscovery(times: number): void;
  /** Ignores all UDP packets, and sends none. */
  dropUdp(on: boolean): void;
  /** Drops everything from a UDP port that has been idle for this long, as a NAT router does that has forgotten a mapping. */
  forgetIdlePorts(after: Millis | undefined): void;
  /** Does not acknowledge heartbeats and does not read the socket. */
  stall(on: boolean): void;
  /** Delays DAVE welcomes and commits, in milliseconds. */
  delayDave(delay: Millis): void;
  /** Sends a welcome or commit that cannot be processed, next time. */
  corruptDave(): void;
  /** Sets the heartbeat interval of new voice sockets, in milliseconds. */
  heartbeatInterval(every: number): void;
  /** Which encryption modes Ready offers, in this order. */
  offerModes(modes: readonly VoiceConnectionReport["mode"][]): void;
}
