import { afterAll, beforeAll, expect, test } from "vitest";
import { VISUALS } from "../../src/catalogue/visuals.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await openRehearsal({ sounds: [] });
});
afterAll(() => rehearsal.close());

test("/visual draws a picture and posts it for everyone, with alternative text", async () => {
  const { alt } = VISUALS.find(({ id }) => id === "candle")!;
  await rehearsal.member("ana").slash("visual", { which: "candle", still: true });
  // Drawing may take longer than an answer can wait: then the picture is a message of its own.
  const posted = () =>
    rehearsal.messages().find(({ attachments }) => attachments.some(({ name }) => name === "candle.png"));
  await rehearsal.waitUntil("the picture is posted", () => posted() !== undefined);
  expect(posted()).toMatchObject({ ephemeral: false, attachments: [{ description: alt, type: "image/png" }] });
  expect(posted()?.text).toContain("silent");
});
