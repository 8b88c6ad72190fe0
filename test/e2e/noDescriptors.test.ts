import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { type EmulatedGuild, EVERYONE_PERMISSIONS, type Member } from "discord-emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { noise, wav } from "../support/soundFiles.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

const NAMES_PROCESS = `
import { isMainThread } from "node:worker_threads";
if (isMainThread && process.argv[1]?.endsWith("main.ts")) console.log("process " + process.pid);`;

const QUIET = -45;

/** The lowest file descriptor that is free. */
const freeDescriptor = (pid: string): number => {
  const taken = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
  let free = 0;
  while (taken.has(free)) free += 1;
  return free;
};

const soundIn = async (guild: EmulatedGuild, as: string) => {
  for (let tries = 0; tries < 30; tries++) if ((await guild.listen(seconds(0.5), { as })).lufs > QUIET) return;
  throw new Error("It does not play");
};

describe.skipIf(process.platform !== "linux")("a bot that has no file descriptor left", () => {
  let rehearsal: Rehearsal;
  let night: EmulatedGuild;
  let ana: Member;
  let kei: Member;
  let pid = "";
  /** Answers that could not be sent. */
  let unsent = 0;

  beforeAll(async () => {
    const preloaded = `data:text/javascript;base64,${Buffer.from(NAMES_PROCESS).toString("base64")}`;
    rehearsal = await openRehearsal({
      sounds: ["brown-noise"],
      environment: { LULL_LOG: "-", NODE_OPTIONS: `--import ${preloaded}` },
    });
    pid = /^process (\d+)$/m.exec(rehearsal.bot().lines.join("\n"))?.[1] ?? "";
    night = rehearsal.createGuild("Night Library");
    const permissions = EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageGuild;
    ana = await rehearsal.member("ana", { permissions }).join("lounge");
    kei = await night.member("kei", { permissions }).join("lounge");
    await ana.slash("play", { sound: "brown-noise" });
    await soundIn(rehearsal, "ana");
  });
  afterAll(async () => {
    const broken = await rehearsal.close().then(
      () => "",
      (error: Error) => error.message,
    );
    // Everything else is as Discord wants it.
    const rules = broken.split("\n").filter((line) => !/^(The bot broke Discord's rules:|)$/.test(line));
    expect(rules.filter((line) => !line.startsWith("no answer within 3 s"))).toEqual([]);
    expect(rules).toHaveLength(unsent);
  });

  const limitFiles = (most: number | string) => execFileSync("prlimit", ["--pid", pid, `--nofile=${most}:`]);
  /** What the process may have at most, as it has itself taken at its start. */
  const hardLimit = () => /Max open files\s+\d+\s+(\d+)/.exec(readFileSync(`/proc/${pid}/limits`, "utf8"))?.[1] ?? "";

  test("plays on where it plays, answers in words, and does everything again once there are some", async () => {
    limitFiles(freeDescriptor(pid));
    const listening = rehearsal.listen(seconds(4), { as: "ana" });
    const file = { name: "gutter.wav", bytes: wav(noise(14)) };
    // Each needs a socket, a file, a process or a thread.
    for (const [command, options] of [
      ["play", { sound: "brown-noise" }],
      ["sample sound", { sound: "brown-noise" }],
      ["sounds add", { file, title: "Our gutter" }],
      ["visual", {}],
      ["tingles", {}],
    ] as const) {
      const answer = await kei.slash(command, options).catch((error: Error) => {
        expect(error.message).toMatch(/did not respond/);
        unsent += 1;
      });
      // A refusal says what is so; this is for what nobody has thought of.
      expect(answer?.text ?? "").not.toMatch(/went wrong/i);
    }
    const heard = await listening;
    limitFiles(hardLimit());
    expect(Math.max(0, ...heard.gaps)).toBeLessThan(1_000);
    expect(heard.lufs).toBeGreaterThan(QUIET);
    const lines = rehearsal.bot().lines.join("\n");
    expect(lines).toMatch(/EMFILE/);
    // discord.js opens another connection to Discord when the ones it has are busy or closed: only for want of one may
    // an answer be missing, be it the first or the one that was promised.
    const failed = [...lines.matchAll(/^.*"An answer was not taken".*$/gm)].map(([line]) => line);
    expect(failed.filter((line) => !line.includes("EMFILE"))).toEqual([]);
    expect(failed.length).toBeGreaterThanOrEqual(unsent);
    expect(lines).not.toMatch(/not caught/);

    // The voice connection was tried again all the while; what could not be read is asked for once more.
    await kei.slash("play", { sound: "brown-noise" });
    await soundIn(night, "kei");
  });
});
