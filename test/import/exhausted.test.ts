import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("./fixtures/exhausted.ts", import.meta.url));

test.skipIf(process.platform === "win32")(
  "without descriptors, an import and a radio are refused in words, nothing ends, and the next import works",
  async () => {
    const command = `ulimit -n 96; exec "${process.execPath}" "${script}"`;
    const { stdout } = await promisify(execFile)("sh", ["-c", command]);
    const { outcomes, left } = JSON.parse(stdout) as { outcomes: Record<string, string>; left: string[] };
    expect(outcomes).toMatchObject({ before: "done", after: "done", "sample after": "done" });
    const imports = Object.entries(outcomes).filter(([name]) => name.startsWith("import with"));
    expect(new Set(imports.map(([, outcome]) => outcome))).toEqual(new Set(["import-unavailable"]));
    const radios = Object.entries(outcomes).filter(([name]) => name.startsWith("radio"));
    expect(radios.map(([, outcome]) => outcome)).toEqual(
      expect.arrayContaining(["radio-silent", "source-unreachable"]),
    );
    for (const [, outcome] of radios) expect(["radio-silent", "source-unreachable"]).toContain(outcome);
    expect(left).toEqual(["sound.opus", "source"]);
  },
);
