import { expect, test, vi } from "vitest";
import { hours, minutes } from "../../../src/kernel/units.ts";
import { attic, bo, lounge } from "../../session/sessionFixture.ts";
import { settle } from "../../support/fakeClock.ts";
import { openCommandHarness } from "../commandHarness.ts";

const plan = { programme: "sleep", at: "22:30", zone: "Europe/Berlin", channel: lounge };

test("/evening start lets a programme begin, says when it falls silent, and its phases stand in the queue", async () => {
  const harness = await openCommandHarness();
  const { text } = await harness.slash("evening start", { programme: "sleep" });
  expect(text).toMatch(/Drift Off.*is starting in <#10>[\s\S]*Ends at <t:\d+:t>/);
  expect(harness.view()?.programme).toMatchObject({ title: "Drift Off", phase: 0 });
  expect(harness.view()?.now?.title).toBe("Rain on Glass");
  expect(harness.view()?.queue.length).toBe(3);
  expect(harness.complaints).toEqual([]);
});

test("there is one programme for each goal and two more, offered with how long they are", async () => {
  const harness = await openCommandHarness();
  const names = (await harness.complete("evening start", "programme", "")).map(({ name }) => name);
  for (const goal of ["sleep", "focus", "calm", "mood", "tension", "sensory rest", "discovery"])
    expect(names.some((name) => name.includes(`· ${goal} ·`))).toBe(true);
  expect((await harness.complete("evening start", "programme", "drift")).map(({ value }) => value)).toEqual(["sleep"]);
});

test("tension relief begins with a line about water and a stretch; sensory rest plays nothing", async () => {
  const harness = await openCommandHarness();
  expect((await harness.slash("evening start", { programme: "Let Go" })).text).toMatch(/water[\s\S]*stretch/);
  await harness.slash("stop");
  await harness.clock.advance(minutes(1));
  const rest = await harness.slash("evening start", { programme: "sensory-rest" });
  expect(rest.text).toMatch(/Nothing is heard/);
  expect(rest.replies.at(-1)).toMatchObject({
    public: true,
    files: [{ name: "breathing-light.gif", description: expect.stringMatching(/light/) }],
  });
  expect(harness.view()).toBeUndefined();
});

test("an unknown programme is refused with an example, and nothing begins", async () => {
  const harness = await openCommandHarness();
  expect((await harness.slash("evening start", { programme: "__proto__" })).text).toMatch(/Drift Off/);
  expect(harness.view()).toBeUndefined();
});

test("discovery plays three triggers that the room has not heard", async () => {
  const harness = await openCommandHarness();
  await harness.slash("evening start", { programme: "discovery" });
  const view = harness.view();
  const titles = [view?.now, view?.coming, ...(view?.queue ?? [])].flatMap((entry) => entry?.title ?? []);
  expect(new Set(titles)).toEqual(new Set(["Rain on Glass", "Slow Shore", "Hearth"]));
});

test("only hosts plan, design, leave out and cancel; all may look", async () => {
  const harness = await openCommandHarness();
  for (const [path, options] of [
    ["evening schedule", plan],
    ["evening design", {}],
    ["evening skip-next", { evening: "x" }],
    ["evening cancel", { evening: "x" }],
  ] as const)
    expect((await harness.slash(path, options, bo)).text).toMatch(/members who can manage/);
  expect((await harness.slash("evening list", {}, bo)).text).toMatch(/No evenings planned/);
  expect((await harness.submit("lull:evening-design", { name: "Mine" }, bo)).text).toMatch(/members who can manage/);
});

test("/evening schedule plans it, posts its event, and it begins and ends by itself, each day once", async () => {
  const harness = await openCommandHarness();
  harness.appoint(bo);
  const { text } = await harness.slash("evening schedule", { ...plan, days: "weekdays" }, bo);
  expect(text).toMatch(/Drift Off\*\* starts Mon, Tue, Wed, Thu and Fri at 22:30 \(Europe\/Berlin\) in <#10>/);
  expect(harness.events.done()).toEqual(["posted"]);
  const [event] = harness.events.events();
  await harness.clock.advance(event!.next - harness.clock.now());
  await settle();
  expect(harness.view()?.programme?.title).toBe("Drift Off");
  expect(harness.events.done()).toEqual(["opened"]);
  await harness.clock.advance(hours(1) + minutes(11));
  expect(harness.view()).toBeUndefined();
  expect(harness.events.done()).toEqual(["ended", "moved"]);
  expect(harness.events.events()[0]!.next).toBe(event!.next + hours(24));
  expect(harness.complaints).toEqual([]);
});

test("it goes after ten minutes when nobody came, and ends its event", async () => {
  const harness = await openCommandHarness();
  harness.appoint(bo);
  await harness.slash("evening schedule", { ...plan, channel: attic }, bo);
  harness.events.done();
  const [event] = harness.events.events();
  await harness.clock.advance(event!.next - harness.clock.now() + minutes(9));
  expect(harness.view()).toMatchObject({ channel: attic, status: "waiting" });
  await harness.clock.advance(minutes(2));
  expect(harness.view()).toBeUndefined();
  expect(harness.events.done()).toEqual(["opened", "ended", "moved"]);
});

test("/evening skip-next leaves out one time, said twice or once; the one after it begins", async () => {
  const harness = await openCommandHarness();
  harness.appoint(bo);
  await harness.slash("evening schedule", plan, bo);
  const [event] = harness.events.events();
  const [first] = await harness.complete("evening skip-next", "evening", "drift");
  await harness.slash("evening skip-next", { evening: String(first?.value) }, bo);
  await harness.slash("evening skip-next", { evening: String(first?.value) }, bo);
  expect((await harness.slash("evening list")).text).toMatch(/Skips/);
  expect(harness.events.events()[0]!.next).toBe(event!.next + hours(24));
  await harness.clock.advance(event!.next - harness.clock.now() + minutes(5));
  expect(harness.view()).toBeUndefined();
  await harness.clock.advance(hours(24));
  expect(harness.view()?.programme?.title).toBe("Drift Off");
});

test("/evening cancel takes it and its event off; what plays goes on", async () => {
  const harness = await openCommandHarness();
  harness.appoint(bo);
  await harness.slash("evening schedule", plan, bo);
  const [event] = harness.events.events();
  await harness.clock.advance(event!.next - harness.clock.now() + minutes(5));
  const [choice] = await harness.complete("evening cancel", "evening", "");
  await harness.slash("evening cancel", { evening: String(choice?.value) }, bo);
  expect(harness.view()?.programme?.title).toBe("Drift Off");
  expect(harness.events.events()).toEqual([]);
  await harness.clock.advance(hours(25));
  expect(harness.view()).toBeUndefined();
  expect((await harness.slash("evening cancel", { evening: String(choice?.value) }, bo)).text).toMatch(
    /find that evening/,
  );
});

test.each([
  [{ zone: "+25:00" }, /Europe\/Berlin/],
  [{ zone: "Nowhere/Land" }, /Europe\/Berlin/],
  [{ at: "25:00" }, /23:30/],
  [{ at: "-1" }, /23:30/],
  [{ days: "Feb 30" }, /mon wed fri/],
  [{ programme: "'; DROP TABLE" }, /Drift Off/],
])("/evening schedule %o is refused with an example, and nothing is planned", async (wrong, example) => {
  const harness = await openCommandHarness();
  harness.appoint(bo);
  expect((await harness.slash("evening schedule", { ...plan, ...wrong }, bo)).text).toMatch(example);
  expect((await harness.slash("evening list")).text).toMatch(/No evenings planned/);
});

test("without its event it begins all the same, and the reason is said in plain words", async () => {
  const harness = await openCommandHarness();
  harness.appoint(bo);
  harness.events.refuse("There are 100 events here already. The evening begins all the same.");
  expect((await harness.slash("evening schedule", plan, bo)).text).toMatch(/100 events/);
  expect((await harness.slash("evening list")).text).toMatch(/100 events/);
  await harness.clock.advance(hours(24));
  expect(harness.complaints).toEqual([]);
});

test("an evening in a room that listens elsewhere is left out with its reason, and nobody's sound is touched", async () => {
  const harness = await openCommandHarness();
  harness.appoint(bo);
  await harness.slash("play", { sound: "ocean" });
  await harness.slash("evening schedule", { ...plan, channel: attic }, bo);
  const [event] = harness.events.events();
  await harness.clock.advance(event!.next - harness.clock.now() + minutes(1));
  expect(harness.view()?.now?.title).toBe("Slow Shore");
  expect(harness.told.join()).toMatch(/Drift Off didn’t start\. I’m already playing/);
  expect((await harness.slash("evening list")).text).toMatch(/already playing/);
});

test("a programme of one's own is made in a form, saved over by its name, and begins", async () => {
  const harness = await openCommandHarness();
  harness.appoint(bo);
  const [reply] = (await harness.slash("evening design", {}, bo)).replies;
  expect(reply).toMatchObject({ modal: { components: { length: 5 } } });
  const fields = { name: "*Our* night", settle: "rain", trigger: "fire", deepen: "water", minutes: "60" };
  expect((await harness.submit("lull:evening-design", fields, bo)).text).toMatch(
    /Saved \*\*\\\*Our\\\* night\*\* \(1 h\)/,
  );
  await harness.submit("lull:evening-design", { ...fields, minutes: "30" }, bo);
  const own = (await harness.complete("evening start", "programme", "our")).map(({ name }) => name);
  expect(own).toEqual([expect.stringContaining("30 min")]);
  await harness.slash("evening start", { programme: "*our* NIGHT" });
  expect(harness.view()?.now?.title).toBe("Rain on Glass");
  expect(harness.view()?.queue.map(({ title }) => title)).toEqual(["Hearth", "Slow Shore", "Slow Shore"]);
});

test("a form with something missing or forged changes nothing", async () => {
  const harness = await openCommandHarness();
  harness.appoint(bo);
  const fields = { name: "Night", settle: "rain", trigger: "chainsaw", deepen: "water", minutes: "60" };
  expect((await harness.submit("lull:evening-design", fields, bo)).text).toMatch(/missing from the form/);
  expect(
    (await harness.submit("lull:evening-design", { ...fields, trigger: "fire", minutes: "1e309" }, bo)).text,
  ).toMatch(/missing from the form/);
  expect((await harness.complete("evening start", "programme", "night")).map(({ name }) => name)).toEqual([]);
});

test("however many evenings are offered, a keystroke reads the guild's programmes once", async () => {
  const harness = await openCommandHarness();
  harness.appoint(bo);
  for (let at = 10; at < 30; at++) await harness.slash("evening schedule", { ...plan, at: `${at % 24}:${at}` }, bo);
  const read = vi.spyOn(harness.storage.programmes, "of");
  expect(await harness.complete("evening cancel", "evening", "drift")).toHaveLength(20);
  expect(read).toHaveBeenCalledTimes(1);
});
