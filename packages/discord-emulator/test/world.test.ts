import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFirstGuild, EVERYONE_PERMISSIONS, type GuildState } from "../src/state/guild.ts";
import { keepWorld } from "../src/state/worldFile.ts";

const MOVE = 1n << 24n;
const SPEAK = 1n << 21n;
const EVENTS = 1n << 33n;

let folder: string;
let path: string;
let said: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-world-"));
  path = join(folder, "kept", "world.json");
  said = [];
});
afterEach(() => rm(folder, { recursive: true }));

const open = async (permissions = SPEAK) => {
  const guild = createFirstGuild("Home", { name: "Bot", permissions });
  return { guild, kept: await keepWorld(guild, path, (sentence) => void said.push(sentence)) };
};

/** What others refer to. */
const known = (guild: GuildState) => ({
  channels: [...guild.channels.values()],
  roles: [...guild.roles.values()],
  members: [...guild.members.values()],
  events: [...guild.events.values()],
  afk: guild.afkChannelId,
  permissions: guild.rolePermissions,
});

test("channels, roles, members, events and permissions are the same after a restart, with their ids", async () => {
  const { guild, kept } = await open();
  const nook = guild.addChannel("nook", 2);
  nook.deniedToBot = SPEAK;
  nook.userLimit = 4;
  guild.afkChannelId = nook.id;
  const host = { id: guild.snowflake(), name: "host", permissions: MOVE, isPersonal: false };
  guild.roles.set(host.id, host);
  const own = { id: guild.snowflake(), name: "ana", permissions: MOVE, isPersonal: true };
  const ana = guild.addMember("ana");
  ana.roles = [host.id];
  ana.permissions = EVERYONE_PERMISSIONS | MOVE;
  nook.allowedToMembers.set(ana.id, SPEAK);
  const event = { id: guild.snowflake(), name: "Drift off", channel_id: nook.id, status: 1 };
  guild.events.set(event.id, event);
  guild.rolePermissions = 0n;
  const before = known(guild);
  guild.roles.set(own.id, own);
  await kept.close();

  const again = await open(SPEAK | EVENTS);
  // The personal role was nobody's; the invite asks for one permission more than before.
  expect(known(again.guild)).toEqual({ ...before, members: expect.anything(), permissions: EVENTS });
  expect(again.guild.memberNamed("ana")).toEqual(ana);
  await again.kept.close();
  expect(said).toEqual([]);
});

test("a change is in the file soon, without a close, and the file is never half written", async () => {
  const { guild, kept } = await open();
  for (let i = 0; i < 20; i++) {
    guild.addMember(`guest ${i}`);
    guild.notifyChange();
    JSON.parse(await readFile(path, "utf8"));
  }
  await expect.poll(() => readFile(path, "utf8")).toContain('"guest 19"');
  await kept.close();
});

test.each(["", "{", "[]", '{"version":2}'])("a damaged file (%j) is set aside and said", async (text) => {
  await (await open()).kept.close();
  await writeFile(path, text);
  const { guild, kept } = await open();
  expect([...guild.channels.values()].map(({ name }) => name)).toEqual(["general", "lounge", "loft", "stage"]);
  await kept.close();
  const files = await readdir(join(folder, "kept"));
  const aside = files.find((name) => name.startsWith("world.json.damaged-")) ?? "";
  expect(await readFile(join(folder, "kept", aside), "utf8")).toBe(text);
  expect(files).toHaveLength(2);
  expect(said).toEqual([expect.stringContaining(`${path} is damaged. It is now `)]);
});
