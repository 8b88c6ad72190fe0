import { setTimeout as sleep } from "node:timers/promises";
import { PermissionFlagsBits } from "discord.js";
import { EVERYONE_PERMISSIONS, type Member } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hours } from "../../src/kernel/units.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let rehearsal: Rehearsal;
let uwe: Member;
let hana: Member;

beforeAll(async () => {
  rehearsal = await openRehearsal({ sounds: ["brown-noise"] });
  uwe = rehearsal.member("uwe", { locale: "de" });
  hana = rehearsal.member("hana", {
    locale: "ja",
    permissions: EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageEvents,
  });
});
afterAll(() => rehearsal.close());

const said = async (member: Member, path: string, options: Parameters<Member["slash"]>[1] = {}) => {
  const answer = await member.slash(path, options);
  await rehearsal.waitUntil("the answer is there", () => answer.latest().text !== "");
  return answer.latest().text;
};
const panel = () => rehearsal.messages("general").at(-1)?.text ?? "";
const shows = (what: RegExp) => rehearsal.waitUntil(`the panel shows ${what}`, () => what.test(panel()));

/** The names of Discord's scheduled events. */
const eventTitles = async (): Promise<string> => {
  const answer = await fetch(`${rehearsal.apiBase}/v10/guilds/${rehearsal.guildId}/scheduled-events`, {
    headers: { authorization: `Bot ${rehearsal.token}` },
  });
  return answer.ok ? ((await answer.json()) as readonly { name: string }[]).map(({ name }) => name).join() : "";
};
const eventIs = async (title: string) => {
  for (let tries = 0; (await eventTitles()) !== title; tries++) {
    if (tries === 50) throw new Error(`The event is not called ${title}`);
    await sleep(200);
  }
};

test("each member is answered, and refused, in their own language", async () => {
  expect(await said(uwe, "play", { sound: "brown-noise" })).toBe(
    "Geh erst in einen Sprachkanal, dann versuch es noch einmal.",
  );
  expect(await said(hana, "skip")).toContain("/再生");
  await uwe.join("lounge");
  expect((await uwe.autocomplete("play", "sound", "tiefes"))[0]).toEqual({
    name: "Tiefes Braun · Rauschen",
    value: "brown-noise",
  });
  expect(await said(uwe, "play", { sound: "Tiefes Braun" })).toMatch(
    /\*\*Tiefes Braun\*\* (läuft in|wird für .* vorbereitet)/,
  );
});

test("what everyone sees is in the guild's language, or at once in the one a host chooses", async () => {
  await shows(/Loops until you queue something else/);
  expect(await said(hana, "settings")).toContain("サーバー設定");
  await hana.select("lull:settings:language", ["ja"]);
  await shows(/### \*\*深いブラウン\*\*[\s\S]*次の音が入るまでくり返します。[\s\S]*一時停止/);
  await hana.select("lull:settings:language", ["de"]);
  await shows(/### \*\*Tiefes Braun\*\*[\s\S]*Überspringen/);
  // The event is updated to the new language too.
  rehearsal.grantBot("CREATE_EVENTS");
  const at = new Date(Date.now() + hours(6)).toISOString().slice(11, 16);
  const options = { programme: "sleep", at, zone: "UTC", channel: rehearsal.channel("lounge").id };
  expect(await said(uwe, "evening schedule", options)).toMatch(/Gastgeberrolle/);
  await said(hana, "evening schedule", options);
  await eventIs("Hinübergleiten");
  await hana.select("lull:settings:language", ["fr"]);
  await eventIs("À la dérive");
  await said(uwe, "stop");
  await shows(/^-# Arrêté à .*\. Bonne nuit\.$/);
});
