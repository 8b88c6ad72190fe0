import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { seconds } from "../../src/kernel/units.ts";
import type { Fence } from "../../src/ports/guild.ts";
import type { Session } from "../../src/session/session.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { openLeaseStore } from "../../src/storage/leases.ts";
import { migrations } from "../../src/storage/migrations.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { createSessionStore } from "../../src/storage/sessionStore.ts";
import { sessionFixture } from "../session/sessionFixture.ts";
import { emptyDatabase, noPostgres, onEachDatabase, openPlace } from "../support/databases.ts";

test("hundreds of sessions are written a few at a time, and the thread does other work in between", async () => {
  const db = await openDatabase(":memory:");
  const { write } = createSessionStore(db, silentLog);
  // What is in a session is of no account here.
  const session = { queue: [] } as unknown as Session;
  const guilds = Array.from({ length: 220 }, (_, index) => id<GuildId>(String(index)));
  let turns = 0;
  let isDone = false;
  const written = write(
    guilds.map((guild) => ({ bot: { guild }, session })),
    1,
  ).finally(() => (isDone = true));
  for (; !isDone; turns++) await nextTurn();
  await written;
  expect(turns).toBeGreaterThanOrEqual(4);
  expect(await db.selectFrom("sessions").select("guild").execute()).toHaveLength(220);
  await write(
    guilds.map((guild) => ({ bot: { guild } })),
    2,
  );
  expect(await db.selectFrom("sessions").select("guild").execute()).toEqual([]);
  await db.destroy();
});

onEachDatabase((freshPlace) => {
  test("who has asked for it to be softer is not stored", async () => {
    const place = await freshPlace();
    const storage = await openStorage(place);
    const fixture = sessionFixture();
    fixture.dispatch({ type: "softened", by: id<UserId>("987654321") });
    const session = fixture.session();
    expect(JSON.stringify(session)).toContain("987654321");
    await storage.sessions.write([{ bot: { guild: session.guild }, session }], 7);
    await storage.close();
    const db = await openPlace(place);
    const rows = await db.selectFrom("sessions").select("session").execute();
    await db.destroy();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.session).not.toContain("987654321");
  });

  test("sessions that an earlier version has stored, one in a guild, are the bot's own", async () => {
    const place = await freshPlace();
    await (await openStorage(place)).close();
    const session = sessionFixture().session();
    const before = await openPlace(place);
    await sql`drop table sessions`.execute(before);
    await sql`create table sessions (guild text primary key, saved_at bigint, format integer, session text)`.execute(
      before,
    );
    await sql`insert into sessions values ('1', 7, 2, ${JSON.stringify(session)})`.execute(before);
    await migrations["0017_session_helpers"]?.up(before);
    await before.destroy();
    const storage = await openStorage(place);
    const [stored] = await storage.sessions.all();
    expect(stored).toEqual({ session: JSON.parse(JSON.stringify(session)), savedAt: 7 });
    await storage.sessions.write([{ bot: { guild: session.guild } }], 8);
    expect(await storage.sessions.all()).toEqual([]);
    await storage.close();
  });
});

test.skipIf(noPostgres !== undefined)("what a replica writes whose shard is another's by now is left out", async () => {
  const url = await emptyDatabase();
  const storage = await openStorage({ path: "", url });
  const leases = await openLeaseStore(url);
  await leases.agreeOnShards(2, 2);
  const session = sessionFixture().session();
  const token = (await leases.take(0, "a", seconds(10))) ?? 0;
  const write = (fence: Fence, at: number) =>
    storage.sessions.write([{ bot: { guild: session.guild }, session, fence }], at);
  await write({ shard: 0, token }, 1);
  await leases.forget("a");
  const newer = (await leases.take(0, "b", seconds(10))) ?? 0;
  await write({ shard: 0, token }, 2);
  expect((await storage.sessions.all()).map(({ savedAt }) => savedAt)).toEqual([1]);
  await write({ shard: 0, token: newer }, 3);
  await storage.sessions.write([{ bot: { guild: session.guild }, fence: { shard: 0, token } }], 4);
  expect((await storage.sessions.all()).map(({ savedAt }) => savedAt)).toEqual([3]);
  await leases.close();
  await storage.close();
});
