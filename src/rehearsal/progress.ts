import type { Progress } from "discord-emulator";
import type { Millis } from "../kernel/units.ts";

/** `Rendering [####------] 4 of 8, Slow Shore` */
const BAR = /^(Rendering[^[]*) \[[#-]+\] (\d+) of (\d+)(?:, (.+))?$/u;
/** That everything is ready is soon old news. */
const HIDE_AFTER: Millis = 6_000;

/** @returns what a line of the bot's says about its progress, or undefined where it says nothing of it */
export const parseProgress = (line: string): Progress | undefined => {
  const [, text, done, total, detail] = BAR.exec(line) ?? [];
  if (text !== undefined)
    return { text, steps: { done: Number(done), total: Number(total) }, ...(detail !== undefined && { detail }) };
  if (line.startsWith("Rendering ")) return { text: line };
  return /^All \d+ sounds/.test(line) ? { text: line, hideAfter: HIDE_AFTER } : undefined;
};
