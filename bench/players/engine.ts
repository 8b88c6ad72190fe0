import { openEngine } from "../../src/engine/engine.ts";

import { type ChannelId, type EntryId, type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import type { Decibels, Frames } from "../../src/kernel/units.ts";
import type { Player, VoiceGateway } from "../../src/ports/player.ts";
import { BOT, CHANNEL, guildOf } from "../lib/gateway.ts";
import { LENGTH } from "../lib/material.ts";

const JOIN_LIMIT = 20_000;

/** Answers at once, where Discord would take a moment. */
const voiceGateway = (endpoint: string): VoiceGateway => ({
  open: ({ guild }, on) => ({
    send(payload, attempt) {
      const { d } = payload as { d: { channel_id: string | null } };
      const state = { guild_id: guild, channel_id: d.channel_id, user_id: BOT, session_id: "session" };
      setImmediate(() => {
        on.sent(attempt);
        on.stateUpdate(state, d.channel_id === null);
        if (d.channel_id !== null) on.serverUpdate({ guild_id: guild, endpoint, token: "token" });
      });
      return true;
    },
    close() {},
  }),
});

/** One layer of what is played: the number of its file, and its gain. */
export interface BenchLayer {
  readonly file: number;
  readonly gainDb: Decibels;
  /** It is a sound of several takes, heard in this order. */
  readonly takeOrder?: number;
}

/** One guild's player in Lull's engine. */
export interface BenchGuild extends Player {
  readonly ssrc: number;
  /** Brings it into the call; resolves once it has joined. */
  join(): Promise<void>;
  /** @param layers the first file as it is stored where they are left out */
  play(from: Frames, layers?: readonly BenchLayer[]): void;
}

const AS_STORED: readonly BenchLayer[] = [{ file: 0, gainDb: 0 }];

/** Lull's engine as the bot runs it, on the benchmark's gateway. */
export const openBenchEngine = (endpoint: string, files: readonly string[]) => {
  const engine = openEngine({
    voiceGateway: voiceGateway(endpoint),
    log: { info() {}, warn: (...line) => console.error(...line), error: (...line) => console.error(...line) },
  });
  const soundOf = (file: number) => ({
    id: id<SoundId>(`noise-${file}`),
    title: "Noise",
    path: files[file] ?? "",
    length: LENGTH,
  });
  return {
    guest(ssrc: number): BenchGuild {
      const guild = id<GuildId>(guildOf(ssrc));
      const connected = Promise.withResolvers<void>();
      const player = engine.open({ guild }, (event) => {
        if (event.type === "connected") connected.resolve();
      });
      return {
        ...player,
        ssrc,
        async join() {
          const limit = setTimeout(() => connected.reject(new Error(`${guild} is not connected`)), JOIN_LIMIT);
          player.send({ type: "join", channel: id<ChannelId>(CHANNEL) });
          await connected.promise;
          clearTimeout(limit);
        },
        play: (from, layers = AS_STORED) =>
          player.send({
            type: "play",
            entry: id<EntryId>("entry"),
            layers: layers.map(({ file, gainDb, takeOrder }) => ({
              sound: { ...soundOf(file), ...(takeOrder !== undefined && { takes: true }) },
              gainDb,
              place: "centre",
            })),
            takeOrder: layers[0]?.takeOrder ?? 0,
            from,
            crossfade: 60,
          }),
      };
    },
  };
};
