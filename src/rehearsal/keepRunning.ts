import { setTimeout as sleep } from "node:timers/promises";
import type { BotProcess } from "discord-emulator";
import { UserError } from "../kernel/errors.ts";
import type { Millis } from "../kernel/units.ts";
import { EX_CONFIG } from "../startFailure.ts";
import { READY_LINE } from "../terminal.ts";

/** The pause before the first restart; each further one is twice as long. */
const FIRST_PAUSE: Millis = 1_000;
const LONGEST_PAUSE: Millis = 60_000;
/** A bot that has run for so long has not ended on the same fault again: the first pause applies again. */
const STEADY: Millis = 60_000;

/** What becomes of the bot after it was ready for the first time. */
export interface BotFate {
  /** It has ended, and is started again after the pause. */
  readonly onEnded: (pause: Millis) => void;
  /** It is ready again. */
  readonly onBack: () => void;
  /** It has ended on what another start would not change; it is not started again. */
  readonly onGivenUp: () => void;
}

/** Resolves when the bot has said that it is ready. @throws UserError when it ends before */
const untilReady = (bot: BotProcess) =>
  new Promise<void>((resolve, reject) => {
    const look = setInterval(() => bot.lines.includes(READY_LINE) && done(resolve), 20);
    const done = (then: () => void) => {
      clearInterval(look);
      then();
    };
    const failed = (code: number | null) =>
      new UserError(
        code === EX_CONFIG ? "bad-config" : "bot-ended",
        bot.lines.join("\n") || "The bot ended before it was ready.",
      );
    void bot.ended.then((code) => done(() => reject(failed(code))));
  });

/**
 * Starts the bot, and starts it again whenever it ends.
 * @param start starts it as a process of its own
 * @param options.firstPause the pause before the first restart, in milliseconds
 * @returns once it is ready for the first time; `close` stops it for good
 * @throws UserError when it does not come up the first time
 */
export const keepRunning = async (
  start: () => BotProcess,
  { onEnded, onBack, onGivenUp }: BotFate,
  { firstPause = FIRST_PAUSE }: { readonly firstPause?: Millis } = {},
): Promise<{ close(): Promise<void> }> => {
  const closing = new AbortController();
  let bot = start();
  await untilReady(bot);

  const watch = async () => {
    for (let pause = firstPause; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const since = performance.now();
      const code = await bot.ended;
      if (closing.signal.aborted) return;
      if (code === EX_CONFIG) return onGivenUp();
      if (performance.now() - since > STEADY) pause = firstPause;
      onEnded(pause);
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      bot = start();
      // One that ends before it is ready is seen as ended in the next round.
      await untilReady(bot).then(onBack, () => undefined);
    }
  };
  void watch();

  return {
    async close() {
      closing.abort();
      await bot.stop();
    },
  };
};
