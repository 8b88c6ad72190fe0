import type { Consents, Night, Nights } from "../host/carePorts.ts";
import type { Rooms } from "../host/ports.ts";
import { createWakeUp } from "../host/wakeUp.ts";
import type { Clock } from "../kernel/clock.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { Text } from "../kernel/text.ts";
import type { Posted } from "../session/session.ts";
import { isStillMorning, morningLine } from "./morning.ts";

/** Adds a line to a panel that is over, silently. */
export type TellOnPanel = (guild: GuildId, posted: Posted, line: Text) => Promise<void>;

/** Tells of nights on their panels when it is morning, each once, whatever restarts. */
export const createMornings = ({
  nights,
  consents,
  rooms,
  tell,
  clock,
  log,
}: {
  readonly nights: Nights;
  readonly consents: Pick<Consents, "agreed">;
  readonly rooms: Pick<Rooms, "listeners">;
  readonly tell: TellOnPanel;
  readonly clock: Clock;
  readonly log: Log;
}) => {
  let turn: Promise<void> = Promise.resolve();

  const tellOf = async (night: Night): Promise<void> => {
    const { guild, channel, guests, posted, endedAt, dueAt } = night;
    // Taken first: what goes wrong after that is told never, and not twice.
    if (!(await nights.take(night)) || !isStillMorning(night, clock.now())) return;
    const stillThere = rooms.listeners(guild, channel).some((user) => guests.includes(user));
    const named = await consents.agreed(guild, "named", guests);
    await tell(guild, posted, morningLine(night, stillThere ? Math.max(dueAt, endedAt) : endedAt, named));
  };

  const lookForward = async (): Promise<void> => {
    for (const night of await nights.all()) {
      if (night.dueAt > clock.now()) return wakeUp.at(night.dueAt);
      await tellOf(night).catch((error: unknown) =>
        log.warn("A night could not be told of", { guild: night.guild, error }),
      );
    }
  };

  const look = () => {
    turn = turn.then(lookForward).catch((error: unknown) => log.warn("The nights could not be read", { error }));
    return turn;
  };
  const wakeUp = createWakeUp(clock, () => void look());

  return {
    /** Looks what there is to tell, after a start. */
    open: look,
    add(night: Night): void {
      nights
        .add(night)
        .then(look)
        .catch((error: unknown) => log.warn("A night could not be kept", { guild: night.guild, error }));
    },
    close: () => wakeUp.at(undefined),
  };
};
