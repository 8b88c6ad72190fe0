import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RISKS, TRIGGERS } from "../../src/catalogue/sound.ts";
import { customId } from "../../src/commands/customId.ts";
import { type ChannelId, id, type UserId } from "../../src/kernel/ids.ts";
import { hours, minutes, seconds } from "../../src/kernel/units.ts";
import { MIN_MEMBERSHIP } from "../../src/listeners/anonymitySet.ts";
import type { AvoidList } from "../../src/ports/listeners.ts";
import { CHANNELS, createNaming, playNight, type Seen, type SimulatedEvent, SOUNDS } from "./guildWorld.ts";

/** How many random evenings are compared; `CONTRIBUTING.md` says when to ask for more. */
const RUNS = Number(process.env.LULL_PRIVACY_RUNS ?? 300);
/** A busy machine compares one evening in a second at worst; all of them are to be compared there, too. */
const TIMEOUT = Math.max(120_000, RUNS * 2_000);
/** An evening that differs is shrunk until then, and told: the test's own timeout would hide it. */
const toldInTime = fc.interruptAfterTimeLimit(TIMEOUT * 0.8, { failOnInterrupt: true });

const users = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => id<UserId>(`${from + i}`)) as [UserId, ...UserId[]];
const NOBODY = id<UserId>("1");
/**
 * Accounts of one observer: two that count, which is the documented bound, and second accounts
 * without number.
 */
const OBSERVERS = users(101, 102);
const SECOND_ACCOUNTS = users(111, 113);
const FRIENDS = users(201, 207);
const NEW_FRIENDS = users(211, 212);
const EVERYBODY = [...OBSERVERS, ...SECOND_ACCOUNTS, ...FRIENDS, ...NEW_FRIENDS] as [UserId, ...UserId[]];
const membership = new Map([
  ...[...OBSERVERS, ...FRIENDS].map((user) => [user, MIN_MEMBERSHIP + hours(1)] as const),
  ...[...SECOND_ACCOUNTS, ...NEW_FRIENDS].map((user) => [user, MIN_MEMBERSHIP - hours(24)] as const),
]);
/** What a server can give: *Manage Events*, to one of the two that count and to a second account. */
const HOSTS = [OBSERVERS[1], SECOND_ACCOUNTS[0]] as [UserId, UserId];
const [lounge, den] = CHANNELS as [ChannelId, ChannelId, ChannelId];

const listOf = (...modes: readonly AvoidList["mode"][]): fc.Arbitrary<AvoidList> =>
  fc.record({
    triggers: fc.subarray([...TRIGGERS], { minLength: 1, maxLength: 8 }),
    risks: fc.subarray([...RISKS], { maxLength: 2 }),
    mode: fc.constantFrom(...modes),
  });
const hidden = listOf("warn", "skip");

const anybody = fc.constantFrom(...EVERYBODY);
/** Observers do most of what is done, and the others some. */
const actor = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...OBSERVERS, ...SECOND_ACCOUNTS) }, anybody);
const anySound = fc.constantFrom(...SOUNDS.map((sound) => sound.id as string));

/** Of wake-ups: the nights begin at a quarter to three in the afternoon. */
const wakeTime = fc.constantFrom("14:55", "15:10", "15:30", "18:10");
/** Of evenings that an observer schedules: one within minutes, one after a while, one next to a wake-up. */
const eveningTime = fc.constantFrom("14:48", "14:50", "15:30", "17:50");
const anyHost = fc.constantFrom(...HOSTS);
const anyProgramme = fc.constantFrom("sleep", "calm", "discovery");

const favouriteName = fc.constantFrom("One", "Two");

const asked = (
  command: string,
  options?: Record<string, fc.Arbitrary<string>>,
  who: fc.Arbitrary<UserId> = actor,
): fc.Arbitrary<SimulatedEvent> =>
  fc.record({
    kind: fc.constant("asked" as const),
    who,
    command: fc.constant(command),
    options: fc.record(options ?? {}),
  });

