import { type Client, Events, type Guild, Status } from "discord.js";
import { type ChannelId, type GuildId, id } from "../kernel/ids.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { VoiceChannels } from "../ports/guild.ts";
import { createVoiceStateQueue, type VoiceStateQueue, type VoiceStateRequest } from "./voiceStateQueue.ts";

/**
 * A guild whose members have used the bot within this time waits for nobody else's restored
 * session.
 */
const MEMBER_COMMAND: Millis = minutes(1);

/** Sends the bot's voice states through each shard's queue. */
export interface VoiceStateSender {
  /**
   * Puts a voice state into the queue of the guild's shard, and sends what may be sent.
   * @returns how long its join waits for the send budget at most, as far as is known; 0 where it doesn't
   */
  request(guild: Guild, request: VoiceStateRequest): Millis;
  /** Cancels a join that has not been sent. */
  cancelJoin(guild: Guild): void;
  /**
   * Whether one of the bot's own voice states answers a leave that it sent itself. Asks once per
   * voice state.
   */
  isOwnLeave(guild: Guild, channel: ChannelId | null): boolean;
  /** Guilds whose voice state waits to be sent, over all shards. */
  waiting(): number;
}

interface ShardQueue {
  readonly queue: VoiceStateQueue;
  timer?: NodeJS.Timeout | undefined;
}

/** @param sent is told of each request that has been handed to the shard's socket */
export const createVoiceStateSender = (
  client: Client,
  { listeners }: Pick<VoiceChannels, "listeners">,
  sent: (guild: GuildId, attempt: number) => void,
): VoiceStateSender => {
  const shards = new Map<number, ShardQueue>();
  const lastCommand = new Map<GuildId, Millis>();
  const now = () => performance.now();

  const shardOf = (shard: number): ShardQueue => {
    const known = shards.get(shard) ?? { queue: createVoiceStateQueue() };
    shards.set(shard, known);
    return known;
  };

  const priorityOf = (guild: GuildId, channel: ChannelId | null) => ({
    isMember: now() - (lastCommand.get(guild) ?? Number.NEGATIVE_INFINITY) < MEMBER_COMMAND,
    listeners: channel === null ? 0 : listeners(guild, channel).length,
  });

  const pump = (index: number) => {
    const shard = shardOf(index);
    clearTimeout(shard.timer);
    // A shard without a session keeps its payloads where they cannot be cancelled: they wait here
    // until it is ready.
    const socket = client.ws.shards.get(index);
    if (socket?.status !== Status.Ready) return;
    for (const { guild, payload, attempt } of shard.queue.take(now(), priorityOf)) {
      socket.send(payload);
      sent(guild, attempt);
    }
    const next = shard.queue.nextAt(now());
    // With nothing else to do, a process may end all the same: Discord drops the voice states of a
    // session that is gone.
    if (next !== undefined) shard.timer = setTimeout(() => pump(index), Math.max(0, next - now())).unref();
  };

  client.on(Events.InteractionCreate, ({ guildId }) => {
    if (guildId === null) return;
    const guild = id<GuildId>(guildId);
    // The guild that was active last comes last, so that the oldest can be forgotten.
    lastCommand.delete(guild);
    lastCommand.set(guild, now());
    for (const [each, at] of lastCommand) {
      if (now() - at < MEMBER_COMMAND) break;
      lastCommand.delete(each);
    }
  });
  client.on(Events.ShardReady, (index) => {
    shardOf(index).queue.sessionRenewed();
    pump(index);
  });
  client.on(Events.ShardResume, pump);

  return {
    request({ id: guild, shardId, voiceStates }, request) {
      const isInChannel = Boolean(voiceStates.cache.get(client.user?.id ?? "")?.channelId);
      shardOf(shardId).queue.request(id<GuildId>(guild), request, isInChannel, now());
      pump(shardId);
      return Math.max(0, (shardOf(shardId).queue.joinExpectedAt(id<GuildId>(guild), now()) ?? 0) - now());
    },
    cancelJoin: ({ id: guild, shardId }) => shardOf(shardId).queue.cancelJoin(id<GuildId>(guild)),
    isOwnLeave: ({ id: guild, shardId }, channel) => shardOf(shardId).queue.isOwnLeave(id<GuildId>(guild), channel),
    waiting: () => [...shards.values()].reduce((sum, { queue }) => sum + queue.waiting(), 0),
  };
};
