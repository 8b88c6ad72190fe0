import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Member } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { mp3, noise, wav } from "../support/soundFiles.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let rehearsal: Rehearsal;
let ana: Member;

beforeAll(async () => {
  rehearsal = await openRehearsal({ sounds: ["brown-noise"] });
  const permissions = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Connect | PermissionFlagsBits.ViewChannel;
  ana = await rehearsal.member("ana", { permissions }).join("lounge");
});
afterAll(() => rehearsal.close());

const said = async (member: Member, path: string, options: Parameters<Member["slash"]>[1] = {}) => {
  const answer = await member.slash(path, options);
  // Slow imports show their progress first.
  await rehearsal.waitUntil(
    "the answer is there",
    () => !["", "Checking "].includes(answer.latest().text.slice(0, 9)),
    30_000,
  );
  return answer.latest();
};

test("an uploaded MP3 is heard in the voice channel at −30 LUFS", async () => {
  const loud = await mp3(noise(14, 44_100, () => 2));
  const file = { name: "our_gutter.mp3", bytes: loud };
  const card = await said(ana, "sounds add", { file, title: "Our gutter", trigger: "rain", licence: "CC0-1.0" });
  expect(card).toMatchObject({
    ephemeral: true,
    text: expect.stringContaining("Added **Our gutter** to this server’s"),
  });
  expect(card.text).toMatch(/MP3 · 0:1\d · −1\d\.\d LUFS, adjusted to −(29\.[5-9]|30\.[0-5]) LUFS/);
  expect((await ana.autocomplete("play", "sound", "gutt"))[0]?.name).toContain("Our gutter");
  await said(ana, "play", { sound: "Our gutter" });
  await rehearsal.waitUntil("the bot is in the room", () => rehearsal.botChannel() === "lounge");
  // It starts on a ramp once it has loaded.
  for (let tries = 0; tries < 20 && (await rehearsal.listen(seconds(1))).lufs < -33; tries++);
  const heard = await rehearsal.listen(seconds(5));
  expect(Math.abs(heard.lufs + 30)).toBeLessThan(0.5);
});

test("members who can't manage the server are told who can, and a file that is not a sound is refused with a reason", async () => {
  const file = { name: "voice.wav", bytes: wav(noise(2)) };
  const stranger = rehearsal.member("cy", { permissions: PermissionFlagsBits.ViewChannel });
  expect((await said(stranger, "sounds add", { file })).text).toMatch(/members who can manage this server/);
  const letter = { name: "song.mp3", bytes: Buffer.from("#EXTM3U\nhttp://example.org/song.mp3\n"), type: "audio/mpeg" };
  expect((await said(ana, "sounds add", { file: letter })).text).toMatch(/This is a playlist/);
});

test("a modal takes a file, and so does the menu of a message with one", async () => {
  const asked = await ana.slash("sounds add");
  expect(asked.kind).toBe("modal");
  const filled = { file: [{ name: "kettle.wav", bytes: wav(noise(3)) }], title: "The kettle", flags: ["wet"] };
  const formed = await ana.submit("lull:sounds-add", filled);
  await rehearsal.waitUntil("it is taken in", () => formed.latest().text.includes("Added **The kettle** to"), 20_000);
  const message = ana.send("listen to this", { files: [{ name: "old_fan.wav", bytes: wav(noise(4)) }] });
  const used = await ana.useMessageCommand("Add to sounds", message);
  await rehearsal.waitUntil("it is taken in", () => used.latest().text.includes("Added **old fan** to"), 20_000);
});

test("its card shows it, and deleting it leaves a note where it was saved", async () => {
  await said(ana, "favourites add", { sound: "Our gutter" });
  const card = await said(ana, "sounds show", { sound: "Our gutter" });
  expect(card.text).toMatch(/Licen[cs]e: CC0-1\.0/);
  expect(card.text).toMatch(/Added by <@\d+>/);
  expect(card.raw.attachments).toMatchObject([{ filename: "sound.png" }]);
  expect((await said(ana, "sounds remove", { sound: "Our gutter" })).text).toContain("Removed **Our gutter**");
  expect((await said(ana, "favourites list")).text).toMatch(/Our gutter/);
  expect((await said(ana, "sounds browse")).text).not.toContain("Our gutter");
  expect(rehearsal.violations).toEqual([]);
});
