import type { Millis } from "../kernel/units.ts";

/** How an interaction ended. */
export type InteractionOutcome =
  | "answered" // as the member asked
  | "refused" // with a sentence that says why
  | "failed" // on an error of Lull's own, with a reference to the log
  | "not-taken"; // Discord did not take the answer

/** An interaction that is over. */
interface ObservedInteraction {
  readonly kind: "command" | "autocomplete" | "component" | "messageCommand" | "modalSubmit";
  /** Of the registered commands or the known actions; "unknown" for any other. */
  readonly command: string;
  readonly outcome: InteractionOutcome;
  /** Until Discord took the first answer: a reply, or the deferral of one. */
  readonly latency: Millis;
}

/** What one engine has sent since it was last told. */
export interface PacketCounts {
  /** Handed to a voice connection that took them. */
  readonly sent: number;
  /** Of those, more than one frame behind the 20 ms grid. */
  readonly late: number;
  /** Never sent: the engine stood still for too long, or the connection did not take them. */
  readonly dropped: number;
  /** How far behind the grid the packets of each tick were all sent. */
  readonly lateness: readonly Millis[];
}

/** Is told what happens while the bot runs, as numbers: never which guild or member. Each call is cheap. */
export interface Telemetry {
  interactionEnded(interaction: ObservedInteraction): void;
  /** A shard has gone on with its session after a disconnect. */
  gatewayResumed(): void;
  /** A shard has lost its connection and makes another. */
  gatewayReconnecting(): void;
  /** Discord has refused a request with 429. */
  rateLimited(): void;
  packetsSent(counts: PacketCounts): void;
  /**
   * A voice connection is lost and made again.
   * @param closeCode what the voice gateway closed it with; undefined where it did not
   */
  voiceReconnecting(closeCode: number | undefined): void;
}

/** Telemetry that nobody reads. */
export const noTelemetry: Telemetry = {
  interactionEnded() {},
  gatewayResumed() {},
  gatewayReconnecting() {},
  rateLimited() {},
  packetsSent() {},
  voiceReconnecting() {},
};
