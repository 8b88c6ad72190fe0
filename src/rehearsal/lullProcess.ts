import { join } from "node:path";
import { type BotProcess, spawnBot } from "discord-emulator";

const MAIN = join(import.meta.dirname, "..", "main.ts");

/**
 * Starts Lull, unmodified, as a process of its own.
 * @param environment added to this process's own
 * @param onLine called with each line that it writes
 */
export const spawnLull = (
  environment: Readonly<Record<string, string>>,
  onLine: (line: string) => void = () => {},
): BotProcess => spawnBot([process.execPath, MAIN], { environment, onLine });
