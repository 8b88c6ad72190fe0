import { id, type WakeUpId } from "../kernel/ids.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { ProgrammeStore } from "../ports/programmes.ts";
import type { Sessions } from "../runtime/sessions.ts";
import { createEvenings, type EveningsOptions, type EveningsService } from "./evenings.ts";
import { createGuildProgrammes, type GuildProgrammes, type GuildProgrammesOptions } from "./guildProgrammes.ts";
import { createQuietChannels, type QuietChannels, type QuietChannelsOptions } from "./quietChannels.ts";
import { createWakeUps, type WakeUpsOptions, type WakeUpsService } from "./wakeUps.ts";

/** Over which the sound of a wake-up rises, unless its member has chosen otherwise. */
const USUAL_RISE: Millis = minutes(10);

/** Programmes, and what begins by itself: evenings, wake-ups and quiet channels. */
export interface Programmes {
  readonly guildProgrammes: GuildProgrammes;
  readonly evenings: EveningsService;
  readonly wakeUps: WakeUpsService;
  readonly quietChannels: QuietChannels;
}

/** What programmes and evenings need. */
export type ProgrammesOptions = Omit<EveningsOptions, "guildProgrammes" | "all" | "planWakeUp"> &
  Omit<WakeUpsOptions, "sessions" | "catalogueOf" | "listenerService"> &
  Omit<QuietChannelsOptions, "sessions" | "guildProgrammes" | "catalogueOf" | "listenerService"> &
  Omit<GuildProgrammesOptions, "programmes" | "sessions"> & {
    readonly sessions: Pick<Sessions, "dispatch" | "view" | "all" | "freeBot">;
    readonly programmeStore: ProgrammeStore;
  };

/** Opens the programmes of all guilds; evenings, wake-ups and quiet channels wait until they are opened themselves. */
export const openProgrammes = (options: ProgrammesOptions): Programmes => {
  const { sessions, programmeStore } = options;
  const guildProgrammes = createGuildProgrammes({ ...options, programmes: programmeStore });
  const wakeUps = createWakeUps(options);
  const evenings = createEvenings({
    ...options,
    guildProgrammes,
    all: sessions.all,
    async planWakeUp({ guild, by, channel, panel, zone, wake }, occurrence) {
      if (wake === undefined) return;
      const request = { by, channel, panel, zone, time: wake, scope: "channel", rise: USUAL_RISE } as const;
      // An occurrence that is started again after a crash has its wake-up already.
      await wakeUps.plan(guild, { ...request, id: id<WakeUpId>(occurrence) });
    },
  });
  return { guildProgrammes, evenings, wakeUps, quietChannels: createQuietChannels({ ...options, guildProgrammes }) };
};
