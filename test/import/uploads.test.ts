import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { readStoredSound } from "../../src/audio/storedSound.ts";
import { createGuildCatalogue } from "../../src/catalogue/guildCatalogue.ts";
import { attachmentAddress, download } from "../../src/import/download.ts";
import { openImporter } from "../../src/import/importer.ts";
import { addPack } from "../../src/import/packs/addPack.ts";
import { parseSourceList } from "../../src/import/sources/sourceList.ts";
import { openUploads } from "../../src/import/uploads/uploads.ts";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { UploadRequest } from "../../src/ports/sounds.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { fakeClock } from "../support/fakeClock.ts";
import { noSources } from "../support/noUploads.ts";
import { noise, wav } from "../support/soundFiles.ts";

const [here, elsewhere] = [id<GuildId>("1"), id<GuildId>("2")];
const ana = id<UserId>("3");
const importer = openImporter();
const servers: Server[] = [];
afterAll(() => importer.close());
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Stands in for Discord's CDN. */
const cdn = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const soft = wav(noise(3));
const bang = wav(noise(12, 48_000, (second) => (second > 6 && second < 6.06 ? 4 : 0.1)));

const record = (title: string) => ({
  guild: here,
  title,
  trigger: "rain" as const,
  risks: [],
  licence: "CC0-1.0",
  origin: "fan.wav",
  addedBy: ana,
  hash: title,
  bytes: 1,
  length: 50,
});

/** @param had sounds that the guild has already, by their records alone */
const openStore = async (file: Uint8Array, quota = 100 * 2 ** 20, had = 0) => {
  const own = await cdn((_, response) => response.end(file));
  const folder = mkdtempSync(join(tmpdir(), "lull-uploads-"));
  const storage = await openStorage({ path: ":memory:", clock: fakeClock() });
  for (let count = 0; count < had; count++) await storage.guildSounds.add(record(`Fan ${count}`));
  const library = createGuildCatalogue([]);
  const options = {
    folder,
    sounds: storage.guildSounds,
    importer,
    quota: { total: quota, perGuild: quota },
    standInOrigin: own,
    sources: noSources,
    clock: fakeClock(),
    log: silentLog,
  };
  const open = () => openUploads({ ...options, onChange: library.setUploads });
  const store = await open();
  const request = (more: Partial<UploadRequest> = {}): UploadRequest => ({
    guild: here,
    by: ana,
    recording: { url: `${own}/attachments/1/2/x`, name: "../evil\u202e\u0000 CON.wav", size: file.length },
    trigger: "rain",
    risks: [],
    licence: "CC0-1.0",
    loop: true,
    ...more,
  });
  const titles = (guild: GuildId) => library.of(guild).sounds.map(({ title }) => title);
  return {
    folder,
    store,
    library,
    request,
    titles,
    open,
    forget: storage.personalData.erase,
    retention: storage.guildRetention,
  };
};

test("an upload is a sound of its guild alone, until the operator shares it with all", async () => {
  const { folder, store, request, titles, library } = await openStore(soft);
  const { sound, format, suddenAt } = await store.add(request({ title: "Our **gutter**" }));
  expect([format, suddenAt]).toEqual(["WAV", []]);
  expect(titles(here)).toEqual(["Our **gutter**"]);
  expect(titles(elsewhere)).toEqual([]);
  expect(library.of(here).search("gutter")).toMatchObject([{ id: sound.id, trigger: "rain", added: { by: ana } }]);
  expect(await store.prepare(sound.id)).toMatchObject({ title: "Our **gutter**" });
  await store.change(here, sound.id, { shared: true });
  expect(titles(elsewhere)).toEqual(["Our **gutter**"]);
  expect(readdirSync(folder).filter((name) => name !== "originals")).toEqual([
    expect.stringMatching(/^[0-9a-f]{24}\.opus$/),
  ]);
  await expect(store.remove(elsewhere, sound.id)).rejects.toThrow(/isn’t one of this server’s own/);
});

test("with 200 sounds a server is full, in words, until it has taken one away", async () => {
  const { store, request, titles, library } = await openStore(soft, undefined, 200);
  await expect(store.add(request({ title: "One more" }))).rejects.toThrow(/limit of 200 sounds of its own.*Make room/);
  await store.add(request({ title: "Of another server", guild: elsewhere }));
  await store.remove(here, library.of(here).sounds.find(({ title }) => title === "Fan 7")!.id);
  await store.add(request({ title: "One more" }));
  expect(titles(here)).toContain("One more");
  expect(titles(here)).toHaveLength(200);
});