const moved = fc.record({
  kind: fc.constant("moved" as const),
  who: anybody,
  // Most go where the others are.
  to: fc.oneof(
    { weight: 6, arbitrary: fc.constant(lounge) },
    { weight: 3, arbitrary: fc.constantFrom(...CHANNELS) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
}) satisfies fc.Arbitrary<SimulatedEvent>;

const anyEvent: fc.Arbitrary<SimulatedEvent> = fc.oneof(
  { weight: 8, arbitrary: moved },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("waited" as const),
      time: fc.constantFrom(seconds(5), seconds(31), minutes(2), minutes(11), minutes(40), hours(3)),
    }),
  },
  {
    weight: 8,
    arbitrary: asked("play", { sound: anySound, when: fc.constantFrom("now", "next", "last") }),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      asked("evening start", { programme: anyProgramme }),
      asked("mix add", { sound: anySound }),
      asked("mix surprise", { when: fc.constant("now") }),
      asked("mix once", { sound: anySound }),
      asked("breathe", { pattern: fc.constantFrom("4-6", "box") }),
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom("skip", "stop", "back", "pause", "resume").chain((name) => asked(name)) },
  { weight: 2, arbitrary: asked("discover") },
  // Members' own lists shape what `/discover` offers to them; what they take of it, they tell by
  // themselves.
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("tookFirst" as const),
      who: fc.constantFrom(...OBSERVERS, ...SECOND_ACCOUNTS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      asked("sample sound", { sound: anySound }),
      asked("visual"),
      asked("now"),
      asked("queue show"),
      asked("tingles"),
      asked("privacy export"),
      fc.record({
        kind: fc.constant("typed" as const),
        who: actor,
        into: fc.constantFrom(
          ["play", "sound"] as const,
          ["mix add", "sound"] as const,
          ["sample sound", "sound"] as const,
          ["wake at", "sound"] as const,
          ["favourites play", "name"] as const,
        ),
        text: fc.constantFrom("", "the", "r"),
      }),
    ),
  },
  // The end of a session: the timer, the silence after it, and those who are still awake.
  {
    weight: 2,
    arbitrary: fc.oneof(
      asked("sleep in", { duration: fc.constantFrom("1m", "5m") }),
      fc.record({ kind: fc.constant("stirred" as const), who: anybody, muted: fc.boolean() }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      asked("wake at", { time: wakeTime, sound: anySound }),
      asked("wake at", { time: wakeTime }),
      asked("wake me", { time: wakeTime }),
      asked("privacy allow", { what: fc.constant("wake"), answer: fc.constantFrom("yes", "no") }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("quietChannel" as const),
      who: anyHost,
      channel: fc.constantFrom(...CHANNELS),
      plays: fc.oneof(anySound, fc.constantFrom("sleep", "Drift Off")),
      stays: fc.boolean(),
    }),
  },
  // Evenings that begin by themselves, with the wake-up that follows them.
  {
    weight: 3,
    arbitrary: fc.oneof(
      {
        weight: 6,
        arbitrary: asked(
          "evening schedule",
          {
            programme: anyProgramme,
            at: eveningTime,
            wake: wakeTime,
            channel: fc.constantFrom(...CHANNELS.map(String)),
          },
          anyHost,
        ),
      },
      { weight: 1, arbitrary: asked("evening list") },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom("evening skip-next", "evening cancel")
          .chain((command) => asked(command, { evening: fc.constant("first") }, anyHost)),
      },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      asked("favourites add", { name: favouriteName, mine: fc.constantFrom("true", "false") }),
      asked("favourites play", { name: favouriteName, when: fc.constant("now") }),
    ),
  },
  // A trigger that rests is not suggested; it can be any, as one may know the names of buttons.
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("pressed" as const),
      who: actor,
      customId: fc
        .tuple(fc.constantFrom("discover-rest", "discover-unrest"), fc.nat({ max: TRIGGERS.length - 1 }))
        .map(([action, trigger]) => customId(action, trigger)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("listChanged" as const), list: fc.option(hidden, { nil: undefined }) }),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.record({ kind: fc.constant("tooMuch" as const), who: actor, softer: fc.boolean() }),
      fc.constant({ kind: "leftOut" as const }),
    ),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "restarted" as const }) },
);

/** Some are there already, so that sets are formed in most evenings. */
const anyNight: fc.Arbitrary<readonly SimulatedEvent[]> = fc
  .tuple(
    fc.subarray(FRIENDS, { minLength: 1 }),
    fc.subarray([...SECOND_ACCOUNTS, ...NEW_FRIENDS]),
    fc.array(anyEvent, { minLength: 10, maxLength: 28 }),
    // Long enough for an evening that has been scheduled, and for its morning.
    fc.constantFrom(minutes(11), minutes(40), hours(3)),
    fc.array(anyEvent, { minLength: 2, maxLength: 8 }),
  )
  .map(([friends, recent, later, time, atLast]) => [
    ...[...OBSERVERS, ...friends, ...recent].map((who) => ({ kind: "moved", who, to: lounge }) as const),
    { kind: "waited", time: seconds(31) },
    ...later,
    { kind: "waited", time },
    ...atLast,
  ]);

const play = (events: readonly SimulatedEvent[], avoider: UserId, list: AvoidList | undefined, helpers = 0) =>
  playNight(events, { avoider, list, membership, hosts: HOSTS, helpers });

/** What everyone but these members gets to see. */
const seenByOthers = (seen: readonly Seen[], ...members: readonly UserId[]): readonly string[] => {
  // What only those members have seen has names for nobody else.
  const rename = createNaming();
  return seen.filter(({ by }) => by === undefined || !members.includes(by)).map(({ what }) => rename(what));
};

