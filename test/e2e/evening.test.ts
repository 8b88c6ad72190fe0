import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { EVERYONE_PERMISSIONS, type Member } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { hours, seconds } from "../../src/kernel/units.ts";
import { openStorage, type Storage } from "../../src/storage/openStorage.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let rehearsal: Rehearsal;
let data: string;
let storage: Storage;
let ana: Member;
let hana: Member;

const layer = (sound: string) => ({ sound: id<SoundId>(sound), gainDb: 0, place: "centre" }) as const;

/** A time of day that is far from now, in UTC. */
const far = { at: new Date(Date.now() + hours(12)).toISOString().slice(11, 16), zone: "UTC" };

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "lull-evening-"));
  rehearsal = await openRehearsal({ environment: { LULL_DATA: data } });
  // The guild revokes these permissions and grants them again later.
  rehearsal.revokeBot("CREATE_EVENTS", "SET_VOICE_CHANNEL_STATUS");
  storage = await openStorage({ path: join(data, "lull.sqlite") });
  ana = await rehearsal.member("ana").join("lounge");
  hana = rehearsal.member("hana", { permissions: EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageEvents });
  const short = {
    title: "Short",
    description: "The sea, then noise.",
    goal: "sleep",
    ends: "silence",
    phases: [
      { name: "settle", minutes: 0.06, fromDb: 0, toDb: 0, mix: [layer("ocean")] },
      { name: "dissolve", minutes: 10, fromDb: 0, toDb: -12, mix: [layer("brown-noise")] },
    ],
  } as const;
  await storage.programmes.save(id<GuildId>(rehearsal.guildId), short, id<UserId>(hana.id));
});
afterAll(async () => {
  await storage?.close();
  await rehearsal?.close();
  await rm(data, { recursive: true, force: true });
});

const said = async (member: Member, path: string, options: Parameters<Member["slash"]>[1] = {}) => {
  const answer = await member.slash(path, options);
  await rehearsal.waitUntil("the answer is there", () => answer.latest().text !== "");
  return answer.latest().text;
};
const panel = () => rehearsal.messages("general").findLast(({ text }) => text.includes("###"))?.text ?? "";
const status = (channel = "lounge") => rehearsal.channels().find(({ name }) => name === channel)?.status;
const request = (path: string, init: RequestInit = {}) =>
  fetch(`${rehearsal.apiBase}/v10/guilds/${rehearsal.guildId}/scheduled-events${path}`, {
    ...init,
    headers: { authorization: `Bot ${rehearsal.token}`, "content-type": "application/json" },
  });
type Event = { id: string; name: string; status: number; scheduled_start_time: string; recurrence_rule: unknown };
const events = async () => (await (await request("")).json()) as readonly Event[];
/** Waits until Discord's events satisfy the test. */
const eventsAre = async (description: string, fits: (events: readonly Event[]) => boolean) => {
  let last: readonly Event[] = [];
  let asking = false;
  await rehearsal.waitUntil(description, () => {
    if (!asking) {
      asking = true;
      void events().then((found) => {
        last = found;
        asking = false;
      });
    }
    return fits(last);
  });
  return last;
};

/** It comes on a ramp, on a busy machine a little later. */
const soundIsThere = async () => {
  let { lufs } = await rehearsal.listen(seconds(1));
  for (let more = 0; more < 5 && lufs <= -45; more++) ({ lufs } = await rehearsal.listen(seconds(1)));
  expect(lufs).toBeGreaterThan(-45);
};

test("without the permission for events, an evening is scheduled all the same, with the reason", async () => {
  const lounge = rehearsal.channel("lounge").id;
  const text = await said(hana, "evening schedule", { programme: "Short", ...far, channel: lounge });
  expect(text).toMatch(/Short.*starts daily at \d\d:\d\d/);
  expect(text).toMatch(/Create Events permission.*will still start/);
  const [choice] = await hana.autocomplete("evening cancel", "evening", "short");
  await said(hana, "evening cancel", { evening: choice!.value });
  expect(await said(ana, "evening schedule", { programme: "Short", ...far, channel: lounge })).toMatch(/host role/);
});

test("a programme starts, is heard, is shown as the voice channel status, and moves on to its next phase", async () => {
  rehearsal.grantBot("CREATE_EVENTS", "SET_VOICE_CHANNEL_STATUS");
  expect(await said(ana, "evening start", { programme: "Short" })).toMatch(/Short\*\* is starting in .*Ends at/s);
  await rehearsal.waitUntil(
    "it is heard",
    () => panel().includes("### **Slow Shore**") && !/[Gg]etting .* ready/.test(panel()),
  );
  await rehearsal.waitUntil("the status says so", () => status() === "🌙 Short · Slow Shore");
  await soundIsThere();
  await rehearsal.waitUntil("the next phase is heard", () => panel().includes("### **Deep Brown**"));
  await said(ana, "stop");
  await rehearsal.waitUntil("the status is cleared", () => status() === undefined);
  await rehearsal.waitUntil("the bot has left", () => rehearsal.botChannel() === undefined);
});

