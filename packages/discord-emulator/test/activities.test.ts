import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ActivityFrame, Member } from "../src/api.ts";
import { openPlainBot } from "./support/plainBot.ts";

type Message = readonly [number, { readonly [key: string]: unknown }];

let plain: Awaited<ReturnType<typeof openPlainBot>>;
let ana: Member;

beforeEach(async () => {
  plain = await openPlainBot();
  await plain.client.rest.put(`/applications/${plain.emulator.applicationId}/commands`, {
    body: [{ type: 4, name: "launch", description: "Open it", handler: 2 }],
  });
  ana = await plain.emulator.member("ana", { locale: "fr" }).join("lounge");
});
afterEach(() => plain.close());

/** A page in a member's client: it says what a test has it say, and remembers what it is told. */
const openPageOf = (member: Member) => {
  const told: Message[] = [];
  const frame: ActivityFrame = member.openActivity((message) => told.push(message as Message));
  const frame_id = new URLSearchParams(frame.query).get("frame_id");
  const shakeHands = (change: object = {}) =>
    frame.receive([
      0,
      { v: 1, encoding: "json", client_id: plain.emulator.applicationId, frame_id, sdk_version: "2.5.0", ...change },
    ]);
  let nonce = 0;
  /** @returns the answer */
  const command = (cmd: string, args: object = {}, evt?: string) => {
    nonce += 1;
    frame.receive([1, { cmd, args, nonce: String(nonce), ...(evt !== undefined && { evt }) }]);
    return told.find(([, payload]) => payload.nonce === String(nonce))?.[1];
  };
  const events = (name: string) => told.filter(([, { evt }]) => evt === name).map(([, { data }]) => data);
  return { frame, told, shakeHands, command, events };
};
const ready = (member: Member) => {
  const page = openPageOf(member);
  page.shakeHands();
  return page;
};
const tokenFor = async (code: unknown, verifier: Record<string, string> = {}) => {
  const { applicationId: client_id, clientSecret: client_secret, apiBase } = plain.emulator;
  const body = new URLSearchParams({ client_id, client_secret, grant_type: "authorization_code", ...verifier });
  body.set("code", String(code));
  const answer = await fetch(`${apiBase}/oauth2/token`, { method: "POST", body });
  return ((await answer.json()) as { access_token: string }).access_token;
};

describe("a page that keeps to the protocol", () => {
  test("shakes hands, authorises and authenticates, and may then ask what its scopes allow", async () => {
    const page = ready(ana);
    expect(page.told[0]).toMatchObject([1, { cmd: "DISPATCH", evt: "READY", data: { v: 1, user: { id: ana.id } } }]);
    expect(page.command("USER_SETTINGS_GET_LOCALE")).toMatchObject({ evt: "ERROR", data: { code: 4006 } });
    const { data } = page.command("AUTHORIZE", {
      client_id: plain.emulator.applicationId,
      response_type: "code",
      scope: ["identify", "guilds"],
    }) as { data: { code: string } };
    const access_token = await tokenFor(data.code);
    expect(page.command("AUTHENTICATE", { access_token })).toMatchObject({
      evt: null,
      data: { access_token, user: { username: "ana" }, scopes: ["identify", "guilds"] },
    });
    expect(page.command("USER_SETTINGS_GET_LOCALE")).toMatchObject({ data: { locale: "fr" } });
    const { id: channel_id } = plain.emulator.channel("lounge");
    expect(page.command("GET_CHANNEL", { channel_id })).toMatchObject({
      data: { name: "lounge", type: 2, voice_states: [{ nick: "ana", user: { id: ana.id } }] },
    });
    expect(page.command("GET_CHANNEL", { channel_id: "1" })).toMatchObject({ data: { code: 4005 } });
  });

  test("asks for a code that is worth nothing without what proves whose it is", async () => {
    const page = ready(ana);
    const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const ask = (code_challenge_method: string) =>
      page.command("AUTHORIZE", {
        client_id: plain.emulator.applicationId,
        scope: ["identify"],
        code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        code_challenge_method,
      }) as { data: { code: unknown } };
    expect(ask("plain")).toMatchObject({ evt: "ERROR", data: { code: 5000 } });
    expect(await tokenFor(ask("S256").data.code)).toBeUndefined();
    const access_token = await tokenFor(ask("S256").data.code, { code_verifier: verifier });
    expect(page.command("AUTHENTICATE", { access_token })).toMatchObject({ evt: null });
  });

  test("is told who has it open in the same voice channel, and what its client does", async () => {
    const bo = await plain.emulator.member("bo").join("lounge");
    const cem = await plain.emulator.member("cem").join("loft");
    const page = ready(ana);
    expect(page.command("SUBSCRIBE", {}, "ACTIVITY_INSTANCE_PARTICIPANTS_UPDATE")).toMatchObject({
      data: { evt: "ACTIVITY_INSTANCE_PARTICIPANTS_UPDATE" },
    });
    page.command("SUBSCRIBE", {}, "THERMAL_STATE_UPDATE");
    expect(ready(bo).frame.instanceId).toBe(page.frame.instanceId);
    expect(ready(cem).frame.instanceId).not.toBe(page.frame.instanceId);
    const people = [{ username: "ana" }, { username: "bo", nickname: "bo" }];
    expect(page.events("ACTIVITY_INSTANCE_PARTICIPANTS_UPDATE")).toMatchObject([{ participants: people }]);
    bo.activity()?.close();
    expect(page.command("GET_ACTIVITY_INSTANCE_CONNECTED_PARTICIPANTS")).toMatchObject({
      data: { participants: [{ username: "ana" }] },
    });
    page.frame.setThermalState(3);
    page.frame.setLayoutMode(1);
    expect(page.events("THERMAL_STATE_UPDATE")).toEqual([{ thermal_state: 3 }]);
    expect(page.events("ACTIVITY_LAYOUT_MODE_UPDATE")).toEqual([]);
    expect(page.command("SET_ORIENTATION_LOCK_STATE", { lock_state: 2 })).toMatchObject({ evt: null, data: null });
    expect(page.frame.orientationLock()).toBe(2);
  });

  test("is closed when its member leaves the voice channel, and closes itself", async () => {
    const page = ready(ana);
    await ana.join("loft");
    expect(page.told.at(-1)).toMatchObject([2, { code: 1000 }]);
    expect(ana.activity()).toBeUndefined();
    const again = ready(ana);
    again.frame.receive([2, { code: 1000, message: "Good night", nonce: "1" }]);
    expect(ana.activity()).toBeUndefined();
    expect(again.told.at(-1)).toMatchObject([1, { evt: "READY" }]);
  });
});

