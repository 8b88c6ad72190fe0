import { once } from "node:events";
import { type Emulator, openEmulator } from "discord-emulator";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { EntryAnswer } from "../../src/activity/protocol.ts";
import { createSessionTokens } from "../../src/activity/sessionTokens.ts";
import { languageOf } from "../../src/i18n/languages.ts";
import { type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { hours, seconds } from "../../src/kernel/units.ts";
import { CLOSE } from "../../src/remote/protocol.ts";
import { guild } from "../runtime/sessionsHarness.ts";
import { attic, bo, lounge } from "../session/sessionFixture.ts";
import { authorise, openActivityHarness } from "./activityHarness.ts";

let emulator: Emulator;
let ana: UserId;
let harness: Awaited<ReturnType<typeof openActivityHarness>>;

beforeAll(async () => {
  emulator = await openEmulator();
  ana = id<UserId>(emulator.member("ana", { locale: "de" }).id);
});
afterAll(() => emulator.close());
beforeEach(async () => {
  harness = await openActivityHarness(emulator);
  harness.seats.set(ana, lounge);
  harness.seats.set(bo, lounge);
  harness.seat(ana, bo);
  await harness.play();
});
afterEach(() => harness.close());

const authorised = () => authorise(emulator, ana);
const enter = (body: unknown, headers: Record<string, string> = { origin: harness.http.address }) =>
  fetch(`${harness.http.address}/activity/token`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const tokenFor = async () => {
  const answer = await enter({ ...authorised(), guild, channel: lounge });
  return ((await answer.json()) as EntryAnswer).token;
};
const connect = (origin?: string) => harness.connect("/activity/socket", origin);
const openWith = async (token: string) => {
  const page = connect();
  await page.open(token);
  return page;
};

describe("the way in", () => {
  test("a member whom Discord names is let in, in the language of their Discord", async () => {
    const answer = await enter({ ...authorised(), guild, channel: lounge });
    expect(answer.status).toBe(200);
    const entry = (await answer.json()) as EntryAnswer;
    expect(entry).toMatchObject({ language: "de", here: "Geöffnet von {names}" });
    // With it, the page itself may ask Discord.
    const headers = { authorization: `Bearer ${entry.accessToken}` };
    expect(await (await fetch(`${emulator.apiBase}/v10/users/@me`, { headers })).json()).toMatchObject({ id: ana });
    const page = await openWith(entry.token);
    expect(await page.next("welcome")).toMatchObject({ language: "de", words: { timer: "Einschlaftimer" } });
    expect((await page.next("state")).state).toMatchObject({ layers: [{ sound: "ocean", gainDb: 0 }] });
    page.say({ type: "request", id: 1, request: { type: "layer", sound: "ocean", gainDb: -9 } });
    await page.stateWhere(({ layers }) => layers[0]?.gainDb === -9);
  });

  test("rights are those of the commands", async () => {
    const page = await openWith(await tokenFor());
    page.say({ type: "request", id: 1, request: { type: "softer" } });
    expect((await page.next("answer")).refused).toBeUndefined();
    page.say({ type: "request", id: 2, request: { type: "louder" } });
    expect((await page.next("answer")).refused).toMatch(/^Leiser stellen können alle/);
    harness.hosts.add(ana);
    page.say({ type: "request", id: 3, request: { type: "louder" } });
    expect((await page.next("answer")).refused).toBeUndefined();
  });

  test("while nothing plays, the page says so, and the same token shows the next session", async () => {
    const token = await tokenFor();
    const page = await openWith(token);
    await page.stateWhere(({ isIdle }) => !isIdle);
    harness.hosts.add(ana);
    page.say({ type: "request", id: 1, request: { type: "stop" } });
    const idle = await page.stateWhere(({ isIdle }) => isIdle);
    expect(idle).toMatchObject({ layers: [], title: "Gerade läuft nichts" });
    await harness.clock.advance(seconds(5));
    page.say({ type: "request", id: 2, request: { type: "pause" } });
    expect((await page.next("answer")).refused).toBeUndefined();
    expect((await page.next("answer")).refused).toBeDefined();
    await (await openWith(token)).stateWhere(({ isIdle }) => isIdle);
    await harness.play();
    await (await openWith(token)).stateWhere(({ isIdle }) => !isIdle);
  });

  test("a replica that looks after other servers leaves Discord's code to the one that looks after this one", async () => {
    const wanted = { ...authorised(), guild, channel: lounge };
    harness.elsewhere.add(guild);
    const refused = await enter(wanted);
    expect([refused.status, await refused.json()]).toEqual([503, { refused: CLOSE.elsewhere }]);
    harness.elsewhere.clear();
    const { token } = (await (await enter(wanted)).json()) as EntryAnswer;
    const page = await openWith(token);
    await page.next("state");
    harness.elsewhere.add(guild);
    harness.pages.handedOver((of) => of === guild);
    expect(await page.closed).toBe(CLOSE.elsewhere);
    expect(await (await openWith(token)).closed).toBe(CLOSE.elsewhere);
  });

  test("the page may be shown by Discord alone, and loads nothing foreign", async () => {
    const response = await fetch(`${harness.http.address}/activity/?frame_id=1`);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(policy).toContain("frame-ancestors http://127.0.0.1:* http://localhost:*");
    expect(await response.text()).toContain(`data-application="${emulator.applicationId}"`);
    for (const name of ["activity.js", "page.css", "visualWorker.js"])
      expect((await fetch(`${harness.http.address}/activity/${name}`)).status).toBe(200);
    expect((await fetch(`${harness.http.address}/activity/page.js`)).status).toBe(404);
  });
});

describe("who is shut out", () => {
  const other = () => ({ ...authorised(), verifier: authorised().verifier });
  test.each<[string, () => unknown]>([
    ["a code that was made up", () => ({ ...authorised(), code: "made-up", guild, channel: lounge })],
    ["a code of another page's: without what it was asked for with", () => ({ ...other(), guild, channel: lounge })],
    ["another channel than they sit in", () => ({ ...authorised(), guild, channel: attic })],
    ["another server, where they sit nowhere", () => ({ ...authorised(), guild: "2", channel: lounge })],
  ])("%s", async (_what, body) => {
    expect((await enter(body())).status).toBe(403);
  });

  test("a code opens one page", async () => {
    const used = { ...authorised(), guild, channel: lounge };
    expect((await enter(used)).status).toBe(200);
    expect((await enter(used)).status).toBe(403);
  });

  test.each<[string, number, unknown]>([
    ["no JSON", 400, "{"],
    ["more than a page sends", 400, { code: "x".repeat(2_000), verifier: "v".repeat(43), guild, channel: lounge }],
    ["a code without a verifier", 400, { code: "x", guild, channel: lounge }],
    ["a verifier that can be guessed", 400, { code: "x", verifier: "v".repeat(42), guild, channel: lounge }],
    ["fields that there are not", 400, { code: "x", verifier: "v".repeat(43), guild, channel: lounge, user: bo }],
  ])("%s", async (_what, status, body) => {
    expect((await enter(body)).status).toBe(status);
  });

  test("a page of another origin, and one that asks too often", async () => {
    expect(
      (await enter({ ...authorised(), guild, channel: lounge }, { origin: "https://elsewhere.example" })).status,
    ).toBe(403);
    expect(await connect("https://elsewhere.example").closed).toBe(1006);
    const answers = await Promise.all(Array.from({ length: 60 }, () => enter("{")));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
  });

  test("a token that was forged, changed or signed with another secret", async () => {
    const token = await tokenFor();
    const [payload = "", signature = ""] = token.split(".");
    const seat = { guild, user: bo, channel: lounge, language: languageOf("en") };
    const forged = createSessionTokens("another-secret-of-this-test").issue(seat, harness.clock.now());
    const swapped = `${forged.split(".")[0]}.${signature}`;
    for (const bad of ["forged", forged, swapped, `${payload}.`, `${token}.${signature}`, `.${signature}`]) {
      expect(await (await openWith(bad)).closed).toBe(CLOSE.linkUnknown);
    }
  });

  test("another guild's session, and one's own after twelve hours", async () => {
    const tokens = createSessionTokens(emulator.clientSecret);
    const seat = { user: ana, channel: lounge, language: languageOf("en") };
    const elsewhere = tokens.issue({ ...seat, guild: id<GuildId>("2") }, harness.clock.now());
    expect(await (await openWith(elsewhere)).closed).toBe(CLOSE.leftChannel);
    const otherChannel = tokens.issue({ ...seat, guild, channel: attic }, harness.clock.now());
    expect(await (await openWith(otherChannel)).closed).toBe(CLOSE.leftChannel);
    const old = tokens.issue({ ...seat, guild }, harness.clock.now() - hours(12));
    expect(await (await openWith(old)).closed).toBe(CLOSE.linkUnknown);
  });

  test("leaving the channel closes the page, and a wish that was sent before is not carried out again", async () => {
    const token = await tokenFor();
    const page = await openWith(token);
    await page.next("state");
    harness.seats.delete(ana);
    page.say({ type: "request", id: 1, request: { type: "pause" } });
    expect((await page.next("answer")).refused).toBeDefined();
    harness.seat(bo);
    expect(await page.closed).toBe(CLOSE.leftChannel);
    expect(await (await openWith(token)).closed).toBe(CLOSE.leftChannel);
    harness.seats.set(ana, lounge);
    const again = await openWith(token);
    again.say({ type: "request", id: 3, request: { type: "softer" } });
    await again.next("answer");
    again.say({ type: "request", id: 3, request: { type: "softer" } });
    expect(await again.closed).toBe(CLOSE.unexpected);
  });

  test("messages of more than a kilobyte, and what no page sends", async () => {
    const token = await tokenFor();
    const large = await openWith(token);
    large.say({ type: "request", id: 1, request: { type: "play", favourite: "x".repeat(2_000) } });
    expect(await large.closed).toBe(1009);
    for (const message of [
      { type: "request", id: 1, request: { type: "softer", by: bo } },
      { type: "request", id: 1, request: { type: "skip" }, guild: "2" },
      { type: "open", token, user: bo },
    ]) {
      const page = await openWith(token);
      page.say(message);
      expect(await page.closed).toBe(CLOSE.unexpected);
    }
    const unopened = connect();
    await once(unopened.socket, "open");
    unopened.say({ type: "request", id: 1, request: { type: "pause" } });
    expect(await unopened.closed).toBe(CLOSE.unexpected);
    expect(harness.sessions.view(guild)?.status).not.toBe("paused");
  });

  test("a second page of the same member closes the first", async () => {
    const token = await tokenFor();
    const first = await openWith(token);
    await first.next("state");
    await (await openWith(token)).next("state");
    expect(await first.closed).toBe(CLOSE.openedElsewhere);
  });
});

test("on Discord itself, its own sites may show the page, and only the application's origin may connect", async () => {
  const application = "1180000000000000002";
  const discord = await openActivityHarness({
    applicationId: application,
    clientSecret: "x".repeat(32),
    apiBase: "https://discord.com/api",
  });
  try {
    const page = await fetch(`${discord.http.address}/activity/`);
    const policy = page.headers.get("content-security-policy");
    expect(policy).toMatch(/frame-ancestors https:\/\/discord\.com https:\/\/\*\.discord\.com [^;]+$/);
    expect(policy).toContain(`connect-src 'self' wss://${application}.discordsays.com;`);
    expect(policy).not.toMatch(/127\.0\.0\.1|localhost|unsafe/);
    const statusFor = async (origin: string) =>
      (await fetch(`${discord.http.address}/activity/token`, { method: "POST", headers: { origin }, body: "{" }))
        .status;
    expect(await statusFor(`https://${application}.discordsays.com`)).toBe(400);
    for (const origin of ["https://2.discordsays.com", "https://discord.com", discord.http.address, "null"])
      expect(await statusFor(origin)).toBe(403);
  } finally {
    await discord.close();
  }
});

test("where Discord does not answer, the page is told to try again", async () => {
  emulator.faults.failRequests(/\/oauth2\/token$/, 500, 1);
  expect((await enter({ ...authorised(), guild, channel: lounge })).status).toBe(502);
  emulator.faults.resetRequests(/\/users\/@me$/, 1);
  expect((await enter({ ...authorised(), guild, channel: lounge })).status).toBe(502);
});
