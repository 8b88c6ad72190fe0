import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Prints user and group of each process of a container. */
const USERS = `for (const name of fs.readdirSync("/proc").filter(Number)) {
  const { uid, gid } = fs.statSync("/proc/" + name);
  console.log(uid + ":" + gid);
}`;

/** Where `npm run image` leaves the image. */
const IMAGE = process.env.LULL_CONTAINERS ?? "/var/tmp/lull-containers";

/** What an image says of its containers; the names are Docker's. */
interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly WorkingDir: string;
  readonly Entrypoint: readonly string[];
  readonly Healthcheck: { readonly Test: readonly string[] };
  readonly Volumes: Readonly<Record<string, unknown>>;
}

/** Whether there is an image to test, and what starts it. */
export const hasImage = (): boolean =>
  existsSync(join(IMAGE, "image.json")) && spawnSync("runc", ["--version"]).status === 0 && process.getuid?.() === 0;

/** What `compose.yaml` would tell a container engine. */
interface ContainerOptions {
  /** The directory behind the volume. */
  readonly data: string;
  readonly environment: Readonly<Record<string, string>>;
  /** `user:group` as numbers, in place of the image's own. */
  readonly user?: string;
}

/** A running container. */
export interface Container {
  /** All that it has written so far, line by line. */
  readonly lines: readonly string[];
  /** Resolves with the exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
  /** Runs a command in it, as `docker exec` does. */
  exec(...command: readonly string[]): { readonly code: number | null; readonly output: string };
  /** Asks for its health, as the image says. */
  health(): { readonly code: number | null; readonly output: string };
  /** `user:group` of each of its processes, as numbers. */
  users(): readonly string[];
  /** SIGTERM, as `docker stop` sends. */
  stop(): Promise<number | null>;
}

/**
 * Starts a container of the image with runc, as Docker does: without root, on a read-only root file system, without a
 * capability, in its own process namespace, on this machine's network.
 */
export const startContainer = ({ data, environment, user }: ContainerOptions): Container => {
  const { config } = JSON.parse(readFileSync(join(IMAGE, "image.json"), "utf8")) as { config: ImageConfig };
  const [uid = 0, gid = 0] = (user ?? config.User).split(":").map(Number);
  const bundle = mkdtempSync(join(tmpdir(), "lull-bundle-"));
  const id = `lull-${process.pid}-${Date.now()}`;
  const [volume] = Object.keys(config.Volumes);
  if (volume === undefined) throw new Error("The image has no volume.");

  execFileSync("runc", ["spec", "--bundle", bundle]);
  const path = join(bundle, "config.json");
  const spec = JSON.parse(readFileSync(path, "utf8"));
  const none = { bounding: [], effective: [], permitted: [] };
  spec.root = { path: realpathSync(join(IMAGE, "root")), readonly: true };
  Object.assign(spec.process, {
    terminal: false,
    user: { uid, gid },
    args: config.Entrypoint,
    env: [...config.Env, ...Object.entries(environment).map((pair) => pair.join("="))],
    cwd: config.WorkingDir,
    capabilities: none,
    noNewPrivileges: true,
    rlimits: [],
  });
  spec.mounts = [
    ...spec.mounts.filter(({ destination }: { destination: string }) => destination !== "/sys/fs/cgroup"),
    { type: "tmpfs", source: "tmpfs", destination: "/tmp", options: ["nosuid", "nodev", "noexec", "mode=1777"] },
    { type: "bind", source: data, destination: volume, options: ["rbind", "rw", "nosuid", "nodev"] },
  ];
  spec.linux.namespaces = spec.linux.namespaces.filter(({ type }: { type: string }) => type !== "network");
  writeFileSync(path, JSON.stringify(spec));

  const state = join(bundle, "state");
  mkdirSync(state);
  const runc = (...args: string[]) => spawnSync("runc", ["--root", state, ...args], { encoding: "utf8" });
  const child: ChildProcess = spawn("runc", ["--root", state, "run", "--bundle", bundle, id], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    if (stream !== null) createInterface({ input: stream }).on("line", (line) => lines.push(line));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));

  const exec = (...command: readonly string[]) => {
    const { status, stdout, stderr } = runc("exec", id, ...command);
    return { code: status, output: `${stdout}${stderr}` };
  };
  return {
    lines,
    ended,
    exec,
    health: () => exec(...config.Healthcheck.Test.slice(1)),
    users: () => exec("node", "--eval", USERS).output.trim().split("\n"),
    async stop() {
      runc("kill", id, "TERM");
      return ended;
    },
  };
};
