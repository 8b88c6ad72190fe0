import { ApplicationCommandType, EntryPointCommandHandlerType, REST, Routes } from "discord.js";
import * as spec from "discord-api-spec/zod";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emulator } from "../src/api.ts";
import { openEmulator } from "../src/emulator.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
});
afterAll(() => emulator.close().catch(() => undefined));

const exchange = async (change: Record<string, string> = {}) => {
  const body = new URLSearchParams({
    client_id: emulator.applicationId,
    client_secret: emulator.clientSecret,
    grant_type: "authorization_code",
    code: emulator.authorise(emulator.member("ana", { locale: "ja" }).id, ["identify"]),
    ...change,
  });
  const response = await fetch(`${emulator.apiBase}/v10/oauth2/token`, { method: "POST", body });
  return { status: response.status, json: (await response.json()) as Record<string, string> };
};
const asUser = async (path: string, token: string) => {
  const response = await fetch(`${emulator.apiBase}/v10${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, json: (await response.json()) as unknown };
};

describe("OAuth 2", () => {
  test("a code is exchanged for a token, which says whose it is, as Discord's schema has it", async () => {
    const { status, json } = await exchange();
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: "Bearer", expires_in: 604_800, scope: "identify" });
    const user = await asUser("/users/@me", json.access_token ?? "");
    expect(user).toMatchObject({ status: 200, json: { username: "ana", locale: "ja" } });
    expect(spec.UserPIIResponseSchema.safeParse(user.json).error).toBeUndefined();
  });

  test("a scope that was not asked for, and a token that there is not, open nothing", async () => {
    const { json } = await exchange();
    expect((await asUser("/users/@me/guilds", json.access_token ?? "")).status).toBe(401);
    expect((await asUser("/gateway/bot", json.access_token ?? "")).status).toBe(401);
    expect((await asUser("/users/@me", "made-up")).status).toBe(401);
    const guilds = emulator.authorise(emulator.member("ana").id, ["guilds"]);
    const { json: more } = await exchange({ code: guilds });
    expect(await asUser("/users/@me/guilds", more.access_token ?? "")).toMatchObject({
      json: [{ id: emulator.guildId, name: "Test Server" }],
    });
  });

  test("errors are those of RFC 6749", async () => {
    expect(await exchange({ code: "made-up" })).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
    expect(await exchange({ client_secret: "x" })).toMatchObject({ status: 401, json: { error: "invalid_client" } });
    expect(await exchange({ grant_type: "password" })).toMatchObject({
      status: 400,
      json: { error: "unsupported_grant_type" },
    });
    const code = emulator.authorise(emulator.member("ana").id, ["identify"]);
    expect((await exchange({ code })).status).toBe(200);
    expect((await exchange({ code })).json.error).toBe("invalid_grant");
  });
});

describe("PKCE", () => {
  // The example of RFC 7636, appendix B.
  const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  const code = () => emulator.authorise(emulator.member("ana").id, ["identify"], challenge);
  const refusal = (what: string) => ({
    status: 400,
    json: { error: "invalid_request", error_description: `${what} "code_verifier"` },
  });

  test("a code that was asked for with a challenge is exchanged with its verifier alone", async () => {
    expect((await exchange({ code: code(), code_verifier: verifier })).status).toBe(200);
    expect(await exchange({ code: code() })).toMatchObject(refusal("Missing"));
    for (const wrong of [challenge, verifier.slice(1), `${verifier}+`, "x".repeat(129)])
      expect(await exchange({ code: code(), code_verifier: wrong })).toMatchObject(refusal("Invalid"));
  });
});

test("an entry point stays in every list of commands that is sent, under its id", async () => {
  const rest = new REST({ api: emulator.apiBase, retries: 0 }).setToken(emulator.token);
  const route = Routes.applicationCommands(emulator.applicationId);
  const entry = {
    type: ApplicationCommandType.PrimaryEntryPoint,
    name: "launch",
    description: "Open it",
    handler: EntryPointCommandHandlerType.DiscordLaunchActivity,
  };
  const put = (body: readonly object[]) => rest.put(route, { body }) as Promise<readonly { readonly id: string }[]>;
  const [first] = await put([entry]);
  await expect(put([{ name: "play", description: "Play" }])).rejects.toMatchObject({ code: 50_240 });
  const [renamed] = await put([{ ...entry, id: first?.id, name: "open" }]);
  expect(renamed).toMatchObject({ id: first?.id, name: "open" });
  await expect(put([entry, { ...entry, name: "open" }])).rejects.toMatchObject({ code: 50_035 });
  await expect(put([{ ...entry, handler: 3 }])).rejects.toMatchObject({ code: 50_035 });
});
