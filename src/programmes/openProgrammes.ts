import { id, type WakeUpId } from "../kernel/ids.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { ProgrammeStore } from "../ports/programmes.ts";
import type { Sessions } from "../runtime/sessions.ts";
import { createEvenings, type EveningsOptions, type EveningsService } from "./evenings.ts";
import { createGuildProgrammes, type GuildProgrammes, type GuildProgrammesOptions } from "./guildProgrammes.ts";
import { createWakeUps, type WakeUpsOptions, type WakeUpsService } from "./wakeUps.ts";

/** Over which the sound of a wake-up rises, unless its member has chosen otherwise. */
const USUAL_RISE: Millis = minutes(10);

/** Programmes, and the evenings on which they begin by themselves. */
export interface Programmes {
  readonly guildProgrammes: GuildProgrammes;
  readonly evenings: EveningsService;
  readonly wakeUps: WakeUpsService;
}

/** What programmes and evenings need. */
export type ProgrammesOptions = Omit<EveningsOptions, "guildProgrammes" | "view" | "planWakeUp"> &
  Omit<WakeUpsOptions, "sessions" | "catalogueOf" | "listenerService"> &
  Omit<GuildProgrammesOptions, "programmes" | "sessions"> & {
    readonly sessions: Pick<Sessions, "dispatch" | "view">;
    readonly programmeStore: ProgrammeStore;
  };

/** Opens the programmes of all guilds; evenings and wake-ups wait until they are opened themselves. */
export const openProgrammes = (options: ProgrammesOptions): Programmes => {
  const { sessions, programmeStore } = options;
  const guildProgrammes = createGuildProgrammes({ ...options, programmes: programmeStore });
  const wakeUps = createWakeUps(options);
  const evenings = createEvenings({
    ...options,
    guildProgrammes,
    view: sessions.view,
    async planWakeUp({ guild, by, channel, panel, zone, wake }, occurrence) {
      if (wake === undefined) return;
      const request = { by, channel, panel, zone, time: wake, scope: "channel", rise: USUAL_RISE } as const;
      // An occurrence that is started again after a crash has its wake-up already.
      await wakeUps.plan(guild, { ...request, id: id<WakeUpId>(occurrence) });
    },
  });
  return { guildProgrammes, evenings, wakeUps };
};
