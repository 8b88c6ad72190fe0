import { describe, expect, test } from "vitest";
import { customId } from "../../src/commands/customId.ts";
import { id, type UserId } from "../../src/kernel/ids.ts";
import { english } from "../../src/kernel/text.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { guild } from "../host/house.ts";
import { ana, bo } from "../session/evening.ts";
import { openDesk, SOUNDS } from "./desk.ts";

const [cy, dee] = ["300", "400"].map((user) => id<UserId>(user)) as [UserId, UserId];

const sharp = { triggers: [], risks: ["sharp onset"] } as const;

describe("what somebody would rather not hear", () => {
  const four = async () => {
    const desk = await openDesk();
    await desk.slash("play", { sound: "rain-window" });
    desk.seat(ana, bo, cy, dee);
    return desk;
  };

  test("is refused to whoever queues it, and nobody is named", async () => {
    const desk = await four();
    await desk.storage.avoid.set(cy, { ...sharp, mode: "skip" });
    const { text } = await desk.slash("play", { sound: "fire" });
    expect(text).toMatch(/Hearth is not a good fit for everyone here tonight.*\/discover/);
    expect(text).not.toMatch(/<@/);
    expect(desk.view()?.queue).toEqual([]);
  });

  test("is only remarked on, where that is enough", async () => {
    const desk = await four();
    await desk.storage.avoid.set(cy, { ...sharp, mode: "warn" });
    const { text } = await desk.slash("play", { sound: "fire" });
    expect(text).toContain("**Hearth** comes next.");
    expect(text).toContain("Not a good fit for everyone here tonight.");
    expect(desk.view()?.queue.map(({ title }) => title)).toEqual(["Hearth"]);
  });

  test("is left out when those come whom it does not suit, with a note for all that tells nothing", async () => {
    const desk = await openDesk();
    await desk.slash("play", { sound: "rain-window" });
    desk.seat(ana, bo);
    await desk.storage.avoid.set(dee, { ...sharp, mode: "skip" });
    await desk.slash("play", { sound: "fire" });
    await desk.slash("play", { sound: "ocean" });
    expect(desk.view()?.queue.map(({ title }) => title)).toEqual(["Hearth", "Slow Shore"]);
    desk.seat(ana, bo, cy, dee);
    await desk.clock.advance(seconds(1));
    expect(desk.view()?.queue.map(({ title }) => title)).toEqual(["Slow Shore"]);
    expect(english.of(desk.view()?.note ?? "")).toBe("Hearth was left out tonight.");
  });

  test("does not come back with /back, once those are there whom it does not suit", async () => {
    const desk = await openDesk();
    await desk.slash("play", { sound: "fire" });
    desk.seat(ana, bo);
    await desk.slash("play", { sound: "rain-window" });
    await desk.slash("skip");
    expect(desk.view()?.now?.title).toBe("Rain on Glass");
    await desk.storage.avoid.set(dee, { ...sharp, mode: "skip" });
    desk.seat(ana, bo, cy, dee);
    await desk.slash("back");
    await desk.clock.advance(seconds(1));
    expect(desk.view()?.now?.title).toBe("Rain on Glass");
    expect(english.of(desk.view()?.note ?? "")).toBe("Hearth was left out tonight.");
  });

  test("plays in a room of two, where leaving it out would tell for whom, and the same is said with and without a list", async () => {
    const desk = await openDesk();
    await desk.slash("play", { sound: "rain-window" });
    desk.seat(ana, bo);
    const without = await desk.slash("play", { sound: "fire", when: "next" });
    await desk.storage.avoid.set(bo, { ...sharp, mode: "skip" });
    const withList = await desk.slash("play", { sound: "fire", when: "next" });
    expect(withList.text).toBe(without.text);
    expect(withList.text).toContain("a word with the others");
    await desk.storage.avoid.set(bo, { ...sharp, mode: "always" });
    expect((await desk.slash("play", { sound: "fire" })).text).toContain("left out");
  });

  test("is not read while the database is away, and the room plays on", async () => {
    const desk = await four();
    await desk.storage.close();
    const { text } = await desk.slash("play", { sound: "fire" });
    expect(text).toContain("Hearth");
    expect(JSON.stringify(desk.complaints)).toContain("could not be read");
  });
});

