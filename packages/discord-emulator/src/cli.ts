#!/usr/bin/env node
import { parseArgs } from "node:util";
import { type BotProcess, botEnvironment, spawnBot } from "./botProcess.ts";
import { openEmulator } from "./emulator.ts";
import { openPage, PortInUseError } from "./page/pageServer.ts";

const USAGE = `discord-emulator: a Discord on your own machine to develop and test bots against

  discord-emulator [options]                 starts it, and prints how to point a bot at it
  discord-emulator [options] -- node bot.js  starts the bot on it, too

Options:
  --port <number>          port of the page; 0 takes any free one (8420)
  --api-port <number>      port of the REST API and the gateway; 0 takes any free one (0)
  --bot-name <name>        name of the bot (Bot)
  --guild-name <name>      name of its guild (Test Server)
  --certificates <folder>  keeps the voice server's certificates there for the next time
  --world <file>           keeps the server's channels, roles and members there for the next time
  --no-page                leaves the page out
  --help                   shows this
`;

/** An invalid command line; its message is one sentence for the user. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

const parsePort = (option: string, text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--${option} takes a port number from 0 to 65535.`);
  return port;
};

const parseCommandLine = (args: readonly string[]) => {
  const dashes = args.indexOf("--");
  const own = dashes === -1 ? args : args.slice(0, dashes);
  const [program, ...rest] = dashes === -1 ? [] : args.slice(dashes + 1);
  try {
    const { values } = parseArgs({
      args: [...own],
      options: {
        port: { type: "string", default: "8420" },
        "api-port": { type: "string", default: "0" },
        "bot-name": { type: "string", default: "Bot" },
        "guild-name": { type: "string", default: "Test Server" },
        certificates: { type: "string" },
        world: { type: "string" },
        "no-page": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const command: readonly [string, ...string[]] | undefined = program === undefined ? undefined : [program, ...rest];
    return { ...values, command };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** Starts the emulator, the page and the bot as the command line says, and ends them together. */
const run = async (args: readonly string[]): Promise<void> => {
  const options = parseCommandLine(args);
  if (options.help) return void process.stdout.write(USAGE);
  const port = parsePort("port", options.port);
  const emulator = await openEmulator({
    port: parsePort("api-port", options["api-port"]),
    guildName: options["guild-name"],
    bot: { name: options["bot-name"] },
    ...(options.certificates !== undefined && { certificatesIn: options.certificates }),
    ...(options.world !== undefined && { worldIn: options.world }),
  });
  const page = options["no-page"] ? undefined : await openPage({ emulator, port });

  const environment = botEnvironment(emulator);
  for (const [name, value] of Object.entries(environment)) print(`${name}=${value}`);
  if (page !== undefined) print(`Page: ${page.address}`);

  let bot: BotProcess | undefined;
  let isClosing = false;
  const close = async (code: number) => {
    if (isClosing) return;
    isClosing = true;
    const botCode = await bot?.stop();
    await page?.close();
    const violations = await emulator.close().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (violations instanceof Error) process.stderr.write(`${violations.message}\n`);
    process.exit(code || botCode || (violations === undefined ? 0 : 1));
  };
  process.on("SIGINT", () => void close(0));
  process.on("SIGTERM", () => void close(0));
  if (options.command === undefined) return;
  bot = spawnBot(options.command, { environment, onLine: print });
  void bot.ended.then((code) => close(code ?? 1));
};

run(process.argv.slice(2)).catch((error: unknown) => {
  const isPlain = error instanceof UsageError || error instanceof PortInUseError;
  process.stderr.write(`${isPlain ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
});
