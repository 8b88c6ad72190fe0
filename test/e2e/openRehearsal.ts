import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { type BotProcess, botEnvironment, type Emulator, EVERYONE_PERMISSIONS } from "discord-emulator";
import { helperEnvironment, openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import { spawnLull } from "../../src/rehearsal/lullProcess.ts";
import { READY_LINE } from "../../src/terminal.ts";
import { chosenOptions } from "../support/chosenOptions.ts";
import { RENDERED, renderSounds } from "../support/renderSounds.ts";

export interface Rehearsal extends Emulator {
  readonly bot: () => BotProcess;
  /** The bot's data folder. */
  readonly data: string;
  /** Stops or kills the bot, and starts it again with its data. */
  restart(how: "stop" | "kill"): Promise<void>;
  /** Has a host choose that the bot leaves as soon as a timer has run out. */
  leaveAtOnce(): Promise<void>;
}

/**
 * The unmodified bot, as a process of its own, against an emulated Discord of this test's own.
 * @param options.sounds what the test plays, rendered before it begins
 * @param options.nodeOptions options for the bot's Node
 * @param options.helpers how many helpers there are
 */
export const openRehearsal = async ({
  sounds = ["brown-noise", "ocean"],
  environment = {},
  nodeOptions = [],
  helpers = 0,
}: {
  readonly sounds?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  readonly helpers?: number;
} = {}): Promise<Rehearsal> => {
  await renderSounds(sounds);
  const data = await mkdtemp(join(tmpdir(), "lull-evening-"));
  const emulator = await openLullEmulator({ certificatesIn: resolve(RENDERED, "../certificates"), helpers });
  const start = async () => {
    const kept = { LULL_DATA: data, LULL_CACHE: RENDERED, LULL_RENDER_AHEAD: "off" };
    const started = spawnLull(
      { ...botEnvironment(emulator), ...helperEnvironment(emulator), ...kept, ...environment },
      () => {},
      nodeOptions,
    );
    await emulator
      .waitUntil("the bot is ready", () => started.lines.includes(READY_LINE))
      .catch(async (error: Error) => {
        await started.kill();
        throw new Error(`${error.message}\n${started.lines.join("\n")}`);
      });
    return started;
  };
  let bot = await start().catch(async (error: Error) => {
    // Nobody else can: the caller gets nothing to close.
    await emulator.close();
    throw error;
  });
  return Object.assign(Object.create(emulator) as Emulator, {
    bot: () => bot,
    data,
    async restart(how: "stop" | "kill") {
      await bot[how]();
      bot = await start();
    },
    async leaveAtOnce() {
      const host = emulator.member("host", { permissions: EVERYONE_PERMISSIONS | PermissionFlagsBits.ManageGuild });
      const page = await host.slash("settings");
      await emulator.waitUntil("the settings are there", () => page.latest().text !== "");
      const changed = await host.select("lull:settings:grace", ["0"]);
      await emulator.waitUntil("it is chosen", () =>
        chosenOptions(changed.latest()).some((label) => /at once/.test(label)),
      );
    },
    async close() {
      await bot.stop();
      await emulator.close();
      await rm(data, { recursive: true, force: true });
    },
  });
};
