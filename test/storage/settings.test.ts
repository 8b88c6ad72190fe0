import { expect, test } from "vitest";
import { type ChannelId, type GuildId, type HelperId, id, type RoleId, type SessionId } from "../../src/kernel/ids.ts";
import { minutes } from "../../src/kernel/units.ts";
import { DEFAULT_SETTINGS } from "../../src/ports/defaultSettings.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { sessionFixture } from "../session/sessionFixture.ts";
import { onEachDatabase, openPlace } from "../support/databases.ts";

const here = id<GuildId>("1");

onEachDatabase((freshPlace) => {
  test("a guild that has chosen nothing has the defaults, and keeps what it chooses", async () => {
    const { settings, close } = await openStorage(await freshPlace());
    expect(await settings.of(here)).toEqual(DEFAULT_SETTINGS);
    await settings.change(here, { ceilingDb: -6 });
    expect(await settings.change(here, { fade: minutes(10) })).toEqual({
      ...DEFAULT_SETTINGS,
      ceilingDb: -6,
      fade: minutes(10),
    });
    const quiet = { from: 1380, to: 420, timeZone: "Europe/Berlin", timer: minutes(60), softerBy: 6 };
    const chosen = { quiet, votes: false, eyesClosed: false, timerEnd: "whisper", hostRole: id<RoleId>("9") } as const;
    expect(await settings.change(here, chosen)).toMatchObject({ ...chosen, ceilingDb: -6 });
    expect(await settings.change(here, { quiet: null, votes: null })).toMatchObject({
      votes: true,
      timerEnd: "whisper",
    });
    expect((await settings.of(here)).quiet).toBeUndefined();
    expect(await settings.change(here, {})).toMatchObject({ ceilingDb: -6 });
    expect(await settings.of(id<GuildId>("2"))).toMatchObject({ ceilingDb: 0 });
    await close();
  });

  test("sessions are kept as they are, the latest of each guild; unknown shapes are left out", async () => {
    const place = await freshPlace();
    const storage = await openStorage(place);
    const room = sessionFixture();
    await storage.sessions.write([{ bot: { guild: here }, session: room.session() }], 1);
    room.dispatch({ type: "sleepRequested", endsAt: room.now() + minutes(30) });
    await storage.sessions.write([{ bot: { guild: here }, session: room.session() }], 2);
    expect(await storage.sessions.all()).toEqual([{ session: JSON.parse(JSON.stringify(room.session())), savedAt: 2 }]);
    const tables = await openPlace(place);
    const odd = { helper: "", saved_at: 1, format: 1, session: "not json" };
    await tables
      .insertInto("sessions")
      .values([
        { ...odd, guild: "7", format: 999 },
        { ...odd, guild: "8" },
      ])
      .execute();
    await tables.destroy();
    expect(await storage.sessions.all()).toHaveLength(1);
    await storage.sessions.write([{ bot: { guild: here } }], 3);
    expect(await storage.sessions.all()).toEqual([]);
    await storage.close();
  });

  test("a guild has a session for each bot that speaks in it", async () => {
    const storage = await openStorage(await freshPlace());
    const own = sessionFixture().session();
    const other = { ...own, id: id<SessionId>("other"), helper: id<HelperId>("99"), channel: id<ChannelId>("31") };
    await storage.sessions.write([{ bot: { guild: here }, session: own }], 1);
    await storage.sessions.write([{ bot: { guild: here, helper: other.helper }, session: other }], 2);
    const stored = await storage.sessions.all();
    expect(stored.map(({ session }) => [session.helper, session.channel])).toEqual([
      [undefined, own.channel],
      ["99", "31"],
    ]);
    await storage.sessions.write([{ bot: { guild: here } }], 3);
    expect((await storage.sessions.all()).map(({ session }) => session.id)).toEqual(["other"]);
    await storage.close();
  });

  test("it says whether it can be written, and how large it is", async () => {
    const { health, close } = await openStorage(await freshPlace());
    expect(await health.isWritable()).toBe(true);
    expect(await health.bytes()).toBeGreaterThan(4_096);
    await close();
  });
});
