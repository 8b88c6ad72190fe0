import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type ChannelId, type GuildId, id, type ScheduleId, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import type { Random } from "../../src/kernel/random.ts";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { runOn } from "../support/postgresServer.ts";
import type { Room } from "./writes.ts";

/** Scheduled evenings that are due while there are faults. */
export interface DueEvenings {
  /** Schedules one in each of some servers, due within so long from now. @returns how many */
  schedule(random: Random, within: Millis): Promise<number>;
  /** What became of them otherwise than that each began once; waits until it is known. */
  violations(limit: Millis): Promise<readonly string[]>;
  /** Ends them, so that others can begin there. */
  end(): Promise<void>;
  close(): Promise<void>;
}

interface Due {
  readonly room: Room;
  readonly schedule: ScheduleId;
  readonly title: string;
}

/**
 * Notes each beginning of an occurrence that a session was ever saved with: a session that is restored keeps its id and
 * the moment at which its programme began.
 */
const WATCH = `
  create table begun (occurrence text, session text, at text, unique (occurrence, session, at));
  create function note_begun() returns trigger language plpgsql as $$
  declare programme json := new.session::json -> 'programme';
  begin
    if programme ->> 'occurrence' is not null then
      insert into begun values (programme ->> 'occurrence', new.session::json ->> 'id', programme ->> 'startedAt')
      on conflict do nothing;
    end if;
    return null;
  end $$;
  create trigger note_begun after insert or update on sessions for each row execute function note_begun();
`;

/** A second of the day, so that it is due at any moment; members choose minutes. */
const secondOf = (moment: Millis): string => new Date(moment).toISOString().slice(11, 19);

/**
 * @param rooms in which nothing else plays
 * @param url of the replicas' database
 */
export const createDueEvenings = async (rooms: readonly Room[], url: string): Promise<DueEvenings> => {
  const storage = await openStorage({ path: "", url });
  await runOn(url, WATCH);
  let due: readonly Due[] = [];
  let count = 0;

  const add = async (room: Room, at: Millis): Promise<Due> => {
    const [guild, by] = [id<GuildId>(room.guild.guildId), id<UserId>(room.host.id)];
    const title = `Night ${count++}`;
    const mix = [{ sound: id<SoundId>("brown-noise"), gainDb: 0, place: "centre" }] as const;
    const phases = [{ name: "settle", minutes: 60, fromDb: 0, toDb: 0, mix }] as const;
    const text = { title, description: "Noise.", goal: "sleep", ends: "silence" } as const;
    const programme = await storage.programmes.save(guild, { ...text, phases }, by);
    const schedule = id<ScheduleId>(randomUUID());
    await storage.schedules.add({
      id: schedule,
      guild,
      programme: programme.id,
      days: [1, 2, 3, 4, 5, 6, 7],
      time: secondOf(at),
      zone: "UTC",
      channel: id<ChannelId>(room.guild.channel("lounge").id),
      panel: id<ChannelId>(room.guild.channel("general").id),
      by,
      createdAt: Date.now(),
    });
    return { room, schedule, title };
  };

  const settled = async (): Promise<ReadonlyMap<string, string>> => {
    const rows = (await runOn(url, "select schedule, fate from occurrences")) as { schedule: string; fate: string }[];
    return new Map(rows.map(({ schedule, fate }) => [schedule, fate]));
  };

  return {
    async schedule(random, within) {
      const chosen = rooms.filter((_, index) => random() < 0.5 || index === 0);
      // A second at least, so that it is not due before it is known.
      due = await Promise.all(chosen.map((room) => add(room, Date.now() + seconds(1) + random() * within)));
      return due.length;
    },

    async violations(limit) {
      const until = performance.now() + limit;
      let fates = await settled();
      const isKnown = () => due.every(({ schedule }) => ![undefined, "claimed"].includes(fates.get(schedule)));
      while (!isKnown() && performance.now() < until) {
        await pause(500);
        fates = await settled();
      }
      const begun = (await runOn(url, "select occurrence, count(*)::int as times from begun group by occurrence")) as {
        readonly occurrence: string;
        readonly times: number;
      }[];
      return due.flatMap(({ room, schedule, title }) => {
        const times = begun.find(({ occurrence }) => occurrence.startsWith(`${schedule}/`))?.times ?? 0;
        const panels = room.guild.messages().filter(({ text }) => text.includes(title)).length;
        const fate = fates.get(schedule);
        if (times === 1 && panels === 1 && fate === "started") return [];
        return [`${room.guild.guildId}: “${title}” began ${times} times, has ${panels} panels, and is ${fate}`];
      });
    },

    async end() {
      for (const { room, schedule } of due) {
        await storage.schedules.remove(id<GuildId>(room.guild.guildId), schedule);
        for (let tries = 0; room.guild.botChannel() !== undefined && tries < 20; tries++) {
          await room.host.slash("stop").catch(() => {});
          await pause(500);
        }
      }
      due = [];
    },

    close: () => storage.close(),
  };
};
