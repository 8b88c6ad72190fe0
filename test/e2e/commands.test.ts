import { setTimeout as sleep } from "node:timers/promises";
import type { Member } from "discord-emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadStoredSound } from "../../src/audio/storedSound.ts";
import { seconds } from "../../src/kernel/units.ts";
import { renderSound } from "../support/renderSounds.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let rehearsal: Rehearsal;
let ana: Member;
let stranger: Member;

beforeAll(async () => {
  rehearsal = await openRehearsal({ sounds: ["brown-noise", "ocean", "pink-noise"] });
  ana = await rehearsal.member("ana").join("lounge");
  stranger = rehearsal.member("cy");
});
afterAll(() => rehearsal.close());

const said = async (member: Member, path: string, options: Parameters<Member["slash"]>[1] = {}) => {
  const answer = await member.slash(path, options);
  await rehearsal.waitUntil("the answer is there", () => answer.latest().text !== "");
  return answer.latest();
};
const panel = () => rehearsal.messages("general").at(-1);
/**
 * Waits until the sound is heard and the panel says so. After a restart, the panel may be out of
 * date.
 */
const plays = async (title: string) => {
  while (!(await said(ana, "now")).text.includes(`**${title}** is playing in`)) await sleep(100);
  await rehearsal.waitUntil(`the panel says that ${title} plays`, () => {
    const text = panel()?.text ?? "";
    return text.includes(`### **${title}**`) && !/[Gg]etting .* ready/.test(text);
  });
};
const titles = async () =>
  [...(await said(ana, "queue show")).text.matchAll(/\*\*(.+?)\*\*/g)].map(([, title]) => title);

describe("before anything plays", () => {
  test("/help says how to get started", async () => {
    expect(await said(stranger, "help")).toMatchObject({
      ephemeral: true,
      text: expect.stringContaining("Join a voice channel"),
    });
  });

  test.each([
    "skip",
    "back",
    "pause",
    "resume",
    "stop",
    "now",
    "queue show",
    "queue shuffle",
    "queue clear",
    "sleep show",
    "sleep cancel",
    "sleep after-this",
    "sleep extend",
    "favourites add",
  ])("/%s says that nothing is playing, and what to do", async (path) => {
    expect(await said(ana, path)).toMatchObject({ ephemeral: true, text: expect.stringContaining("/play") });
  });

  test("a member in no voice channel is told to join one", async () => {
    const answer = await said(stranger, "play", { sound: "ocean" });
    expect(answer).toMatchObject({ ephemeral: true, text: "Join a voice channel first, then try again." });
  });

  test("an unknown sound is refused, with where to find one", async () => {
    expect((await said(ana, "play", { sound: "chainsaw symphony" })).text).toMatch(
      /find a sound called “chainsaw symphony”.*\/sounds/,
    );
  });

  test("a channel where it can't connect or speak is named, with the missing permission", async () => {
    const loft = rehearsal.channel("loft");
    const dee = await rehearsal.member("dee").join("loft");
    loft.denyBot("CONNECT");
    expect((await said(dee, "play", { sound: "ocean" })).text).toMatch(/permission to connect to .* give me Connect/);
    loft.allowBot("CONNECT");
    loft.denyBot("SPEAK");
    expect((await said(dee, "play", { sound: "ocean" })).text).toMatch(/permission to speak in .* give me Speak/);
    loft.allowBot("SPEAK");
    await dee.leave();
  });

  test("a full channel is refused at once, because Discord would never answer", async () => {
    const loft = rehearsal.channel("loft");
    loft.setUserLimit(1);
    const dee = await rehearsal.member("dee").join("loft");
    expect((await said(dee, "play", { sound: "ocean" })).text).toMatch(/is full/);
    loft.setUserLimit(0);
    await dee.leave();
  });

  test.each([
    ["in", { duration: "soon" }],
    ["in", { duration: "0" }],
    ["in", { duration: "-1" }],
    ["in", { duration: "30d" }],
    ["in", { duration: "1e309" }],
    ["at", { time: "25:00" }],
  ])("/sleep %s %o is refused with an example", async (part, options) => {
    await ana.slash("play", { sound: "brown-noise" });
    expect((await said(ana, `sleep ${part}`, options)).text).toMatch(/\d/);
    expect((await said(ana, "sleep show")).text).toMatch(/No sleep timer|\/sleep in/);
  });
});

