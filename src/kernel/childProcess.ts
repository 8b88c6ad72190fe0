import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { bareEnvironment } from "./childEnvironment.ts";
import { forkChild } from "./forkChild.ts";
import { createStrippedCode } from "./strippedCode.ts";

const ROOT = resolve(import.meta.dirname, "../..");
/** What a child has to read to run our code at all: neither `.env` nor the data lies in there. */
const CODE = [join(ROOT, "src", "*"), join(ROOT, "node_modules", "*"), join(ROOT, "package.json")];
/**
 * Runs a program in a network namespace of its own, in which there is no interface but a dead
 * loopback.
 */
const UNSHARE = ["unshare", "--user", "--net", "--map-current-user"];

/** How a child ended. `error` is set where it never started, or could not be talked to. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error: Error | undefined;
}

/** A child process whose every failure arrives in one place. */
export interface Child {
  /** Sends a message; where that is not possible, the child is ended, and `ended` says why. */
  send(message: object | string | number): void;
  /** Called with each message of the child. */
  onMessage(listener: (message: unknown) => void): void;
  /** Kills it at once; idempotent. */
  kill(): void;
  /** Resolves once the child is gone, or has failed to start; never rejects. */
  readonly ended: Promise<ChildEnd>;
}

/** What a child may do; everything else on the file system is denied by Node's permission model. */
export interface Sandbox {
  /** Paths that it may read beside the code. */
  readonly read?: readonly string[];
  /** Paths that it may write; it can sync none of them, which is up to this process. */
  readonly write?: readonly string[];
  /** Whether it may start threads; they are confined as it is. */
  readonly worker?: boolean;
  /** Whether it may load native addons, such as sharp. These are not confined. */
  readonly addons?: boolean;
  /** Program and arguments that take the network away, as `findNetworkIsolation` returns them. */
  readonly isolation?: readonly string[];
}

const tryNetworkIsolation = (): Promise<readonly string[]> => {
  const [program, ...args] = UNSHARE;
  if (process.platform !== "linux" || program === undefined) return Promise.resolve([]);
  return new Promise((found) => {
    try {
      const trial = spawn(program, [...args, "true"], { stdio: "ignore", env: bareEnvironment(), timeout: 5_000 });
      trial.on("error", () => found([]));
      trial.on("exit", (code) => found(code === 0 ? UNSHARE : []));
    } catch {
      found([]);
    }
  });
};

let isolation: Promise<readonly string[]> | undefined;

/**
 * How a child can be started without a network here, without being root: in a network namespace of
 * its own, where Linux and util-linux offer one. Tried once in a process.
 * @returns the program and its arguments to put before the child's; empty where there is no way
 */
export const findNetworkIsolation = (): Promise<readonly string[]> => {
  isolation ??= tryNetworkIsolation();
  return isolation;
};

const { NODE_COMPILE_CACHE: compileCache } = process.env;
const strippedCodeOf = createStrippedCode(compileCache && join(compileCache, "stripped"));

const flagsOf = ({ read = [], write = [], worker = false, addons = false }: Sandbox): readonly string[] => [
  "--permission",
  ...[...CODE, ...read].map((path) => `--allow-fs-read=${path}`),
  ...write.map((path) => `--allow-fs-write=${path}`),
  ...(worker ? ["--allow-worker"] : []),
  ...(addons ? ["--allow-addons"] : []),
];

/**
 * Starts a script of ours in a process of its own, confined to what `sandbox` allows. It does not
 * keep this process running, and it may not start processes itself.
 * @param options.flags for Node, such as the size of the heap
 * @param options.files descriptors that it gets as 4, 5 …; they work whatever the sandbox says
 * @param options.patience milliseconds until it is killed
 * @param options.env variables to add to its environment
 */
export const startSandboxed = (
  script: URL,
  {
    sandbox,
    flags = [],
    files = [],
    patience,
    env,
  }: {
    readonly sandbox: Sandbox;
    readonly flags?: readonly string[];
    readonly files?: readonly number[];
    readonly patience?: number;
    readonly env?: Readonly<Record<string, string>>;
  },
): Child => {
  const code = strippedCodeOf(script);
  const [execPath = process.execPath, ...execArgv] = [
    ...(sandbox.isolation ?? []),
    process.execPath,
    ...flags,
    ...flagsOf({ ...sandbox, read: [...(sandbox.read ?? []), ...(code === undefined ? [] : [code.path])] }),
    ...(code === undefined ? [] : [code.flag]),
  ];
  const child = forkChild(script, {
    execPath,
    execArgv,
    stdio: ["ignore", "ignore", "ignore", "ipc", ...files],
    serialization: "advanced",
    env: bareEnvironment(env),
  });
  return watchChild(child, patience);
};

/** Gathers what can go wrong with a child. @param patience milliseconds until it is killed; undefined for no limit */
const watchChild = (child: ChildProcess, patience: number | undefined): Child => {
  child.unref();
  child.channel?.unref();
  let failure: Error | undefined;
  const kill = () => void child.kill("SIGKILL");
  const fail = (error: Error) => {
    failure ??= error;
    kill();
  };
  const limit = patience === undefined ? undefined : setTimeout(kill, patience);
  limit?.unref();
  child.on("error", fail);
  const ended = new Promise<ChildEnd>((resolve) =>
    child.once("exit", (code, signal) => {
      clearTimeout(limit);
      resolve({ code, signal, error: failure });
    }),
  );
  return {
    send: (message) => void child.send(message, (error) => error && fail(error)),
    onMessage: (listener) => void child.on("message", listener),
    kill,
    ended,
  };
};
