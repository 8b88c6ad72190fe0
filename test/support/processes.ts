import { readdirSync, readFileSync } from "node:fs";

/** Whether the processes of this system can be listed, with their environments. */
export const canListProcesses = process.platform === "linux";

/** Processes that have a variable of a test in their environment, by pid; their children have it too. */
export const processesWith = (variable: string): ReadonlyMap<number, string> => {
  const found = new Map<number, string>();
  for (const pid of readdirSync("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      // One that has ended and was not waited for yet has no command.
      if (environment.includes(variable) && command !== "") found.set(Number(pid), command);
    } catch {
      // It has ended meanwhile, or is another user's.
    }
  }
  return found;
};
