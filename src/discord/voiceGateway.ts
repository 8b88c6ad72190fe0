import { type Client, Events } from "discord.js";
import { type ChannelId, type GuildId, id } from "../kernel/ids.ts";
import type { ChannelAccess } from "../ports/channelAccess.ts";
import type { VoiceGateway } from "../ports/player.ts";

/** Problems that last until somebody changes them. A full channel empties by itself. */
const ACCESS_DENIED: ReadonlySet<string> = new Set(["no-view", "no-connect"]);

type VoiceGatewayListener = Parameters<VoiceGateway["open"]>[1];

/** The voice channel that a payload asks to join. */
const requestedChannel = (payload: unknown): ChannelId | undefined => {
  const channel = (payload as { readonly d?: { readonly channel_id?: string | null } }).d?.channel_id;
  return channel ? id<ChannelId>(channel) : undefined;
};

/** The main gateway for voice connections, through discord.js's own adapters. */
export const createVoiceGateway = (
  client: Client,
  { accessProblem }: Pick<ChannelAccess, "accessProblem">,
): VoiceGateway => {
  const open = new Map<GuildId, VoiceGatewayListener>();

  // discord.js reports when a shard is gone for good; guilds are up to us.
  client.on(Events.GuildUnavailable, ({ id: guild }) => open.get(id<GuildId>(guild))?.closed());
  client.on(Events.GuildDelete, ({ id: guild }) => open.get(id<GuildId>(guild))?.closed());

  // A new session, not a resumed one: the bot's voice states went with the old one.
  client.on(Events.ShardReady, (shard) => {
    for (const [guild, listener] of open) if (client.guilds.cache.get(guild)?.shardId === shard) listener.renewed();
  });

  return {
    open(guildId, listener) {
      open.set(guildId, listener);
      const adapter = client.guilds.cache.get(guildId)?.voiceAdapterCreator({
        onVoiceStateUpdate: (payload) => listener.stateUpdate(payload),
        onVoiceServerUpdate: (payload) => listener.serverUpdate(payload),
        destroy: () => listener.closed(),
      });
      return {
        send(payload) {
          if (client.guilds.cache.get(guildId)?.available !== true) return false;
          const channel = requestedChannel(payload);
          if (channel !== undefined && ACCESS_DENIED.has(accessProblem(guildId, channel) ?? "")) {
            listener.barred();
            return true;
          }
          return adapter?.sendPayload(payload) === true;
        },
        close() {
          // A newer adapter has already taken the guild's place in discord.js.
          if (open.get(guildId) !== listener) return;
          open.delete(guildId);
          adapter?.destroy();
        },
      };
    },
  };
};
