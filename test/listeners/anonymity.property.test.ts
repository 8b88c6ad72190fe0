import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.ts";
import { RISKS, TRIGGERS } from "../../src/catalogue/sound.ts";
import { type ChannelId, type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { createListenerService } from "../../src/listeners/listenerService.ts";
import type { AvoidList } from "../../src/ports/listeners.ts";
import { singleLayer } from "../../src/session/mix.ts";
import { sound } from "../commands/commandHarness.ts";
import { fakeClock } from "../support/fakeClock.ts";

const guild = id<GuildId>("1");
const lounge = id<ChannelId>("10");
const people = Array.from({ length: 9 }, (_, i) => id<UserId>(`${i + 1}`));
const [queuer, ...others] = people as [UserId, ...UserId[]];
const NOBODY = id<UserId>("0");
const SOUNDS = TRIGGERS.map((trigger, i) =>
  sound(`sound-${i}`, `Sound ${i}`, trigger, { risks: RISKS.filter((_, at) => (at + i) % 4 === 0) }),
);
const catalogue = createCatalogue(SOUNDS);

/** What may happen in a room on an evening. */
type SessionStep =
  | { readonly kind: "came"; readonly who: UserId }
  | { readonly kind: "left"; readonly who: UserId }
  /** The one with a list changes it, wherever they are. */
  | { readonly kind: "changed"; readonly list: AvoidList | undefined }
  | { readonly kind: "queued"; readonly sounds: readonly number[] };

const listOf = (...modes: readonly AvoidList["mode"][]): fc.Arbitrary<AvoidList> =>
  fc.record({
    triggers: fc.subarray([...TRIGGERS], { maxLength: 3 }),
    risks: fc.subarray([...RISKS], { maxLength: 3 }),
    mode: fc.constantFrom(...modes),
  });
const hidden = listOf("warn", "skip");

const anySession: fc.Arbitrary<readonly SessionStep[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("came" as const), who: fc.constantFrom(...others) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("left" as const), who: fc.constantFrom(...others) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("changed" as const), list: fc.option(hidden, { nil: undefined }) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("queued" as const),
        sounds: fc.uniqueArray(fc.nat(SOUNDS.length - 1), { minLength: 1, maxLength: 3 }),
      }),
    },
  ),
  { minLength: 12, maxLength: 28 },
);

/** All that the queuer, or anybody who watches, gets to see of an evening on which one member has a list. */
const seenOf = async (happenings: readonly SessionStep[], avoider: UserId, first: AvoidList | undefined) => {
  let list = first;
  const present = new Set([queuer]);
  const asked: (readonly UserId[])[] = [];
  const seen: unknown[] = [];
  const nothing = async () => {};
  const care = createListenerService({
    catalogueOf: () => catalogue,
    avoidLists: {
      of: async (user) => (user === avoider ? list : undefined),
      async ofUsers(users) {
        asked.push(users);
        return list !== undefined && users.includes(avoider) ? [list] : [];
      },
      set: nothing,
      forget: nothing,
    },
    consents: { of: async () => [], set: nothing, usersConsenting: async () => [] },
    listeningHistory: { add: nothing, of: async () => [], claimHint: async () => false },
    tingles: { add: nothing, of: async () => [] },
    nights: { add: nothing, all: async () => [], take: async () => false },
    voiceChannels: { listeners: () => [...present] },
    appendToPanel: nothing,
    clock: fakeClock(),
    timeZone: "Europe/Berlin",
    log: silentLog,
  });
  for (const happening of happenings) {
    if (happening.kind === "came") present.add(happening.who);
    else if (happening.kind === "left") present.delete(happening.who);
    else if (happening.kind === "changed") list = happening.list;
    else {
      const layers = happening.sounds.flatMap((index) => singleLayer(SOUNDS[index]!));
      const wish = { title: "A wish", layers };
      seen.push(await care.filterRequest(guild, lounge, wish).catch((error: Error) => error.message));
      const names = layers.map((layer) => layer.sound.id);
      seen.push([...(await care.excludedSounds(guild, lounge, names))]);
      seen.push((await care.suggest(guild, lounge, queuer)).map((suggestion) => suggestion.sound.id));
      const suits = await care.soundFilter(guild, lounge);
      seen.push(SOUNDS.filter(suits).length);
    }
  }
  // Lists that count are asked for together, and the largest question has them all.
  const counted = asked
    .filter((_, i) => i % 2 === 1)
    .reduce((most, one) => (one.length > most.length ? one : most), []);
  return { seen, counted };
};

