import { join } from "node:path";
import type { Config } from "../config.ts";
import { UserError } from "../kernel/errors.ts";
import { READY_LINE, type Terminal } from "../terminal.ts";
import { botEnvironment, spawnBot } from "./botProcess.ts";
import { openEvening } from "./evening.ts";
import { openPage } from "./page/pageServer.ts";

/** Lines in which the bot says how far it is, and that it is there. */
const isProgress = (line: string) => line.startsWith("Rendering ") || /^All \d+ sounds/.test(line);

/**
 * Opens a Discord of one's own on this machine, starts the bot on it, and shows where the page is.
 * @throws UserError when the bot does not come up
 */
export const rehearse = async (config: Config, terminal: Terminal): Promise<{ close(): Promise<void> }> => {
  terminal.print("No DISCORD_TOKEN is set, so this is a rehearsal: a Discord of its own, on this machine alone.");
  const data = join(config.data, "rehearsal");
  const evening = await openEvening({ certificatesIn: join(data, "certificates") });
  const watchers = new Set<(line: string) => void>();
  const bot = spawnBot({ ...botEnvironment(evening), LULL_DATA: data }, (line) => {
    if (!isProgress(line)) return;
    terminal.progress(line);
    for (const each of watchers) each(line);
  });
  await new Promise<void>((resolve, reject) => {
    const look = setInterval(() => bot.lines.includes(READY_LINE) && done(resolve), 20);
    const done = (then: () => void) => {
      clearInterval(look);
      then();
    };
    const failed = () => new UserError("bot-ended", bot.lines.join("\n") || "The bot ended before it was ready.");
    void bot.ended.then(() => done(() => reject(failed())));
  });
  // For the settings' host role: a guild without a role could not try it.
  evening.role("Bedtime hosts");
  const page = await openPage({
    evening,
    port: config.rehearsalPort,
    visuals: join(config.cache, "visuals"),
    onProgress(watch) {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
  });
  void bot.ended.then(() =>
    terminal.print("The bot has ended. Its log is in data/rehearsal; stop with Ctrl+C and start again."),
  );
  terminal.print("Open this page, join “lounge”, and type /play:");
  terminal.pin(page.address);
  return {
    async close() {
      await bot.stop();
      await page.close();
      await evening.close().catch((error: unknown) => terminal.print(String(error)));
    },
  };
};
