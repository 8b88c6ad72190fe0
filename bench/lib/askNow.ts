import { setTimeout as pause } from "node:timers/promises";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { BOT, guildOf } from "./gateway.ts";
import { personOf, TEXT_CHANNEL } from "./guildJson.ts";
import type { ShardStub } from "./shardStub.ts";

const BETWEEN: Millis = 100;
/** Discord waits this long for an answer. */
const PATIENCE: Millis = seconds(3);
const FIRST_ID = 800_000_000_000_000_000n;
const ADMINISTRATOR = "8";

const interactionJson = (id: string, guild: number) => ({
  id,
  application_id: BOT,
  type: 2,
  token: `token-${id}`,
  version: 1,
  guild_id: guildOf(guild),
  channel_id: TEXT_CHANNEL,
  channel: { id: TEXT_CHANNEL, type: 0, permissions: ADMINISTRATOR },
  member: {
    user: { id: personOf(guild, 0), username: "ana", discriminator: "0", avatar: null },
    roles: [],
    joined_at: new Date(0).toISOString(),
    permissions: ADMINISTRATOR,
    deaf: false,
    mute: false,
    flags: 0,
  },
  locale: "en-GB",
  guild_locale: "en-US",
  app_permissions: ADMINISTRATOR,
  entitlements: [],
  authorizing_integration_owners: {},
  context: 0,
  attachment_size_limit: 1,
  data: { id: "1", name: "now", type: 1 },
});

let asked = 0n;

/**
 * Has members use `/now`, one after the other, each in another of the guilds.
 * @returns how long until Discord had each answer; Infinity where it came too late
 */
export const askNow = async (stub: ShardStub, guilds: readonly number[]): Promise<readonly Millis[]> => {
  const sent = new Map<string, Millis>();
  for (const guild of guilds) {
    asked += 1n;
    const id = String(FIRST_ID + asked);
    sent.set(id, performance.now());
    await stub.dispatch("INTERACTION_CREATE", interactionJson(id, guild));
    await pause(BETWEEN);
  }
  await pause(PATIENCE);
  const { callbacks } = stub.requests();
  return [...sent].map(([id, at]) => {
    const after = (callbacks.get(id) ?? Number.POSITIVE_INFINITY) - at;
    return after <= PATIENCE ? after : Number.POSITIVE_INFINITY;
  });
};