test("a file's name is made fit to be read, and names no file", async () => {
  const { folder, store, request } = await openStore(soft);
  expect((await store.add(request())).sound.title).toBe("../evil CON");
  expect(readdirSync(join(folder, "originals"))).toEqual([]);
});

test("a name that Discord strips to ASCII is taken from the attachment's title", async () => {
  const { store, request } = await openStore(soft);
  const recording = (title?: string) => ({ url: "", size: 0, ...request().recording, name: "_.wav", title });
  expect((await store.add(request({ recording: recording("雨の音.wav") }))).sound.title).toBe("雨の音");
  expect((await store.add(request({ recording: recording("Дождь 2.5") }))).sound.title).toBe("Дождь 2.5");
  expect((await store.add(request({ recording: recording(), title: "Rain" }))).sound.title).toBe("Rain");
});

test("originals count: a file that finds no room is not even fetched", async () => {
  const { folder, store, request } = await openStore(bang, bang.length + 200_000);
  await store.add(request({ title: "Bang" }));
  // Its original is kept for an hour.
  await expect(store.add(request({ title: "Bang again" }))).rejects.toThrow(/no storage left for new sounds/);
  expect(readdirSync(join(folder, "originals"))).toHaveLength(1);
});

test("a sudden sound is softened, can be kept within the hour, and taken away with all of its files", async () => {
  const { folder, store, request, titles } = await openStore(bang);
  const { sound, suddenAt, softened } = await store.add(request());
  expect(suddenAt.map((at) => Math.round(at / 1_000))).toEqual([6]);
  expect(softened).toBe(true);
  const kept = await store.reprocess(here, sound.id, false);
  expect(kept.sound.risks).toEqual(["sharp onset"]);
  expect(kept.sound.hash).not.toBe(sound.hash);
  const gone = await store.remove(here, sound.id);
  expect(gone.removedAt).toBeDefined();
  expect(titles(here)).toEqual([]);
  expect(readdirSync(folder, { recursive: true })).toEqual(["originals"]);
  await expect(store.reprocess(here, sound.id, true)).rejects.toThrow(/isn’t one of this server’s own/);
});

test("what was removed is remembered by its name, over a restart too", async () => {
  const { store, request, open } = await openStore(soft);
  const { sound } = await store.add(request({ title: "The old fan" }));
  await store.remove(here, sound.id);
  const again = await open();
  expect(again.find(here, sound.id)?.title).toBe("The old fan");
  expect(again.find(elsewhere, sound.id)).toBeUndefined();
  await expect(again.prepare(sound.id)).rejects.toThrow(/“The old fan” has been removed. Choose another sound/);
});

test("who asks to be forgotten is no longer named, and the sound stays", async () => {
  const { store, request, library, forget } = await openStore(soft);
  const { sound } = await store.add(request());
  await forget(ana);
  await store.refresh();
  expect(library.of(here).find(sound.id)?.added).toMatchObject({ by: undefined, guild: here });
});

test("of a guild whose records are gone no file is left, but for what all share", async () => {
  const { folder, store, request, titles, retention } = await openStore(bang);
  const { sound } = await store.add(request({ title: "Gutter" }));
  await store.add(request({ title: "Fan", loop: false }));
  await store.change(here, sound.id, { shared: true });
  await retention.deleteGuild(here);
  await store.forgetGuild(here);
  expect([titles(here), titles(elsewhere)]).toEqual([["Gutter"], ["Gutter"]]);
  expect(readdirSync(folder).filter((name) => name.endsWith(".opus"))).toEqual([`${sound.hash}.opus`]);
});

test("a title twice, and a machine that is full, are refused, and leave no file behind", async () => {
  const { folder, store, request } = await openStore(soft, soft.length + 60_000);
  await store.add(request({ title: "Gutter" }));
  await expect(store.add(request({ title: "GUTTER" }))).rejects.toThrow(/already a sound called “GUTTER” here/);
  await expect(store.add(request({ title: "Once more", loop: false }))).rejects.toThrow(
    /no storage left for new sounds/,
  );
  expect(readdirSync(folder, { recursive: true })).toHaveLength(2);
});

