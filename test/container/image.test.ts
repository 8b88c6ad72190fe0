import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { botEnvironment } from "discord-emulator";
import { afterEach, describe, expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import { type Container, hasImage, startContainer } from "./container.ts";

// `npm run image` builds the image first.

let container: Container | undefined;
const directories: string[] = [];
afterEach(async () => {
  await container?.stop();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

const newData = (user: string) => {
  const data = mkdtempSync(join(tmpdir(), "lull-data-"));
  directories.push(data);
  const [uid = 0, gid = 0] = user.split(":").map(Number);
  chownSync(data, uid, gid);
  return data;
};

/** The bot in a container, logged in to a Discord of its own. */
const startBot = async (user: string) => {
  const emulator = await openLullEmulator();
  const data = newData(user);
  const certificates = join(data, "certificates.pem");
  copyFileSync(emulator.certificateAuthority, certificates);
  chmodSync(certificates, 0o644);
  const environment = {
    ...botEnvironment(emulator),
    NODE_EXTRA_CA_CERTS: "/data/certificates.pem",
    LULL_RENDER_AHEAD: "off",
  };
  container = startContainer({ data, environment, user });
  const { lines } = container;
  await emulator
    .waitUntil("it has logged in and registered its commands", () => emulator.commands().length > 0, seconds(30))
    .catch((error) => Promise.reject(new Error(`${error.message}\n${lines.join("\n")}`)));
  return { emulator, container };
};

/** Prints whether charts have letters or boxes. */
const DRAWN = `
  import sharp from "sharp";
  const draw = (text) => sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="30" font-size="24" font-family="DejaVu Sans">' + text + '</text></svg>')).raw().toBuffer();
  const [m, i] = [await draw("mmmm"), await draw("iiii")];
  console.log(m.equals(i) || m.every((byte) => byte === 0) ? "boxes" : "letters");`;

describe.skipIf(!hasImage())("a container of the image, on a read-only root, without a capability", () => {
  test.each([
    ["the image's user", "65532:65532"],
    ["the owner of a NAS's directory", "1234:5678"],
  ])("plays as %s, has a font for charts, and stops at once", async (_, user) => {
    const { emulator, container } = await startBot(user);
    const ana = await emulator.member("ana").join("lounge");
    const answer = await ana.slash("play", { sound: "brown-noise" });
    expect(answer.text).toMatch(/Deep Brown/);
    await emulator.waitUntil("it is in lounge", () => emulator.botChannel() === "lounge", seconds(30));
    let heard = await emulator.listen(seconds(1));
    for (let more = 0; more < 20 && heard.lufs < -40; more++) heard = await emulator.listen(seconds(1));
    expect(heard.lufs).toBeGreaterThan(-40);
    expect(container.health()).toMatchObject({ code: 0, output: expect.stringContaining('"ready":true') });
    expect(new Set(container.users())).toEqual(new Set([user]));
    expect(container.exec("node", "-e", "fs.writeFileSync('/app/written', '')").output).toMatch(/EROFS/);
    expect(container.exec("/bin/sh", "-c", "true").code).not.toBe(0);
    expect(container.exec("node", "--input-type=module", "--eval", DRAWN).output.trim()).toBe("letters");

    const asked = Date.now();
    expect(await container.stop()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(seconds(10));
    await emulator.close();
  });

  test("says in one sentence that it needs a token", async () => {
    container = startContainer({ data: newData("65532:65532"), environment: {} });
    expect(await container.ended).toBe(78);
    expect(container.lines).toEqual([expect.stringMatching(/^DISCORD_TOKEN is not set\./)]);
  });
});

if (!hasImage())
  console.warn("There is no image to test: `npm run image` builds one (as root, with buildah and runc).");
