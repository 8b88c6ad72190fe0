import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  type BotProcess,
  botEnvironment,
  type EmulatedGuild,
  type Emulator,
  EVERYONE_PERMISSIONS,
  type GatewayLimits,
} from "discord-emulator";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { helperEnvironment, openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import { spawnLull } from "../../src/rehearsal/lullProcess.ts";
import { READY_LINE } from "../../src/terminal.ts";
import { openWay, type Way } from "../support/networkWay.ts";
import { createDatabase, openPostgresServer, type PostgresServer } from "../support/postgresServer.ts";
import { RENDERED, renderSounds } from "../support/renderSounds.ts";

/** Every other process of a busy machine may come first. */
const READY_LIMIT: Millis = seconds(180);

/** Has a member join a channel and play brown noise; where nobody answers in time, they ask again. */
export const playIn = async (
  guild: EmulatedGuild,
  {
    name = "ana",
    channel = "lounge",
    permissions = EVERYONE_PERMISSIONS,
  }: { readonly name?: string; readonly channel?: string; readonly permissions?: bigint } = {},
): Promise<void> => {
  const member = await guild.member(name, { permissions }).join(channel);
  for (let tries = 0; ; tries++) {
    const answer = await member.slash("play", { sound: "brown-noise" }).catch(() => undefined);
    if (answer?.text.includes("Brown") === true) return;
    if (tries === 20) throw new Error(`${guild.guildId} does not play: ${answer?.text}`);
    await pause(seconds(1));
  }
};

/** One of the processes that share the shards. */
export interface ReplicaProcess {
  readonly name: string;
  /** The process that runs now, or the last one. */
  bot(): BotProcess;
  /** Starts it again with its data, once it has ended. Resolves when it serves. */
  start(): Promise<void>;
  /** Its way to the database, which no other replica uses. */
  readonly database: Way;
}

/** Replicas of the unmodified bot on one PostgreSQL, against one emulated Discord. */
export interface Replicas {
  readonly emulator: Emulator;
  readonly server: PostgresServer;
  /** The address of the database, on a way of its own. */
  readonly url: string;
  /** Starts another replica, and waits until it serves. */
  open(): Promise<ReplicaProcess>;
  close(): Promise<void>;
}

/**
 * @param options.gateway of the emulated Discord: how many shards it wants, and how often they may identify
 * @param options.environment of every replica
 * @param options.helpers how many helpers each of them has
 */
export const openReplicas = async ({
  gateway,
  environment = {},
  helpers = 0,
  sounds = ["brown-noise"],
  onLine = () => {},
}: {
  readonly gateway: GatewayLimits;
  readonly environment?: Readonly<Record<string, string>>;
  readonly helpers?: number;
  readonly sounds?: readonly string[];
  readonly onLine?: (replica: string, line: string) => void;
}): Promise<Replicas> => {
  await renderSounds(sounds);
  const folder = await mkdtemp(join(tmpdir(), "lull-replicas-"));
  const emulator = await openLullEmulator({ certificatesIn: resolve(RENDERED, "../certificates"), gateway, helpers });
  const server = await openPostgresServer();
  const url = new URL(await createDatabase(server.address));
  const opened: ReplicaProcess[] = [];
  return {
    emulator,
    server,
    url: url.href,
    async open() {
      const name = String(opened.length);
      const database = await openWay(Number(url.port));
      const spawn = () =>
        spawnLull(
          {
            ...botEnvironment(emulator),
            ...helperEnvironment(emulator),
            LULL_DATA: join(folder, name),
            LULL_DATABASE_URL: Object.assign(new URL(url), { port: String(database.port) }).href,
            LULL_CACHE: RENDERED,
            LULL_RENDER_AHEAD: "off",
            LULL_UPDATE_CHECK: "off",
            LULL_LOG: "-",
            ...environment,
          },
          (line) => onLine(name, line),
        );
      let bot = spawn();
      const untilReady = () =>
        emulator
          .waitUntil(`replica ${name} is ready`, () => bot.lines.includes(READY_LINE), READY_LIMIT)
          .catch((error: Error) => {
            throw new Error(`${error.message}\n${bot.lines.join("\n")}`);
          });
      const replica: ReplicaProcess = {
        name,
        database,
        bot: () => bot,
        async start() {
          await bot.ended;
          bot = spawn();
          await untilReady();
        },
      };
      opened.push(replica);
      await untilReady();
      return replica;
    },
    async close() {
      await Promise.all(opened.map(({ bot }) => bot().kill()));
      await Promise.all(opened.map(({ database }) => database.close()));
      await emulator.close().finally(async () => {
        await server.close();
        await rm(folder, { recursive: true, force: true });
      });
    },
  };
};
