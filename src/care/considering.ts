import type { AvoidList, AvoidLists, Considered } from "../host/carePorts.ts";
import type { Rooms } from "../host/ports.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId, GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { named, text, together } from "../kernel/text.ts";
import { hours, type Millis } from "../kernel/units.ts";
import type { Catalogue } from "../library/catalogue.ts";
import type { Wanted } from "../session/session.ts";
import { askedOf, type Company, companyOf, NO_COMPANY } from "./company.ts";
import { fits } from "./fit.ts";
import { whatToSay } from "./whatToSay.ts";

/** A company of which no session came is forgotten after this. */
const LONGEST_EVENING: Millis = hours(12);

/** Whose lists hold in a room at this moment, without names, and what may be said there. */
export interface Ears {
  readonly lists: readonly AvoidList[];
  readonly listeners: number;
  readonly hides: boolean;
}

export interface Considering {
  /** Never rejects: where the lists cannot be read, the room plays on without them. */
  ears(guild: GuildId, channel: ChannelId): Promise<Ears>;
  /** The session is over: the next one begins with whoever is there then. */
  forget(guild: GuildId): void;
}

export const createConsidering = (
  avoid: Pick<AvoidLists, "among">,
  rooms: Pick<Rooms, "listeners">,
  clock: Clock,
  log: Log,
): Considering => {
  const companies = new Map<
    GuildId,
    { readonly channel: ChannelId; readonly since: Millis; readonly company: Company }
  >();

  const companyIn = (guild: GuildId, channel: ChannelId) => {
    const known = companies.get(guild);
    const isCurrent = known?.channel === channel && clock.now() - known.since < LONGEST_EVENING;
    return isCurrent ? known : { channel, since: clock.now(), company: NO_COMPANY };
  };

  return {
    async ears(guild, channel) {
      const present = rooms.listeners(guild, channel);
      const known = companyIn(guild, channel);
      const company = companyOf(known.company, present);
      companies.set(guild, { ...known, company });
      const { counted, others } = askedOf(company, present);
      const room = { listeners: present.length, hides: counted.length > 0 };
      try {
        const always = (await avoid.among(others)).filter(({ mode }) => mode === "always");
        return { ...room, lists: [...(await avoid.among(counted)), ...always] };
      } catch (error) {
        log.error("What the members avoid could not be read", { guild, error });
        return { ...room, lists: [] };
      }
    },
    forget: (guild) => void companies.delete(guild),
  };
};

/**
 * A wish without what is left out, and what is said to the one who wishes.
 * @throws UserError when nothing of it is left
 */
export const consider = <W extends Wanted>(
  wanted: W,
  ears: Ears,
  catalogue: Pick<Catalogue, "find">,
): Considered<W> => {
  const told = wanted.layers.map((layer) => {
    const sound = catalogue.find(layer.sound.id);
    return { layer, said: sound ? whatToSay(fits(sound, ears.lists), sound, ears) : {} };
  });
  const layers = told.filter(({ said }) => !("leftOut" in said)).map(({ layer }) => layer);
  if (layers.length === 0) {
    const said = whatToSay("left out", { title: wanted.title, risks: [] }, ears);
    throw new UserError("left-out", "leftOut" in said ? said.leftOut : text`It is left out tonight.`);
  }
  const remarks = told.flatMap(({ layer, said }) =>
    "leftOut" in said
      ? [text`${named(layer.sound.title)} is left out of it tonight.`]
      : said.remark
        ? [said.remark]
        : [],
  );
  const distinct = [...new Map(remarks.map((remark) => [JSON.stringify(remark), remark])).values()];
  return { wanted: { ...wanted, layers }, ...(distinct.length > 0 && { remark: together(distinct, " ") }) };
};
