import type { Packet } from "../../audio/format.ts";

/**
 * Sends packets to one voice session and shows the session's condition. Times are on the monotonic
 * clock, in milliseconds.
 */
export interface VoiceTransport {
  /**
   * Whether what is sent now can be heard: the session is up, and so is its end-to-end encryption,
   * where it has one.
   */
  state(): "ready" | "alone" | "connecting" | "resuming" | "encrypting";
  /**
   * Whether the state is "ready". Cheap enough for each packet: it looks only after something has
   * changed.
   */
  isReady(): boolean;
  /**
   * Sends one Opus frame, at the latest when the outbox is flushed.
   * @returns false when the connection could not take it
   */
  send(packet: Packet): boolean;
  setSpeaking(on: boolean): void;
  /**
   * When a keep-alive was last echoed; undefined until one has been. Some of Discord's voice
   * servers echo them every five seconds, some never do (discordjs/discord.js#9185).
   */
  lastKeepAliveEcho(): number | undefined;
  /**
   * When a packet of another member's voice last came. Such packets are recognised by their header
   * alone: they are neither decrypted nor kept.
   */
  lastVoicePacket(): number | undefined;
  /** When the voice gateway last sent a message. */
  lastGatewayMessage(): number | undefined;
  /** The heartbeat interval that the voice gateway asked for. */
  heartbeatInterval(): number | undefined;
  /** Drops the socket of the voice gateway, which the library then resumes. */
  dropGatewaySocket(): void;
  /** Repeats IP discovery while the first request is unanswered. */
  retryIpDiscovery(): void;
}
