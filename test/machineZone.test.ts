import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../src/config.ts";
import { machineZone } from "../src/machineZone.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lull-zone-"));
  symlinkSync("/usr/share/zoneinfo/Europe/Berlin", join(folder, "localtime"));
  writeFileSync(join(folder, "copy"), "TZif2");
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the machine's time zone", () => {
  test.each<[string, string | undefined, string | undefined, string]>([
    ["as Node knows it", undefined, "Europe/Paris", "Europe/Paris"],
    ["a name after a colon", ":Europe/Berlin", "Etc/Unknown", "Europe/Berlin"],
    ["a path", "/usr/share/zoneinfo/Asia/Tokyo", "Etc/Unknown", "Asia/Tokyo"],
    ["a path among leap seconds", ":/usr/share/zoneinfo/right/Asia/Tokyo", "Etc/Unknown", "Asia/Tokyo"],
    ["no zone at all", undefined, "Etc/Unknown", "Etc/Unknown"],
    ["a POSIX rule", "CET-1CEST,M3.5.0,M10.5.0/3", "Etc/Unknown", "CET-1CEST,M3.5.0,M10.5.0/3"],
  ])("%s", (_, tz, known, zone) => expect(machineZone(tz, known)).toBe(zone));

  test.skipIf(process.platform === "win32")("the link that Debian keeps is followed", () => {
    expect(machineZone(`:${join(folder, "localtime")}`, "Etc/Unknown")).toBe("Europe/Berlin");
    expect(machineZone(`:${join(folder, "copy")}`, "Etc/Unknown")).toBe(join(folder, "copy"));
  });

  test("that is none is refused as a given one is, and the sentence says so", () => {
    const sentence = /^TIME_ZONE is needed, because this machine's zone \(TZ is nonsense\) is none[^\n]*\.$/;
    // What Node takes for the zone of this process is asked for last, so that the test holds in any zone.
    const machine = { known: "Etc/Unknown" };
    expect(() => parseConfig({ TZ: ":nonsense" }, machine)).toThrow(sentence);
    expect(parseConfig({ TZ: ":nonsense", TIME_ZONE: "Asia/Tokyo" }, machine).timeZone).toBe("Asia/Tokyo");
  });
});