describe("/avoid", () => {
  const modalOf = (replies: readonly unknown[]) => JSON.stringify(replies);

  test("is a form that shows what was chosen, keeps what is chosen, and forgets when it is empty", async () => {
    const desk = await openDesk();
    const first = modalOf((await desk.slash("avoid")).replies);
    expect(first).toContain('"customId":"lull:avoid"');
    expect(first).not.toContain('"default":true');
    const { text } = await desk.submit("lull:avoid", { triggers: ["whisper"], risks: ["wet"], mode: ["skip"] });
    expect(text).toContain("whisper and wet");
    expect(await desk.storage.avoid.of(ana)).toEqual({ triggers: ["whisper"], risks: ["wet"], mode: "skip" });
    const again = modalOf((await desk.slash("avoid")).replies);
    expect(again.match(/"default":true/g)).toHaveLength(3);
    expect(modalOf((await desk.slash("avoid", {}, bo)).replies)).not.toContain('"default":true');
    expect((await desk.submit("lull:avoid", { triggers: [], risks: [], mode: ["skip"] })).text).toContain("empty now");
    expect(await desk.storage.avoid.of(ana)).toBeUndefined();
  });

  test("holds at once for what waits", async () => {
    const desk = await openDesk();
    await desk.slash("play", { sound: "rain-window" });
    desk.seat(ana, bo, cy, dee);
    await desk.slash("play", { sound: "fire" });
    await desk.submit("lull:avoid", { triggers: ["fire"], risks: [], mode: ["skip"] }, cy);
    await desk.clock.advance(seconds(1));
    expect(desk.view()?.queue).toEqual([]);
    expect(english.of(desk.view()?.note ?? "")).toBe("Hearth was left out tonight.");
  });

  test("takes nothing that was not offered", async () => {
    const desk = await openDesk();
    await desk.submit("lull:avoid", { triggers: ["whisper", "<@1>"], risks: ["'; --"], mode: ["loud"] });
    expect(await desk.storage.avoid.of(ana)).toEqual({ triggers: ["whisper"], risks: [], mode: "skip" });
  });

  test("says before anybody chooses it what cannot be hidden", async () => {
    const desk = await openDesk();
    expect(modalOf((await desk.slash("avoid")).replies)).toContain("others may guess");
    const { text } = await desk.submit("lull:avoid", { triggers: ["body"], risks: [], mode: ["always"] });
    expect(text).toContain("others may guess that it is for you");
  });
});

test("/sample gives a sound as a file to the one who asks", async () => {
  const desk = await openDesk();
  const { text, replies } = await desk.slash("sample sound", { sound: "fire" });
  expect(text).toMatch(/20 seconds of \*\*Hearth\*\*, for you alone[\s\S]*Has: sharp onset/);
  expect(replies[0]).toMatchObject({ files: [{ name: "fire.ogg", description: "20 seconds of Hearth" }] });
  expect(replies[0]).not.toMatchObject({ public: true });
  expect((await desk.slash("sample sound", { sound: "chainsaw" })).text).toContain("no sound called");
});

describe("/discover", () => {
  test("offers three triggers that the room has not heard, and a tap queues one", async () => {
    const desk = await openDesk();
    await desk.slash("play", { sound: "rain-window" });
    await desk.storage.heard.add(guild, { sound: SOUNDS[0]!.id, evening: "1970-01-11", minutes: 30 });
    const { text, replies } = await desk.slash("discover");
    for (const title of ["Slow Shore", "Hearth", "Haircut"]) expect(text).toContain(`**${title}**`);
    expect(text).toContain("not heard here yet");
    const [, first] = /"custom_id":"(lull:discover:[^"]+)"/.exec(JSON.stringify(replies)) ?? [];
    await desk.press(first ?? "");
    expect(desk.view()?.queue).toHaveLength(1);
    expect((await desk.press("lull:discover:gone")).text).toContain("no sound called");
  });

  test("leaves out what the asker would rather not hear", async () => {
    const desk = await openDesk();
    await desk.storage.avoid.set(ana, { triggers: ["water"], risks: ["sharp onset"], mode: "warn" });
    const { text } = await desk.slash("discover");
    expect(text).not.toMatch(/Slow Shore|Hearth/);
  });
});