test("only attachments of Discord's are fetched", () => {
  expect(attachmentAddress("https://cdn.discordapp.com/attachments/1/2/a.mp3?ex=1").hostname).toBe(
    "cdn.discordapp.com",
  );
  for (const url of [
    "http://cdn.discordapp.com/a.mp3",
    "https://cdn.discordapp.com.evil.example/a.mp3",
    "https://cdn.discordapp.com:8443/a.mp3",
    "https://user@cdn.discordapp.com/a.mp3",
    "https://93.184.216.34/a.mp3",
    "https://[::1]/a.mp3",
    "http://127.0.0.1:1/a.mp3",
    "file:///etc/passwd",
    "//cdn.discordapp.com/a.mp3",
    "no address",
  ])
    expect(() => attachmentAddress(url, "http://127.0.0.1:2")).toThrow(/only accept files attached in Discord/);
});

test("what leads elsewhere, is too large, or drips, is refused, and leaves no file behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lull-download-"));
  const large = Buffer.alloc(2 ** 20);
  const own = await cdn((request, response) => {
    if (request.url === "/elsewhere") return void response.writeHead(302, { location: "/drip" }).end();
    if (request.url === "/drip") return void response.write("RIFF");
    if (request.url === "/gone") return void response.writeHead(404).end();
    // It says that it is small, and goes on.
    response.writeHead(200, { "content-type": "audio/mpeg" });
    const more = () => void (response.write(large) ? setImmediate(more) : response.once("drain", more));
    more();
  });
  const fetched = (path: string, size = 100, more = {}) =>
    download({ url: `${own}${path}`, size }, join(folder, "x"), { standInOrigin: own, ...more });
  await expect(fetched("/elsewhere")).rejects.toThrow(/couldn’t download the file/);
  await expect(fetched("/gone")).rejects.toThrow(/couldn’t download the file/);
  await expect(fetched("/drip", 100, { limit: 300 })).rejects.toThrow(/longer than 30 seconds/);
  await expect(fetched("/endless", 30 * 2 ** 20)).rejects.toThrow(/larger than 25 MB/);
  await expect(fetched("/endless")).rejects.toThrow(/larger than 25 MB/);
  expect(readdirSync(folder)).toEqual([]);
});

test("a sound that nobody knows is not there", async () => {
  const { store } = await openStore(soft);
  await expect(store.prepare(id<SoundId>("up-nothing"))).rejects.toThrow(/no longer available/);
});

test("a guild's own sounds leave as a pack that another operator adds, those that may be passed on, as far as there is room", async () => {
  const { store, request } = await openStore(soft);
  const add = async (title: string, licence: string, loop = true) =>
    (await store.add(request({ title, licence, loop }))).sound;
  const made = [
    await add("Our gutter", "my own recording"),
    await add("A cup", "CC BY 4.0", false),
    await add("From a film", "with permission"),
  ];
  const sounds = made.map(({ id }) => id);
  const how = { guild: here, sounds, name: "Our house", authors: ["Ana"], most: 2 ** 20 };
  const { zip, packed, unlicensed, noRoom } = await store.exportPack(how);
  expect([packed, unlicensed.map(({ title }) => title), noRoom]).toEqual([2, ["From a film"], []]);
  const folder = mkdtempSync(join(tmpdir(), "lull-pack-"));
  writeFileSync(join(folder, "pack.zip"), zip!);
  const { pack } = await addPack(join(folder, "pack.zip"), { sounds: folder, sources: parseSourceList("") });
  expect(pack).toMatchObject({
    name: "Our house",
    authors: ["Ana"],
    sounds: [
      { title: "Our gutter", trigger: "rain", licence: "own", loudness: -30 },
      { title: "A cup", licence: "CC-BY-4.0", ends: true },
    ],
  });
  // What is heard once ends where it did: without the room after it.
  const cup = readStoredSound(join(folder, "packs", "our-house", pack.sounds[1]!.file));
  expect(cup.length).toBeLessThan(500);
  expect((await store.exportPack({ ...how, guild: elsewhere })).packed).toBe(0);
  const little = await store.exportPack({ ...how, most: 10_000 });
  expect([little.packed, little.noRoom.length]).toEqual([0, 2]);
});
