import { joinVoiceChannel, type VoiceConnection } from "@discordjs/voice";
import type { ChannelId, GuildId } from "../kernel/ids.ts";
import { type Link, linkOf, watch } from "./libraryLink.ts";
import type { Outbox } from "./outbox.ts";

/** One voice connection of the library's, under our supervision: it never rejoins by itself. */
export interface Connector {
  /** @param afresh leaves first, so that Discord cannot take it for what is so already */
  connect(channel: ChannelId, afresh: boolean): void;
  /** Whether the bot hears that somebody speaks, from now on; deaf at first. */
  listen(on: boolean): void;
  /** @param tellDiscord whether the bot shall leave the channel */
  letGo(tellDiscord: boolean): void;
  link(): Link | undefined;
  stateUpdate(payload: unknown): void;
  serverUpdate(payload: unknown): void;
  /** Takes the last voice server update once more. */
  reuseServer(): void;
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
  let link: Link | undefined;
  let methods: { onVoiceStateUpdate(payload: never): void; onVoiceServerUpdate(payload: never): void } | undefined;
  /** While the library reacts to a close it would send a join of its own, as often as it is closed. */
  let muted = false;
  let deaf = true;
  let inside: ChannelId | undefined;
  let lastServer: unknown;

  const letGo = (tellDiscord: boolean) => {
    const old = connection;
    connection = undefined;
    inside = undefined;
    link = undefined;
    methods = undefined;
    if (old === undefined || old.state.status === "destroyed") {
      if (tellDiscord) outside.send(leavePayload(guild));
      return;
    }
    muted = true;
    old.destroy(false);
    muted = false;
    if (tellDiscord) outside.send(leavePayload(guild));
  };

  return {
    letGo,
    connect(channel, afresh) {
      letGo(afresh);
      const made = joinVoiceChannel({
        guildId: guild,
        channelId: channel,
        selfDeaf: deaf,
        selfMute: false,
        adapterCreator: (library) => {
          methods = library;
          return {
            sendPayload(payload) {
              if (!muted) outside.send(payload);
              return true;
            },
            destroy() {},
          };
        },
      });
      connection = made;
      inside = channel;
      link = linkOf(made, outside.outbox, (error) => connection === made && outside.broken(String(error)));
      made.on("error", outside.failed);
      watch(made, {
        closing() {
          muted = true;
          // The library has reacted by then.
          queueMicrotask(() => {
            muted = false;
          });
        },
        closed(code) {
          queueMicrotask(() => connection === made && outside.closed(code));
        },
        broken(why) {
          if (connection === made) outside.broken(why);
        },
      });
    },
    listen(on) {
      if (deaf === !on) return;
      deaf = !on;
      if (inside !== undefined)
        outside.send({ op: 4, d: { guild_id: guild, channel_id: inside, self_deaf: deaf, self_mute: false } });
    },
    link: () => link,
    stateUpdate: (payload) => methods?.onVoiceStateUpdate(payload as never),
    serverUpdate(payload) {
      lastServer = payload;
      methods?.onVoiceServerUpdate(payload as never);
    },
    reuseServer: () => void (lastServer !== undefined && methods?.onVoiceServerUpdate(lastServer as never)),
  };
};

const leavePayload = (guild: GuildId) => ({
  op: 4,
  d: { guild_id: guild, channel_id: null, self_deaf: true, self_mute: false },
});
