import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Session } from "../../src/session/session.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { createSessionStore } from "../../src/storage/sessionStore.ts";

test("hundreds of sessions are written a few at a time, and the thread does other work in between", async () => {
  const db = await openDatabase(":memory:");
  const { write } = createSessionStore(db, silentLog);
  // What is in a session is of no account here.
  const session = { queue: [] } as unknown as Session;
  const guilds = Array.from({ length: 220 }, (_, index) => id<GuildId>(String(index)));
  let turns = 0;
  let isDone = false;
  const written = write(new Map(guilds.map((guild) => [guild, session])), 1).finally(() => (isDone = true));
  for (; !isDone; turns++) await nextTurn();
  await written;
  expect(turns).toBeGreaterThanOrEqual(4);
  expect(await db.selectFrom("sessions").select("guild").execute()).toHaveLength(220);
  await write(new Map(guilds.map((guild) => [guild, undefined])), 2);
  expect(await db.selectFrom("sessions").select("guild").execute()).toEqual([]);
  await db.destroy();
});
