import { UserError } from "../kernel/errors.ts";
import type { ChannelId, GuildId, UserId } from "../kernel/ids.ts";
import { foldName, plainName } from "../kernel/names.ts";
import { text } from "../kernel/text.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { builtIn, castOf, type Phase, PROGRAMMES, type Programme } from "../library/programmes.ts";
import type { ProgrammeStarted } from "../session/programme.ts";
import type { SessionView } from "../session/view.ts";
import type { Care } from "./carePorts.ts";
import type { Programmes } from "./schedulePorts.ts";
import type { Sessions } from "./sessions.ts";

const unsuited = () =>
  new UserError(
    "nothing-fits",
    text`Nothing of this programme can be heard here tonight. Choose another one with /evening start, or a sound with /play.`,
  );

/** Where a programme is to be heard, and on whose word. */
interface Staging {
  readonly by: UserId;
  readonly channel: ChannelId;
  readonly panel: ChannelId;
  /** Of the schedule by which it begins. */
  readonly occurrence?: string;
}

/** The programmes of a guild: those that are built in, and its own. */
export interface Repertoire {
  /** The guild's own first. */
  all(guild: GuildId): Promise<readonly Programme[]>;
  /** By id, or by title whatever its case. */
  find(guild: GuildId, name: string): Promise<Programme | undefined>;
  /**
   * Lets a programme begin that has something to hear.
   * @throws UserError when it cannot be
   */
  start(guild: GuildId, programme: Programme, staging: Staging): Promise<SessionView>;
}

export interface RepertoireOptions {
  readonly sessions: Pick<Sessions, "dispatch">;
  /** What a guild can hear. */
  catalogueOf(guild: GuildId): Pick<Catalogue, "sounds" | "find">;
  readonly programmes: Pick<Programmes, "of">;
  readonly care: Pick<Care, "heard" | "suiting">;
}

type Staged = ProgrammeStarted["programme"]["phases"][number];

export const createRepertoire = ({ sessions, catalogueOf, programmes, care }: RepertoireOptions): Repertoire => {
  const all = async (guild: GuildId) => [...(await programmes.of(guild)), ...PROGRAMMES];

  const stagedWith =
    ({ find }: Pick<Catalogue, "find">) =>
    ({ mix, ...curve }: Phase): Staged => {
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
      const [heard, suits] = await Promise.all([care.heard(guild), care.suiting(guild, channel)]);
      const catalogue = catalogueOf(guild);
      const phases = castOf(programme, { catalogue, heard, suits }).map(stagedWith(catalogue));
      if (phases.length === 0) throw unsuited();
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