describe("while a sound plays", () => {
  test("sounds and favourites are suggested while typing, even with typos", async () => {
    expect((await ana.autocomplete("play", "sound", "oce")).map(({ name }) => name)).toEqual(
      expect.arrayContaining([expect.stringContaining("Slow Shore")]),
    );
    expect((await ana.autocomplete("play", "sound", "rian")).length).toBeGreaterThan(0);
    expect((await ana.autocomplete("play", "sound", "")).length).toBeGreaterThan(5);
  });

  test("the queue is shown, reordered, shortened, shuffled, looped and cleared", async () => {
    await plays("Deep Brown");
    await said(ana, "queue clear").catch(() => {});
    await said(ana, "play", { sound: "ocean" });
    await said(ana, "play", { sound: "pink-noise" });
    expect(await titles()).toEqual(["Deep Brown", "Slow Shore", "Pink Hush"]);
    await said(ana, "queue move", { from: 2, to: 1 });
    expect(await titles()).toEqual(["Deep Brown", "Pink Hush", "Slow Shore"]);
    await said(ana, "play", { sound: "ocean", when: "next" });
    await said(ana, "queue remove", { place: 2 });
    expect(await titles()).toEqual(["Deep Brown", "Slow Shore", "Slow Shore"]);
    expect((await said(ana, "queue remove", { place: 9 })).text).toMatch(/position from 1 to 2/);
    await said(ana, "queue shuffle");
    expect((await titles()).toSorted()).toEqual(["Deep Brown", "Slow Shore", "Slow Shore"]);
    await said(ana, "queue loop", { mode: "one" });
    await rehearsal.waitUntil("the panel shows it", () => /Repeating this sound/.test(panel()?.text ?? ""));
    await said(ana, "queue loop", { mode: "off" });
    await said(ana, "queue clear");
    expect(await titles()).toEqual(["Deep Brown"]);
  });

  test("/skip and /back move between sounds, and say when there is none", async () => {
    expect((await said(ana, "skip")).text).toMatch(/nothing after this sound/);
    await said(ana, "play", { sound: "ocean" });
    await said(ana, "skip");
    await plays("Slow Shore");
    await said(ana, "back");
    await plays("Deep Brown");
    expect((await said(ana, "now")).text).toMatch(/Deep Brown/);
  });

  test("/sleep in, at, show, extend, after-this and cancel share one timer", async () => {
    expect((await said(ana, "sleep in", { duration: "1h15" })).text).toMatch(/silent at <t:\d+:t>/);
    await rehearsal.waitUntil("the panel shows it", () => /silent at <t:\d+:t>/.test(panel()?.text ?? ""));
    const before = Number(/silent at <t:(\d+):t>/.exec((await said(ana, "sleep show")).text)?.[1]);
    await said(ana, "sleep extend");
    const after = Number(/silent at <t:(\d+):t>/.exec((await said(ana, "sleep show")).text)?.[1]);
    expect(after - before).toBe(900);
    await said(ana, "sleep at", { time: "23:30" });
    await said(ana, "sleep after-this");
    expect((await said(ana, "sleep cancel")).text).not.toBe("");
    await rehearsal.waitUntil("the panel shows none", () => !/<t:\d+:t>/.test(panel()?.text ?? ""));
  });

  test("favourites are saved, suggested first, renamed, moved, played, and survive a restart", async () => {
    await said(ana, "favourites add");
    await said(ana, "favourites add", { sound: "ocean", name: "The sea" });
    expect((await said(ana, "favourites add", { sound: "ocean", name: "the sea" })).text).toMatch(/already|taken/i);
    await said(ana, "favourites move", { name: "The sea", position: 1 });
    await said(ana, "favourites rename", { name: "Deep Brown", to: "*Low* @everyone" });
    const list = await said(ana, "favourites list");
    expect(list.text.indexOf("The sea")).toBeLessThan(list.text.indexOf("Low"));
    expect(list.text).not.toContain("*Low*");
    expect((await ana.autocomplete("favourites play", "name", "sea"))[0]?.name).toContain("The sea");
    await said(ana, "favourites play", { name: "The sea", when: "next" });
    expect(await titles()).toContain("Slow Shore");
    const before = panel()?.id;
    await rehearsal.restart("stop");
    expect((await said(ana, "favourites list")).text).toContain("The sea");
    await plays("Deep Brown");
    expect(panel()?.id, "the panel of before the restart goes on").toBe(before);
    await said(ana, "favourites remove", { name: "The sea" });
    expect((await said(ana, "favourites list")).text).not.toContain("The sea");
    expect((await said(ana, "favourites play", { name: "The sea" })).text).toMatch(/find a favou?rite called/);
  });

  test("/sounds browse filters by trigger, and its button plays", async () => {
    const page = await ana.slash("sounds browse");
    expect(page).toMatchObject({ ephemeral: true, text: expect.stringContaining("Deep Brown") });
    const turned = await ana.click("Next");
    expect(turned.latest().text).not.toEqual(page.text);
  });

  test("a press by somebody outside is refused privately, with where to join", async () => {
    await said(ana, "play", { sound: "brown-noise", when: "now" });
    await plays("Deep Brown");
    const answer = await stranger.click("Pause", panel());
    expect(answer).toMatchObject({ ephemeral: true, text: expect.stringMatching(/people listening in|voice channel/) });
  });

  test("the panel's buttons pause, resume and extend the timer", async () => {
    await ana.click("Pause", panel());
    await rehearsal.waitUntil("it is paused", () => /Resume/.test(panel()?.text ?? ""));
    await ana.click("Resume", panel());
    await rehearsal.waitUntil("it plays", () => /\nPause\n/.test(panel()?.text ?? ""));
    await ana.click("Sleep in 30 min", panel());
    await rehearsal.waitUntil("the timer is set", () => /\+15 min/.test(panel()?.text ?? ""));
    const heard = await rehearsal.listen(seconds(2));
    expect(heard.lufs).toBeGreaterThan(-40);
  });

  test("after /stop the bot has left, and a button of that session says so", async () => {
    // The panel can't be updated, so it keeps its buttons.
    const before = panel()!;
    rehearsal.faults.failRequests(/messages\/\d+$/, 403, 1);
    await said(ana, "stop");
    await rehearsal.waitUntil("the bot has left", () => rehearsal.botChannel() === undefined);
    const late = await ana.click(buttonId(before.raw), before);
    expect(late).toMatchObject({ ephemeral: true, text: expect.stringMatching(/earlier session.*\/play/) });
  });
});

