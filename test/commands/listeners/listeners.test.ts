import { describe, expect, test } from "vitest";
import { customId } from "../../../src/commands/customId.ts";
import { english } from "../../../src/i18n/english.ts";
import { id, type UserId } from "../../../src/kernel/ids.ts";
import { hours, minutes, seconds } from "../../../src/kernel/units.ts";
import { panelOf } from "../../../src/panel/panelView.ts";
import { guild } from "../../runtime/sessionsHarness.ts";
import { ana, bo } from "../../session/sessionFixture.ts";
import { openCommandHarness, readableText, SOUNDS, sound } from "../commandHarness.ts";

const [cy, dee] = ["300", "400"].map((user) => id<UserId>(user)) as [UserId, UserId];

const sharp = { triggers: [], risks: ["sharp onset"] } as const;

describe("what somebody would rather not hear", () => {
  const four = async () => {
    const harness = await openCommandHarness();
    await harness.slash("play", { sound: "rain-window" });
    harness.seat(ana, bo, cy, dee);
    return harness;
  };

  test("is refused to the member who queues it, and nobody is named", async () => {
    const harness = await four();
    await harness.storage.avoidLists.set(cy, { ...sharp, mode: "skip" });
    const { text } = await harness.slash("play", { sound: "fire" });
    expect(text).toMatch(/Hearth isn’t a good fit for everyone here tonight.*\/discover/);
    expect(text).not.toMatch(/<@/);
    expect(harness.view()?.queue).toEqual([]);
  });

  test("is only remarked on, where that is enough", async () => {
    const harness = await four();
    await harness.storage.avoidLists.set(cy, { ...sharp, mode: "warn" });
    const { text } = await harness.slash("play", { sound: "fire" });
    expect(text).toContain("**Hearth** is next.");
    expect(text).toContain("This might not suit everyone here tonight.");
    expect(harness.view()?.queue.map(({ title }) => title)).toEqual(["Hearth"]);
  });

  test("is left out when those come whom it does not suit, with a note for all that tells nothing", async () => {
    const harness = await openCommandHarness();
    await harness.slash("play", { sound: "rain-window" });
    harness.seat(ana, bo);
    await harness.storage.avoidLists.set(dee, { ...sharp, mode: "skip" });
    await harness.slash("play", { sound: "fire" });
    await harness.slash("play", { sound: "ocean" });
    expect(harness.view()?.queue.map(({ title }) => title)).toEqual(["Hearth", "Slow Shore"]);
    harness.seat(ana, bo, cy, dee);
    await harness.clock.advance(seconds(1));
    expect(harness.view()?.queue.map(({ title }) => title)).toEqual(["Slow Shore"]);
    expect(english.of(harness.view()?.note ?? "")).toBe("Skipped Hearth tonight.");
  });

  test("does not come back with /back, once those are there whom it does not suit", async () => {
    const harness = await openCommandHarness();
    await harness.slash("play", { sound: "fire" });
    harness.seat(ana, bo);
    await harness.slash("play", { sound: "rain-window" });
    await harness.slash("skip");
    expect(harness.view()?.now?.title).toBe("Rain on Glass");
    await harness.storage.avoidLists.set(dee, { ...sharp, mode: "skip" });
    harness.seat(ana, bo, cy, dee);
    await harness.slash("back");
    await harness.clock.advance(seconds(1));
    expect(harness.view()?.now?.title).toBe("Rain on Glass");
    expect(english.of(harness.view()?.note ?? "")).toBe("Skipped Hearth tonight.");
  });

  test("plays in a room of two, where leaving it out would tell for whom, and the same is said with and without a list", async () => {
    const harness = await openCommandHarness();
    await harness.slash("play", { sound: "rain-window" });
    harness.seat(ana, bo);
    const without = await harness.slash("play", { sound: "fire", when: "next" });
    await harness.storage.avoidLists.set(bo, { ...sharp, mode: "skip" });
    const withList = await harness.slash("play", { sound: "fire", when: "next" });
    expect(withList.text).toBe(without.text);
    expect(withList.text).toContain("ask the others");
    await harness.storage.avoidLists.set(bo, { ...sharp, mode: "always" });
    expect((await harness.slash("play", { sound: "fire" })).text).toContain("it’s skipped");
  });

  test("is not read while the database is away, and the room plays on", async () => {
    const harness = await four();
    await harness.storage.close();
    const { text } = await harness.slash("play", { sound: "fire" });
    expect(text).toContain("Hearth");
    expect(JSON.stringify(harness.complaints)).toContain("could not be read");
  });
});

