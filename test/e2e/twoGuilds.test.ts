import { PermissionFlagsBits } from "discord-api-types/v10";
import { type EmulatedGuild, EVERYONE_PERMISSIONS, type Member, type Recording } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { noise, wav } from "../support/soundFiles.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

/** Two guilds of one bot, at the same hour. */
let rehearsal: Rehearsal;
let night: EmulatedGuild;
let ana: Member;
let kei: Member;

beforeAll(async () => {
  rehearsal = await openRehearsal({ sounds: ["brown-noise", "pink-noise", "ocean"] });
  night = rehearsal.createGuild("Night Library");
  const permissions = EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageGuild;
  ana = await rehearsal.member("ana", { permissions }).join("lounge");
  kei = await night.member("kei", { permissions }).join("lounge");
});
afterAll(() => rehearsal.close());

const said = async (member: Member, path: string, options: Parameters<Member["slash"]>[1] = {}) => {
  const answer = await member.slash(path, options);
  const isThere = () => !["", "Checking "].includes(answer.latest().text.slice(0, 9));
  await rehearsal.waitUntil("the answer is there", isThere);
  return answer.latest().text;
};
const panelOf = (guild: EmulatedGuild) =>
  guild.messages("general").findLast(({ text }) => text.includes("Pause"))?.text;
const shows = (guild: EmulatedGuild, what: string) =>
  rehearsal.waitUntil(`the panel says ${what}`, () => {
    const text = panelOf(guild) ?? "";
    return text.includes(what) && !/[Gg]etting .* ready/.test(text);
  });
const SILENCE = -60;
/** Listens in both guilds at the same time, until both are heard. */
const bothHear = async (duration: Millis): Promise<readonly [Recording, Recording]> => {
  for (let tries = 0; tries < 10; tries++) {
    const heard = await Promise.all([rehearsal.listen(duration, { as: "ana" }), night.listen(duration, { as: "kei" })]);
    if (heard.every(({ lufs }) => lufs > SILENCE)) return heard;
  }
  throw new Error("One of the two rooms stays silent.");
};
/** The level above 1 kHz relative to that below 500 Hz, in decibels. */
const brightness = ({ spectrum }: Recording) => {
  const power = (fits: (hertz: number) => boolean) =>
    spectrum.filter(({ hertz }) => fits(hertz)).reduce((sum, { db }) => sum + 10 ** (db / 10), 0);
  return 10 * Math.log10(power((hertz) => hertz > 1_000) / power((hertz) => hertz < 500));
};

test("a guild that invites the bot is greeted, and each guild hears its own sound at the same time", async () => {
  await rehearsal.waitUntil("it is greeted", () => /Lull is here/.test(night.messages("general")[0]?.text ?? ""));
  expect(night.messages("general")[0]?.text).not.toMatch(/don’t have/);
  expect(night.messages("general")[0]?.text).toContain("Purring cat");
  await Promise.all([said(ana, "play", { sound: "brown-noise" }), said(kei, "play", { sound: "pink-noise" })]);
  await shows(rehearsal, "### **Deep Brown**");
  await shows(night, "### **Pink Hush**");
  const [brown, pink] = await bothHear(seconds(2));
  expect(brightness(pink)).toBeGreaterThan(brightness(brown) + 6);
  expect([rehearsal.botChannel(), night.botChannel()]).toEqual(["lounge", "lounge"]);
});

test("queues and pauses are separate", async () => {
  await said(ana, "play", { sound: "ocean" });
  expect(await said(ana, "queue show")).toContain("Slow Shore");
  expect(await said(kei, "queue show")).toContain("Nothing is queued");
  await said(kei, "pause");
  await rehearsal.waitUntil("it is paused", () => /Resume/.test(night.messages("general").at(-1)?.text ?? ""));
  expect((await rehearsal.listen(seconds(1), { as: "ana" })).lufs).toBeGreaterThan(SILENCE);
  await said(kei, "resume");
  await shows(night, "### **Pink Hush**");
});

test("favourites are separate, and a mix goes from one to the other by its share code", async () => {
  await said(ana, "mix add", { sound: "ocean", place: "left" });
  await said(ana, "mix save", { name: "Cabin by the sea" });
  const offered = (await kei.autocomplete("play", "sound", "cabin")).map(({ name }) => name);
  expect(offered.join()).not.toContain("Cabin by the sea");
  const added = await kei.useMessageCommand("Add to favourites", night.messages("general").at(-1)!);
  await rehearsal.waitUntil("it says so", () => /Added \*\*Pink Hush\*\* to favou?rites/.test(added.latest().text));
  expect(await said(ana, "favourites list")).not.toContain("**Pink Hush**");
  expect(await said(kei, "favourites play", { name: "Cabin by the sea" })).toMatch(/find a favou?rite called/);

  const [code = ""] = /lull1\.[\w-]+/.exec(await said(ana, "favourites export", { name: "Cabin by the sea" })) ?? [];
  expect(await said(kei, "favourites import", { code })).toMatch(/Added \*\*Cabin by the sea\*\* to favou?rites/);
  await said(kei, "play", { sound: "Cabin by the sea", when: "now" });
  await shows(night, "### **Cabin by the sea**");
  expect(panelOf(night)).toMatch(/Deep Brown.*Slow Shore \(left\)/s);
  await said(kei, "favourites remove", { name: "Cabin by the sea" });
  expect(await said(ana, "favourites list")).toContain("Cabin by the sea");
});

test("a sound uploaded in one guild doesn't exist in the other", async () => {
  const file = { name: "our_gutter.wav", bytes: wav(noise(14)) };
  expect(await said(ana, "sounds add", { file, title: "Our gutter" })).toContain("Added **Our gutter** to");
  const [own] = await ana.autocomplete("play", "sound", "gutter");
  expect(own?.name).toContain("Our gutter");
  const offered = (await kei.autocomplete("play", "sound", "gutter")).map(({ name }) => name);
  expect(offered.join()).not.toContain("Our gutter");
  // Knowing its id doesn't help: something else is found, or nothing.
  expect(await said(kei, "play", { sound: own!.value })).not.toContain("Our gutter");
  expect(await said(kei, "queue show")).not.toContain("Our gutter");
});

test("the timer of one ends its session, and the other continues", async () => {
  await rehearsal.leaveAtOnce();
  await said(ana, "sleep in", { duration: "5s" });
  expect(await said(kei, "sleep show")).toMatch(/No sleep timer/);
  await rehearsal.waitUntil("the room has fallen quiet", () => rehearsal.botChannel() === undefined);
  const heard = await night.listen(seconds(1), { as: "kei" });
  expect(heard.lufs).toBeGreaterThan(SILENCE);
  expect(night.botChannel()).toBe("lounge");
});

test("invited again without a permission, it names the one that is missing; what was kept is still there", async () => {
  await said(kei, "favourites add", { sound: "ocean", name: "The sea" });
  night.faults.kickBot();
  for (const room of ["lounge", "loft", "stage"]) night.channel(room).denyBot("CONNECT");
  night.channel("general").denyBot("SEND_MESSAGES");
  night.channel("chat", { kind: "text" });
  night.faults.inviteBot();
  await rehearsal.waitUntil("it says so", () =>
    /don’t have \*\*Connect\*\*/.test(night.messages("chat")[0]?.text ?? ""),
  );
  expect(await said(kei, "favourites list")).toContain("The sea");
  expect(rehearsal.violations).toEqual([]);
});
