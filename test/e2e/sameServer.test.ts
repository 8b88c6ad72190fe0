import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { botEnvironment, EVERYONE_PERMISSIONS } from "discord-emulator";
import { afterAll, expect, test } from "vitest";
import { hours, seconds } from "../../src/kernel/units.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import { spawnLull } from "../../src/rehearsal/lullProcess.ts";
import { READY_LINE } from "../../src/terminal.ts";
import { RENDERED } from "../support/renderSounds.ts";

const folder = await mkdtemp(join(tmpdir(), "lull-same-server-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A rehearsal's Discord and its bot, with what both have kept. */
const open = async () => {
  const emulator = await openLullEmulator({
    certificatesIn: resolve(RENDERED, "../certificates"),
    worldIn: join(folder, "world.json"),
  });
  const kept = { LULL_DATA: folder, LULL_CACHE: RENDERED, LULL_RENDER_AHEAD: "off" };
  const bot = spawnLull({ ...botEnvironment(emulator), ...kept });
  await emulator.waitUntil("the bot is ready", () => bot.lines.includes(READY_LINE), seconds(30));
  const hana = emulator.member("hana", { permissions: EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageEvents });
  const events = async () => {
    const response = await fetch(`${emulator.apiBase}/v10/guilds/${emulator.guildId}/scheduled-events`, {
      headers: { authorization: `Bot ${emulator.token}` },
    });
    return (await response.json()) as readonly { readonly id: string; readonly channel_id: string }[];
  };
  const said = async (path: string, options = {}) => {
    const answer = await hana.slash(path, options);
    await emulator.waitUntil("the answer is there", () => answer.latest().text !== "");
    return answer.latest().text;
  };
  return {
    emulator,
    events,
    said,
    async close() {
      await bot.stop();
      await emulator.close();
    },
  };
};

test("a planned evening and its Discord event still point at their channel after a restart of the rehearsal", async () => {
  const before = await open();
  before.emulator.grantBot("CREATE_EVENTS");
  const { id: lounge } = before.emulator.channel("lounge");
  const at = new Date(Date.now() + hours(12)).toISOString().slice(11, 16);
  await before.said("evening schedule", { programme: "sleep", at, zone: "UTC", channel: lounge });
  const [event] = await before.events();
  expect(event?.channel_id).toBe(lounge);
  await before.close();

  const after = await open();
  expect(after.emulator.channel("lounge").id).toBe(lounge);
  expect(await after.said("evening list")).toContain(`<#${lounge}>`);
  expect((await after.events()).map(({ id, channel_id }) => ({ id, channel_id }))).toEqual([
    { id: event?.id, channel_id: lounge },
  ]);
  await after.close();
});
