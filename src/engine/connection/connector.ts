import { joinVoiceChannel, type VoiceConnection } from "@discordjs/voice";
import type { ChannelId, GuildId } from "../../kernel/ids.ts";
import { createVoiceTransport, observeCloses, type VoiceTransport } from "./discordjsVoiceAdapter.ts";
import type { Outbox } from "./outbox.ts";
import { leavePayload } from "./voiceStateUpdate.ts";

/** One voice connection of the library's, under our supervision: it never rejoins by itself. */
export interface Connector {
  /** @param afresh leaves first, so that Discord cannot take it for what is so already */
  connect(channel: ChannelId, afresh: boolean): void;
  /** Whether the bot hears that somebody speaks, from now on; deaf at first. */
  setListening(on: boolean): void;
  /** @param tellDiscord whether the bot shall leave the channel */
  disconnect(tellDiscord: boolean): void;
  transport(): VoiceTransport | undefined;
  voiceStateUpdate(payload: unknown): void;
  voiceServerUpdate(payload: unknown): void;
  /** Takes the last voice server update once more. */
  reuseVoiceServer(): void;
}

export const createConnector = (
  guild: GuildId,
  outside: {
    readonly outbox: Outbox;
    send(payload: unknown): void;
    closed(code: number): void;
    /** The library has lost track of the session. */
    broken(why: string): void;
    failed(error: Error): void;
  },
): Connector => {
  let connection: VoiceConnection | undefined;
  let transport: VoiceTransport | undefined;
  let methods: { onVoiceStateUpdate(payload: never): void; onVoiceServerUpdate(payload: never): void } | undefined;
  /** While the library reacts to a close it would send a join of its own, as often as it is closed. */
  let suppressed = false;
  let deaf = true;
  let currentChannel: ChannelId | undefined;
  let lastServer: unknown;

  const disconnect = (tellDiscord: boolean) => {
    const old = connection;
    connection = undefined;
    currentChannel = undefined;
    transport = undefined;
    methods = undefined;
    if (old === undefined || old.state.status === "destroyed") {
      if (tellDiscord) outside.send(leavePayload(guild));
      return;
    }
    suppressed = true;
    old.destroy(false);
    suppressed = false;
    if (tellDiscord) outside.send(leavePayload(guild));
  };

  return {
    disconnect,
    connect(channel, afresh) {
      disconnect(afresh);
      const created = joinVoiceChannel({
        guildId: guild,
        channelId: channel,
        selfDeaf: deaf,
        selfMute: false,
        adapterCreator: (library) => {
          methods = library;
          return {
            sendPayload(payload) {
              if (!suppressed) outside.send(payload);
              return true;
            },
            destroy() {},
          };
        },
      });
      connection = created;
      currentChannel = channel;
      transport = createVoiceTransport(
        created,
        outside.outbox,
        (error) => connection === created && outside.broken(String(error)),
      );
      created.on("error", outside.failed);
      observeCloses(created, {
        closing() {
          suppressed = true;
          // The library has reacted by then.
          queueMicrotask(() => {
            suppressed = false;
          });
        },
        closed(code) {
          queueMicrotask(() => connection === created && outside.closed(code));
        },
        broken(why) {
          if (connection === created) outside.broken(why);
        },
      });
    },
    setListening(on) {
      if (deaf === !on) return;
      deaf = !on;
      if (currentChannel !== undefined)
        outside.send({ op: 4, d: { guild_id: guild, channel_id: currentChannel, self_deaf: deaf, self_mute: false } });
    },
    transport: () => transport,
    voiceStateUpdate: (payload) => methods?.onVoiceStateUpdate(payload as never),
    voiceServerUpdate(payload) {
      lastServer = payload;
      methods?.onVoiceServerUpdate(payload as never);
    },
    reuseVoiceServer: () => void (lastServer !== undefined && methods?.onVoiceServerUpdate(lastServer as never)),
  };
};
