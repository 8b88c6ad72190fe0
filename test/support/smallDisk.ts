import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** A disk in memory of a size of its own, mounted on a folder. */
export interface SmallDisk {
  /** Makes it larger or smaller, e.g. `4m`. */
  resize(size: string): void;
  unmount(): void;
}

/** Whether this process may mount one: as root on Linux. */
export const canMountDisks = process.platform === "linux" && process.getuid?.() === 0;

/** Mounts a disk of a size such as `64k`. */
export const mountSmallDisk = (folder: string, size: string): SmallDisk => {
  mkdirSync(folder, { recursive: true });
  execFileSync("/bin/mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  return {
    resize: (larger) => void execFileSync("/bin/mount", ["-o", `remount,size=${larger}`, folder]),
    // A file of it may be open still.
    unmount: () => void execFileSync("/bin/umount", ["-l", folder]),
  };
};
