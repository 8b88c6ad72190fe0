import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { compile } from "./compile.ts";

/** When one packet arrived. */
export interface Arrival {
  readonly ssrc: number;
  readonly sequence: number;
  /** Nanoseconds on the sink's clock. */
  readonly at: bigint;
}

export interface Sink {
  readonly port: number;
  /** Whose clock the arrivals are from. */
  readonly clock: string;
  start(): void;
  stop(): Promise<Arrival[]>;
  close(): void;
}

const RECORD = 16;

const parse = (bytes: Buffer): Arrival[] =>
  Array.from({ length: bytes.length / RECORD }, (_, index) => ({
    ssrc: bytes.readUInt32LE(index * RECORD),
    sequence: bytes.readUInt32LE(index * RECORD + 4),
    at: bytes.readBigUInt64LE(index * RECORD + 8),
  }));

/**
 * A process that receives what is sent: in C with the kernel's timestamps, or in Node if there is
 * no compiler.
 */
export const openSink = async (): Promise<Sink> => {
  const compiled = compile(new URL("./sink.c", import.meta.url), [[]]);
  const child =
    compiled === undefined
      ? spawn(process.execPath, [fileURLToPath(new URL("./nodeSink.ts", import.meta.url))], {
          stdio: ["pipe", "pipe", "inherit"],
        })
      : spawn(compiled.path, { stdio: ["pipe", "pipe", "inherit"] });
  let received = Buffer.alloc(0);
  let more = () => {};
  child.stdout.on("data", (data: Buffer) => {
    received = Buffer.concat([received, data]);
    more();
  });
  const ended = new Promise<never>((_, reject) => child.once("exit", () => reject(new Error("The sink has ended"))));
  ended.catch(() => undefined);
  const until = async (holds: () => boolean) => {
    while (!holds()) await Promise.race([ended, new Promise<void>((resolve) => (more = resolve))]);
  };
  const line = async (): Promise<string> => {
    await until(() => received.includes(10));
    const end = received.indexOf(10);
    const text = received.toString("latin1", 0, end);
    received = received.subarray(end + 1);
    return text;
  };
  const numberAfter = async (word: string) => Number((await line()).slice(word.length + 1));

  return {
    port: await numberAfter("port"),
    clock:
      compiled === undefined ? "Node's, when it reads a packet (no C compiler here)" : "the kernel's (SO_TIMESTAMPNS)",
    start: () => void child.stdin.write("start\n"),
    async stop() {
      child.stdin.write("stop\n");
      const size = (await numberAfter("records")) * RECORD;
      await until(() => received.length >= size);
      const records = parse(received.subarray(0, size));
      received = received.subarray(size);
      return records;
    },
    close: () => child.stdin.end(),
  };
};
