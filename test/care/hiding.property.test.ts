import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askedOf, companyOf, NO_COMPANY, SMALLEST_GROUP } from "../../src/care/company.ts";
import { fits } from "../../src/care/fit.ts";
import { whatToSay } from "../../src/care/whatToSay.ts";
import type { AvoidList } from "../../src/host/ports.ts";
import { id, type UserId } from "../../src/kernel/ids.ts";
import { RISKS, TRIGGERS } from "../../src/library/sound.ts";

const people = Array.from({ length: 9 }, (_, i) => id<UserId>(`${i + 1}`));
const [queuer] = people as [UserId];

/** What may happen in a room on an evening. */
type Happening =
  | { readonly kind: "came"; readonly who: UserId }
  | { readonly kind: "left"; readonly who: UserId }
  /** The one with a list changes it, wherever they are. */
  | { readonly kind: "changed"; readonly list: AvoidList | undefined }
  | { readonly kind: "queued"; readonly trigger: (typeof TRIGGERS)[number]; readonly risk: (typeof RISKS)[number] };

const hiddenList: fc.Arbitrary<AvoidList> = fc.record({
  triggers: fc.subarray([...TRIGGERS], { maxLength: 3 }),
  risks: fc.subarray([...RISKS], { maxLength: 3 }),
  mode: fc.constantFrom("warn", "skip"),
});

const evening = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("came"), who: fc.constantFrom(...people) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("left"), who: fc.constantFrom(...people.slice(1)) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("changed"), list: fc.option(hiddenList, { nil: undefined }) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("queued"),
        trigger: fc.constantFrom(...TRIGGERS),
        risk: fc.constantFrom(...RISKS),
      }),
    },
  ) as fc.Arbitrary<Happening>,
  { maxLength: 30 },
);

/** All that the queuer, or anybody who watches, gets to see of an evening on which one member has a list. */
const seenOf = (happenings: readonly Happening[], avoider: UserId, first: AvoidList) => {
  let list: AvoidList | undefined = first;
  let company = NO_COMPANY;
  const present = new Set([queuer]);
  const seen: unknown[] = [];
  const groups: UserId[][] = [];
  for (const happening of happenings) {
    if (happening.kind === "came") present.add(happening.who);
    else if (happening.kind === "left") present.delete(happening.who);
    else if (happening.kind === "changed") list = happening.list;
    else {
      const before = company.counted.length;
      company = companyOf(company, [...present]);
      if (company.counted.length > before) groups.push(company.counted.slice(before));
      const { counted, others } = askedOf(company, [...present]);
      const sound = { title: "It", trigger: happening.trigger, risks: [happening.risk] };
      const lists = [
        ...(list && counted.includes(avoider) ? [list] : []),
        ...(list?.mode === "always" && others.includes(avoider) ? [list] : []),
      ];
      const room = { listeners: present.size, hides: counted.length > 0 };
      seen.push(whatToSay(fits(sound, lists), sound, room));
    }
  }
  return { seen, groups };
};

describe("what an evening tells about whoever has a list", () => {
  test("is the same whoever of a group of four it is, whatever they do, and whoever comes and goes", () => {
    fc.assert(
      fc.property(evening, hiddenList, (happenings, list) => {
        const { groups } = seenOf(happenings, queuer, list);
        for (const group of groups) {
          expect(group.length).toBeGreaterThanOrEqual(SMALLEST_GROUP);
          const [reference, ...others] = group.map((avoider) => seenOf(happenings, avoider, list).seen);
          for (const other of others) expect(other).toEqual(reference);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("is nothing at all before four are together, and for those who are not in a group", () => {
    fc.assert(
      fc.property(evening, hiddenList, (happenings, list) => {
        const { seen, groups } = seenOf(happenings, id<UserId>("nobody"), list);
        const grouped = new Set(groups.flat());
        for (const avoider of people.filter((one) => !grouped.has(one)))
          expect(seenOf(happenings, avoider, list).seen).toEqual(seen);
      }),
      { numRuns: 400 },
    );
  });
});

test("leaving the room, or coming back to it, does not give anybody away", () => {
  const list: AvoidList = { triggers: ["whisper"], risks: [], mode: "skip" };
  const queue = { kind: "queued", trigger: "whisper", risk: "breath" } as const;
  const [, bo, cy, dee, eli] = people as [UserId, UserId, UserId, UserId, UserId];
  const came = [bo, cy, dee].map((who) => ({ kind: "came", who }) as const);
  const { seen } = seenOf([...came, queue, { kind: "left", who: cy }, queue], cy, list);
  expect(seen[0]).toMatchObject({ leftOut: expect.stringContaining("not a good fit for everyone here") });
  expect(seen[1]).toEqual(seen[0]);
  // A fifth who comes alone would be the one difference: their list waits for company.
  const late = seenOf([...came, queue, { kind: "came", who: eli }, queue], eli, list);
  expect(late.seen).toEqual([{}, {}]);
});

test("a list that is to hold always holds in a room of two, and not for its owner alone", () => {
  const list: AvoidList = { triggers: ["whisper"], risks: [], mode: "always" };
  const queue = { kind: "queued", trigger: "whisper", risk: "breath" } as const;
  const [, bo] = people as [UserId, UserId];
  expect(seenOf([{ kind: "came", who: bo }, queue], bo, list).seen).toMatchObject([{ leftOut: expect.any(String) }]);
  expect(seenOf([queue], queuer, list).seen).toEqual([{}]);
});
