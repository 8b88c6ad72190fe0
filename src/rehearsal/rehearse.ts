import { join } from "node:path";
import { botEnvironment, openPage, PortInUseError, type Progress } from "discord-emulator";
import type { Config } from "../config.ts";
import { UserError } from "../kernel/errors.ts";
import type { Terminal } from "../terminal.ts";
import { activityIn } from "./activityIn.ts";
import { keepRunning } from "./keepRunning.ts";
import { helperEnvironment, openLullEmulator } from "./lullEmulator.ts";
import { lullPage } from "./lullPage.ts";
import { spawnLull } from "./lullProcess.ts";
import { botFate, parseProgress } from "./progress.ts";

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
  const emulator = await openLullEmulator({
    certificatesIn: join(data, "certificates"),
    worldIn: join(data, "world.json"),
    onTrouble: (sentence) => terminal.print(sentence),
    // So that sound in two voice channels can be tried.
    helpers: 1,
  });
  const watchers = new Set<(progress: Progress) => void>();
  const show = (progress: Progress) => {
    for (const each of watchers) each(progress);
  };
  let activity: string | undefined;
  const showLine = (line: string) => {
    const progress = parseProgress(line);
    activity = activityIn(line) ?? activity;
    if (progress === undefined) {
      // What a restart, a debugger or a syntax error says.
      if (nodeOptions.length > 0) terminal.print(line);
      return;
    }
    terminal.progress(line);
    show(progress);
  };
  // `/remote` and the activity can be tried without a setting.
  const pages = config.http === undefined ? { LULL_HTTP: "127.0.0.1:0", LULL_REMOTE: "on" } : {};
  const apart = { LULL_DATA: data, LULL_DATABASE_URL: "sqlite", LULL_ACTIVITY: "on", ...pages };
  const start = () =>
    spawnLull({ ...botEnvironment(emulator), ...helperEnvironment(emulator), ...apart }, showLine, nodeOptions);
  const bot = await keepRunning(start, botFate(emulator.botName, terminal, show));
  // For the settings' host role: a guild without a role could not try it.
  emulator.role("Bedtime hosts");
  const page = await openPage({
    emulator,
    port: config.rehearsalPort,
    ...lullPage(join(config.cache, "visuals")),
    activity: () => activity,
    onProgress(watch) {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
  }).catch(async (error: unknown) => {
    await bot.close();
    return portTaken(error);
  });
  terminal.print("Open this page, join “lounge”, and type /play:");
  terminal.pin(page.address);
  return {
    async close() {
      terminal.pin("");
      terminal.print("Good night.");
      await bot.close();
      await page.close();
      await emulator.close().catch((error: unknown) => terminal.print(String(error)));
    },
  };
};
