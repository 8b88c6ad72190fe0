import { access, constants, mkdtemp, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Inspection, inspectBot } from "../discord/inspection.ts";
import { findNetworkIsolation } from "../kernel/childProcess.ts";
import { UserError } from "../kernel/errors.ts";
import { isMissingFile } from "../kernel/fileErrors.ts";
import { plainName } from "../kernel/names.ts";
import { lockFolder } from "../storage/folderLock.ts";
import { inspectServer } from "../storage/serverSnapshot.ts";
import { inspectDatabase } from "../storage/snapshot.ts";
import { udpWorks } from "./udpProbe.ts";

/** One line of the doctor's. */
export interface Finding {
  /** `problem`: Lull does not run or is not heard. `advice`: it does, but something should be changed. */
  readonly kind: "ok" | "advice" | "problem";
  readonly part: string;
  /** What is so, and what to do. */
  readonly text: string;
}

/** What the doctor looks at. */
export interface Patient {
  readonly version: string;
  /** Absent: rehearsal. */
  readonly token: string | undefined;
  readonly apiBase: string;
  readonly data: string;
  /** Address of the PostgreSQL database in place of a file in `data`. */
  readonly databaseUrl?: string | undefined;
  readonly cache: string;
  /** A STUN server; undefined where UDP does not leave the machine. */
  readonly stun: { readonly host: string; readonly port: number } | undefined;
}

const MB = 2 ** 20;
const LEAST_MB = 100;
const COMFORTABLE_MB = 1_000;
const CLOCK_TOLERANCE = 30_000;
const LEAST_NODE = 24;

const found = (kind: Finding["kind"], part: string, text: string): Finding => ({ kind, part, text });

const versions = ({ version }: Patient): Finding => {
  const { node } = process.versions;
  const text = `Lull ${version} on Node ${node}, ${process.platform} ${process.arch}.`;
  return Number.parseInt(node, 10) >= LEAST_NODE
    ? found("ok", "Versions", text)
    : found("problem", "Versions", `${text} Node ${LEAST_NODE} or newer is needed: start with npm, which brings it.`);
};

const folder = async (variable: string, path: string): Promise<Finding> => {
  try {
    const trial = await mkdtemp(join(path, ".doctor-"));
    await writeFile(join(trial, "trial"), "");
    await rm(trial, { recursive: true });
    return found("ok", variable, `${path} can be read and written.`);
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    return code === "ENOENT"
      ? found("ok", variable, `${path} is not there yet; the first start makes it.`)
      : found(
          "problem",
          variable,
          `${path} cannot be written (${code}). Give this user the right to, or choose another.`,
        );
  }
};

const disk = async ({ data }: Patient): Promise<Finding> => {
  const exists = await stat(data).catch(() => undefined);
  const { bavail, bsize } = await statfs(exists ? data : ".");
  const free = Math.floor((bavail * bsize) / MB);
  const text = `${free} MB are free.`;
  if (free < LEAST_MB) return found("problem", "Disk", `${text} Make room: Lull cannot save what members change.`);
  return free < COMFORTABLE_MB
    ? found(
        "advice",
        "Disk",
        `${text} Rendered sounds take about 300 MB, their takes what LULL_TAKES_MB allows, uploads what LULL_UPLOADS_MB does.`,
      )
    : found("ok", "Disk", text);
};

