import { setTimeout as pause } from "node:timers/promises";
import type { EmulatedGuild, InteractionResponse, Member } from "discord-emulator";
import type { Random } from "../../src/kernel/random.ts";
import { type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import { runOn } from "../support/postgresServer.ts";
import { noise, wav } from "../support/soundFiles.ts";

/** A server and two of its members. */
export interface Room {
  readonly guild: EmulatedGuild;
  /** Listens, and may manage the server. */
  readonly host: Member;
  /** Is in no voice channel: what they avoid is heard all the same. */
  readonly absent: Member;
}

/** What members write on three replicas, and whether it is there afterwards. */
export interface Writes {
  /** Has a member write something at random. @returns whether anything was answered in time */
  write(random: Random): Promise<boolean>;
  /** What a member was told is kept, and the database does not have. */
  lost(): Promise<readonly string[]>;
  /** How much members were told is kept, by kind. */
  kept(): Readonly<Record<string, number>>;
}

/** One kind of what members write. */
interface Kind {
  readonly name: string;
  /** How often it is written, beside the others. */
  readonly weight: number;
  /** How much of it a server may have; undefined: it has one value, and the last one counts. */
  readonly most?: number;
  /** @param number is another each time. @returns what is to be kept, and what asks for it */
  prepare(room: Room, number: number): { readonly value: string; readonly ask: () => Promise<InteractionResponse> };
  /** Whether the answer says that it is kept. */
  isKept(answer: InteractionResponse, text: string): boolean;
  /** Rows of `guild` and `value`, as `prepare` names them. */
  readonly stored: string;
}

/** An answer that took longer has been given up with its replica. */
const ANSWER_LIMIT: Millis = seconds(15);
/** Moments are compared to the minute: a value that is off by one is the same. */
const MINUTE: Millis = minutes(1);

const minuteOf = (moment: Millis): number => Math.round(moment / MINUTE);
const clockTime = (minute: number): string => new Date(minute * MINUTE).toISOString().slice(11, 16);
/** Later than any run lasts, and sooner than the 12 hours that a timer may run. */
const far = (number: number): number => minuteOf(Date.now()) + 400 + 3 * (number % 100);

/** What nobody in the channels hears. */
const AVOIDABLE = ["tapping", "scratching", "brushing", "crinkling", "animal", "body"];
const GRACES = [0, 5, 10, 15, 30].map((grace) => minutes(grace));

const titled = (letter: string, number: number) => `${letter}${number}`;

const KINDS: readonly Kind[] = [
  {
    name: "favourite",
    weight: 6,
    most: 400,
    prepare({ host }, number) {
      const name = titled("F", number);
      return { value: name, ask: () => host.slash("favourites add", { name, sound: "ocean" }) };
    },
    isKept: (_, text) => text.startsWith("Added"),
    stored: "select guild, name as value from favourites",
  },
  {
    name: "avoid list",
    weight: 3,
    prepare({ absent }, number) {
      const trigger = AVOIDABLE[number % AVOIDABLE.length] ?? "";
      const ask = async () => {
        await absent.slash("avoid");
        return absent.submit("lull:avoid", { triggers: [trigger], risks: [], mode: "skip" });
      };
      return { value: `${absent.id} ${trigger}`, ask };
    },
    isKept: (_, text) => text.startsWith("You’re avoiding"),
    stored: `select members.guild, "user" || ' ' || (triggers::json ->> 0) as value from avoid, members where "user" = member`,
  },
  {
    name: "setting",
    weight: 3,
    prepare({ host }, number) {
      const grace = String(GRACES[number % GRACES.length]);
      const ask = async () => {
        const page = await host.slash("settings");
        return host.select("lull:settings:grace", [grace], page.latest());
      };
      return { value: grace, ask };
    },
    isKept: ({ kind }) => kind === "update",
    stored: "select guild, grace_ms::text as value from settings",
  },
  {
    name: "sleep timer",
    weight: 3,
    prepare({ host }, number) {
      const minute = far(number);
      const duration = `${minute - minuteOf(Date.now())}m`;
      return { value: String(minute), ask: () => host.slash("sleep in", { duration }) };
    },
    isKept: (_, text) => text.startsWith("Sleep timer set"),
    stored: `select guild, round((session::json -> 'timer' ->> 'endsAt')::numeric / ${MINUTE})::text as value from sessions`,
  },
  {
    name: "wake-up",
    weight: 2,
    prepare({ host }, number) {
      const minute = far(number);
      return { value: String(minute), ask: () => host.slash("wake me", { time: clockTime(minute), zone: "UTC" }) };
    },
    isKept: (_, text) => text.startsWith("I’ll wake you"),
    stored: `select guild, (at / ${MINUTE})::text as value from wake_ups`,
  },
  {
    name: "evening",
    weight: 2,
    most: 40,
    prepare({ host, guild }, number) {
      const at = clockTime(far(number));
      const channel = guild.channel("lounge").id;
      const options = { programme: "Drift Off", at, zone: "UTC", channel };
      return { value: at, ask: () => host.slash("evening schedule", options) };
    },
    isKept: (_, text) => text.includes("starts daily"),
    stored: "select guild, time as value from schedules",
  },
  {
    name: "recording",
    weight: 1,
    most: 20,
    prepare({ host }, number) {
      const title = titled("R", number);
      // Each differs, so that each is a file of its own.
      const file = { name: `${title}.wav`, bytes: wav(noise(3, 48_000, (second) => 0.5 + (second + number) / 1_000)) };
      const options = { file, title, trigger: "rain", licence: "CC0-1.0" };
      return { value: title, ask: () => host.slash("sounds add", options) };
    },
    isKept: (_, text) => text.includes("Added"),
    stored: `select guild, title as value from guild_sounds where removed_at is null
      and exists (select from file_parts where name like '%' || hash || '%' and part = 0)`,
  },
  {
    name: "whisper",
    weight: 1,
    most: 5,
    prepare({ host }, number) {
      const text = `Sleep well, ${titled("w", number)}`;
      return { value: text, ask: () => host.slash("whisper", { text }) };
    },
    isKept: (_, text) => /Whisper.*(queue|next)/.test(text),
    stored: `select split_part(name, '/', 2) as guild, convert_from(bytes, 'UTF8') as value
      from file_parts where name like 'whispers/%'`,
  },
];

/** What was written of one kind in one room. */
interface Written {
  /** What a member was told is kept. */
  kept: string[];
  /** Asked for since then, and not answered: it may be kept or not. */
  maybe: string[];
  isBusy: boolean;
  /** How many were asked for, and how many of them were answered as kept. */
  count: number;
  keptCount: number;
}

/** The text of an answer, which may come after the first sign of one. */
const textOf = async (answer: InteractionResponse): Promise<string> => {
  const until = performance.now() + ANSWER_LIMIT;
  for (;;) {
    const { text } = answer.latest();
    if ((text !== "" && !text.startsWith("Checking")) || performance.now() > until) return text;
    await pause(50);
  }
};

const isSame = (one: string, other: string): boolean =>
  one === other || (/^\d+$/.test(one) && Math.abs(Number(one) - Number(other)) === 1);

/** @param url of the replicas' database */
export const createWrites = async (rooms: readonly Room[], url: string): Promise<Writes> => {
  const written = rooms.map((room) => ({
    room,
    of: new Map<Kind, Written>(
      KINDS.map((kind) => [kind, { kept: [], maybe: [], isBusy: false, count: 0, keptCount: 0 }]),
    ),
  }));
  const total = KINDS.reduce((sum, { weight }) => sum + weight, 0);
  let number = 0;

  // Says in which server a member of these rooms is, which avoid lists don't.
  await runOn(
    url,
    `create table members (guild text, member text);
     insert into members values ${rooms.map(({ guild, absent }) => `('${guild.guildId}', '${absent.id}')`).join(", ")}`,
  );

  const draw = (random: Random): Kind => {
    let left = random() * total;
    for (const kind of KINDS) {
      left -= kind.weight;
      if (left < 0) return kind;
    }
    return KINDS[0] as Kind;
  };

  return {
    async write(random) {
      const { room, of } = written[Math.floor(random() * written.length)] as (typeof written)[number];
      const kind = draw(random);
      const state = of.get(kind) as Written;
      const isFull = state.count >= (kind.most ?? Number.POSITIVE_INFINITY);
      // A second value at the same time would leave open which of them is the last.
      if (isFull || state.isBusy)
        return room.host.slash("now").then(
          () => true,
          () => false,
        );
      state.isBusy = true;
      state.count++;
      const { value, ask } = kind.prepare(room, number++);
      state.maybe.push(value);
      try {
        const answer = await ask();
        if (kind.isKept(answer, await textOf(answer))) {
          state.kept = kind.most === undefined ? [value] : [...state.kept, value];
          state.maybe = [];
          state.keptCount++;
        }
        return true;
      } catch {
        return false;
      } finally {
        state.isBusy = false;
      }
    },

    async lost() {
      const found: string[] = [];
      for (const kind of KINDS) {
        const rows = (await runOn(url, kind.stored)) as { readonly guild: string; readonly value: string | null }[];
        for (const { room, of } of written) {
          const { guildId } = room.guild;
          const stored = rows.flatMap(({ guild, value }) => (guild === guildId && value !== null ? [value] : []));
          const has = (wanted: string) => stored.some((one) => isSame(one, wanted));
          const { kept, maybe } = of.get(kind) as Written;
          const lost = kept.filter((value) => !has(value));
          // A value that was asked for later may have taken its place.
          if (lost.length > 0 && !(kind.most === undefined && maybe.some(has)))
            found.push(`${guildId} has lost a ${kind.name}: ${lost.join(", ")} (stored: ${stored.join(", ")})`);
        }
      }
      return found;
    },

    kept: () =>
      Object.fromEntries(
        KINDS.map((kind) => [kind.name, written.reduce((sum, { of }) => sum + (of.get(kind)?.keptCount ?? 0), 0)]),
      ),
  };
};
