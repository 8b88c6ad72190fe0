import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { onEachDatabase } from "../support/databases.ts";

onEachDatabase((freshPlace) => {
  test("nothing that was acknowledged is lost to kill −9 in the middle of writing", async () => {
    const place = await freshPlace();
    const args = [
      fileURLToPath(new URL("./writer.ts", import.meta.url)),
      place.path,
      ...(place.url ? [place.url] : []),
    ];
    const writer = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const exited = once(writer, "exit");
    const acknowledged: string[] = [];
    for await (const name of createInterface({ input: writer.stdout })) {
      acknowledged.push(name);
      if (acknowledged.length === 40) writer.kill("SIGKILL");
    }
    await exited;
    const storage = await openStorage(place);
    const kept = (await storage.favourites.list(id<GuildId>("1"))).map(({ name }) => name);
    expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(kept.length).toBeLessThanOrEqual(acknowledged.length + 1);
    await storage.close();
  });
});
