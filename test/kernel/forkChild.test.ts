import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";

const url = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);

/** What a script says that uses up its file descriptors first, and how it ends. */
const withoutDescriptors = async (script: string) => {
  const code = `
    import { openSync } from "node:fs";
    process.on("unhandledRejection", (error) => console.log("unhandled", error.code ?? error.message));
    process.on("uncaughtException", (error) => console.log("uncaught", error.code ?? error.message));
    const log = { info() {}, warn() {}, error() {} };
    const use = async (name, work) => {
      const outcome = await Promise.race([work().then(() => "done", () => "refused"), new Promise((r) => setTimeout(r, 8000, "hangs"))]);
      console.log(name, outcome);
    };
    const exhaust = () => { try { for (;;) openSync("/dev/null"); } catch {} };
    ${script}
    setTimeout(() => process.exit(), 300);`;
  const limited = `ulimit -n 80; exec "${process.execPath}" --input-type=module -e "$SCRIPT"`;
  const child = spawn("sh", ["-c", limited], { env: { ...process.env, SCRIPT: code } });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part) => {
      said += part;
    });
  await once(child, "close");
  return said.trim().split("\n");
};

describe.skipIf(process.platform === "win32")("a child that cannot start, for want of file descriptors", () => {
  test("looks like one that has ended", async () => {
    const said = await withoutDescriptors(`
      const { forkChild } = await import(${url("kernel/forkChild.ts")});
      exhaust();
      const child = forkChild(new URL("file:///nothing.ts"), { stdio: ["ignore", "ignore", "ignore", "ipc"] });
      const seen = [];
      child.on("error", () => seen.push("error"));
      child.on("exit", () => { seen.push("exit"); console.log(seen.join()); });
      console.log(child.send({}), child.kill());`);
    expect(said).toEqual(["false false", "error,exit"]);
  });

  test("is refused to the parent that waits for it: nothing hangs, and nothing is left uncaught", async () => {
    const said = await withoutDescriptors(`
      const { openRenderPool } = await import(${url("render/renderPool.ts")});
      const { openFileWorker } = await import(${url("render/fileWorker.ts")});
      const { openVisualRenderer } = await import(${url("pictures/visualRenderer.ts")});
      const { openCharts } = await import(${url("pictures/charts.ts")});
      const pool = openRenderPool(1);
      const sample = openFileWorker(new URL(${url("render/sampleProcess.ts")}), { kept: 1 });
      const visuals = openVisualRenderer({ cache: "/tmp/lull-none", log });
      exhaust();
      await use("render", () => pool.run({ path: "/tmp/x", title: "x", licence: "x", origin: {} }, true, () => {}));
      await use("sample", () => sample("/tmp/x", { guild: "1", user: "2" }));
      await use("chart", () => openCharts().draw({}, { guild: "1", user: "2" }));
      await use("still", () => visuals.render("candle", "still"));`);
    expect(said).toEqual(["render refused", "sample refused", "chart refused", "still refused"]);
  });
});
