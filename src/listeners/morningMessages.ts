import type { Clock } from "../kernel/clock.ts";
import { createDueTimers } from "../kernel/dueTimers.ts";
import { type GuildId, id, type SessionId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { DueJobResult, OpenDueJobs } from "../ports/dueJobs.ts";
import type { AppendToPanel, VoiceChannels } from "../ports/guild.ts";
import type { Consents, Night, Nights } from "../ports/listeners.ts";
import { isStillMorning, morningMessage } from "./morningMessage.ts";

/** Between two attempts while the database does not answer. */
const RETRY_INTERVAL: Millis = minutes(1);

/** What morning messages need of the rest of the bot. */
export interface MorningMessagesOptions {
  readonly nights: Nights;
  readonly consents: Pick<Consents, "usersConsenting">;
  readonly voiceChannels: Pick<VoiceChannels, "listeners">;
  readonly appendToPanel: AppendToPanel;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether this process looks after the guild; absent: after every one. */
  readonly carries?: (guild: GuildId) => boolean;
  /** What says when a morning is due; absent: this process's own timer. */
  readonly openDueJobs?: OpenDueJobs | undefined;
}

/** Tells of nights on their panels when it is morning, each once, whatever restarts. */
export const createMorningMessages = (options: MorningMessagesOptions) => {
  const { nights, consents, voiceChannels, appendToPanel, clock, log, carries = () => true } = options;
  const { openDueJobs = createDueTimers(clock) } = options;

  const tellOf = async (night: Night): Promise<void> => {
    const { guild, channel, guests, posted, endedAt, dueAt } = night;
    // Taken first: what goes wrong after that is told never, and not twice.
    if (!(await nights.take(night)) || !isStillMorning(night, clock.now())) return;
    const stillThere = voiceChannels.listeners(guild, channel).some((user) => guests.includes(user));
    const named = await consents.usersConsenting(guild, "named", guests);
    await appendToPanel(guild, posted, morningMessage(night, stillThere ? Math.max(dueAt, endedAt) : endedAt, named));
  };

  const run = async (session: string): Promise<DueJobResult> => {
    try {
      const night = await nights.find(id<SessionId>(session));
      if (night === undefined) return { isDone: true, at: undefined };
      if (night.dueAt > clock.now()) return { isDone: true, at: night.dueAt };
      await tellOf(night);
      return { isDone: true, at: undefined };
    } catch (error) {
      log.warn("A night could not be told of", { session, error });
      return { isDone: false, at: clock.now() + RETRY_INTERVAL };
    }
  };
  const dueJobs = openDueJobs("morning", run);
  const wait = ({ session, guild, dueAt }: Night) => dueJobs.set(session, guild, dueAt);

  return {
    /** Looks what there is to tell, after a start. Never rejects. */
    async open(): Promise<void> {
      try {
        for (const night of await nights.all()) if (carries(night.guild)) wait(night);
      } catch (error) {
        log.warn("The nights could not be read", { error });
      }
    },
    add(night: Night): void {
      nights
        .add(night)
        .then(() => wait(night))
        .catch((error: unknown) => log.warn("A night could not be kept", { guild: night.guild, error }));
    },
    close: () => dueJobs.close(),
  };
};
