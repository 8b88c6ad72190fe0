import type { Millis } from "../kernel/units.ts";
import type { InteractionOutcome } from "../ports/telemetry.ts";
import type { IncomingInteraction } from "./interaction.ts";

/** An interaction whose first answer is timed. */
export interface TimedInteraction {
  readonly incoming: IncomingInteraction;
  /** Until Discord took the first answer; until now where it took none. */
  latency(): Millis;
  /** What the router makes of it; `answered` until it says otherwise. */
  outcome: InteractionOutcome;
}

/** @param now a monotonic clock, in milliseconds */
export const timeInteraction = (incoming: IncomingInteraction, now: () => Millis): TimedInteraction => {
  const began = now();
  let first: Millis | undefined;
  const timed =
    <Arguments extends readonly unknown[]>(answer: (...given: Arguments) => Promise<void>) =>
    async (...given: Arguments): Promise<void> => {
      await answer(...given);
      first ??= now() - began;
    };
  return {
    incoming: {
      ...incoming,
      reply: timed(incoming.reply),
      defer: timed(incoming.defer),
      respond: timed(incoming.respond),
    },
    latency: () => first ?? now() - began,
    outcome: "answered",
  };
};
