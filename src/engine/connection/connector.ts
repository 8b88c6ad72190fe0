import { joinVoiceChannel, type VoiceConnection } from "@discordjs/voice";
import type { ChannelId, GuildId, PlayerId } from "../../kernel/ids.ts";
import type { VoiceSession } from "../voiceSession.ts";
import { observeCloses } from "./closeObserver.ts";
import { createVoiceTransport } from "./discordjsVoiceAdapter.ts";
import type { Outbox } from "./outbox.ts";
import { leavePayload, readVoiceState } from "./voicePayloads.ts";
import type { VoiceTransport } from "./voiceTransport.ts";

/** One connection of the voice library's under our supervision: it never rejoins by itself. */
export interface Connector {
  /**
   * @param leaveFirst leaves before it joins, so that Discord cannot take the join for one it has
   * answered
   */
  connect(channel: ChannelId, leaveFirst: boolean): void;
  /** Connects to a voice session that Discord still has, without a join. */
  adopt(session: VoiceSession): void;
  /** Undeafens the bot, so that it notices members speaking; deaf at first. */
  setListening(on: boolean): void;
  /** @param tellDiscord whether the bot leaves the channel, too */
  disconnect(tellDiscord: boolean): void;
  transport(): VoiceTransport | undefined;
  /** Whether this is the latest attempt to join. */
  isLatest(attempt: number): boolean;
  voiceStateUpdate(payload: unknown): void;
  voiceServerUpdate(payload: unknown): void;
  /** Applies the last voice server update once more. */
  reuseVoiceServer(): void;
}

/**
 * Creates a connector without a connection.
 * @param player tells its connection from those of other bots in the guild
 */
export const createConnector = (
  guild: GuildId,
  player: PlayerId,
  outside: {
    readonly outbox: Outbox;
    /** @param attempt tells the joins apart; 0 for a leave */
    send(payload: unknown, attempt: number): void;
    closed(code: number): void;
    /** The library has lost track of the session. */
    broken(why: string): void;
    failed(error: Error): void;
  },
): Connector => {
  let connection: VoiceConnection | undefined;
  let transport: VoiceTransport | undefined;
  let methods: { onVoiceStateUpdate(payload: never): void; onVoiceServerUpdate(payload: never): void } | undefined;
  /**
   * Set while the library would send a join of its own: when it reacts to a close, and when a
   * session is adopted.
   */
  let suppressed = false;
  let deaf = true;
  let currentChannel: ChannelId | undefined;
  let lastServer: unknown;
  let attempt = 0;

  const disconnect = (tellDiscord: boolean) => {
    const old = connection;
    connection = undefined;
    currentChannel = undefined;
    transport = undefined;
    methods = undefined;
    if (old === undefined || old.state.status === "destroyed") {
      if (tellDiscord) outside.send(leavePayload(guild), 0);
      return;
    }
    suppressed = true;
    old.destroy(false);
    suppressed = false;
    if (tellDiscord) outside.send(leavePayload(guild), 0);
  };

  /** Makes the library's connection, which asks for its join through the adapter at once. */
  const open = (channel: ChannelId) => {
    const created = joinVoiceChannel({
      guildId: guild,
      channelId: channel,
      // The library has one connection per guild in a group.
      group: player,
      selfDeaf: deaf,
      selfMute: false,
      adapterCreator: (library) => {
        methods = library;
        return {
          sendPayload(payload) {
            if (!suppressed) outside.send(payload, attempt);
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
  };

  return {
    disconnect,
    connect(channel, leaveFirst) {
      disconnect(leaveFirst);
      attempt += 1;
      open(channel);
    },
    adopt({ channel, state, server }) {
      disconnect(false);
      deaf = readVoiceState(state).isSelfDeaf;
      suppressed = true;
      open(channel);
      suppressed = false;
      lastServer = server;
      methods?.onVoiceStateUpdate(state as never);
      methods?.onVoiceServerUpdate(server as never);
    },
    setListening(on) {
      if (deaf === !on) return;
      deaf = !on;
      if (currentChannel !== undefined)
        // It takes the place of a join that waits, and is one itself.
        outside.send(
          { op: 4, d: { guild_id: guild, channel_id: currentChannel, self_deaf: deaf, self_mute: false } },
          attempt,
        );
    },
    transport: () => transport,
    isLatest: (number) => number === attempt,
    voiceStateUpdate: (payload) => methods?.onVoiceStateUpdate(payload as never),
    voiceServerUpdate(payload) {
      lastServer = payload;
      methods?.onVoiceServerUpdate(payload as never);
    },
    reuseVoiceServer: () => void (lastServer !== undefined && methods?.onVoiceServerUpdate(lastServer as never)),
  };
};
