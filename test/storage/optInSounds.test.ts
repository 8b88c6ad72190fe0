import { expect, test } from "vitest";
import { type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { onEachDatabase } from "../support/databases.ts";

const [here, there] = [id<GuildId>("1"), id<GuildId>("2")];
const [clock, slime] = [id<SoundId>("clock"), id<SoundId>("slime")];

onEachDatabase((freshPlace) => {
  test("what a guild has turned on is known after a restart, and forgotten with the guild", async () => {
    const place = await freshPlace();
    const before = await openStorage(place);
    expect([...(await before.optInStore.all())]).toEqual([]);
    await before.optInStore.set(here, [slime, clock, clock]);
    await before.optInStore.set(there, [clock, slime]);
    await before.optInStore.set(there, [slime]);
    await before.close();
    const after = await openStorage(place);
    expect([...(await after.optInStore.all())]).toEqual([
      [here, [clock, slime]],
      [there, [slime]],
    ]);
    await after.guildRetention.deleteGuild(here);
    await after.optInStore.set(there, []);
    expect([...(await after.optInStore.all())]).toEqual([]);
    await after.close();
  });
});