describe("/avoid", () => {
  const modalOf = (replies: readonly unknown[]) => JSON.stringify(replies);

  test("is a form that shows what was chosen, keeps what is chosen, and forgets when it is empty", async () => {
    const harness = await openCommandHarness();
    const first = modalOf((await harness.slash("avoid")).replies);
    expect(first).toContain('"customId":"lull:avoid"');
    expect(first.match(/"value":"[^"]*","default":true/g)).toEqual(['"value":"skip","default":true']);
    const { text } = await harness.submit("lull:avoid", { triggers: ["whisper"], risks: ["wet"], mode: ["skip"] });
    expect(text).toContain("whisper and wet");
    expect(await harness.storage.avoidLists.of(ana)).toEqual({ triggers: ["whisper"], risks: ["wet"], mode: "skip" });
    const again = modalOf((await harness.slash("avoid")).replies);
    expect(again.match(/"default":true/g)).toHaveLength(3);
    expect(modalOf((await harness.slash("avoid", {}, bo)).replies)).toBe(first);
    expect((await harness.submit("lull:avoid", { triggers: [], risks: [], mode: ["skip"] })).text).toContain(
      "now empty",
    );
    expect(await harness.storage.avoidLists.of(ana)).toBeUndefined();
  });

  test("holds at once for what waits", async () => {
    const harness = await openCommandHarness();
    await harness.slash("play", { sound: "rain-window" });
    harness.seat(ana, bo, cy, dee);
    await harness.slash("play", { sound: "fire" });
    await harness.submit("lull:avoid", { triggers: ["fire"], risks: [], mode: ["skip"] }, cy);
    await harness.clock.advance(seconds(1));
    expect(harness.view()?.queue).toEqual([]);
    expect(english.of(harness.view()?.note ?? "")).toBe("Skipped Hearth tonight.");
  });

  test("takes nothing that was not offered", async () => {
    const harness = await openCommandHarness();
    await harness.submit("lull:avoid", { triggers: ["whisper", "<@1>"], risks: ["'; --"], mode: ["loud"] });
    expect(await harness.storage.avoidLists.of(ana)).toEqual({ triggers: ["whisper"], risks: [], mode: "skip" });
  });

  test("says before anybody chooses it what cannot be hidden", async () => {
    const harness = await openCommandHarness();
    expect(modalOf((await harness.slash("avoid")).replies)).toContain("others may guess");
    const { text } = await harness.submit("lull:avoid", { triggers: ["body"], risks: [], mode: ["always"] });
    expect(text).toContain("others may guess that it’s for you");
  });
});

test("/sample gives a sound as a file to the one who asks", async () => {
  const harness = await openCommandHarness();
  const { text, replies } = await harness.slash("sample sound", { sound: "fire" });
  expect(text).toMatch(/20-second preview of \*\*Hearth\*\*, just for you[\s\S]*May bother some: sudden sounds/);
  expect(replies[0]).toMatchObject({ files: [{ name: "fire.ogg", description: "20-second preview of Hearth" }] });
  expect(replies[0]).not.toMatchObject({ public: true });
  expect((await harness.slash("sample sound", { sound: "chainsaw" })).text).toContain("find a sound called");
});

describe("/discover", () => {
  test("offers three triggers that the room has not heard, and a tap queues one", async () => {
    const harness = await openCommandHarness();
    await harness.slash("play", { sound: "rain-window" });
    await harness.storage.listeningHistory.add(guild, { sound: SOUNDS[0]!.id, date: "1970-01-11", minutes: 30 });
    const { text, replies } = await harness.slash("discover");
    for (const title of ["Slow Shore", "Hearth", "Haircut"]) expect(text).toContain(`**${title}**`);
    expect(text).toContain("not played here yet");
    const [, first] = /"custom_id":"(lull:discover:[^"]+)"/.exec(JSON.stringify(replies)) ?? [];
    await harness.press(first ?? "");
    expect(harness.view()?.queue).toHaveLength(1);
    expect((await harness.press("lull:discover:gone")).text).toContain("find a sound called");
  });

  test("says when one kind has played a lot, and a rest keeps it out of what is suggested for three evenings", async () => {
    const harness = await openCommandHarness();
    const { listeningHistory } = harness.storage;
    for (const day of ["06", "07", "08", "09", "10"])
      await listeningHistory.add(guild, { sound: SOUNDS[0]!.id, date: `1970-01-${day}`, minutes: 30 });
    const before = await harness.slash("discover");
    expect(before.text).toMatch(/A lot of rain has played here lately\. A rest of 3 evenings/);
    const [rest = ""] = /lull:discover-rest:\d+/.exec(JSON.stringify(before.replies)) ?? [];
    const planned = await harness.press(rest);
    expect(planned.text).toContain("rain is resting and is suggested again in 3 evenings.");
    expect(planned.text).not.toContain("A lot of rain");
    expect((await harness.slash("mix surprise")).text).not.toContain("Rain on Glass");
    await harness.clock.advance(hours(24));
    expect((await harness.slash("discover")).text).toContain("in 2 evenings");
    const [end = ""] = /lull:discover-unrest:\d+/.exec(JSON.stringify(planned.replies)) ?? [];
    expect((await harness.press(end)).text).toContain("A lot of rain");
    expect((await harness.press("lull:discover-rest:99")).text).toMatch(/no longer works/);
  });

  test("leaves out what the invoker would rather not hear", async () => {
    const harness = await openCommandHarness();
    await harness.storage.avoidLists.set(ana, { triggers: ["water"], risks: ["sharp onset"], mode: "warn" });
    const { text } = await harness.slash("discover");
    expect(text).not.toMatch(/Slow Shore|Hearth/);
  });
});

