import type { Packet } from "../../audio/format.ts";

/** The way out for packets, for as long as one voice session lasts. */
export interface VoiceTransport {
  /** Whether what is sent now can be heard: the session is up, and its end-to-end encryption where there is one. */
  state(): "ready" | "alone" | "connecting" | "resuming" | "encrypting";
  /** Whether the state is "ready"; looks only after something has happened, for whoever asks with each packet. */
  isReady(): boolean;
  /** Sends one Opus frame, at the latest when the outbox is flushed. @returns false when the connection could not take it */
  send(packet: Packet): boolean;
  setSpeaking(on: boolean): void;
  /**
   * When a keep-alive was echoed last, on the monotonic clock; undefined until one has been: some of Discord's voice hosts
   * echo them every five seconds, some never do (discordjs/discord.js#9185).
   */
  lastKeepAliveEcho(): number | undefined;
  /**
   * When a packet of somebody else's voice came last, on the monotonic clock. Such packets are counted by their header alone:
   * they are neither decrypted nor kept.
   */
  lastVoicePacket(): number | undefined;
  /** When the voice gateway said anything last, on the monotonic clock. */
  lastGatewayMessage(): number | undefined;
  /** How often it is asked to answer, as it wished itself, in milliseconds. */
  heartbeatInterval(): number | undefined;
  /** Drops the socket of the voice gateway, which the library then resumes. */
  dropGatewaySocket(): void;
  /** Asks for the own address again while the first question is unanswered. */
  retryIpDiscovery(): void;
}
