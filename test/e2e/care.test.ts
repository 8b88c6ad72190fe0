import type { InteractionResponse, Member } from "discord-emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFrame } from "../../src/audio/format.ts";
import { createOpusDecoder } from "../../src/audio/opusDecoder.ts";
import { parseStoredSound } from "../../src/audio/storedSound.ts";
import { seconds } from "../../src/kernel/units.ts";
import { openTimeMachine } from "../support/timeMachine.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let rehearsal: Rehearsal;
let machine: Awaited<ReturnType<typeof openTimeMachine>>;
let ana: Member;
let bo: Member;
let cy: Member;

beforeAll(async () => {
  machine = await openTimeMachine(0);
  rehearsal = await openRehearsal({ environment: machine.environment });
  ana = await rehearsal.member("ana").join("lounge");
  bo = await rehearsal.member("bo").join("lounge");
  cy = rehearsal.member("cy");
});
afterAll(async () => {
  await rehearsal?.close();
  await machine?.close();
});

const answered = async (answer: InteractionResponse) => {
  await rehearsal.waitUntil("the answer is there", () => answer.latest().text !== "" || files(answer).length > 0);
  return answer.latest();
};
const said = async (member: Member, path: string, options: Parameters<Member["slash"]>[1] = {}) =>
  answered(await member.slash(path, options));
const panel = () => rehearsal.messages("general").at(-1);
const files = (answer: InteractionResponse) =>
  (answer.latest().raw.attachments ?? []) as readonly { filename: string; url: string; description?: string }[];
const fileOf = async (answer: InteractionResponse) => {
  await rehearsal.waitUntil("the file is there", () => files(answer).length > 0);
  const [file] = files(answer);
  return { name: file!.filename, data: new Uint8Array(await (await fetch(file!.url)).arrayBuffer()) };
};

test("an avoid list is a private form, and what is on it is skipped without a name", async () => {
  await said(ana, "play", { sound: "brown-noise" });
  const form = await cy.slash("avoid");
  expect(form.kind).toBe("modal");
  const kept = await answered(await cy.submit("lull:avoid", { triggers: ["water"], risks: ["wet"], mode: "skip" }));
  expect(kept).toMatchObject({ ephemeral: true, text: expect.stringContaining("water and wet") });

  expect((await said(ana, "play", { sound: "ocean" })).text).toBe("**Slow Shore** is next.");
  await cy.join("lounge");
  await rehearsal.member("dee").join("lounge");
  // Members who joined within the last half minute don't count yet.
  const isLeftOut = () => /Skipped .* tonight/.test(panel()?.text ?? "");
  await rehearsal.waitUntil("it has come", () => rehearsal.botChannel() === "lounge");
  await rehearsal.listen(seconds(1));
  expect(isLeftOut()).toBe(false);
  await machine.jump(rehearsal.bot(), seconds(31));
  await rehearsal.waitUntil("it is left out", isLeftOut);
  expect((await said(ana, "queue show")).text).toContain("Nothing is queued");

  const refused = await said(bo, "play", { sound: "ocean" });
  expect(refused).toMatchObject({ ephemeral: true, text: expect.stringContaining("a good fit for everyone here") });
  const seen = [...rehearsal.messages(), ...ana.messages("general"), ...bo.messages("general")];
  expect(JSON.stringify(seen.map(({ raw }) => raw.components ?? raw.content))).not.toContain(cy.id);
  expect((await rehearsal.listen(seconds(1))).lufs).toBeGreaterThan(-40);
});

test("/discover queues with one tap", async () => {
  const offer = await said(ana, "discover");
  expect(offer.text).toContain("not played here yet");
  const [, button = ""] = /"custom_id":"(lull:discover:[^"]+)"/.exec(JSON.stringify(offer.raw)) ?? [];
  expect((await answered(await ana.click(button))).text).toMatch(/is next|number \d/);
});

test("a press of the moon, and a moon in the voice channel, are counted without names", async () => {
  await ana.click("Tingle", panel());
  bo.sendVoiceEffect("🌙");
  cy.sendVoiceEffect("🎉");
  await expect
    .poll(async () => (await said(ana, "tingles")).text)
    .toMatch(/2 tingles in 1 sound, counted anonymously[\s\S]*\*\*Deep Brown\*\* · 2 tingles/);
  const answer = await ana.slash("tingles");
  const { name, data } = await fileOf(answer);
  expect(name).toBe("tingles.png");
  expect(Buffer.from(data.subarray(1, 4)).toString()).toBe("PNG");
  expect(JSON.stringify(answer.latest().raw.components)).toMatch(/"description":"[^"]*Deep Brown 2/);
});

test("/sample is a private file that decodes to twenty seconds of stereo", async () => {
  const answer = await cy.slash("sample sound", { sound: "ocean" });
  const { name, data } = await fileOf(answer);
  expect(answer.latest().ephemeral).toBe(true);
  expect(name).toBe("ocean.ogg");
  const { packets } = parseStoredSound(data);
  expect(packets).toHaveLength(1_000);
  const decoder = createOpusDecoder();
  const frame = createFrame();
  let [loudest, apart] = [0, 0];
  for (const packet of packets) {
    decoder.decode(packet, frame, 0);
    for (let i = 0; i < frame.left.length; i++) {
      loudest = Math.max(loudest, Math.abs(frame.left[i]!));
      apart = Math.max(apart, Math.abs(frame.left[i]! - frame.right[i]!));
    }
  }
  expect(loudest).toBeGreaterThan(0.01);
  expect(apart).toBeGreaterThan(0.005);
});

describe("/privacy", () => {
  test("exports what is kept as a file, and deletes it at once", async () => {
    await said(cy, "privacy allow", { what: "named", answer: "yes" });
    expect((await said(cy, "privacy show")).text).toContain("water and wet");
    const { name, data } = await fileOf(await cy.slash("privacy export"));
    expect(name).toBe("lull-about-me.json");
    const taken = JSON.parse(new TextDecoder().decode(data));
    expect(taken).toMatchObject({
      user: cy.id,
      avoid: { triggers: ["water"], risks: ["wet"] },
      consents: [{ consent: "named" }],
    });
    expect((await said(cy, "privacy delete")).text).toContain("Deleted in every server");
    expect((await said(cy, "privacy show")).text).toContain("You’re not avoiding any sounds");
    expect((await said(bo, "play", { sound: "ocean" })).text).toMatch(/is next|number \d/);
    expect(rehearsal.violations).toEqual([]);
  });
});