describe("tingles", () => {
  test("are counted by sound and minute, once for each press of each listener, without names", async () => {
    const harness = await openCommandHarness();
    expect((await harness.slash("tingles")).text).toContain("No tingles marked yet");
    await harness.slash("play", { sound: "rain-window" });
    harness.seat(ana, bo);
    harness.sit(bo, harness.view()!.channel);
    const moon = customId("tingle", harness.view()!.id);
    expect((await harness.press(moon)).text).toContain("1 tingle in this session");
    expect((await harness.press(moon)).text).toContain("counted already");
    expect((await harness.press(moon, bo)).text).toContain("2 tingles in this session");
    expect(readableText(panelOf(harness.view()!, english, { now: 0 }))).toContain("Tingle · 2");
    await harness.clock.advance(minutes(1));
    harness.report({ type: "positionAdvanced", entry: harness.view()!.now!.entry, position: 3_000 });
    await harness.press(moon);
    await harness.clock.advance(seconds(1));
    expect(await harness.storage.tingles.of(guild)).toEqual([
      { sound: "rain-window", minute: 0, count: 2 },
      { sound: "rain-window", minute: 1, count: 1 },
    ]);
    const { text, replies } = await harness.slash("tingles");
    const picture = {
      media: { url: "attachment://tingles.png" },
      description: "Bar chart. Tingles by sound: Rain on Glass 3.",
    };
    expect(replies[0]).toMatchObject({
      components: [{}, { items: [picture] }],
      files: [{ name: "tingles.png" }],
    });
    expect(text).toContain("3 tingles in 1 sound, counted anonymously.");
    expect(text).toContain("**Rain on Glass** · 3 tingles, mostly in minute 1");
  });
});

test("one tap on a mix is one tingle, for the sound that stands out", async () => {
  const harness = await openCommandHarness({
    sounds: [...SOUNDS.slice(0, 2), sound("tap-wood", "Wood Tapping", "tapping", { intensity: 3 })],
  });
  await harness.slash("play", { sound: "rain-window" });
  await harness.slash("mix add", { sound: "tap-wood", level: "soft" });
  await harness.slash("mix add", { sound: "ocean" });
  harness.seat(ana);
  await harness.press(customId("tingle", harness.view()!.id));
  expect((await harness.slash("tingles")).text).toMatch(/1 tingle in 1 sound[\s\S]*\*\*Wood Tapping\*\*/);
});

