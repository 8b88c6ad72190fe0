import { expect, test } from "vitest";
import { parseProgress } from "../../src/rehearsal/progress.ts";
import { progressLine } from "../../src/terminal.ts";

test("the page draws a bar from the line that the terminal shows", () => {
  expect(parseProgress(progressLine("Rendering", 4, 8, "Slow Shore"))).toEqual({
    text: "Rendering",
    steps: { done: 4, total: 8 },
    detail: "Slow Shore",
  });
  expect(parseProgress("Rendering ocean")).toEqual({ text: "Rendering ocean" });
});

test("the line that all is ready is shown for a while, and other lines not at all", () => {
  expect(parseProgress("All 30 sounds are ready.")).toEqual({ text: "All 30 sounds are ready.", hideAfter: 6_000 });
  expect(parseProgress("Lull is ready.")).toBeUndefined();
});
