import type { ChannelId, GuildId, UserId, WakeUpId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import type { PlayRequest } from "../session/session.ts";

/** A wake-up that is still to come. */
export interface WakeUp {
  readonly id: WakeUpId;
  readonly guild: GuildId;
  readonly by: UserId;
  /** `channel`: for everyone in the voice channel. `me`: for the member who has set it. */
  readonly scope: "channel" | "me";
  /** When its sound has risen. */
  readonly at: Millis;
  /** Over which it rises. */
  readonly rise: Millis;
  /** The voice channel from which it was set. */
  readonly channel: ChannelId;
  /** The text channel of its panel. */
  readonly panel: ChannelId;
  /** What it plays; absent: a gentle sound that suits those who are there. */
  readonly request?: PlayRequest;
}

/** The wake-ups that are still to come. */
export interface WakeUpStore {
  all(): Promise<readonly WakeUp[]>;
  of(guild: GuildId): Promise<readonly WakeUp[]>;
  find(wakeUp: WakeUpId): Promise<WakeUp | undefined>;
  /**
   * Does nothing if it is there already. A member's own takes the place of their earlier one in the guild.
   * @throws UserError when the guild has 50
   */
  add(wakeUp: WakeUp): Promise<void>;
  remove(wakeUp: WakeUpId): Promise<void>;
}

/** Wake-ups of all guilds. */
export interface WakeUps {
  /**
   * Sets a wake-up for the next moment at which clocks in a zone show a time. A member has one of
   * their own per guild: a later one replaces it.
   * @param request.id absent: a new one; with an id that is there already, nothing happens
   * @throws UserError that names what was not understood, with an example
   */
  plan(
    guild: GuildId,
    request: Omit<WakeUp, "id" | "guild" | "at"> & {
      readonly id?: WakeUpId;
      readonly time: string;
      readonly zone: string;
    },
  ): Promise<WakeUp>;
  /** The guild's wake-ups that a member may see: those of channels and their own; the soonest first. */
  list(guild: GuildId, user: UserId): readonly WakeUp[];
  /** @throws UserError when the member sees no such wake-up */
  cancel(guild: GuildId, user: UserId, wakeUp: string): Promise<WakeUp>;
  /** Forgets what a member has set, after its rows have been deleted. */
  forgetUser(user: UserId): void;
}
