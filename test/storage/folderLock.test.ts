import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFolder } from "../../src/storage/folderLock.ts";

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "lull-lock-")), "data");
});
afterEach(() => rm(join(folder, ".."), { recursive: true }));

const MODULE = new URL("../../src/storage/folderLock.ts", import.meta.url).href;

/** A process that has claimed the folder. */
const owner = async () => {
  const script = `
    const { lockFolder } = await import(${JSON.stringify(MODULE)});
    await lockFolder(${JSON.stringify(folder)});
    process.stdout.write("claimed\\n");
    setInterval(() => {}, 1_000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
};

test("a folder that another process has is refused in a sentence that names the variable", async () => {
  const other = await owner();
  await expect(lockFolder(folder, { patience: 300 })).rejects.toThrow(
    expect.objectContaining({
      code: "data-in-use",
      message: expect.stringMatching(/^LULL_DATA: .* by another Lull\. /),
    }),
  );
  other.kill("SIGKILL");
  await once(other, "exit");
});

test("an owner that was killed holds it no longer", async () => {
  const other = await owner();
  other.kill("SIGKILL");
  await once(other, "exit");
  (await lockFolder(folder, { patience: 0 })).release();
});

test("an owner that is about to end is waited for", async () => {
  const other = await owner();
  let waited = 0;
  const claimed = lockFolder(folder, { onWait: () => waited++ });
  setTimeout(() => other.kill("SIGTERM"), 600);
  (await claimed).release();
  expect(waited).toBe(1);
});
