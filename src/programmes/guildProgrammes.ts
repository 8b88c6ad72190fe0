import type { Catalogue } from "../catalogue/catalogue.ts";
import { builtIn, type Phase, PROGRAMMES, type Programme, phasesFor } from "../catalogue/programmes.ts";
import { isSpoken } from "../catalogue/script.ts";
import { message } from "../i18n/message.ts";
import type { Say } from "../i18n/say.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId, GuildId, UserId } from "../kernel/ids.ts";
import { foldName, plainName } from "../kernel/names.ts";
import type { ListenerService } from "../ports/listeners.ts";
import type { ProgrammeStore } from "../ports/programmes.ts";
import type { Sessions } from "../runtime/sessions.ts";
import type { ProgrammeStarted } from "../session/programme.ts";
import type { SessionView } from "../session/view.ts";

/** Nothing that could be played suits the people in the channel. */
export const nothingSuitable = () => new UserError("nothing-suitable", message("evening.nothingSuits"));

/** Where a programme is to play, and who started it. */
interface ProgrammeStart {
  readonly by: UserId;
  readonly channel: ChannelId;
  readonly panel: ChannelId;
  /** The occurrence that starts it, if it was scheduled. */
  readonly occurrence?: string;
}

/** The programmes of a guild: the built-in ones and its own. */
export interface GuildProgrammes {
  /** The guild's own first. */
  all(guild: GuildId): Promise<readonly Programme[]>;
  /** By id, or by title regardless of case. */
  find(guild: GuildId, name: string): Promise<Programme | undefined>;
  /** The same for many names: the guild's programmes are read once. */
  finder(guild: GuildId): Promise<(name: string) => Programme | undefined>;
  /**
   * Starts a programme that has something to hear.
   * @throws UserError when it can't start
   */
  start(guild: GuildId, programme: Programme, staging: ProgrammeStart): Promise<SessionView>;
  /**
   * What a programme plays in a channel now: sounds that the guild has and that suit those who are there.
   * @throws UserError when nothing does
   */
  stage(guild: GuildId, programme: Programme, channel: ChannelId): Promise<ProgrammeStarted["programme"]>;
}

/** What programmes need of the rest of the bot. */
export interface GuildProgrammesOptions {
  readonly sessions: Pick<Sessions, "dispatch">;
  /** The catalogue of a guild. */
  catalogueOf(guild: GuildId): Pick<Catalogue, "sounds" | "find">;
  readonly programmes: Pick<ProgrammeStore, "of">;
  readonly listenerService: Pick<ListenerService, "heardSounds" | "soundFilter">;
  /** Speaks the language of what everyone in a guild sees. */
  sayInGuild(guild: GuildId): Promise<Pick<Say, "language">>;
}

type StartedPhase = ProgrammeStarted["programme"]["phases"][number];

/** The built-in programmes and each guild's own. */
export const createGuildProgrammes = ({
  sessions,
  catalogueOf,
  programmes,
  listenerService,
  sayInGuild,
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

  const finder = async (guild: GuildId) => {
    const own = await programmes.of(guild);
    return (name: string): Programme | undefined => {
      const found = own.find(({ id }) => id === name) ?? builtIn(name);
      if (found !== undefined) return found;
      const folded = foldName(plainName(name));
      return [...own, ...PROGRAMMES].find(({ title }) => foldName(title) === folded);
    };
  };

  const stage: GuildProgrammes["stage"] = async (guild, programme, channel) => {
    const [heard, suits, { language }] = await Promise.all([
      listenerService.heardSounds(guild),
      listenerService.soundFilter(guild, channel),
      sayInGuild(guild),
    ]);
    const catalogue = catalogueOf(guild);
    const phases = phasesFor(programme, { catalogue, heard, suits, speaks: isSpoken(language) }).map(
      stagedWith(catalogue),
    );
    if (phases.length === 0) throw nothingSuitable();
    const { id, title, ends, line } = programme;
    return { id, title, phases, ends, ...(line !== undefined && { line }) };
  };

  return {
    all,
    stage,
    find: async (guild, name) => (await finder(guild))(name),
    finder,
    async start(guild, programme, { by, channel, panel, occurrence }) {
      return sessions.dispatch(guild, {
        type: "programmeStarted",
        by,
        programme: await stage(guild, programme, channel),
        channel,
        panel,
        ...(occurrence !== undefined && { occurrence }),
      });
    },
  };
};