describe("tingles", () => {
  test("are counted by sound and minute, once for each press of each listener, without names", async () => {
    const desk = await openDesk();
    expect((await desk.slash("tingles")).text).toContain("No tingles are marked yet");
    await desk.slash("play", { sound: "rain-window" });
    desk.seat(ana, bo);
    desk.sit(bo, desk.view()!.channel);
    const moon = customId("tingle", desk.view()!.id);
    await desk.press(moon);
    await desk.press(moon);
    await desk.press(moon, bo);
    await desk.clock.advance(minutes(1));
    desk.report({ type: "positionAdvanced", entry: desk.view()!.now!.entry, position: 3_000 });
    await desk.press(moon);
    await desk.clock.advance(seconds(1));
    expect(await desk.storage.tingles.of(guild)).toEqual([
      { sound: "rain-window", minute: 0, count: 2 },
      { sound: "rain-window", minute: 1, count: 1 },
    ]);
    const { text, replies } = await desk.slash("tingles");
    const picture = {
      media: { url: "attachment://tingles.png" },
      description: "Bar chart. Tingles by sound: Rain on Glass 3.",
    };
    expect(replies[0]).toMatchObject({
      components: [{}, { items: [picture] }],
      files: [{ name: "tingles.png" }],
    });
    expect(text).toContain("3 tingles in 1 sound, counted without names.");
    expect(text).toContain("**Rain on Glass** · 3, most often in minute 1");
  });
});

describe("what a room hears", () => {
  test("is kept by evening, and pauses and empty rooms are not", async () => {
    const desk = await openDesk();
    await desk.slash("play", { sound: "rain-window" });
    const entry = desk.view()!.now!.entry;
    const play = async (times: number) => {
      for (let i = 0; i < times; i++) {
        await desk.clock.advance(seconds(30));
        desk.report({ type: "positionAdvanced", entry, position: i });
      }
    };
    await play(4);
    await desk.slash("pause");
    await desk.clock.advance(seconds(100));
    await desk.slash("stop");
    await desk.clock.advance(seconds(1));
    const [heard, ...others] = await desk.storage.heard.of(guild);
    expect(heard).toMatchObject({ sound: "rain-window", minutes: 2 });
    expect(others).toEqual([]);
  });

  test("is remarked on once when one trigger fills the evenings", async () => {
    const desk = await openDesk();
    for (const day of ["04", "05", "06", "07", "08"])
      await desk.storage.heard.add(guild, { sound: SOUNDS[0]!.id, evening: `1970-01-${day}`, minutes: 40 });
    const { text } = await desk.slash("play", { sound: "rain-window" });
    expect(text).toMatch(/mostly rain of late.*water.*rest/);
    expect((await desk.slash("play", { sound: "rain-window" })).text).not.toContain("of late");
  });
});

describe("/privacy", () => {
  test("shows, allows and deletes", async () => {
    const desk = await openDesk();
    expect((await desk.slash("privacy show")).text).toContain("You have no list");
    await desk.storage.avoid.set(ana, { triggers: ["whisper"], risks: ["wet"], mode: "skip" });
    await desk.slash("privacy allow", { what: "named", answer: "yes" });
    const { text } = await desk.slash("privacy show");
    expect(text).toContain("You would rather not hear: whisper and wet");
    expect(text).toContain("The morning's line here may name you.");
    expect(text).toContain("are not disconnected");
    await desk.slash("favourites add", { sound: "ocean" });
    const taken = (await desk.slash("privacy export")).replies[0];
    const [file] = taken !== undefined && "files" in taken ? (taken.files ?? []) : [];
    expect(file?.name).toBe("lull-about-me.json");
    expect(JSON.parse(new TextDecoder().decode(file?.data))).toMatchObject({
      user: ana,
      avoid: { triggers: ["whisper"] },
      consents: [{ guild, consent: "named" }],
      favouritesAdded: [{ name: "Slow Shore" }],
    });
    expect((await desk.slash("privacy delete")).text).toContain("are deleted");
    expect(await desk.storage.avoid.of(ana)).toBeUndefined();
    expect(await desk.storage.consents.of(guild, ana)).toEqual([]);
    const [favourite] = await desk.favourites.list(guild);
    expect(favourite).toMatchObject({ name: "Slow Shore" });
    expect(favourite?.addedBy).not.toBe(ana);
  });
});

test("/about asmr tells what it is, what is not known, and its sources, and gives no advice", async () => {
  const desk = await openDesk();
  const { text } = await desk.slash("about asmr");
  expect(text.match(/https:\/\/doi\.org\//g)).toHaveLength(4);
  expect(text).toContain("misophonia");
  expect(text).not.toMatch(/you should|cure|heal/i);
  expect(text.length).toBeLessThan(4_000);
});
