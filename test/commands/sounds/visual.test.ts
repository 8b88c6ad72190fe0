import { ComponentType } from "discord.js";
import { beforeEach, expect, test } from "vitest";
import { VISUALS } from "../../../src/catalogue/visuals.ts";
import { openCommandHarness } from "../commandHarness.ts";

let harness: Awaited<ReturnType<typeof openCommandHarness>>;
beforeEach(async () => {
  harness = await openCommandHarness();
});

const shownIn = (reply: unknown) => JSON.stringify(reply);

test("/visual posts the loop for the room, with words for those who do not see it", async () => {
  const { replies } = await harness.slash("visual", { which: "candle" });
  const [reply] = replies;
  const alt = VISUALS.find(({ id }) => id === "candle")!.alt;
  expect(reply).toMatchObject({
    public: true,
    files: [{ name: "candle.gif", description: alt }],
    components: [
      { type: ComponentType.MediaGallery, items: [{ media: { url: "attachment://candle.gif" }, description: alt }] },
      {},
    ],
  });
  expect(shownIn(reply)).toContain("silent");
});

test("still: one picture that does not move", async () => {
  const { replies } = await harness.slash("visual", { which: "combing", still: "true" });
  expect(replies[0]).toMatchObject({ files: [{ name: "combing.png" }] });
});

test("without a choice, the visual goes with what is playing", async () => {
  const { replies } = await harness.slash("visual");
  expect(replies[0]).toMatchObject({ files: [{ name: "breathing-light.gif" }] });
  await harness.slash("play", { sound: "rain-window" });
  const beside = await harness.slash("visual");
  expect(beside.replies[0]).toMatchObject({ files: [{ name: "rain-on-window.gif" }] });
});
