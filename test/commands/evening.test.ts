import { expect, test } from "vitest";
import { hours, minutes } from "../../src/kernel/units.ts";
import { attic, bo, lounge } from "../session/evening.ts";
import { settle } from "../support/fakeClock.ts";
import { openDesk } from "./desk.ts";

const plan = { programme: "sleep", at: "22:30", zone: "Europe/Berlin", channel: lounge };

test("/evening start lets a programme begin, says when it falls silent, and its phases stand in the queue", async () => {
  const desk = await openDesk();
  const { text } = await desk.slash("evening start", { programme: "sleep" });
  expect(text).toMatch(/Drift Off.*begins in <#10>[\s\S]*falls silent <t:\d+:R>/);
  expect(desk.view()?.programme).toMatchObject({ title: "Drift Off", phase: 0 });
  expect(desk.view()?.now?.title).toBe("Rain on Glass");
  expect(desk.view()?.queue.length).toBe(3);
  expect(desk.complaints).toEqual([]);
});

test("there is one programme for each goal and two more, offered with how long they are", async () => {
  const desk = await openDesk();
  const names = (await desk.complete("evening start", "programme", "")).map(({ name }) => name);
  for (const goal of ["sleep", "focus", "calm", "mood", "tension", "sensory rest", "discovery"])
    expect(names.some((name) => name.includes(`· ${goal} ·`))).toBe(true);
  expect((await desk.complete("evening start", "programme", "drift")).map(({ value }) => value)).toEqual(["sleep"]);
});

test("tension relief begins with a line about water and a stretch; sensory rest plays nothing", async () => {
  const desk = await openDesk();
  expect((await desk.slash("evening start", { programme: "Let Go" })).text).toMatch(/water[\s\S]*stretch/);
  await desk.slash("stop");
  await desk.clock.advance(minutes(1));
  const rest = await desk.slash("evening start", { programme: "sensory-rest" });
  expect(rest.text).toMatch(/Nothing is heard/);
  expect(rest.replies.at(-1)).toMatchObject({
    public: true,
    files: [{ name: "breathing-light.gif", description: expect.stringMatching(/light/) }],
  });
  expect(desk.view()).toBeUndefined();
});

test("an unknown programme is refused with an example, and nothing begins", async () => {
  const desk = await openDesk();
  expect((await desk.slash("evening start", { programme: "__proto__" })).text).toMatch(/Drift Off/);
  expect(desk.view()).toBeUndefined();
});

test("discovery plays three triggers that the room has not heard", async () => {
  const desk = await openDesk();
  await desk.slash("evening start", { programme: "discovery" });
  const view = desk.view();
  const titles = [view?.now, view?.coming, ...(view?.queue ?? [])].flatMap((entry) => entry?.title ?? []);
  expect(new Set(titles)).toEqual(new Set(["Rain on Glass", "Slow Shore", "Hearth"]));
});

test("only hosts plan, design, leave out and cancel; all may look", async () => {
  const desk = await openDesk();
  for (const [path, options] of [
    ["evening schedule", plan],
    ["evening design", {}],
    ["evening skip-next", { evening: "x" }],
    ["evening cancel", { evening: "x" }],
  ] as const)
    expect((await desk.slash(path, options, bo)).text).toMatch(/those who may manage/);
  expect((await desk.slash("evening list", {}, bo)).text).toMatch(/None is planned/);
  expect((await desk.submit("lull:evening-design", { name: "Mine" }, bo)).text).toMatch(/those who may manage/);
});

test("/evening schedule plans it, posts its event, and it begins and ends by itself, each day once", async () => {
  const desk = await openDesk();
  desk.appoint(bo);
  const { text } = await desk.slash("evening schedule", { ...plan, days: "weekdays" }, bo);
  expect(text).toMatch(/Drift Off\*\* begins Mon, Tue, Wed, Thu and Fri at 22:30, Europe\/Berlin, in <#10>/);
  expect(desk.events.done()).toEqual(["posted"]);
  const [event] = desk.events.events();
  await desk.clock.advance(event!.next - desk.clock.now());
  await settle();
  expect(desk.view()?.programme?.title).toBe("Drift Off");
  expect(desk.events.done()).toEqual(["opened"]);
  await desk.clock.advance(hours(1) + minutes(1));
  expect(desk.view()).toBeUndefined();
  expect(desk.events.done()).toEqual(["ended", "moved"]);
  expect(desk.events.events()[0]!.next).toBe(event!.next + hours(24));
  expect(desk.complaints).toEqual([]);
});

test("it goes after ten minutes when nobody came, and ends its event", async () => {
  const desk = await openDesk();
  desk.appoint(bo);
  await desk.slash("evening schedule", { ...plan, channel: attic }, bo);
  desk.events.done();
  const [event] = desk.events.events();
  await desk.clock.advance(event!.next - desk.clock.now() + minutes(9));
  expect(desk.view()).toMatchObject({ channel: attic, status: "waiting" });
  await desk.clock.advance(minutes(2));
  expect(desk.view()).toBeUndefined();
  expect(desk.events.done()).toEqual(["opened", "ended", "moved"]);
});

test("/evening skip-next leaves out one time, said twice or once; the one after it begins", async () => {
  const desk = await openDesk();
  desk.appoint(bo);
  await desk.slash("evening schedule", plan, bo);
  const [event] = desk.events.events();
  const [first] = await desk.complete("evening skip-next", "evening", "drift");
  await desk.slash("evening skip-next", { evening: String(first?.value) }, bo);
  await desk.slash("evening skip-next", { evening: String(first?.value) }, bo);
  expect((await desk.slash("evening list")).text).toMatch(/Leaves out/);
  expect(desk.events.events()[0]!.next).toBe(event!.next + hours(24));
  await desk.clock.advance(event!.next - desk.clock.now() + minutes(5));
  expect(desk.view()).toBeUndefined();
  await desk.clock.advance(hours(24));
  expect(desk.view()?.programme?.title).toBe("Drift Off");
});

test("/evening cancel takes it and its event off; what plays goes on", async () => {
  const desk = await openDesk();
  desk.appoint(bo);
  await desk.slash("evening schedule", plan, bo);
  const [event] = desk.events.events();
  await desk.clock.advance(event!.next - desk.clock.now() + minutes(5));
  const [choice] = await desk.complete("evening cancel", "evening", "");
  await desk.slash("evening cancel", { evening: String(choice?.value) }, bo);
  expect(desk.view()?.programme?.title).toBe("Drift Off");
  expect(desk.events.events()).toEqual([]);
  await desk.clock.advance(hours(25));
  expect(desk.view()).toBeUndefined();
  expect((await desk.slash("evening cancel", { evening: String(choice?.value) }, bo)).text).toMatch(/no such evening/);
});

test.each([
  [{ zone: "+25:00" }, /Europe\/Berlin/],
  [{ zone: "Nowhere/Land" }, /Europe\/Berlin/],
  [{ at: "25:00" }, /23:30/],
  [{ at: "-1" }, /23:30/],
  [{ days: "Feb 30" }, /mon wed fri/],
  [{ programme: "'; DROP TABLE" }, /Drift Off/],
])("/evening schedule %o is refused with an example, and nothing is planned", async (wrong, example) => {
  const desk = await openDesk();
  desk.appoint(bo);
  expect((await desk.slash("evening schedule", { ...plan, ...wrong }, bo)).text).toMatch(example);
  expect((await desk.slash("evening list")).text).toMatch(/None is planned/);
});

test("without its event it begins all the same, and the reason is said in plain words", async () => {
  const desk = await openDesk();
  desk.appoint(bo);
  desk.events.refuse("There are 100 events here already. The evening begins all the same.");
  expect((await desk.slash("evening schedule", plan, bo)).text).toMatch(/100 events/);
  expect((await desk.slash("evening list")).text).toMatch(/100 events/);
  await desk.clock.advance(hours(24));
  expect(desk.complaints).toEqual([]);
});

test("an evening in a room that listens elsewhere is left out with its reason, and nobody's sound is touched", async () => {
  const desk = await openDesk();
  desk.appoint(bo);
  await desk.slash("play", { sound: "ocean" });
  await desk.slash("evening schedule", { ...plan, channel: attic }, bo);
  const [event] = desk.events.events();
  await desk.clock.advance(event!.next - desk.clock.now() + minutes(1));
  expect(desk.view()?.now?.title).toBe("Slow Shore");
  expect(desk.told.join()).toMatch(/Drift Off did not begin\. A room is already listening/);
  expect((await desk.slash("evening list")).text).toMatch(/already listening/);
});

test("a programme of one's own is made in a form, saved over by its name, and begins", async () => {
  const desk = await openDesk();
  desk.appoint(bo);
  const [reply] = (await desk.slash("evening design", {}, bo)).replies;
  expect(reply).toMatchObject({ modal: { components: { length: 5 } } });
  const fields = { name: "*Our* night", settle: "rain", trigger: "fire", deepen: "water", minutes: "60" };
  expect((await desk.submit("lull:evening-design", fields, bo)).text).toMatch(/\\\*Our\\\* night\*\* is kept: 1 h/);
  await desk.submit("lull:evening-design", { ...fields, minutes: "30" }, bo);
  const own = (await desk.complete("evening start", "programme", "our")).map(({ name }) => name);
  expect(own).toEqual([expect.stringContaining("30 min")]);
  await desk.slash("evening start", { programme: "*our* NIGHT" });
  expect(desk.view()?.now?.title).toBe("Rain on Glass");
  expect(desk.view()?.queue.map(({ title }) => title)).toEqual(["Hearth", "Slow Shore", "Slow Shore"]);
});

test("a form with something missing or forged changes nothing", async () => {
  const desk = await openDesk();
  desk.appoint(bo);
  const fields = { name: "Night", settle: "rain", trigger: "chainsaw", deepen: "water", minutes: "60" };
  expect((await desk.submit("lull:evening-design", fields, bo)).text).toMatch(/left open/);
  expect((await desk.submit("lull:evening-design", { ...fields, trigger: "fire", minutes: "1e309" }, bo)).text).toMatch(
    /left open/,
  );
  expect((await desk.complete("evening start", "programme", "night")).map(({ name }) => name)).toEqual([]);
});
