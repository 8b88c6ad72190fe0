import type { ProgrammeStore } from "../ports/programmes.ts";
import type { Sessions } from "../runtime/sessions.ts";
import { createEvenings, type EveningsOptions, type EveningsService } from "./evenings.ts";
import { createGuildProgrammes, type GuildProgrammes, type GuildProgrammesOptions } from "./guildProgrammes.ts";

/** Programmes, and the evenings on which they begin by themselves. */
export interface Programmes {
  readonly guildProgrammes: GuildProgrammes;
  readonly evenings: EveningsService;
}

/** What programmes and evenings need. */
export type ProgrammesOptions = Omit<EveningsOptions, "guildProgrammes" | "view"> &
  Omit<GuildProgrammesOptions, "programmes" | "sessions"> & {
    readonly sessions: Pick<Sessions, "dispatch" | "view">;
    readonly programmeStore: ProgrammeStore;
  };

/** Opens the programmes of all guilds; evenings wait until they are opened themselves. */
export const openProgrammes = (options: ProgrammesOptions): Programmes => {
  const { sessions, programmeStore } = options;
  const guildProgrammes = createGuildProgrammes({ ...options, programmes: programmeStore });
  return { guildProgrammes, evenings: createEvenings({ ...options, guildProgrammes, view: sessions.view }) };
};
