import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Config } from "./config.ts";
import { type Clock, systemClock } from "./kernel/clock.ts";
import { hours, type Millis, seconds } from "./kernel/units.ts";
import { writeFileAtomic } from "./kernel/writeFileAtomic.ts";
import { repositoryOf, versionOf } from "./ownPackage.ts";

const INTERVAL: Millis = hours(24);
const TIMEOUT: Millis = seconds(10);

/** Stands for the account in addresses until `scripts/publish-as.mjs` has put one there. */
const NOBODY = "OWNER";

/** As GitHub and Forgejo answer. */
const Release = z.object({ tag_name: z.string().max(100) });
const Kept = z.object({ at: z.number(), latest: z.string().max(100).optional() });

/** Knows whether there is a newer release. */
export interface ReleaseCheck {
  /** Such as `1.2.0`; undefined where there is none, or nobody knows. */
  newer(): string | undefined;
  close(): void;
}

/**
 * Where a forge says which release is the latest: GitHub's API, or Forgejo's and Gitea's on another host.
 * @param repository its address, as `repository.url` of `package.json` has it
 * @returns undefined for an address of another kind, and while it is nobody's
 */
export const latestReleaseAddress = (repository: string): string | undefined => {
  const text = repository.replace(/^git\+/, "").replace(/\.git$/, "");
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, origin, pathname } = new URL(text);
  if (!/^https?:$/.test(protocol) || !/^\/[\w.-]+\/[\w.-]+$/.test(pathname)) return undefined;
  if (pathname.split("/")[1] === NOBODY) return undefined;
  const path = `/repos${pathname}/releases/latest`;
  return host === "github.com" ? `https://api.github.com${path}` : `${origin}/api/v1${path}`;
};

const numbersOf = (version: string): readonly number[] | undefined => {
  const found = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return found?.slice(1).map(Number);
};

/** Whether the first version is the later one; false where either is none, or a preview. */
export const isNewer = (version: string, than: string): boolean => {
  const [a, b] = [numbersOf(version), numbersOf(than)];
  if (a === undefined || b === undefined) return false;
  const index = a.findIndex((number, at) => number !== b[at]);
  return index >= 0 && a[index]! > b[index]!;
};

const keep = (file: string, found: z.infer<typeof Kept>): void => {
  try {
    writeFileAtomic(file, [Buffer.from(JSON.stringify(found))]);
  } catch {
    // Then it is asked again after a restart.
  }
};

/**
 * Asks a forge once a day which release is the latest, counting across restarts. Sends the version of this
 * Lull and nothing else; a failure is no news.
 * @param options.address of `latestReleaseAddress`
 * @param options.onNewer called with each version that is newer than this one, once
 */
export const startReleaseCheck = (options: {
  readonly address: string;
  readonly version: string;
  readonly data: string;
  readonly clock: Clock;
  readonly onNewer: (version: string) => void;
}): ReleaseCheck => {
  const { address, version, data, clock, onNewer } = options;
  const file = join(data, "release-check.json");
  let newer: string | undefined;
  let stop = () => {};
  let closed = false;

  const tell = (latest: string | undefined) => {
    if (closed || latest === undefined || !isNewer(latest, version)) return;
    const found = latest.replace(/^v/, "");
    if (found === newer) return;
    newer = found;
    onNewer(found);
  };

  const ask = async (): Promise<string | undefined> => {
    const response = await fetch(address, {
      headers: { "User-Agent": `Lull/${version}`, Accept: "application/json" },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return response.ok ? Release.parse(await response.json()).tag_name : undefined;
  };

  const lastTime = async (): Promise<z.infer<typeof Kept> | undefined> => {
    try {
      const kept = Kept.parse(JSON.parse(await readFile(file, "utf8")));
      return Math.abs(clock.now() - kept.at) < INTERVAL ? kept : undefined;
    } catch {
      return undefined;
    }
  };

  const check = async (): Promise<void> => {
    const before = await lastTime();
    const at = before?.at ?? clock.now();
    const latest = before === undefined ? await ask().catch(() => undefined) : before.latest;
    tell(latest);
    if (before === undefined) keep(file, { at, latest });
    if (!closed) stop = clock.after(Math.max(0, at + INTERVAL - clock.now()), () => void check());
  };

  void check();
  return {
    newer: () => newer,
    close() {
      closed = true;
      stop();
    },
  };
};

const off: ReleaseCheck = { newer: () => undefined, close() {} };

const isLoopback = (address: string) => ["127.0.0.1", "localhost", "[::1]"].includes(new URL(address).hostname);

/**
 * Starts the check where there is a repository to ask, the operator has not switched it off, and the bot runs on
 * Discord rather than in rehearsal.
 * @param print shows the operator a line
 */
export const openReleaseCheck = (config: Config, print: (line: string) => void): ReleaseCheck => {
  const repository = repositoryOf();
  const address = repository === undefined ? undefined : latestReleaseAddress(repository);
  if (!config.updateCheck || address === undefined || isLoopback(config.apiBase)) return off;
  return startReleaseCheck({
    address,
    version: versionOf(),
    data: config.data,
    clock: systemClock,
    onNewer: (version) => print(`Lull ${version} is out; this is ${versionOf()}. docs/hosting.md says how to update.`),
  });
};
