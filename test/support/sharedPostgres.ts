import type { TestProject } from "vitest/node";
import { openPostgresServer, whyNoPostgres } from "./postgresServer.ts";

/** The server of all tests of the storage, or why there is none. */
export type SharedPostgres = { readonly address: string } | { readonly missing: string };

declare module "vitest" {
  interface ProvidedContext {
    postgres: SharedPostgres;
  }
}

/** One server for all test files of a project (vitest.config.ts): starting it takes longer than the tests. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const missing = whyNoPostgres();
  if (missing !== undefined) {
    provide("postgres", { missing });
    return () => Promise.resolve();
  }
  const server = await openPostgresServer();
  provide("postgres", { address: server.address });
  return server.close;
};