describe("what a room hears", () => {
  test("is kept by evening, and pauses and empty rooms are not", async () => {
    const harness = await openCommandHarness();
    await harness.slash("play", { sound: "rain-window" });
    const entry = harness.view()!.now!.entry;
    const play = async (times: number) => {
      for (let i = 0; i < times; i++) {
        await harness.clock.advance(seconds(30));
        harness.report({ type: "positionAdvanced", entry, position: i });
      }
    };
    await play(4);
    await harness.slash("pause");
    await harness.clock.advance(seconds(100));
    await harness.slash("stop");
    await harness.clock.advance(seconds(1));
    const [heard, ...others] = await harness.storage.listeningHistory.of(guild);
    expect(heard).toMatchObject({ sound: "rain-window", minutes: 2 });
    expect(others).toEqual([]);
  });

  test("is remarked on once when one trigger fills the evenings", async () => {
    const harness = await openCommandHarness();
    for (const day of ["04", "05", "06", "07", "08"])
      await harness.storage.listeningHistory.add(guild, { sound: SOUNDS[0]!.id, date: `1970-01-${day}`, minutes: 40 });
    const { text } = await harness.slash("play", { sound: "rain-window" });
    expect(text).toMatch(/a lot of rain sounds lately.*water.*night off/);
    expect((await harness.slash("play", { sound: "rain-window" })).text).not.toContain("lately");
  });
});

describe("/privacy", () => {
  test("shows, allows and deletes", async () => {
    const harness = await openCommandHarness();
    expect((await harness.slash("privacy show")).text).toContain("You’re not avoiding any sounds");
    await harness.storage.avoidLists.set(ana, { triggers: ["whisper"], risks: ["wet"], mode: "skip" });
    await harness.slash("privacy allow", { what: "named", answer: "yes" });
    const { text } = await harness.slash("privacy show");
    expect(text).toContain("You’re avoiding: whisper and wet");
    expect(text).toContain("You may be named in this server’s morning summary.");
    expect(text).toContain("won’t disconnect you");
    await harness.slash("favourites add", { sound: "ocean" });
    const taken = (await harness.slash("privacy export")).replies[0];
    const [file] = taken !== undefined && "files" in taken ? (taken.files ?? []) : [];
    expect(file?.name).toBe("lull-about-me.json");
    expect(JSON.parse(new TextDecoder().decode(file?.data))).toMatchObject({
      user: ana,
      avoid: { triggers: ["whisper"] },
      consents: [{ guild, consent: "named" }],
      favouritesAdded: [{ name: "Slow Shore" }],
    });
    expect((await harness.slash("privacy delete")).text).toContain("Deleted in every server");
    expect(await harness.storage.avoidLists.of(ana)).toBeUndefined();
    expect(await harness.storage.consents.of(guild, ana)).toEqual([]);
    const [favourite] = await harness.favourites.list(guild);
    expect(favourite).toMatchObject({ name: "Slow Shore" });
    expect(favourite?.addedBy).not.toBe(ana);
  });
});

/** What newcomers ask, and words of the page that answers. */
const QUESTIONS = [
  ["Where does it come from?", 0, "2007"],
  ["Is it sexual?", 0, "not sexual"],
  ["Is there any proof?", 1, "1,037"],
  ["Does it help with pain?", 1, "chronic pain"],
  ["Which chemicals does it release?", 2, "has not been shown"],
  ["Why do I feel nothing?", 3, "no tingles"],
  ["Why do these sounds make me angry?", 3, "misophonia"],
  ["Why does it make me sad?", 3, "sad"],
  ["Why has it stopped working?", 4, "immunity"],
  ["Is it bad every night?", 4, "break"],
  ["When is it time for a doctor?", 4, "three months"],
  ["Does it help me to concentrate?", 5, "concentrate"],
  ["What if everything is too much?", 5, "Only Light"],
  ["What about tense shoulders?", 5, "stretch"],
] as const;

test("/about asmr answers what newcomers ask, with its sources, and promises nothing", async () => {
  const harness = await openCommandHarness();
  const pages = [(await harness.slash("about asmr")).text];
  for (const page of [1, 2, 3, 4, 5]) pages.push((await harness.press(`lull:about-asmr:${page}`)).text);
  for (const [question, page, answer] of QUESTIONS) expect(pages[page], question).toContain(answer);
  for (const text of pages) {
    const [body = "", small = ""] = text.split("-# This isn’t medical advice");
    const cited = new Set([...body.matchAll(/\[(\d)\]/g)].map(([, number]) => number));
    expect(new Set([...small.matchAll(/\[(\d)\]/g)].map(([, number]) => number))).toEqual(cited);
    expect(text).not.toMatch(/you should|cure|heal/i);
    expect(text.length).toBeLessThan(3_000);
  }
  expect((await harness.press("lull:about-asmr:99")).text).toBe(pages[0]);
});
