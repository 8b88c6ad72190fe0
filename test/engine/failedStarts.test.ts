import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const script = fileURLToPath(new URL("./fixtures/failedStarts.ts", import.meta.url));

const engines = async (how: string) => {
  const command = `ulimit -n 96; exec "${process.execPath}" "${script}" ${how}`;
  const { stdout } = await promisify(execFile)("sh", ["-c", command]);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as unknown;
};

describe.skipIf(process.platform === "win32")("an engine that does not start", () => {
  test.each([
    ["for want of file descriptors", "descriptors"],
    ["as it throws while it starts", "broken"],
    ["for want of memory for a thread", "memory"],
  ])("%s is tried again, and its sessions are told", async (_why, how) => {
    expect(await engines(how)).toEqual({
      isTold: true,
      told: expect.arrayContaining(["2 interrupted"]),
      alive: true,
      uncaught: [],
      logged: ["An engine failed", "An engine has ended"],
    });
  });
});