describe("a page that does not", () => {
  test.each([
    [4000, { client_id: "1" }],
    [4004, { v: 2 }],
    [4005, { encoding: "etf" }],
    [1003, { frame_id: "of another" }],
  ])("is closed with %i for a handshake with %o", (code, change) => {
    const page = openPageOf(ana);
    page.shakeHands(change);
    expect(page.told).toMatchObject([[2, { code }]]);
    expect(ana.activity()).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ["a command before the handshake", [1, { cmd: "AUTHORIZE", nonce: "1" }]],
    ["an opcode that there is not", [7, {}]],
  ])("is closed for %s", (_what, message) => {
    const page = openPageOf(ana);
    page.frame.receive(message);
    expect(page.told).toMatchObject([[2, { code: 1003 }]]);
  });

  test.each<[string, number, object, string?]>([
    ["OPEN_THE_POD_BAY_DOORS", 4002, {}],
    ["toString", 4002, {}],
    ["AUTHORIZE", 4000, {}],
    ["AUTHORIZE", 4007, { client_id: "1", scope: ["identify"] }],
    ["AUTHENTICATE", 4009, { access_token: "made-up" }],
    ["SET_ORIENTATION_LOCK_STATE", 4000, { lock_state: 9 }],
    ["SUBSCRIBE", 4004, {}, "MOONRISE"],
    ["SUBSCRIBE", 4006, {}, "SPEAKING_START"],
  ])("is refused %s with %i", (cmd, code, args, evt) => {
    expect(ready(ana).command(cmd, args, evt)).toMatchObject({ cmd, evt: "ERROR", data: { code } });
  });

  test("does not speak for another member, nor for one who does not want it", async () => {
    const bo = await plain.emulator.member("bo").join("lounge");
    const asked = { client_id: plain.emulator.applicationId, scope: ["identify"] };
    const { data } = ready(bo).command("AUTHORIZE", asked) as { data: { code: string } };
    const page = ready(ana);
    const token = await tokenFor(data.code);
    expect(page.command("AUTHENTICATE", { access_token: token })).toMatchObject({ data: { code: 4009 } });
    page.frame.refuseAuthorisation();
    expect(page.command("AUTHORIZE", asked)).toMatchObject({ evt: "ERROR", data: { code: 5000 } });
    expect(page.command("AUTHORIZE", asked)).toMatchObject({ evt: null });
  });
});

test("there is no activity outside a voice channel, nor without an entry point", async () => {
  expect(() => plain.emulator.member("bo").openActivity(() => {})).toThrow("bo is in no voice channel.");
  const { applicationId } = plain.emulator;
  const [entry] = (await plain.client.rest.get(`/applications/${applicationId}/commands`)) as { id: string }[];
  await plain.client.rest.delete(`/applications/${applicationId}/commands/${entry?.id}`);
  expect(() => ana.openActivity(() => {})).toThrow(/no entry point/);
});