const isFolderInUse = async (data: string): Promise<boolean> => {
  try {
    (await lockFolder(data, { patience: 0 })).release();
    return false;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
};

const server = async (address: string): Promise<Finding> => {
  try {
    const { hasTables, isInUse } = await inspectServer(address);
    if (!hasTables) return found("ok", "Database", "PostgreSQL answers; the next start makes Lull's tables there.");
    return found("ok", "Database", `PostgreSQL answers.${isInUse ? " A Lull runs on it." : ""}`);
  } catch (error) {
    return found("problem", "Database", (error as Error).message);
  }
};

const database = async ({ data, databaseUrl }: Patient): Promise<Finding> => {
  if (databaseUrl !== undefined) return server(databaseUrl);
  const path = join(data, "lull.sqlite");
  try {
    await access(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    return isMissingFile(error)
      ? found("ok", "Database", "There is none yet; the first start makes it.")
      : found("problem", "Database", `${path} cannot be written. Give it to this user (chown).`);
  }
  try {
    const { unknown } = inspectDatabase(path);
    if (unknown.length > 0)
      return found("problem", "Database", `${path} was written by a newer Lull. Update this one, or restore a backup.`);
    const running = (await isFolderInUse(data)) ? " A Lull runs on it." : "";
    return found("ok", "Database", `${path} is whole.${running}`);
  } catch (error) {
    return found("problem", "Database", `${(error as Error).message} Restore a backup: npm run restore -- FILE.`);
  }
};

const clock = ({ clockAhead }: Inspection): Finding => {
  if (clockAhead === undefined) return found("advice", "Clock", "Discord did not say what time it is.");
  const off = Math.round(Math.abs(clockAhead) / 1_000);
  return Math.abs(clockAhead) <= CLOCK_TOLERANCE
    ? found("ok", "Clock", `Right within ${Math.max(2, off)} s.`)
    : found(
        "problem",
        "Clock",
        `It is ${off} s ${clockAhead > 0 ? "ahead" : "behind"}: evenings start at the wrong time. Switch on time synchronisation (timedatectl set-ntp true).`,
      );
};

const permissions = ({ guilds }: Inspection): readonly Finding[] => {
  const lacking = guilds.filter(({ missing }) => missing.length > 0);
  if (guilds.length === 0)
    return [found("advice", "Permissions", "The bot is in no server yet. Open the invite link that npm start prints.")];
  if (lacking.length === 0)
    return [
      found(
        "ok",
        "Permissions",
        `Its roles have all it needs, in ${guilds.length === 1 ? "one server" : `${guilds.length} servers`}. Channels may differ: /doctor looks there.`,
      ),
    ];
  return lacking.map(({ name, missing }) =>
    found(
      "advice",
      "Permissions",
      `“${plainName(name)}”: give the bot's role ${missing.join(", ")}, or open the invite link again.`,
    ),
  );
};

const discord = async ({ token, apiBase }: Patient): Promise<readonly Finding[]> => {
  if (token === undefined)
    return [
      found(
        "advice",
        "Token",
        "DISCORD_TOKEN is not set: npm start opens a rehearsal on this machine. To run the bot on Discord, put the token into .env.",
      ),
    ];
  let inspection: Inspection;
  try {
    inspection = await inspectBot(token, apiBase);
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    return [
      found(
        "problem",
        "Discord",
        `${apiBase} cannot be reached (${why}). Look at the network, a firewall or DISCORD_API_BASE.`,
      ),
    ];
  }
  const { bot, shards, identifies } = inspection;
  if (bot === undefined)
    return [
      found("problem", "Token", "DISCORD_TOKEN is refused. Copy it again from the Bot page of your application."),
      clock(inspection),
    ];
  const left = `${identifies.left} of ${identifies.of} log-ins are left today`;
  return [
    found("ok", "Token", `It belongs to ${plainName(bot)}.`),
    identifies.left < identifies.of / 5
      ? found("problem", "Log-ins", `${left}. Look in the log for what ends Lull again and again, and wait a day.`)
      : found("ok", "Log-ins", `${left}; Discord recommends ${shards === 1 ? "one shard" : `${shards} shards`}.`),
    found("ok", "Intents", "Guilds and Guild Voice States; neither has to be switched on."),
    ...permissions(inspection),
    clock(inspection),
  ];
};

const voice = async ({ stun }: Patient): Promise<Finding> => {
  if (stun === undefined) return found("ok", "Voice (UDP)", "Not asked: in rehearsal, sound stays on this machine.");
  return (await udpWorks(stun))
    ? found("ok", "Voice (UDP)", `An answer came back from ${stun.host}.`)
    : found(
        "problem",
        "Voice (UDP)",
        `No answer from ${stun.host}:${stun.port}. Allow UDP to leave this network; without it the bot joins, and is not heard.`,
      );
};

const decoders = async (): Promise<Finding> =>
  (await findNetworkIsolation()).length > 0
    ? found("ok", "Decoders", "Members' files are decoded without a network.")
    : found(
        "advice",
        "Decoders",
        "Members' files are decoded with a network, as this system has no namespace without one for everybody (unshare). docs/hosting.md says how to close private networks to them.",
      );

/** Looks at everything that keeps a bot from running or being heard. Nothing is changed. */
export const examine = async (patient: Patient): Promise<readonly Finding[]> => [
  versions(patient),
  await folder("LULL_DATA", patient.data),
  await folder("LULL_CACHE", patient.cache),
  await disk(patient),
  await database(patient),
  await decoders(),
  ...(await discord(patient)),
  await voice(patient),
];

const MARKS: Readonly<Record<Finding["kind"], string>> = { ok: "ok     ", advice: "advice ", problem: "PROBLEM" };

/** A finding as one line. */
export const findingLine = ({ kind, part, text }: Finding): string => `${MARKS[kind]}  ${part}: ${text}`;