test("a scheduled evening starts its event, joins, plays and ends its event; the next event is there at once", async () => {
  const lounge = rehearsal.channel("lounge").id;
  const options = { programme: "Short", ...far, channel: lounge };
  await said(hana, "evening schedule", options);
  const [posted] = await eventsAre("the event is there", (all) => all.length === 1 && all[0]!.status === 1);
  expect(posted).toMatchObject({ name: "Short", recurrence_rule: { frequency: 3, interval: 1 } });

  // A few seconds from now, while the bot restarts; if that takes longer, the evening starts late.
  const [planned] = await storage.schedules.of(id<GuildId>(rehearsal.guildId));
  const soon = new Date(Date.now() + seconds(3)).toISOString().slice(11, 19);
  await storage.schedules.remove(planned!.guild, planned!.id);
  await storage.schedules.add({ ...planned!, time: soon });
  await rehearsal.restart("stop");

  await rehearsal.waitUntil("the bot comes by itself", () => rehearsal.botChannel() === "lounge");
  const [open] = await eventsAre("the event is open", (all) => all[0]?.status === 2);
  expect(open!.id).toBe(posted!.id);
  await rehearsal.waitUntil(
    "it is heard",
    () => panel().includes("### **Slow Shore**") && !/[Gg]etting .* ready/.test(panel()),
  );
  await soundIsThere();

  await said(ana, "stop");
  const [next] = await eventsAre("the next event is there", (all) => all.length === 1 && all[0]!.status === 1);
  expect(Date.parse(next!.scheduled_start_time)).toBeGreaterThan(Date.now());
  await rehearsal.waitUntil("the bot has left", () => rehearsal.botChannel() === undefined);
});

test("the next occurrence is skipped, and the event shows the one after; cancelled, the event is gone", async () => {
  const [before] = await events();
  const [choice] = await hana.autocomplete("evening skip-next", "evening", "");
  await said(hana, "evening skip-next", { evening: choice!.value });
  expect(await said(ana, "evening list")).toMatch(/Skips/);
  const [after] = await events();
  expect(Date.parse(after!.scheduled_start_time) - Date.parse(before!.scheduled_start_time)).toBe(86_400_000);
  await said(hana, "evening cancel", { evening: choice!.value });
  expect(await events()).toEqual([]);
});

test("if Discord accepts no more events, the answer says so, and the evening is scheduled all the same", async () => {
  const lounge = rehearsal.channel("lounge").id;
  const body = JSON.stringify({
    name: "Another",
    channel_id: lounge,
    entity_type: 2,
    privacy_level: 2,
    scheduled_start_time: new Date(Date.now() + 3_600_000).toISOString(),
  });
  for (let posted = 0; posted < 100; ) {
    const { status, headers } = await request("", { method: "POST", body });
    if (status === 200) posted++;
    else if (status !== 429) throw new Error(`The event was answered with ${status}.`);
    // Discord accepts fifty requests a second from a bot.
    else await new Promise((resolve) => setTimeout(resolve, seconds(Number(headers.get("retry-after") ?? 0.2))));
  }
  expect(await said(hana, "evening schedule", { programme: "sleep", ...far, channel: lounge })).toMatch(
    /limit of 100.*will still start/,
  );
  expect(await said(hana, "evening list")).toMatch(/Drift Off/);
});

test("on a stage it raises its hand and says so; with the permission, it becomes a speaker", async () => {
  await ana.join("stage");
  await said(ana, "evening start", { programme: "Short" });
  await rehearsal.waitUntil("the panel says so", () => /hand up/.test(panel()));
  await said(ana, "stop");
  await rehearsal.waitUntil("the bot has left", () => rehearsal.botChannel() === undefined);
  rehearsal.grantBot("MUTE_MEMBERS");
  await said(ana, "evening start", { programme: "Short" });
  const bot = () => rehearsal.members().find((person) => person.bot);
  await rehearsal.waitUntil("the bot is a speaker", () => bot()?.voice?.suppressed === false);
  await rehearsal.waitUntil(
    "it is heard",
    () => panel().includes("### **Slow Shore**") && !/[Gg]etting .* ready/.test(panel()),
  );
  await soundIsThere();
  await said(ana, "stop");
  await rehearsal.waitUntil("the bot has left", () => rehearsal.botChannel() === undefined);
  expect(rehearsal.violations).toEqual([]);
});
