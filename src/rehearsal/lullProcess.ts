import { join } from "node:path";
import { type BotProcess, spawnBot } from "discord-emulator";

const MAIN = join(import.meta.dirname, "..", "main.ts");

/**
 * Starts Lull, unmodified, as a process of its own.
 * @param environment added to this process's own
 * @param onLine called with each line that it writes
 * @param nodeOptions options for its Node, such as `--inspect` or `--watch-path=src`
 */
export const spawnLull = (
  environment: Readonly<Record<string, string>>,
  onLine: (line: string) => void = () => {},
  nodeOptions: readonly string[] = [],
): BotProcess => spawnBot([process.execPath, ...nodeOptions, MAIN], { environment, onLine });
