import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { examine, type Finding, findingLine, type Patient } from "../../src/chores/doctor.ts";
import { udpWorks } from "../../src/chores/udpProbe.ts";
import { invitePermissions } from "../../src/discord/invite.ts";
import { findNetworkIsolation } from "../../src/kernel/childProcess.ts";

const TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMA.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB";
/** All that the invite link asks for. */
const ALL = invitePermissions;

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "lull-doctor-"));
});
afterEach(() => rm(data, { recursive: true, force: true }));

const of = async (patient: Partial<Patient>) => {
  const whole = {
    version: "1.0.0",
    token: undefined,
    apiBase: "http://127.0.0.1:9/api",
    data,
    cache: data,
    stun: undefined,
  };
  const findings = await examine({ ...whole, ...patient });
  return (part: string) =>
    findings.filter((finding) => finding.part === part).map(({ kind, text }) => `${kind}: ${text}`);
};

/** Discord's API in as many answers as the doctor asks for. */
const api = async (answers: Readonly<Record<string, unknown>>, ahead = 0) => {
  const server = createServer((request, response) => {
    const body = answers[(request.url ?? "").replace("/api/v10", "")];
    response.setHeader("Date", new Date(Date.now() + ahead).toUTCString());
    response.statusCode = request.headers.authorization === `Bot ${TOKEN}` ? 200 : 401;
    response.end(JSON.stringify(body ?? null));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { apiBase: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, close: () => server.close() };
};
const answers = (guilds: readonly object[], remaining = 990) => ({
  "/users/@me": { username: "Lull" },
  "/gateway/bot": { shards: 1, session_start_limit: { total: 1_000, remaining, reset_after: 0 } },
  "/users/@me/guilds": guilds,
});

test("without a token it looks at the machine alone, and finds no problem", async () => {
  const on = await of({});
  expect(on("Versions")[0]).toMatch(/^ok: Lull 1\.0\.0 on Node 2\d/);
  expect(on("LULL_DATA")[0]).toMatch(/^ok: .* can be read and written/);
  expect(on("Database")).toEqual(["ok: There is none yet; the first start makes it."]);
  expect(on("Token")[0]).toMatch(/^advice: DISCORD_TOKEN is not set: npm start opens a rehearsal/);
  expect(on("Voice (UDP)")[0]).toMatch(/^ok: Not asked/);
  const isolated = (await findNetworkIsolation()).length > 0;
  expect(on("Decoders")[0]).toMatch(isolated ? /^ok: .* without a network/ : /^advice: .* with a network/);
});

test("a bot that has all it needs", async () => {
  const discord = await api(answers([{ name: "Night", permissions: String(ALL) }]));
  const on = await of({ token: TOKEN, apiBase: discord.apiBase });
  expect(on("Token")).toEqual(["ok: It belongs to Lull."]);
  expect(on("Log-ins")[0]).toMatch(/^ok: 990 of 1000 log-ins are left today/);
  expect(on("Permissions")[0]).toMatch(/^ok: /);
  expect(on("Clock")[0]).toMatch(/^ok: /);
  discord.close();
});

test("what is missing is named, with what to do", async () => {
  const discord = await api(answers([{ name: "Night", permissions: String(ALL & ~(1n << 21n)) }], 12), 3_600_000);
  const on = await of({ token: TOKEN, apiBase: discord.apiBase });
  expect(on("Permissions")[0]).toMatch(/^advice: “Night”: give the bot's role Speak, or open the invite link again/);
  expect(on("Log-ins")[0]).toMatch(/^problem: 12 of 1000/);
  expect(on("Clock")[0]).toMatch(/^problem: It is 3\d{3} s behind.*timedatectl/);
  const refused = await of({ token: `${TOKEN}x`, apiBase: discord.apiBase });
  expect(refused("Token")[0]).toMatch(/^problem: DISCORD_TOKEN is refused\. Copy it again/);
  discord.close();
  const unreachable = await of({ token: TOKEN });
  expect(unreachable("Discord")[0]).toMatch(/^problem: http:\/\/127\.0\.0\.1:9\/api cannot be reached/);
});

test("a damaged database, and a folder that cannot be written", async () => {
  writeFileSync(join(data, "lull.sqlite"), "not a database ".repeat(1_000));
  expect((await of({}))("Database")[0]).toMatch(/^problem: .* cannot be read .*npm run restore/);
  expect((await of({ data: import.meta.filename }))("LULL_DATA")[0]).toMatch(/^problem: .* cannot be written/);
  if (process.getuid?.() === 0) return;
  const closed = join(data, "closed");
  mkdirSync(closed);
  chmodSync(closed, 0o500);
  expect((await of({ data: closed }))("LULL_DATA")[0]).toMatch(/^problem: .* cannot be written \(EACCES\)/);
});

test("UDP works where a STUN server answers, and not where nobody does", async () => {
  const server = createSocket("udp4");
  server.on("message", (request, from) => {
    const answer = Buffer.from(request);
    answer.writeUInt16BE(0x0101, 0);
    server.send(answer, from.port, from.address);
  });
  server.bind(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  expect(await udpWorks({ host: "127.0.0.1", port }, 2_000)).toBe(true);
  server.removeAllListeners("message");
  expect(await udpWorks({ host: "127.0.0.1", port }, 100)).toBe(false);
  server.close();
});

test("each finding is one line", () => {
  const finding: Finding = { kind: "problem", part: "Disk", text: "3 MB are free. Make room." };
  expect(findingLine(finding)).toBe("PROBLEM  Disk: 3 MB are free. Make room.");
});
