import { once } from "node:events";
import { GatewayDispatchEvents, GatewayOpcodes } from "discord-api-types/v10";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Emulator, GatewayLimits } from "../src/api.ts";
import { openEmulator } from "../src/emulator.ts";

/** Of two shards, one carries the first and the other the second: `(id >> 22) % 2`. */
const EVEN = String(2n << 22n);
const ODD = String(3n << 22n);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const open = async (gateway: GatewayLimits) => {
  const emulator = await openEmulator({ gateway });
  closing.push(() => emulator.close().catch(() => {}));
  return emulator;
};

interface Frame {
  readonly op: number;
  readonly t: string | null;
  readonly d: { readonly guilds?: readonly { id: string }[]; readonly guild_id?: string; readonly shard?: unknown };
}

/** A bot's shard without discord.js: what it was told, or the code with which it was closed. */
const identify = async (emulator: Emulator, shard: unknown) => {
  const socket = new WebSocket(`${emulator.apiBase.replace(/^http(.*)\/api$/, "ws$1")}/gateway?v=10`);
  closing.push(async () => socket.terminate());
  const frames: Frame[] = [];
  let code: number | undefined;
  socket.on("message", (raw) => frames.push(JSON.parse(String(raw)) as Frame));
  socket.on("close", (with_) => {
    code = with_;
  });
  await once(socket, "open");
  socket.send(
    JSON.stringify({
      op: GatewayOpcodes.Identify,
      d: { token: emulator.token, intents: 1 | 128, properties: {}, shard },
    }),
  );
  await emulator.waitUntil("it is answered", () => code !== undefined || frames.length > 1);
  return { socket, frames, code: () => code, ready: frames.find(({ t }) => t === GatewayDispatchEvents.Ready)?.d };
};

const guildsOf = ({ frames }: { readonly frames: readonly Frame[] }) =>
  frames.flatMap(({ t, d }) => (t === GatewayDispatchEvents.VoiceStateUpdate ? [d.guild_id] : []));

test("each shard is told of the guilds that it carries, and of no others", async () => {
  const emulator = await open({ shards: 2 });
  const even = emulator.createGuild("even", { id: EVEN });
  const odd = emulator.createGuild("odd", { id: ODD });
  const [first, second] = [await identify(emulator, [0, 2]), await identify(emulator, [1, 2])];
  expect(first.ready?.shard).toEqual([0, 2]);
  expect(first.ready?.guilds?.map(({ id }) => id)).toEqual([EVEN]);
  expect(second.ready?.guilds?.map(({ id }) => id)).toEqual([emulator.guildId, ODD]);
  expect(emulator.shards()).toEqual([
    [0, 2],
    [1, 2],
  ]);
  await even.member("ana").join("lounge");
  await odd.member("bo").join("lounge");
  await emulator.waitUntil("both are told", () => guildsOf(first).length + guildsOf(second).length === 2);
  expect([guildsOf(first), guildsOf(second)]).toEqual([[EVEN], [ODD]]);

  even.faults.closeGateway(4000);
  await emulator.waitUntil("one shard is cut off", () => first.code() === 4000);
  expect(second.code()).toBeUndefined();
});

test.each([[[2, 2]], [[0, 0]], [[0]], ["0"]])("a shard that cannot be, %j, is closed with 4010", async (shard) => {
  const emulator = await open({});
  expect((await identify(emulator, shard)).code()).toBe(4010);
});

test("a shard that carries too many guilds is closed with 4011", async () => {
  const emulator = await open({ guildsPerShard: 1 });
  emulator.createGuild("odd", { id: ODD });
  expect((await identify(emulator, undefined)).code()).toBe(4011);
  expect((await identify(emulator, [0, 2])).code()).toBeUndefined();
});

test("identifies are paced by bucket and counted by the day", async () => {
  const emulator = await open({ shards: 4, maxConcurrency: 2, identifies: 4 });
  const limits = async () => {
    const answer = await fetch(`${emulator.apiBase}/v10/gateway/bot`, {
      headers: { authorization: `Bot ${emulator.token}` },
    });
    return (await answer.json()) as { readonly shards: number; readonly session_start_limit: { remaining: number } };
  };
  expect(await limits()).toMatchObject({ shards: 4, session_start_limit: { remaining: 4, max_concurrency: 2 } });
  const answers = [];
  for (const shard of [0, 1, 2, 3]) answers.push((await identify(emulator, [shard, 4])).frames.at(1)?.op);
  expect(answers).toEqual([
    GatewayOpcodes.Dispatch,
    GatewayOpcodes.Dispatch,
    GatewayOpcodes.InvalidSession,
    GatewayOpcodes.InvalidSession,
  ]);
  expect((await limits()).session_start_limit.remaining).toBe(0);
  expect((await identify(emulator, [2, 4])).code()).toBe(4004);
  expect(emulator.violations).toHaveLength(3);
});
