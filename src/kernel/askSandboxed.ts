import { z } from "zod";
import { type Sandbox, startSandboxed } from "./childProcess.ts";
import type { Millis } from "./units.ts";

/** What such a process says instead of an answer. */
const refusal = z.object({ reason: z.string().max(10_000) });

/**
 * Asks a script of ours one thing, in a sandboxed process of its own that is ended afterwards.
 * @param options.answer what the process may answer; it has seen strangers' or members' data, so
 *   nothing else is taken from it
 * @param options.patience milliseconds until it is ended
 * @param options.env variables to add to its environment
 * @throws Error with its reason, or when it ends, is late, or answers with something else
 */
export const askSandboxed = async <T>(
  script: URL,
  request: object | string,
  {
    answer,
    ...options
  }: {
    readonly answer: z.ZodType<T>;
    readonly sandbox: Sandbox;
    readonly patience: Millis;
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<T> => {
  const child = startSandboxed(script, options);
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  child.onMessage((message) => {
    const told = answer.safeParse(message);
    if (told.success) return resolve(told.data);
    reject(new Error(refusal.safeParse(message).data?.reason ?? `${script.pathname} answered with something else`));
  });
  void child.ended.then(({ code, signal, error }) =>
    reject(error ?? new Error(`${script.pathname} ended with ${signal ?? `code ${code}`}`)),
  );
  child.send(request);
  return promise.finally(child.kill);
};
