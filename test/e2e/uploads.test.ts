import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { botEnvironment, type Member } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { mp3, noise, wav } from "../support/soundFiles.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let rehearsal: Rehearsal;
let ana: Member;
let folder: string;
/** Read again whenever the bot starts. */
const environment = { LULL_DATA: "", LULL_SOURCES: "" };

/** A site that the operator has listed: a podcast feed, and what it names. */
const site = createServer(async ({ url }, response) => {
  const address = `http://${siteHost()}`;
  if (url === "/tape.mp3") {
    response.setHeader("content-type", "audio/mpeg");
    return void response.end(await mp3(noise(10, 44_100, () => 2)));
  }
  response.setHeader("content-type", "application/rss+xml");
  response.end(
    `<rss><channel><title>Tapes</title><copyright>CC BY 4.0</copyright>` +
      ["Snow outside", "A long drizzle"]
        .map((title) => `<item><title>${title}</title><enclosure url="${address}/tape.mp3"/></item>`)
        .join("") +
      `</channel></rss>`,
  );
});
const siteHost = () => `127.0.0.1:${(site.address() as AddressInfo).port}`;

beforeAll(async () => {
  await new Promise<void>((listening) => site.listen(0, "127.0.0.1", listening));
  folder = await mkdtemp(join(tmpdir(), "lull-uploads-"));
  environment.LULL_DATA = join(folder, "data");
  environment.LULL_SOURCES = `http://${siteHost()}`;
  rehearsal = await openRehearsal({ sounds: ["brown-noise"], environment });
  const permissions =
    PermissionFlagsBits.ManageGuild |
    PermissionFlagsBits.CreateEvents |
    PermissionFlagsBits.Connect |
    PermissionFlagsBits.ViewChannel;
  ana = await rehearsal.member("ana", { permissions }).join("lounge");
});
afterAll(async () => {
  await rehearsal.close();
  site.closeAllConnections();
  site.close();
  await rm(folder, { recursive: true, force: true });
});

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
  await rehearsal.waitUntil("it is taken in", () => formed.latest().text.includes("Added **The kettle** to"));
  const message = ana.send("listen to this", { files: [{ name: "old_fan.wav", bytes: wav(noise(4)) }] });
  const used = await ana.useMessageCommand("Add to sounds", message);
  await rehearsal.waitUntil("it is taken in", () => used.latest().text.includes("Added **old fan** to"));
});

test("an episode of a podcast is chosen as it is typed, and heard at −30 LUFS; its card names licence and source", async () => {
  const url = `http://${siteHost()}/feed`;
  const others = { url };
  const [found] = await ana.autocomplete("sounds add", "episode", "drizz", others);
  expect(found?.name).toBe("A long drizzle");
  const card = await said(ana, "sounds add", { url, episode: String(found?.value), trigger: "rain" });
  expect(card).toMatchObject({ ephemeral: true, text: expect.stringContaining("Added **A long drizzle** to this") });
  expect(card.text).toMatch(/adjusted to −(29\.[5-9]|30\.[0-5]) LUFS/);
  const shown = await said(ana, "sounds show", { sound: "A long drizzle" });
  expect(shown.text).toMatch(/Licen[cs]e: CC BY 4\.0/);
  expect(shown.text.replaceAll("\\", "")).toContain(`From: http://${siteHost()}/tape.mp3`);
  await said(ana, "play", { sound: "A long drizzle" });
  await said(ana, "skip");
  const heard = await rehearsal.listen(seconds(4));
  expect(Math.abs(heard.lufs + 30)).toBeLessThan(1.5);
});

test("an address elsewhere, in a private network, or of YouTube is refused, and a stranger gets no episodes", async () => {
  const refused = async (url: string) => (await said(ana, "sounds add", { url })).text;
  expect(await refused("https://example.org/a.mp3")).toMatch(/from example\.org aren’t allowed here/);
  expect(await refused("http://169.254.169.254/latest/meta-data")).toMatch(/aren’t allowed here/);
  expect(await refused("https://youtu.be/abc")).toMatch(/^YouTube’s terms don’t allow/);
  expect(await refused(`http://${siteHost()}/feed`)).toMatch(/Choose one of its episodes/);
  const stranger = rehearsal.member("cy", { permissions: PermissionFlagsBits.ViewChannel });
  const others = { url: `http://${siteHost()}/feed` };
  expect(await stranger.autocomplete("sounds add", "episode", "", others)).toEqual([]);
});

test("its card shows it, and deleting it leaves a note where it was saved", async () => {
  await said(ana, "favourites add", { sound: "Our gutter" });
  // A busy machine may draw its picture for longer than the card waits; the next look has it.
  let card = await said(ana, "sounds show", { sound: "Our gutter" });
  for (let look = 1; look < 4 && (card.raw.attachments as unknown[]).length === 0; look++)
    card = await said(ana, "sounds show", { sound: "Our gutter" });
  expect(card.text).toMatch(/Licen[cs]e: CC0-1\.0/);
  expect(card.text).toMatch(/Added by <@\d+>/);
  expect(card.raw.attachments).toMatchObject([{ filename: "sound.png" }]);
  expect((await said(ana, "sounds remove", { sound: "Our gutter" })).text).toContain("Removed **Our gutter**");
  expect((await said(ana, "favourites list")).text).toMatch(/Our gutter/);
  expect((await said(ana, "sounds browse")).text).not.toContain("Our gutter");
  expect(rehearsal.violations).toEqual([]);
});

test("backed up while it runs, killed, and restored on an empty machine: favourites, uploads and schedules are there", async () => {
  await said(ana, "favourites add", { sound: "The kettle" });
  const lounge = rehearsal.channel("lounge").id;
  const planned = { programme: "sleep", at: "22:30", zone: "UTC", channel: lounge };
  expect((await said(ana, "evening schedule", planned)).text).toMatch(/Drift Off/);
  const kept = async () => ({
    favourites: (await said(ana, "favourites list")).text,
    sounds: (await said(ana, "sounds show", { sound: "The kettle" })).text,
    evenings: (await said(ana, "evening list")).text,
  });
  const before = await kept();
  expect(before).toEqual({
    favourites: expect.stringContaining("The kettle"),
    sounds: expect.stringContaining("The kettle"),
    evenings: expect.stringContaining("Drift Off"),
  });

  const file = join(folder, "backup.zip");
  const chore = (name: string) =>
    promisify(execFile)(process.execPath, [resolve(import.meta.dirname, "../../src/chore.ts"), name, file], {
      env: { ...process.env, ...botEnvironment(rehearsal), ...environment },
    });
  await chore("backup");
  await rehearsal.bot().kill();
  await rm(environment.LULL_DATA, { recursive: true });
  environment.LULL_DATA = join(folder, "another machine");
  expect((await chore("restore")).stdout).toContain("Every file agrees with its checksum.");
  expect(await readdir(environment.LULL_DATA)).toContain("lull.sqlite");

  await rehearsal.restart("kill");
  expect(await kept()).toEqual(before);
  await said(ana, "play", { sound: "The kettle", when: "now" });
  await rehearsal.waitUntil("the bot is in the room", () => rehearsal.botChannel() === "lounge");
  let heard = await rehearsal.listen(seconds(1));
  for (let tries = 0; tries < 20 && heard.lufs < -45; tries++) heard = await rehearsal.listen(seconds(1));
  expect(heard.lufs).toBeGreaterThan(-45);
  expect(rehearsal.violations).toEqual([]);
});
