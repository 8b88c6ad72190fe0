import { type ChildProcess, fork, spawn } from "node:child_process";
import { resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
/** What a child has to read to run our code at all: neither `.env` nor the data lies in there. */
const CODE = [`${ROOT}/src/*`, `${ROOT}/node_modules/*`, `${ROOT}/package.json`];
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
  /** Undefined where it never started. */
  readonly pid: number | undefined;
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
  /** Whether it may start threads; they are confined as it is. */
  readonly worker?: boolean;
  /** Whether it may load native addons, such as sharp. These are not confined. */
  readonly addons?: boolean;
  /** Program and arguments that take the network away, as `findNetworkIsolation` returns them. */
  readonly isolation?: readonly string[];
}

/**
 * The environment of a child: what programs need to start, and no setting or secret of ours.
 * @param more variables to add
 */
export const childEnvironment = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  SystemRoot: process.env.SystemRoot,
  ...more,
});

/**
 * How a child can be started without a network here, without being root: in a network namespace of
 * its own, where Linux and util-linux offer one.
 * @returns the program and its arguments to put before the child's; empty where there is no way
 */
export const findNetworkIsolation = (): Promise<readonly string[]> => {
  const [program, ...args] = UNSHARE;
  if (process.platform !== "linux" || program === undefined) return Promise.resolve([]);
  return new Promise((found) => {
    try {
      const trial = spawn(program, [...args, "true"], { stdio: "ignore", env: childEnvironment(), timeout: 5_000 });
      trial.on("error", () => found([]));
      trial.on("exit", (code) => found(code === 0 ? UNSHARE : []));
    } catch {
      found([]);
    }
  });
};

const flagsOf = ({ read = [], worker = false, addons = false }: Sandbox): readonly string[] => [
  "--permission",
  ...[...CODE, ...read].map((path) => `--allow-fs-read=${path}`),
  ...(worker ? ["--allow-worker"] : []),
  ...(addons ? ["--allow-addons"] : []),
];

/**
 * A child that could not be started: `fork` throws for some errors and emits others, without an
 * `exit`.
 */
const failed = (error: Error): Child => ({
  pid: undefined,
  send: () => {},
  onMessage: () => {},
  kill: () => {},
  ended: Promise.resolve({ code: null, signal: null, error }),
});

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
  const [execPath = process.execPath, ...execArgv] = [
    ...(sandbox.isolation ?? []),
    process.execPath,
    ...flags,
    ...flagsOf(sandbox),
  ];
  let child: ChildProcess;
  try {
    child = fork(script, {
      execPath,
      execArgv,
      stdio: ["ignore", "ignore", "ignore", "ipc", ...files],
      serialization: "advanced",
      env: childEnvironment(env),
    });
  } catch (error) {
    return failed(error instanceof Error ? error : new Error(String(error)));
  }
  return watchChild(child, patience);
};

/**
 * Gathers what can go wrong with a child: an error at its birth, a channel that is gone, an end.
 * @param patience milliseconds until it is killed; undefined for no limit
 */
export const watchChild = (child: ChildProcess, patience?: number): Child => {
  child.unref();
  child.channel?.unref();
  let failure: Error | undefined;
  const limit = patience === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), patience);
  limit?.unref();
  const kill = () => {
    if (child.pid !== undefined) child.kill("SIGKILL");
  };
  const ended = new Promise<ChildEnd>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(limit);
      resolve({ code, signal, error: failure });
    };
    child.once("exit", end);
    child.on("error", (error) => {
      failure ??= error;
      // Where it never started, no `exit` follows.
      if (child.pid === undefined) end(null, null);
      else kill();
    });
  });
  return {
    pid: child.pid,
    send(message) {
      try {
        // Without a process there is no channel, and no method.
        if (child.pid !== undefined)
          child.send(message, (error) => {
            if (error === null) return;
            failure ??= error;
            kill();
          });
      } catch (error) {
        failure ??= error instanceof Error ? error : new Error(String(error));
        kill();
      }
    },
    onMessage: (listener) => void child.on("message", listener),
    kill,
    ended,
  };
};
