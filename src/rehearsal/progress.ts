import type { Progress } from "discord-emulator";
import { type Millis, seconds } from "../kernel/units.ts";
import type { Terminal } from "../terminal.ts";
import type { BotFate } from "./keepRunning.ts";

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

/**
 * Says on the terminal and on the page what becomes of the bot.
 * @param name the bot's
 * @param show shows something on the page
 */
export const botFate = (name: string, terminal: Terminal, show: (progress: Progress) => void): BotFate => {
  const say = (key: string, text: string, hideAfter?: Millis) => {
    terminal.print(text);
    show({ text, sentence: { key, values: { bot: name } }, ...(hideAfter !== undefined && { hideAfter }) });
  };
  const log = "Its log is in data/rehearsal.";
  return {
    onEnded: (pause) =>
      say("botEnded", `${name} has ended, and starts again in ${Math.ceil(pause / seconds(1))} s. ${log}`),
    onBack: () => say("botBack", `${name} is back.`, HIDE_AFTER),
    onGivenUp: () => say("botGone", `${name} has ended. ${log} Stop with Ctrl+C and start again.`),
  };
};
