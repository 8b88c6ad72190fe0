import { openEngine } from "../../src/engine/engine.ts";

import { type ChannelId, type EntryId, type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import type { Frames } from "../../src/kernel/units.ts";
import type { Player, VoiceGateway } from "../../src/ports/player.ts";
import { BOT, CHANNEL, guildOf } from "../lib/gateway.ts";
import { LENGTH } from "../lib/material.ts";

const JOIN_LIMIT = 20_000;

/** Answers at once, where Discord would take a moment. */
const voiceGateway = (endpoint: string): VoiceGateway => ({
  open: (guild, on) => ({
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

/** One guild's player in Lull's engine. */
export interface BenchGuild extends Player {
  readonly ssrc: number;
  /** Brings it into the call; resolves once it has joined. */
  join(): Promise<void>;
  play(from: Frames): void;
}

/** Lull's engine as the bot runs it, on the benchmark's gateway. */
export const openBenchEngine = (endpoint: string, file: string) => {
  const engine = openEngine({
    voiceGateway: voiceGateway(endpoint),
    log: { info() {}, warn: (...line) => console.error(...line), error: (...line) => console.error(...line) },
  });
  const sound = { id: id<SoundId>("noise"), title: "Noise", path: file, length: LENGTH };
  return {
    guest(ssrc: number): BenchGuild {
      const guild = id<GuildId>(guildOf(ssrc));
      const connected = Promise.withResolvers<void>();
      const player = engine.open(guild, (event) => {
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
        play: (from) =>
          player.send({
            type: "play",
            entry: id<EntryId>("entry"),
            layers: [{ sound, gainDb: 0, place: "centre" }],
            from,
            crossfade: 60,
          }),
      };
    },
  };
};