/** Members that were in the same sets of every night: nothing tells them apart. */
const indistinguishable = (sets: readonly (readonly UserId[])[]) => {
  const honest = EVERYBODY.filter((user) => !OBSERVERS.includes(user) && !SECOND_ACCOUNTS.includes(user));
  return Map.groupBy(honest, (user) => sets.flatMap((members, i) => (members.includes(user) ? [i] : [])).join());
};

describe("what everyone else gets to see and hear", () => {
  test(
    "is the same, byte for byte, whichever member of an anonymity set has the list",
    async () => {
      let compared = 0;
      let [formed, told, evenings, mornings, several] = [0, 0, 0, 0, 0];
      await fc.assert(
        fc.asyncProperty(anyNight, hidden, fc.constantFrom(0, 1, 2), async (events, list, helpers) => {
          const without = await play(events, NOBODY, undefined, helpers);
          expect(without.complaints).toEqual([]);
          evenings += without.evenings;
          mornings += without.mornings;
          if (without.channelsAtOnce > 1) several++;
          for (const members of without.sets) {
            formed++;
            // With the observer's two accounts known, two are left at least.
            expect(members.filter((user) => FRIENDS.includes(user)).length).toBeGreaterThanOrEqual(2);
          }
          for (const [, [first]] of indistinguishable(without.sets)) {
            if (first === undefined) continue;
            const one = await play(events, first, list, helpers);
            if (!one.sets.some((members) => members.includes(first))) {
              // A list that does not count changes nothing at all.
              expect(one.sets).toEqual(without.sets);
              expect(seenByOthers(one.seen, first)).toEqual(seenByOthers(without.seen, first, NOBODY));
              compared++;
              continue;
            }
            if (seenByOthers(one.seen, first).join() !== seenByOthers(without.seen, first, NOBODY).join()) told++;
            // What a set leaves out may decide whether another one is formed; it does so no matter
            // which member of the set it is for.
            const mates = [...indistinguishable(one.sets).values()].find((members) => members.includes(first)) ?? [];
            for (const other of mates.filter((user) => user !== first).slice(0, 2)) {
              const two = await play(events, other, list, helpers);
              expect(two.sets).toEqual(one.sets);
              expect(seenByOthers(two.seen, first, other)).toEqual(seenByOthers(one.seen, first, other));
              compared++;
            }
          }
        }),
        { numRuns: RUNS, plugins: [toldInTime] },
      );
      // The evenings have sets in them, and lists that make a difference: else nothing would have
      // been compared.
      expect(formed).toBeGreaterThan(RUNS / 3);
      expect(compared).toBeGreaterThan(RUNS / 2);
      expect(told).toBeGreaterThan(RUNS / 4);
      expect(evenings).toBeGreaterThan(RUNS / 10);
      expect(mornings).toBeGreaterThan(RUNS / 40);
      expect(several).toBeGreaterThan(RUNS / 10);
    },
    TIMEOUT,
  );
});

