import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.ts";
import { createGuildCatalogue } from "../../src/catalogue/guildCatalogue.ts";
import type { Sound } from "../../src/catalogue/sound.ts";
import { backUp } from "../../src/chores/backup.ts";
import { restore } from "../../src/chores/restore.ts";
import { openImporter } from "../../src/import/importer.ts";
import { openUploads } from "../../src/import/uploads/uploads.ts";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hours } from "../../src/kernel/units.ts";
import type { SharedFiles } from "../../src/ports/sharedFiles.ts";
import { openRenderer } from "../../src/render/renderer.ts";
import { openWhispers } from "../../src/render/whispers.ts";
import { openStorage, type Storage } from "../../src/storage/openStorage.ts";
import { createWorkClaims } from "../../src/storage/workClaims.ts";
import { emptyDatabase, noPostgres } from "../support/databases.ts";
import { fakeClock } from "../support/fakeClock.ts";
import { openWay } from "../support/networkWay.ts";
import { noSources } from "../support/noUploads.ts";
import { shortSound } from "../support/shortSound.ts";
import { noise, wav } from "../support/soundFiles.ts";

const here = id<GuildId>("1");
const QUOTA = 100 * 2 ** 20;

describe.skipIf(noPostgres !== undefined)(noPostgres ?? "files in PostgreSQL", () => {
  let folder: string;
  let url: string;
  let storage: Storage;
  let shared: SharedFiles;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "lull-shared-"));
    url = await emptyDatabase();
    storage = await openStorage({ path: "", url });
    shared = storage.sharedFiles as SharedFiles;
  });
  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  const written = (name: string, bytes: Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };

  test("come back as they were, however they fall into parts", async () => {
    for (const size of [0, 1, 2 ** 18, 2 ** 18 + 1, 700_000]) {
      const bytes = Buffer.from(Array.from({ length: size }, (_, at) => (at * 7 + size) % 251));
      const from = written(`from-${size}`, bytes);
      await Promise.all([shared.put(`uploads/${size}`, from), shared.put(`uploads/${size}`, from)]);
      expect(await shared.fetch(`uploads/${size}`, join(folder, "to"))).toBe(true);
      expect(readFileSync(join(folder, "to")).equals(bytes)).toBe(true);
    }
    expect(await shared.names("uploads/7")).toEqual(["uploads/700000"]);
    await shared.remove("uploads/700000");
    expect(await shared.fetch("uploads/700000", join(folder, "none"))).toBe(false);
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  test("are whole or not there, on both sides, when the way is cut in the middle", async () => {
    const path = written("large", Buffer.alloc(3_000_000, 7));
    await shared.put("uploads/large", path);
    const way = await openWay(Number(new URL(url).port));
    const far = await openStorage({ path: "", url: Object.assign(new URL(url), { port: String(way.port) }).href });
    const cutSoon = () => setTimeout(() => way.cut("refused"), 5);
    cutSoon();
    const fetching = far.sharedFiles?.fetch("uploads/large", join(folder, "here"));
    await Promise.allSettled([fetching]);
    if (existsSync(join(folder, "here"))) expect(readFileSync(join(folder, "here"))).toHaveLength(3_000_000);
    way.open();
    cutSoon();
    const put = await Promise.allSettled([far.sharedFiles?.put("uploads/other", path)]);
    const isThere = await shared.fetch("uploads/other", join(folder, "other"));
    if (put[0]?.status === "fulfilled") expect(isThere).toBe(true);
    if (isThere) expect(readFileSync(join(folder, "other"))).toHaveLength(3_000_000);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
    way.open();
    await far.close();
    await way.close();
  });

  test("a whisper is on the next machine too, until its guild's data are deleted", async () => {
    const open = (machine: string) =>
      openWhispers({
        folder: join(folder, machine, "whispers"),
        sharedFiles: shared,
        library: createGuildCatalogue([]),
        log: silentLog,
      });
    const first = await open("first");
    const said = await first.say(here, "Good night.");
    for (let count = 0; count < 20; count++) await first.say(here, `Sheep ${count}.`);
    const second = await open("second");
    expect(second.find(said.id)).toBeUndefined();
    expect(await shared.names("whispers/1/")).toHaveLength(20);
    const sheep = await first.say(here, "Sheep 19.");
    expect(second.find(sheep.id)).toMatchObject({ guild: here, sound: { title: "Whisper: Sheep 19." } });
    await storage.guildRetention.deleteGuild(id<GuildId>("11"));
    expect(await shared.names("whispers/")).toHaveLength(20);
    await storage.guildRetention.deleteGuild(here);
    expect(await shared.names("whispers/")).toEqual([]);
  });

  test("a whisper is kept though what others have changed is read again before it is in the database", async () => {
    const put: SharedFiles["put"] = async (name, path) => {
      await whispers.refresh();
      await shared.put(name, path);
    };
    const library = createGuildCatalogue([]);
    const options = { folder: join(folder, "busy", "whispers"), library, log: silentLog };
    const whispers = await openWhispers({ ...options, sharedFiles: { ...shared, put } });
    const said = await whispers.say(id<GuildId>("12"), "The tide goes out.");
    await whispers.refresh();
    expect(whispers.find(said.id)).toMatchObject({ sound: { title: "Whisper: The tide goes out." } });
    expect(await shared.names("whispers/12/")).toHaveLength(1);
  });

  describe("a sound that is rendered", () => {
    const hush = shortSound("hush");
    const open = (machine: string, sounds: readonly Sound[] = [hush]) => {
      const logged: string[] = [];
      const cache = join(folder, machine);
      mkdirSync(cache, { recursive: true });
      const renderer = openRenderer({
        catalogue: createCatalogue(sounds),
        cache,
        log: { ...silentLog, info: (line) => logged.push(line) },
        sharedFiles: shared,
        // Each machine has a connection of its own.
        workClaims: createWorkClaims(url),
        processes: 1,
      });
      const renders = () => logged.filter((line) => line === "A sound is rendered").length;
      return { ...renderer, cache, renders };
    };

    test("is rendered on one machine, and the others have it from there", async () => {
      await shared.put("rendered/hush-0123456789ab.opus", written("earlier", Buffer.from("an earlier recipe")));
      await shared.put("rendered/hush-window-0123456789ab.opus", written("other", Buffer.from("another sound")));
      const first = open("first");
      const { path } = await first.prepare(hush.id);
      await first.close();
      expect(first.renders()).toBe(1);
      const name = basename(path);
      expect(await shared.names("rendered/")).toEqual([`rendered/${name}`, "rendered/hush-window-0123456789ab.opus"]);

      const [second, third] = [open("second"), open("third")];
      await Promise.all([second.renderAll(), third.prepare(hush.id, () => {})]);
      for (const { cache } of [second, third])
        expect(readFileSync(join(cache, name)).equals(readFileSync(path))).toBe(true);
      await Promise.all([second.close(), third.close()]);
      expect([second.renders(), third.renders()]).toEqual([0, 0]);
    });

    test("is rendered once by machines that need it at the same time", async () => {
      const sounds = ["hush", "waves", "wind"].map((name) => ({ ...hush, id: id<SoundId>(name) }));
      const [first, second] = [open("first", sounds), open("second", sounds)];
      await Promise.all([first.renderAll(), second.renderAll(), first.prepare(id<SoundId>("wind"))]);
      await Promise.all([first.close(), second.close()]);
      expect(first.renders() + second.renders()).toBe(3);
      for (const { cache } of [first, second]) expect(readdirSync(cache)).toHaveLength(3);
    });

    test("that another machine was rendering is rendered here when that one dies", async () => {
      const first = open("first");
      const { path } = await first.prepare(hush.id);
      await first.close();
      await shared.remove(`rendered/${basename(path)}`);
      const dead = new pg.Client(url);
      await dead.connect();
      await dead.query("select pg_advisory_lock($1::integer, hashtext($2))", [0x77_6f_72_6b, basename(path)]);
      const second = open("second");
      const waiting = second.prepare(hush.id);
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(readdirSync(second.cache)).toEqual([]);
      await dead.end();
      expect(await waiting).toMatchObject({ length: 600 });
      await second.close();
    });

    test("is rendered again where what another machine has put there is damaged", async () => {
      const first = open("first");
      const { path } = await first.prepare(hush.id);
      await first.close();
      const name = `rendered/${basename(path)}`;
      await shared.remove(name);
      await shared.put(name, written("damaged", Buffer.from("nothing")));
      const second = open("second");
      expect(await second.prepare(hush.id)).toMatchObject({ length: 600 });
      await second.close();
      expect(second.renders()).toBe(1);
      expect(await shared.fetch(name, join(folder, "healed"))).toBe(true);
      expect(readFileSync(join(folder, "healed")).equals(readFileSync(path))).toBe(true);
    });

    test("is rendered here while the database is away", async () => {
      const way = await openWay(Number(new URL(url).port));
      const far = await openStorage({ path: "", url: Object.assign(new URL(url), { port: String(way.port) }).href });
      const near = shared;
      shared = far.sharedFiles as SharedFiles;
      const first = open("first");
      shared = near;
      way.cut("refused");
      expect(await first.prepare(hush.id)).toMatchObject({ length: 600 });
      await first.close();
      expect(await shared.names("rendered/")).toEqual([]);
      way.open();
      await far.close();
      await way.close();
    });
  });

  describe("a sound that a member has added", () => {
    const importer = openImporter();
    const cdn = createServer((_, response) => response.end(wav(noise(3))));
    let origin: string;
    beforeAll(async () => {
      await new Promise<void>((listening) => cdn.listen(0, "127.0.0.1", listening));
      origin = `http://127.0.0.1:${(cdn.address() as AddressInfo).port}`;
    });
    afterAll(async () => {
      cdn.close();
      await importer.close();
    });

    const open = (machine: string, clock = fakeClock()) =>
      openUploads({
        folder: join(folder, machine, "uploads"),
        sounds: storage.guildSounds,
        sharedFiles: shared,
        importer,
        quota: { total: QUOTA, perGuild: QUOTA },
        standInOrigin: origin,
        sources: noSources,
        clock,
        log: silentLog,
        onChange() {},
      });

    test("plays on the next machine, is in its backup, and is gone everywhere once it is removed", async () => {
      const first = await open("first");
      const { sound } = await first.add({
        guild: here,
        by: id<UserId>("100"),
        recording: { url: `${origin}/attachments/1/2/x`, name: "fan.wav", size: 1_000 },
        trigger: "rain",
        risks: [],
        licence: "CC0-1.0",
        loop: true,
      });
      const name = `uploads/${sound.hash}.opus`;
      expect(await shared.names("uploads/")).toEqual([name]);

      const second = await open("second");
      const { path } = await second.prepare(sound.id);
      expect(readFileSync(path).equals(readFileSync(join(folder, "first", name)))).toBe(true);

      mkdirSync(join(folder, "third"));
      const settings = join(folder, "none.env");
      await backUp({ data: join(folder, "third"), settings, databaseUrl: url }, join(folder, "b.zip"), "1.0.0");
      await restore({ data: join(folder, "restored"), settings }, join(folder, "b.zip"));
      expect(existsSync(join(folder, "restored", name))).toBe(true);

      // As after a move from SQLite, and as after a removal that only half succeeded.
      await shared.remove(name);
      await shared.put("uploads/0123.opus", path);
      const clock = fakeClock();
      const again = await open("first", clock);
      // It might be what another machine has stored just now.
      expect(await shared.names("uploads/")).toContain("uploads/0123.opus");
      await clock.advance(hours(1));
      await expect.poll(() => shared.names("uploads/")).toEqual([name]);
      await again.close();
      await second.remove(here, sound.id);
      expect(await shared.names("uploads/")).toEqual([]);
      for (const store of [first, second]) await store.close();
    });
  });
});
