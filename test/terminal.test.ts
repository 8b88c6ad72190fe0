import { expect, test } from "vitest";
import { openTerminal, progressLine } from "../src/terminal.ts";

const output = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, columns: 40, write: (text: string) => written.push(text), text: () => written.join("") };
};

test("away from a terminal the pinned line is the last one after every other", () => {
  const out = output(false);
  const terminal = openTerminal(out);
  terminal.print("Starting.");
  terminal.pin("http://127.0.0.1:8420");
  terminal.progress(progressLine("Rendering", 1, 8, "Hearth"));
  expect(out.text().split("\n").slice(0, -1)).toEqual([
    "Starting.",
    "http://127.0.0.1:8420",
    "Rendering [#---------] 1 of 8, Hearth",
    "http://127.0.0.1:8420",
  ]);
});

test("a pinned line that is taken away leaves nothing behind", () => {
  for (const isTTY of [false, true]) {
    const out = output(isTTY);
    const terminal = openTerminal(out);
    terminal.pin("http://127.0.0.1:8420");
    const before = out.text().length;
    terminal.pin("");
    terminal.print("Good night.");
    expect(out.text().slice(before).split("\u001b[2K").at(-1)?.replace("\r", "")).toBe("Good night.\n");
  }
});

test("on a terminal progress is drawn in place, above the pinned line", () => {
  const out = output(true);
  const terminal = openTerminal(out);
  terminal.pin("http://127.0.0.1:8420");
  terminal.progress("Rendering 1 of 8");
  const before = out.text().length;
  terminal.progress("Rendering 2 of 8");
  const redrawn = out.text().slice(before);
  expect(redrawn.split("\u001b[1A")).toHaveLength(3);
  expect(redrawn.endsWith("Rendering 2 of 8\nhttp://127.0.0.1:8420\n")).toBe(true);
});

test("a line longer than the terminal is cut, so that it can be redrawn", () => {
  const out = output(true);
  openTerminal(out).progress("x".repeat(200));
  expect(out.text().split("\n")[0]).toMatch(/x{39}$/);
});
