import type { AvoidLists, Care, Consents, Heard, Nights, Tingles } from "../host/carePorts.ts";
import type { Rooms } from "../host/ports.ts";
import type { Clock } from "../kernel/clock.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Text, together } from "../kernel/text.ts";
import type { Catalogue } from "../library/catalogue.ts";
import type { Wanted } from "../session/session.ts";
import { consider, createConsidering, type Ears } from "./considering.ts";
import { suggest } from "./discover.ts";
import { eveningOf, eveningsBefore } from "./evenings.ts";
import { fits } from "./fit.ts";
import { createListening } from "./listening.ts";
import { nightOf } from "./morning.ts";
import { createMornings, type TellOnPanel } from "./mornings.ts";
import { createOften } from "./often.ts";
import { samenessOf, varietyHint } from "./variety.ts";
import { leftOutTonight } from "./whatToSay.ts";

/** A room is told of the same trigger again after so many days. */
const TELL_AGAIN_DAYS = 30;

export interface CareOptions {
  /** What a guild can hear. */
  catalogueOf(guild: GuildId): Pick<Catalogue, "sounds" | "find">;
  readonly avoid: AvoidLists;
  readonly consents: Consents;
  readonly heard: Heard;
  readonly tingles: Tingles;
  readonly nights: Nights;
  readonly rooms: Pick<Rooms, "listeners">;
  readonly tellOnPanel: TellOnPanel;
  readonly clock: Clock;
  /** IANA name of the zone in which evenings and mornings are. */
  readonly timeZone: string;
  readonly log: Log;
}

/** Each member's ears, and what works for a room. */
export const createCare = (options: CareOptions): Care & { open(): Promise<void>; close(): void } => {
  const { catalogueOf, avoid, heard, rooms, clock, timeZone, log } = options;
  const considering = createConsidering(avoid, rooms, clock, log);
  const listening = createListening(options);
  const mornings = createMornings({ ...options, tell: options.tellOnPanel });

  const evening = () => eveningOf(clock.now(), timeZone);

  /** Said once to whoever queues more of the same. A database that does not answer says nothing. */
  const sameness = async (guild: GuildId, { layers }: Wanted, ears: Ears): Promise<readonly Text[]> => {
    const catalogue = catalogueOf(guild);
    try {
      const suits = (sound: Parameters<typeof fits>[0]) => fits(sound, ears.lists) === "fits";
      const same = samenessOf(await heard.of(guild), catalogue.sounds, suits);
      if (same === undefined || !layers.some(({ sound }) => catalogue.find(sound.id)?.trigger === same.trigger))
        return [];
      const tonight = evening();
      const since = eveningsBefore(tonight, TELL_AGAIN_DAYS);
      return (await heard.tellOnce(guild, same.trigger, tonight, since)) ? [varietyHint(same)] : [];
    } catch (error) {
      log.warn("What a room has heard could not be read", { guild, error });
      return [];
    }
  };

  return {
    async consider(guild, channel, wish) {
      const ears = await considering.ears(guild, channel);
      const { wanted, remark } = consider(wish, ears, catalogueOf(guild));
      const remarks = [...(remark ? [remark] : []), ...(await sameness(guild, wanted, ears))];
      return { wanted, ...(remarks.length > 0 && { remark: together(remarks) }) };
    },

    async leftOut(guild, channel, names) {
      try {
        const { find } = catalogueOf(guild);
        const { lists } = await considering.ears(guild, channel);
        const sounds = names.map((name) => find(name)).filter((sound) => sound !== undefined);
        const out = sounds.filter((sound) => fits(sound, lists) === "left out");
        return new Map(out.map((sound) => [sound.id, leftOutTonight(sound.title)]));
      } catch (error) {
        log.error("What suits a room could not be told", { guild, error });
        return new Map();
      }
    },

    async suiting(guild, channel) {
      const { lists } = await considering.ears(guild, channel);
      return (sound) => fits(sound, lists) !== "left out";
    },

    async suggest(guild, channel, user) {
      const own = await avoid.of(user);
      const ears = channel === undefined ? undefined : await considering.ears(guild, channel);
      const lists = [...(ears?.lists ?? []), ...(own ? [own] : [])];
      const tonight = evening();
      return suggest(catalogueOf(guild).sounds, await heard.of(guild), {
        evening: tonight,
        // New ideas every quarter of an hour, and the same for who looks twice.
        seed: Math.floor(clock.now() / 900_000),
        suits: (sound) => fits(sound, lists) === "fits",
      });
    },

    async heard(guild) {
      return (await heard.of(guild)).map(({ sound }) => sound);
    },

    often: createOften(heard, clock, log),

    tingled: listening.tingled,

    watch(view) {
      try {
        const stays = listening.look(view);
        if (stays === undefined) return;
        considering.forget(view.guild);
        const night = nightOf(view, stays, timeZone);
        if (night !== undefined) mornings.add(night);
      } catch (error) {
        log.error("What a room hears could not be noted", { guild: view.guild, error });
      }
    },

    open: mornings.open,
    close: mornings.close,
  };
};
