import type { Player, VoiceGateway } from "../../src/host/ports.ts";
import { type ChannelId, type EntryId, type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import { openEngine } from "../../src/voice/engine.ts";
import { inBatches } from "../lib/batches.ts";
import { BOT, CHANNEL, guildOf } from "../lib/gateway.ts";
import { LENGTH } from "../lib/material.ts";
import { perform } from "../lib/performer.ts";

/** Lull's engine, as the bot runs it: `ours.ts passthrough|mixing FIRST_SSRC COUNT ENDPOINT FILE`. */
const [kind, first, count, endpoint, file] = process.argv.slice(2) as [string, string, string, string, string];

const JOIN_LIMIT = 20_000;
const guilds = Array.from({ length: Number(count) }, (_, index) => id<GuildId>(guildOf(Number(first) + index)));

const voiceGateway: VoiceGateway = {
  open: (guild, on) => ({
    send(payload) {
      const { d } = payload as { d: { channel_id: string | null } };
      const state = { guild_id: guild, channel_id: d.channel_id, user_id: BOT, session_id: "session" };
      setImmediate(() => {
        on.stateUpdate(state);
        if (d.channel_id !== null) on.serverUpdate({ guild_id: guild, endpoint, token: "token" });
      });
      return true;
    },
    close() {},
  }),
};

const engine = openEngine({
  voiceGateway,
  log: { info() {}, warn: (...line) => console.error(...line), error: (...line) => console.error(...line) },
});
const sound = { id: id<SoundId>("noise"), title: "Noise", path: file, length: LENGTH };
const players: Player[] = [];

const join = (guild: GuildId) =>
  new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`${guild} is not connected`)), JOIN_LIMIT);
    const player = engine.open(guild, (event) => {
      if (event.type !== "connected") return;
      clearTimeout(limit);
      resolve();
    });
    players.push(player);
    player.send({ type: "join", channel: id<ChannelId>(CHANNEL) });
  });

let begun = false;

perform({
  join: () => inBatches(guilds, join),
  play() {
    for (const [index, player] of players.entries()) {
      if (begun) player.send({ type: "resume" });
      // Each at a place of its own, as guilds are; a gain other than 0 dB is what has to be decoded and encoded.
      else
        player.send({ type: "play", entry: id<EntryId>("entry"), sound, from: (index * 37) % LENGTH, crossfade: 60 });
      if (!begun && kind === "mixing") player.send({ type: "setLoudness", gainDb: -1, over: 60 });
    }
    begun = true;
  },
  pause() {
    for (const player of players) player.send({ type: "pause" });
  },
});
