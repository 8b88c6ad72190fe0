import type { Catalogue } from "../catalogue/catalogue.ts";
import { builtIn, type Phase, PROGRAMMES, type Programme, phasesFor } from "../catalogue/programmes.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId, GuildId, UserId } from "../kernel/ids.ts";
import { foldName, plainName } from "../kernel/names.ts";
import { text } from "../kernel/text.ts";
import type { ListenerService } from "../ports/listeners.ts";
import type { ProgrammeStore } from "../ports/programmes.ts";
import type { Sessions } from "../runtime/sessions.ts";
import type { ProgrammeStarted } from "../session/programme.ts";
import type { SessionView } from "../session/view.ts";

const nothingSuitable = () =>
  new UserError(
    "nothing-suitable",
    text`Nothing of this programme can be heard here tonight. Choose another one with /evening start, or a sound with /play.`,
  );

/** Where a programme is to be heard, and on whose word. */
interface ProgrammeStart {
  readonly by: UserId;
  readonly channel: ChannelId;
  readonly panel: ChannelId;
  /** Of the schedule by which it begins. */
  readonly occurrence?: string;
}

/** The programmes of a guild: those that are built in, and its own. */
export interface GuildProgrammes {
  /** The guild's own first. */
  all(guild: GuildId): Promise<readonly Programme[]>;
  /** By id, or by title whatever its case. */
  find(guild: GuildId, name: string): Promise<Programme | undefined>;
  /**
   * Lets a programme begin that has something to hear.
   * @throws UserError when it cannot be
   */
  start(guild: GuildId, programme: Programme, staging: ProgrammeStart): Promise<SessionView>;
}

export interface GuildProgrammesOptions {
  readonly sessions: Pick<Sessions, "dispatch">;
  /** What a guild can hear. */
  catalogueOf(guild: GuildId): Pick<Catalogue, "sounds" | "find">;
  readonly programmes: Pick<ProgrammeStore, "of">;
  readonly listenerService: Pick<ListenerService, "heardSounds" | "soundFilter">;
}

type StartedPhase = ProgrammeStarted["programme"]["phases"][number];

export const createGuildProgrammes = ({
  sessions,
  catalogueOf,
  programmes,
  listenerService,
}: GuildProgrammesOptions): GuildProgrammes => {
  const all = async (guild: GuildId) => [...(await programmes.of(guild)), ...PROGRAMMES];

  const stagedWith =
    ({ find }: Pick<Catalogue, "find">) =>
    ({ mix, ...curve }: Phase): StartedPhase => {
      const layers = mix.flatMap(({ sound, gainDb, place }) => {
        const found = find(sound);
        return found ? [{ sound: { id: found.id, title: found.title }, gainDb, place }] : [];
      });
      return { ...curve, layers, title: layers.map(({ sound }) => sound.title).join(", ") };
    };

  return {
    all,
    async find(guild, name) {
      const own = await programmes.of(guild);
      const folded = foldName(plainName(name));
      return (
        own.find(({ id }) => id === name) ??
        builtIn(name) ??
        [...own, ...PROGRAMMES].find(({ title }) => foldName(title) === folded)
      );
    },
    async start(guild, programme, { by, channel, panel, occurrence }) {
      const [heard, suits] = await Promise.all([
        listenerService.heardSounds(guild),
        listenerService.soundFilter(guild, channel),
      ]);
      const catalogue = catalogueOf(guild);
      const phases = phasesFor(programme, { catalogue, heard, suits }).map(stagedWith(catalogue));
      if (phases.length === 0) throw nothingSuitable();
      const { id, title, ends, line } = programme;
      return sessions.dispatch(guild, {
        type: "programmeStarted",
        by,
        programme: { id, title, phases, ends, ...(line !== undefined && { line }) },
        channel,
        panel,
        ...(occurrence !== undefined && { occurrence }),
      });
    },
  };
};
