import { join } from "node:path";
import { type BotProcess, botEnvironment, openPage, PortInUseError, type Progress } from "discord-emulator";
import type { Config } from "../config.ts";
import { UserError } from "../kernel/errors.ts";
import { EX_CONFIG } from "../startFailure.ts";
import { READY_LINE, type Terminal } from "../terminal.ts";
import { openLullEmulator } from "./lullEmulator.ts";
import { lullPage } from "./lullPage.ts";
import { spawnLull } from "./lullProcess.ts";
import { parseProgress } from "./progress.ts";

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

const portTaken = (error: unknown): never => {
  if (!(error instanceof PortInUseError)) throw error;
  throw new UserError(
    "port-taken",
    `Port ${error.port} is taken. Set REHEARSAL_PORT to another, or to 0 for any free one.`,
  );
};

/**
 * Opens a Discord of one's own on this machine, starts the bot on it, and shows where the page is.
 * @param nodeOptions options for the bot's Node; its output is then printed as well
 * @throws UserError when the bot does not come up, or the page's port is taken
 */
export const rehearse = async (
  config: Config,
  terminal: Terminal,
  nodeOptions: readonly string[] = [],
): Promise<{ close(): Promise<void> }> => {
  terminal.print("No DISCORD_TOKEN is set, so this is a rehearsal: a Discord of its own, on this machine alone.");
  const data = join(config.data, "rehearsal");
  const emulator = await openLullEmulator({ certificatesIn: join(data, "certificates") });
  const watchers = new Set<(progress: Progress) => void>();
  const showLine = (line: string) => {
    const progress = parseProgress(line);
    if (progress === undefined) {
      // What a restart, a debugger or a syntax error says.
      if (nodeOptions.length > 0) terminal.print(line);
      return;
    }
    terminal.progress(line);
    for (const each of watchers) each(progress);
  };
  const apart = { LULL_DATA: data, LULL_DATABASE_URL: "sqlite" };
  const bot = spawnLull({ ...botEnvironment(emulator), ...apart }, showLine, nodeOptions);
  await untilReady(bot);
  // For the settings' host role: a guild without a role could not try it.
  emulator.role("Bedtime hosts");
  const page = await openPage({
    emulator,
    port: config.rehearsalPort,
    ...lullPage(join(config.cache, "visuals")),
    onProgress(watch) {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
  }).catch(async (error: unknown) => {
    await bot.stop();
    return portTaken(error);
  });
  let closing = false;
  void bot.ended.then(() => {
    if (closing) return;
    terminal.print("The bot has ended. Its log is in data/rehearsal; stop with Ctrl+C and start again.");
  });
  terminal.print("Open this page, join “lounge”, and type /play:");
  terminal.pin(page.address);
  return {
    async close() {
      closing = true;
      await bot.stop();
      await page.close();
      await emulator.close().catch((error: unknown) => terminal.print(String(error)));
    },
  };
};