describe("an observer who tries to find out whose list it is", () => {
  const [observer, second] = OBSERVERS as [UserId, UserId];
  const [ann, bo, cy, dee] = FRIENDS as [UserId, UserId, UserId, UserId];
  const rain: AvoidList = { triggers: ["rain"], risks: [], mode: "skip" };
  const came = (...who: readonly UserId[]) => who.map((one) => ({ kind: "moved", who: one, to: lounge }) as const);
  const left = (who: UserId) => ({ kind: "moved", who, to: undefined }) as const;
  const awhile = { kind: "waited", time: seconds(31) } as const;
  const does = (command: string, options: Record<string, string> = {}, who: UserId = observer) =>
    ({ kind: "asked", who, command, options }) as const;
  const probe = does("play", { sound: "rain-window" });
  /** What each attempt to queue rain was answered. */
  const answers = async (events: readonly SimulatedEvent[], avoider: UserId = ann) =>
    (await play(events, avoider, rain)).seen
      .filter(({ by, what }) => by === observer && what.includes("rain-window"))
      .map(({ what }) => (what.includes("it’s skipped") ? "left out" : "plays"));

  test("learns nothing by asking from another channel, and by having the member leave", async () => {
    const elsewhere = [{ kind: "moved", who: second, to: den } as const, does("discover", {}, second)];
    const evening = [
      ...came(observer, bo, cy, dee),
      awhile,
      does("play", { sound: "ocean" }),
      probe,
      ...came(ann),
      ...elsewhere,
      awhile,
      probe,
      left(ann),
      ...elsewhere,
      probe,
    ];
    expect(await answers(evening)).toEqual(["plays", "plays", "plays"]);
    expect(await answers(evening, bo)).toEqual(["left out", "left out", "left out"]);
  });

  test("cannot make the counting begin again by stopping, waiting, or a restart", async () => {
    const again = [
      does("stop"),
      { kind: "waited", time: minutes(11) } as const,
      does("play", { sound: "ocean" }),
      probe,
    ];
    const evening = [
      ...came(observer, ann, bo, cy, dee),
      awhile,
      does("play", { sound: "ocean" }),
      probe,
      left(ann),
      ...again,
      { kind: "restarted" } as const,
      ...again,
    ];
    expect(await answers(evening)).toEqual(["left out", "left out", "left out"]);
    expect(await answers(evening, bo)).toEqual(["left out", "left out", "left out"]);
  });

  test("has no use for any number of second accounts", async () => {
    const evening = [...came(...OBSERVERS, ...SECOND_ACCOUNTS, ann), awhile, does("play", { sound: "ocean" }), probe];
    expect(await answers(evening)).toEqual(["plays"]);
  });

  test("cannot compare two groups of one night: a list counts in one of them, whichever channel it is", async () => {
    const inDen = (who: UserId) => ({ kind: "moved", who, to: den }) as const;
    const [eli, fay, gus] = FRIENDS.slice(4) as [UserId, UserId, UserId];
    const evening = [
      ...came(observer, ann, bo, cy),
      awhile,
      does("play", { sound: "ocean" }),
      probe,
      does("stop"),
      ...[observer, ann, eli, fay, gus].map(inDen),
      awhile,
      does("play", { sound: "ocean" }),
      probe,
    ];
    expect(await answers(evening)).toEqual(["left out", "plays"]);
  });

  test("finds the same when a group moves on together", async () => {
    const inDen = (who: UserId) => ({ kind: "moved", who, to: den }) as const;
    const group = [observer, ann, bo, cy];
    const evening = [
      ...came(...group),
      awhile,
      does("play", { sound: "ocean" }),
      probe,
      does("stop"),
      ...group.map(inDen),
      does("play", { sound: "ocean" }),
      probe,
      { kind: "moved", who: ann, to: undefined } as const,
      probe,
    ];
    expect(await answers(evening)).toEqual(["left out", "left out", "left out"]);
  });
});

describe("“Too much for me”", () => {
  test(
    "is seen by nobody else",
    async () => {
      await fc.assert(
        fc.asyncProperty(anyNight, fc.nat(), async (events, at) => {
          const [who] = FRIENDS;
          const place = 8 + (at % (events.length - 8));
          const quiet = events.filter(({ kind }) => kind !== "leftOut" && kind !== "listChanged");
          const pressedAt = (press: readonly SimulatedEvent[]) =>
            play([...quiet.slice(0, place), ...press, ...quiet.slice(place)], who, undefined);
          const without = await pressedAt([]);
          const pressed = await pressedAt([{ kind: "tooMuch", who, softer: false }]);
          expect(seenByOthers(pressed.seen, who)).toEqual(seenByOthers(without.seen, who));
        }),
        { numRuns: Math.min(RUNS, 100), plugins: [toldInTime] },
      );
    },
    TIMEOUT,
  );
});

describe("a list of mode `always`", () => {
  const list: AvoidList = { triggers: ["rain"], risks: [], mode: "always" };
  const [observer] = OBSERVERS;
  const [ann] = FRIENDS;
  const probe = { kind: "asked", who: observer, command: "play", options: { sound: "rain-window" } } as const;
  const arrives = (who: UserId) => ({ kind: "moved", who, to: lounge }) as const;

  test("takes effect in a channel of two, and not on its owner alone", async () => {
    const two = await play([arrives(observer), arrives(ann), probe], ann, list);
    expect(two.seen[0]?.what).toContain("it’s skipped");
    const alone = await play([arrives(observer), probe], observer, list);
    expect(alone.seen.map(({ what }) => what).join()).not.toContain("it’s skipped");
  });
});

test(
  "nothing that others get to see says whose list it is",
  async () => {
    await fc.assert(
      fc.asyncProperty(anyNight, listOf("warn", "skip", "always"), async (events, list) => {
        const said = (await play(events, FRIENDS[0], list)).seen.filter(({ what }) => /good fit|[Ss]kipped/.test(what));
        const text = said.map(({ what }) => what.match(/"text":"([^"]*)"/)?.[1] ?? "");
        // `/now` names the member who queued what plays, on a line of its own.
        const lines = text.flatMap((one) => one.split("\\n")).filter((line) => /good fit|[Ss]kipped/.test(line));
        for (const line of lines) expect(line).not.toMatch(/<@|somebody|someone/);
      }),
      { numRuns: Math.min(RUNS, 100), plugins: [toldInTime] },
    );
  },
  TIMEOUT,
);