/** The groups in which members began to count, by what was asked for after each happening. */
const groupsOf = async (happenings: readonly SessionStep[]) => {
  const groups: (readonly UserId[])[] = [];
  let before: readonly UserId[] = [];
  for (let end = 1; end <= happenings.length; end++) {
    const { counted } = await seenOf(happenings.slice(0, end), NOBODY, undefined);
    if (counted.length > before.length) groups.push(counted.filter((user) => !before.includes(user)));
    before = counted;
  }
  return groups;
};

describe("what an evening tells about whoever has a list", () => {
  test("is the same whoever of a group of four it is, whatever they do, and whoever comes and goes", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(anySession, hidden, async (happenings, list) => {
        for (const group of await groupsOf(happenings)) {
          expect(group.length).toBeGreaterThanOrEqual(4);
          const evenings = await Promise.all(
            group.filter((user) => user !== queuer).map((avoider) => seenOf(happenings, avoider, list)),
          );
          for (const { seen } of evenings) expect(seen).toEqual(evenings[0]?.seen);
          compared += evenings.length;
        }
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  test("is nothing at all of those who are not in such a group", async () => {
    await fc.assert(
      fc.asyncProperty(anySession, hidden, async (happenings, list) => {
        const { seen, counted } = await seenOf(happenings, NOBODY, undefined);
        for (const avoider of others.filter((user) => !counted.includes(user)))
          expect((await seenOf(happenings, avoider, list)).seen).toEqual(seen);
      }),
      { numRuns: 150 },
    );
  });

  test("names nobody, whatever the list", async () => {
    await fc.assert(
      fc.asyncProperty(anySession, listOf("warn", "skip", "always"), async (happenings, list) => {
        const words = JSON.stringify((await seenOf(happenings, others[0]!, list)).seen);
        expect(words).not.toMatch(/<@|somebody|someone|one of/);
      }),
      { numRuns: 100 },
    );
  });
});

describe("leaving the room, or coming back to it", () => {
  const list: AvoidList = { triggers: ["rain"], risks: [], mode: "skip" };
  const rain = { kind: "queued", sounds: [TRIGGERS.indexOf("rain")] } as const;
  const [bo, cy, dee, eli] = others as [UserId, UserId, UserId, UserId];
  const came = [bo, cy, dee].map((who) => ({ kind: "came", who }) as const);

  test("does not give anybody away", async () => {
    const { seen } = await seenOf([...came, rain, { kind: "left", who: cy }, rain], cy, list);
    expect(seen[0]).toContain("not a good fit for everyone here tonight");
    expect(seen.slice(4)).toEqual(seen.slice(0, 4));
  });

  test("does not show whose list it was who came alone: theirs waits for company", async () => {
    const late = [...came, rain, { kind: "came", who: eli } as const, rain];
    expect((await seenOf(late, eli, list)).seen).toEqual((await seenOf(late, eli, undefined)).seen);
  });
});

test("a list that holds always does so in a room of two, and not for its owner alone", async () => {
  const list: AvoidList = { triggers: ["rain"], risks: [], mode: "always" };
  const rain = { kind: "queued", sounds: [TRIGGERS.indexOf("rain")] } as const;
  const two = await seenOf([{ kind: "came", who: others[0]! }, rain], others[0]!, list);
  expect(two.seen[0]).toContain("left out");
  expect((await seenOf([rain], queuer, list)).seen[0]).toMatchObject({ request: { title: "A wish" } });
});
