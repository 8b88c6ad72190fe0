import { aboutOf, type Programme } from "../catalogue/programmes.ts";
import { VISUALS } from "../catalogue/visuals.ts";
import { message, plainly } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId, GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { Announce, AnnouncementImage } from "../ports/guild.ts";
import type { Visuals } from "../ports/pictures.ts";
import type { Schedule, Schedules } from "../ports/programmes.ts";
import type { EndReason } from "../session/session.ts";
import { isHeard, type SessionView } from "../session/view.ts";
import type { GuildProgrammes } from "./guildProgrammes.ts";

const programmeGone = () => new UserError("programme-gone", message("evening.programmeGone"));
const notConnected = () => new UserError("evening-not-connected", message("evening.notConnected"));
const nothingPrepared = () => new UserError("evening-not-prepared", message("evening.notPrepared"));
const nobodyCame = () => new UserError("evening-nobody-came", message("evening.nobodyCame"));

/** Why an evening was not heard when its session ended before; undefined where a member or the timer ended it. */
const UNHEARD: Readonly<Record<EndReason, (() => UserError) | undefined>> = {
  slept: undefined,
  woken: undefined,
  stopped: undefined,
  alone: nobodyCame,
  quiet: nothingPrepared,
  disconnected: notConnected,
  "channel-gone": notConnected,
  "no-permission": notConnected,
  unreachable: notConnected,
};

/** Starts the sessions of scheduled evenings, and tells when they are heard. */
export interface EveningSessions {
  /** Starts a programme that has something to hear, or shows one that has not. @throws UserError when it can't start */
  start(schedule: Schedule, occurrence: string): Promise<void>;
  /**
   * Resolves once a packet of the session has gone out, or it was ended on purpose; at once where nothing is to be heard.
   * @throws UserError when it ended before that
   */
  untilHeard(schedule: Schedule, occurrence: string): Promise<void>;
  /** To be called when a session has changed or ended. Cheap. */
  observe(view: SessionView): void;
}

/** What starting sessions needs of the rest of the bot. */
export interface EveningSessionsOptions {
  readonly schedules: Pick<Schedules, "of">;
  readonly guildProgrammes: Pick<GuildProgrammes, "find" | "start">;
  /** The guild's sessions. */
  all(guild: GuildId): readonly SessionView[];
  /** @throws UserError when the bot can't be heard in the channel */
  checkAccess(guild: GuildId, channel: ChannelId): void;
  readonly announce: Announce;
  readonly visuals: Pick<Visuals, "render">;
  readonly log: Log;
}

/** Creates what starts the sessions of evenings. */
export const createEveningSessions = (options: EveningSessionsOptions): EveningSessions => {
  const { schedules, guildProgrammes, all, checkAccess, announce, visuals, log } = options;
  /** By guild, what waits to be heard there. */
  const awaited = new Map<GuildId, readonly ((view: SessionView) => void)[]>();

  /** The visual; the message goes without it if it can't be drawn. */
  const pictureOf = async ({ visual }: Programme): Promise<AnnouncementImage | undefined> => {
    const found = VISUALS.find(({ id }) => id === visual);
    if (found === undefined) return undefined;
    try {
      return { name: `${found.id}.gif`, data: await visuals.render(found.id, "gif"), description: plainly(found.alt) };
    } catch (error) {
      log.warn("A picture could not be drawn", { visual: found.id, error });
      return undefined;
    }
  };

  return {
    async start(schedule, occurrence) {
      const { guild, channel, panel } = schedule;
      // The member who scheduled it may have deleted their data since.
      const { by } = (await schedules.of(guild)).find(({ id }) => id === schedule.id) ?? schedule;
      const programme = await guildProgrammes.find(guild, schedule.programme);
      if (programme === undefined) throw programmeGone();
      if (programme.phases.length === 0)
        return announce(
          guild,
          panel,
          programme.line === undefined ? aboutOf(programme) : plainly(programme.line),
          await pictureOf(programme),
        );
      checkAccess(guild, channel);
      await guildProgrammes.start(guild, programme, { by, channel, panel, occurrence });
    },

    untilHeard({ guild }, occurrence) {
      return new Promise((resolve, reject) => {
        const check = (seen: SessionView | undefined): boolean => {
          if (seen?.status === "over" && seen.programme?.occurrence === occurrence) {
            const unheard = seen.endReason && UNHEARD[seen.endReason];
            if (unheard === undefined) resolve();
            else reject(unheard());
            return true;
          }
          // Heard, or something else is on in its place.
          const isSettled = seen?.programme?.occurrence !== occurrence || isHeard(seen);
          if (isSettled) resolve();
          return isSettled;
        };
        const begun = all(guild).find(({ programme }) => programme?.occurrence === occurrence);
        const watch = (seen: SessionView) => {
          if (seen.id !== begun?.id || !check(seen)) return;
          const others = (awaited.get(guild) ?? []).filter((one) => one !== watch);
          if (others.length === 0) awaited.delete(guild);
          else awaited.set(guild, others);
        };
        if (!check(begun)) awaited.set(guild, [...(awaited.get(guild) ?? []), watch]);
      });
    },

    observe(seen) {
      for (const watch of awaited.get(seen.guild) ?? []) watch(seen);
    },
  };
};
