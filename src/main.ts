import { startBot } from "./bot.ts";
import { loadConfig } from "./config.ts";
import { UserError } from "./kernel/errors.ts";
import { openTerminal } from "./terminal.ts";

/** What is running, and how it ends without a click. */
interface Running {
  close(): Promise<void>;
}

/** How long a good-bye may take: a ramp, the silence frames, the files. */
const SHUTDOWN_TIMEOUT = 8_000;

const terminal = openTerminal(process.stdout);

const exitWithin = (code: number) => {
  // Whatever still hangs must not keep the host waiting.
  setTimeout(() => process.exit(code), SHUTDOWN_TIMEOUT).unref();
  process.exitCode = code;
};

/** `EX_CONFIG` of sysexits.h: starting again would change nothing; a service manager may be told so. */
const EX_CONFIG = 78;
const CONFIGURATION_ERRORS: ReadonlySet<string> = new Set(["bad-config", "bad-token", "gateway-refused"]);

/** Says what went wrong. @returns the exit code */
const reportFailure = (error: unknown): number => {
  if (error instanceof UserError) {
    process.stderr.write(`${error.message}\n`);
    return CONFIGURATION_ERRORS.has(error.code) ? EX_CONFIG : 1;
  }
  process.stderr.write(`Lull stopped on an error of its own. ${error instanceof Error ? error.stack : error}\n`);
  return 1;
};

const start = async (): Promise<Running> => {
  const config = loadConfig();
  if (config.token !== undefined) {
    return startBot({ ...config, token: config.token }, terminal, (reason) => process.exit(reportFailure(reason)));
  }
  const { rehearse } = await import("./rehearsal/rehearse.ts");
  return rehearse(config, terminal);
};

try {
  const running = await start();
  let closing = false;
  const close = () => {
    if (closing) return process.exit(130);
    closing = true;
    exitWithin(0);
    running.close().then(
      () => process.exit(0),
      (error) => process.exit(reportFailure(error)),
    );
  };
  process.on("SIGINT", close);
  process.on("SIGTERM", close);
} catch (error) {
  process.exit(reportFailure(error));
}