describe("after kill −9", () => {
  /** The stored packets of the sound, which are sent unchanged while nothing is mixed. */
  const stored = async () => {
    const { path } = await renderSound("brown-noise");
    const { packets } = await loadStoredSound(path);
    return new Map(packets.map((packet, index) => [Buffer.from(packet).toString("base64"), index]));
  };
  /**
   * What ana hears: the position of each packet that arrived as it is stored; undefined for mixed
   * ones.
   */
  const follow = (places: ReadonlyMap<string, number>) => {
    const heard: { readonly frame: number | undefined; readonly at: number }[] = [];
    ana.listener()?.onPacket(({ opus, receivedAt: at }) => {
      // Silence frames are three bytes long.
      if (opus !== undefined && opus.length > 3)
        heard.push({ frame: places.get(Buffer.from(opus).toString("base64")), at });
    });
    return heard;
  };

  test("the sound is back within 10 s of the restart, on a ramp, within 5 s of its position", async () => {
    await said(ana, "play", { sound: "brown-noise" });
    await plays("Deep Brown");
    const places = await stored();
    const before = follow(places);
    await rehearsal.waitUntil(
      "what is stored is heard",
      () => before.at(-1)?.frame !== undefined && before.length > 50,
    );
    await rehearsal.bot().kill();
    const was = before.findLast(({ frame }) => frame !== undefined)!;
    const after = follow(places);
    await rehearsal.restart("kill");
    const ready = performance.now();
    await rehearsal.waitUntil("it is heard again", () => after.some(({ frame }) => frame !== undefined), seconds(15));
    const is = after.findIndex(({ frame }) => frame !== undefined);
    // The limit is ten seconds from when the bot is ready: starting a process on a busy machine
    // doesn't count.
    expect(after[is]!.at - ready).toBeLessThan(seconds(10));
    const ramp = is;
    expect(ramp, "it begins on a ramp, which is mixed").toBeGreaterThan(10);
    expect(Math.abs(after[is]!.frame! - ramp - was.frame!)).toBeLessThan(5 * 50);
  });

  test("what was laid over once is not played twice, and what it lay over is back where it was", async () => {
    await said(ana, "mix once", { sound: "ocean" });
    await rehearsal.waitUntil("it is laid over", () => /Deep Brown \+ Slow Shore/.test(panel()?.text ?? ""));
    // Two layers are mixed; one alone is sent as it is stored.
    const places = await stored();
    await rehearsal.listen(seconds(2), { channel: "lounge" });
    const over = follow(places);
    await rehearsal.waitUntil("both are heard", () => over.length > 50);
    expect(over.every(({ frame }) => frame === undefined)).toBe(true);
    await rehearsal.restart("kill");
    const after = follow(places);
    await rehearsal.waitUntil("one is heard", () => after.at(-1)?.frame !== undefined, seconds(15));
    await plays("Deep Brown");
    expect(panel()?.text).not.toContain("Slow Shore");
  });

  test("in the silence after a timer, it is back in silence, and can still be woken", async () => {
    await said(ana, "sleep in", { duration: "5s" });
    await rehearsal.waitUntil("it is silent", () => /Silent since/.test(panel()?.text ?? ""), seconds(15));
    await rehearsal.restart("kill");
    await rehearsal.waitUntil("the bot is back", () => rehearsal.botChannel() === "lounge");
    expect((await rehearsal.listen(seconds(1), { channel: "lounge" })).packets).toBe(0);
    ana.setSelfMute(true);
    await rehearsal.waitUntil("the sound is back", () => /silent at <t/.test(panel()?.text ?? ""), seconds(15));
    expect((await rehearsal.listen(seconds(3), { channel: "lounge" })).packets).toBeGreaterThan(20);
    ana.setSelfMute(false);
  });

  test("if the timer has run out meanwhile, it is back in silence", async () => {
    expect((await said(ana, "sleep in", { duration: "5s" })).text).toMatch(/<t:/);
    await rehearsal.bot().kill();
    await sleep(5_000);
    await rehearsal.restart("kill");
    await rehearsal.waitUntil("the panel says so", () => /Silent since/.test(panel()?.text ?? ""));
    expect((await rehearsal.listen(seconds(2), { channel: "lounge" })).packets).toBe(0);
    await said(ana, "stop");
    await rehearsal.waitUntil("the bot has left the channel", () => rehearsal.botChannel() === undefined);
    expect(rehearsal.violations).toEqual([]);
  });
});

/** The id of the panel's first button. */
const buttonId = (raw: Record<string, unknown>): string => /"custom_id":"([^"]+)"/.exec(JSON.stringify(raw))?.[1] ?? "";
