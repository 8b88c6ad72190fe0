import type { Member } from "discord-emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { hasIcecast, type Icecast, openIcecast } from "../support/icecast.ts";
import { mp3, noise } from "../support/soundFiles.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

const SECONDS = 8;

describe.skipIf(!hasIcecast)("live radio, from a real Icecast server", () => {
  let rehearsal: Rehearsal;
  let icecast: Icecast;
  let ana: Member;
  let loud: Uint8Array;

  beforeAll(async () => {
    icecast = await openIcecast();
    loud = await mp3(noise(SECONDS, 44_100, () => 2));
    rehearsal = await openRehearsal({
      sounds: ["brown-noise"],
      environment: { LULL_RADIO: `Hush Wireless | ${icecast.url} | CC0` },
    });
    ana = await rehearsal.member("ana").join("lounge");
  });
  afterAll(async () => {
    await rehearsal.close();
    icecast.close();
  });

  test("/play is heard at −30 LUFS, fades out where the radio drops, and comes back", async () => {
    const end = await icecast.source(loud, loud.length / SECONDS);
    expect((await ana.autocomplete("play", "sound", "wireless"))[0]?.name).toContain("Hush Wireless");
    await ana.slash("play", { sound: "Hush Wireless" });
    await rehearsal.waitUntil("the bot is in the room", () => rehearsal.botChannel() === "lounge");
    const level = async () => (await rehearsal.listen(seconds(1))).lufs;
    const until = async (is: (lufs: number) => boolean) => {
      const levels: number[] = [];
      while (levels.length < 25) {
        levels.push(await level());
        if (is(levels.at(-1)!)) return levels;
      }
      throw new Error(`Never: ${levels.join(" ")}`);
    };
    await until((lufs) => lufs > -31.5);
    expect(Math.abs((await rehearsal.listen(seconds(3))).lufs + 30)).toBeLessThan(1);
    end();
    await until((lufs) => lufs < -60);
    const again = await icecast.source(loud, loud.length / SECONDS);
    await until((lufs) => lufs > -31.5);
    await rehearsal.restart("kill");
    await until((lufs) => lufs > -31.5);
    again();
    expect(rehearsal.violations).toEqual([]);
  });
});
