import { PermissionFlagsBits } from "discord.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Member } from "../../src/rehearsal/scenario.ts";
import { EVERYONE_PERMISSIONS } from "../../src/rehearsal/world.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let evening: Rehearsal;
let uwe: Member;
let hana: Member;

beforeAll(async () => {
  evening = await openRehearsal({ sounds: ["brown-noise"] });
  uwe = evening.member("uwe", { locale: "de" });
  hana = evening.member("hana", {
    locale: "ja",
    permissions: EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageEvents,
  });
});
afterAll(() => evening.close());

const said = async (member: Member, path: string, options: Parameters<Member["slash"]>[1] = {}) => {
  const answer = await member.slash(path, options);
  await evening.until("the answer is there", () => answer.latest().text !== "");
  return answer.latest().text;
};
const panel = () => evening.messages("general").at(-1)?.text ?? "";
const shows = (what: RegExp) => evening.until(`the panel shows ${what}`, () => what.test(panel()));

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
    /\*\*Tiefes Braun\*\* (läuft in|ist unterwegs nach)/,
  );
});

test("what the room sees is as its Discord says, and at once as the host says", async () => {
  await shows(/It repeats until another sound is queued/);
  expect(await said(hana, "settings")).toContain("このサーバーの設定");
  await hana.select("lull:settings:language", ["ja"]);
  await shows(/### \*\*深いブラウン\*\*[\s\S]*次の音が入るまでくり返します。[\s\S]*一時停止/);
  await hana.select("lull:settings:language", ["de"]);
  await shows(/### \*\*Tiefes Braun\*\*[\s\S]*Überspringen/);
  await said(uwe, "stop");
  await shows(/^-# Um .* beendet\. Gute Nacht\.$/);
});
