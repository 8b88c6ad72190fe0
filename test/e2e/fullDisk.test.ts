import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { canMountDisks, mountSmallDisk, type SmallDisk } from "../support/smallDisk.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

describe.skipIf(!canMountDisks)("the disk fills up while a sound plays", () => {
  let folder: string;
  let disk: SmallDisk;
  let rehearsal: Rehearsal;
  let ana: Awaited<ReturnType<ReturnType<Rehearsal["member"]>["join"]>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lull-full-"));
    disk = mountSmallDisk(folder, "3m");
    rehearsal = await openRehearsal({ environment: { LULL_DATA: folder } });
    ana = await rehearsal.member("ana").join("lounge");
    await said("play", { sound: "brown-noise" });
    await isHeard();
    await writeFile(join(folder, "ballast"), Buffer.alloc(4 * 2 ** 20)).catch(() => {});
  }, 120_000);
  afterAll(async () => {
    await rehearsal.close();
    disk.unmount();
    await rm(folder, { recursive: true, force: true });
  });

  const said = async (path: string, options: Parameters<typeof ana.slash>[1] = {}) => {
    const answer = await ana.slash(path, options);
    await rehearsal.waitUntil(`/${path} is answered`, () => answer.latest().text !== "");
    return answer.latest().text;
  };
  const isHeard = async () => {
    for (let tries = 0; tries < 15; tries++) if ((await rehearsal.listen(seconds(2), { as: "ana" })).lufs > -60) return;
    throw new Error(`Nothing is heard.\n${rehearsal.bot().lines.join("\n")}`);
  };
  const told = (what: RegExp) => rehearsal.bot().lines.filter((line) => what.test(line));

  test("it plays on, answers, and says what it is", async () => {
    for (let round = 0; round < 3; round++) {
      await said("loudness", { step: round % 2 === 0 ? "quiet" : "soft" });
      expect(await said("favourites add", { name: `Favourite ${round}`, sound: "ocean" })).toMatch(/disk .* is full/);
    }
    await said("play", { sound: "ocean", when: "last" });
    await isHeard();
    expect(told(/^The database .* cannot be written \(the disk is full\)/)).toHaveLength(1);
  });

  test("with room again, what was asked for meanwhile is saved and survives kill −9", async () => {
    await rm(join(folder, "ballast"));
    await expect.poll(() => readFile(join(folder, "lull.log"), "utf8")).toMatch(/Sessions are saved again/);
    expect(await said("favourites add", { name: "Shore", sound: "ocean" })).toMatch(/Shore/);
    await rehearsal.restart("kill");
    await isHeard();
    expect(await said("queue show")).toMatch(/Slow Shore/);
  });
});
