import { type Client, Events } from "discord.js";
import { z } from "zod";
import { type ChannelId, type GuildId, id } from "../kernel/ids.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { ChannelAccess } from "../ports/channelAccess.ts";
import type { VoiceChannels } from "../ports/guild.ts";
import type { VoiceGateway, VoiceGatewayListener } from "../ports/player.ts";
import { createVoiceStateSender } from "./voiceStateSender.ts";

/** Problems that last until somebody changes them. A full channel empties by itself. */
const ACCESS_DENIED: ReadonlySet<string> = new Set(["no-view", "no-connect"]);

/** A join that waits less for the send budget is not worth a word. */
const SAID_FROM: Millis = seconds(5);

/** Update Voice State (opcode 4), as far as it is looked at. */
const VoiceStatePayload = z.object({ d: z.object({ channel_id: z.string().nullable() }) });

/** The channel that a payload asks for; null where it leaves. */
const requestedChannel = (payload: unknown): ChannelId | null => {
  const { channel_id: channel } = VoiceStatePayload.parse(payload).d;
  return channel === null ? null : id<ChannelId>(channel);
};

/**
 * The main gateway as voice connections need it: each guild's updates, and a send queue per shard.
 */
export interface ClientVoiceGateway extends VoiceGateway {
  /** Leaves the guild's voice channel, for a session that no longer exists. */
  leave(guild: GuildId): void;
}

/** Creates the voice gateway of a client, over discord.js's own adapters; which bot speaks is the client's user. */
export const createVoiceGateway = (
  client: Client,
  { accessProblem, listeners }: Pick<ChannelAccess, "accessProblem"> & Pick<VoiceChannels, "listeners">,
): ClientVoiceGateway => {
  const open = new Map<GuildId, VoiceGatewayListener>();
  const guildOf = (guild: GuildId) => client.guilds.cache.get(guild);
  const sender = createVoiceStateSender(client, { listeners }, (guild, attempt) => open.get(guild)?.sent(attempt));

  // discord.js reports when a shard is gone for good; guilds are up to us.
  client.on(Events.GuildUnavailable, ({ id: guild }) => open.get(id<GuildId>(guild))?.closed());
  client.on(Events.GuildDelete, ({ id: guild }) => open.get(id<GuildId>(guild))?.closed());

  // A new session, not a resumed one: Discord has dropped the bot's voice states with the old one.
  client.on(Events.ShardReady, (shard) => {
    for (const [guild, listener] of open) if (guildOf(guild)?.shardId === shard) listener.renewed();
  });

  return {
    open({ guild: guildId }, listener) {
      open.set(guildId, listener);
      const attach = () =>
        guildOf(guildId)?.voiceAdapterCreator({
          onVoiceStateUpdate(payload) {
            const guild = guildOf(guildId);
            const channel = payload.channel_id === null ? null : id<ChannelId>(payload.channel_id);
            listener.stateUpdate(payload, guild !== undefined && sender.isOwnLeave(guild, channel));
          },
          onVoiceServerUpdate: (payload) => listener.serverUpdate(payload),
          destroy: () => listener.closed(),
        });
      let adapter = attach();
      return {
        send(payload, attempt) {
          const guild = guildOf(guildId);
          if (guild?.available !== true) return false;
          // A helper may have been slower to log in than its session to come back.
          adapter ??= attach();
          const channel = requestedChannel(payload);
          if (channel !== null && ACCESS_DENIED.has(accessProblem(guildId, channel) ?? "")) {
            listener.barred();
            return true;
          }
          const wait = sender.request(guild, { channel, payload, attempt });
          if (wait >= SAID_FROM) listener.waiting(wait);
          return true;
        },
        close() {
          // A newer adapter has already taken the guild's place in discord.js.
          if (open.get(guildId) !== listener) return;
          open.delete(guildId);
          const guild = guildOf(guildId);
          if (guild !== undefined) sender.cancelJoin(guild);
          adapter?.destroy();
        },
      };
    },
    leave(guildId) {
      const guild = guildOf(guildId);
      if (guild === undefined) return;
      const payload = { op: 4, d: { guild_id: guildId, channel_id: null, self_mute: false, self_deaf: false } };
      sender.request(guild, { channel: null, payload, attempt: 0 });
    },
  };
};
