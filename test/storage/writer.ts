import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { rawText } from "../../src/kernel/memberText.ts";
import { openStorage } from "../../src/storage/openStorage.ts";

const [path = "", url] = process.argv.slice(2);
// Adds favourites as fast as it can, and prints each name once it is acknowledged; ended from outside.
const { favourites } = await openStorage({ path, url });
for (let i = 0; i < 500; i++) {
  const { name } = await favourites.add(id<GuildId>("1"), {
    name: `favourite ${i}`,
    mix: [{ sound: id<SoundId>("rain"), gainDb: 0, place: "centre" }],
    by: id<UserId>("100"),
  });
  process.stdout.write(`${rawText(name)}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
