import type { Clock } from "../kernel/clock.ts";
import { createDeadlineTimer } from "../kernel/deadlineTimer.ts";
import type { Log } from "../kernel/log.ts";
import type { AppendToPanel, VoiceChannels } from "../ports/guild.ts";
import type { Consents, Night, Nights } from "../ports/listeners.ts";
import { isStillMorning, morningMessage } from "./morningMessage.ts";

/** Tells of nights on their panels when it is morning, each once, whatever restarts. */
export const createMorningMessages = ({
  nights,
  consents,
  voiceChannels,
  appendToPanel,
  clock,
  log,
}: {
  readonly nights: Nights;
  readonly consents: Pick<Consents, "usersConsenting">;
  readonly voiceChannels: Pick<VoiceChannels, "listeners">;
  readonly appendToPanel: AppendToPanel;
  readonly clock: Clock;
  readonly log: Log;
}) => {
  let turn: Promise<void> = Promise.resolve();

  const tellOf = async (night: Night): Promise<void> => {
    const { guild, channel, guests, posted, endedAt, dueAt } = night;
    // Taken first: what goes wrong after that is told never, and not twice.
    if (!(await nights.take(night)) || !isStillMorning(night, clock.now())) return;
    const stillThere = voiceChannels.listeners(guild, channel).some((user) => guests.includes(user));
    const named = await consents.usersConsenting(guild, "named", guests);
    await appendToPanel(guild, posted, morningMessage(night, stillThere ? Math.max(dueAt, endedAt) : endedAt, named));
  };

  const lookForward = async (): Promise<void> => {
    for (const night of await nights.all()) {
      if (night.dueAt > clock.now()) return wakeUp.set(night.dueAt);
      await tellOf(night).catch((error: unknown) =>
        log.warn("A night could not be told of", { guild: night.guild, error }),
      );
    }
  };

  const look = () => {
    turn = turn.then(lookForward).catch((error: unknown) => log.warn("The nights could not be read", { error }));
    return turn;
  };
  const wakeUp = createDeadlineTimer(clock, () => void look());

  return {
    /** Looks what there is to tell, after a start. */
    open: look,
    add(night: Night): void {
      nights
        .add(night)
        .then(look)
        .catch((error: unknown) => log.warn("A night could not be kept", { guild: night.guild, error }));
    },
    close: () => wakeUp.set(undefined),
  };
};
