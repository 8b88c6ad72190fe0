import { readFileSync } from "node:fs";
import tls from "node:tls";
import {
  type DiscordGatewayAdapterLibraryMethods,
  entersState,
  joinVoiceChannel,
  type VoiceConnection,
  VoiceConnectionStatus,
} from "@discordjs/voice";
import type { Snowflake } from "discord-api-types/v10";
import type { Listener, ReceivedPacket, VoiceServer } from "../../src/voice/types.ts";

export const guild: Snowflake = "100000000000000001";
export const lounge: Snowflake = "200000000000000001";
export const loft: Snowflake = "200000000000000002";
export const bot: Snowflake = "300000000000000001";
export const ana: Snowflake = "400000000000000001";
export const bo: Snowflake = "400000000000000002";
export const cy: Snowflake = "400000000000000003";

export const pause = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));

/** Resolves when the condition holds; fails with its name after ten seconds. */
export const until = async (what: string, holds: () => boolean): Promise<void> => {
  const limit = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > limit) throw new Error(`Waited 10 s in vain until ${what}`);
    await pause(5);
  }
};

export const trust = (authority: string) =>
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), readFileSync(authority, "utf8")]);

/** An Opus frame of 20 ms (one CELT frame, stereo) that says which it is. */
const packet = (number: number): Buffer => {
  const bytes = Buffer.alloc(60, 0x5a);
  bytes[0] = 0xfc;
  bytes.writeUInt32BE(number, 1);
  return bytes;
};
export const numberOf = (opus: Uint8Array): number => Buffer.from(opus).readUInt32BE(1);

/**
 * The real @discordjs/voice, with a main gateway that admits it wherever it asks to go.
 * @param options.answer whether the gateway answers; each answer carries a new token
 */
export const createBot = (server: VoiceServer) => {
  const errors: Error[] = [];
  const debug: string[] = [];
  let tokens = 0;
  let methods: DiscordGatewayAdapterLibraryMethods | undefined;
  let connection: VoiceConnection | undefined;

  const answer = (channel: string | null, endpoint: string) => {
    const [sessionId, token] = ["session", `token ${++tokens}`];
    if (channel === null) return server.disconnect(guild, bot);
    server.authorise({ guild, channel: channel, user: bot, sessionId, token });
    const state = { guild_id: guild, channel_id: channel, user_id: bot, session_id: sessionId };
    methods?.onVoiceStateUpdate(
      state as unknown as Parameters<DiscordGatewayAdapterLibraryMethods["onVoiceStateUpdate"]>[0],
    );
    methods?.onVoiceServerUpdate({ guild_id: guild, endpoint, token });
    return undefined;
  };
  const join = (channel: Snowflake = lounge): VoiceConnection => {
    connection = joinVoiceChannel({
      guildId: guild,
      channelId: channel,
      debug: true,
      adapterCreator: (given) => {
        methods = given;
        return {
          sendPayload(payload: { d: { channel_id: string | null } }) {
            setImmediate(() => answer(payload.d.channel_id, server.endpoint));
            return true;
          },
          destroy() {},
        };
      },
    });
    connection.removeAllListeners("error").on("error", (error) => errors.push(error));
    connection.removeAllListeners("debug").on("debug", (line) => debug.push(line));
    return connection;
  };

  return {
    errors,
    debug,
    join,
    moveRegion: (channel: Snowflake) => answer(channel, server.alternateEndpoint),
    connection: () => connection!,
    ready: () => entersState(connection!, VoiceConnectionStatus.Ready, 10_000),
    /** Plays numbered packets, one each 20 ms, until the count is reached or the function that it returns is called. */
    play(from = 0): { readonly next: () => number; stop(): void } {
      let number = from;
      const timer = setInterval(() => {
        if (connection?.state.status === VoiceConnectionStatus.Ready) connection.playOpusPacket(packet(number++));
      }, 20);
      return { next: () => number, stop: () => clearInterval(timer) };
    },
    leave() {
      if (connection !== undefined && connection.state.status !== VoiceConnectionStatus.Destroyed) connection.destroy();
    },
  };
};

/** Keeps what a listener hears. */
export const record = (listener: Listener): ReceivedPacket[] => {
  const heard: ReceivedPacket[] = [];
  listener.onPacket((each) => heard.push(each));
  return heard;
};
